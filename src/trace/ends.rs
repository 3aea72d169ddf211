//! What ends otherwise than by returning: calls that a signal interrupts or that never return,
//! sockets that are closed.

use super::state::{CallKind, Engine, Made, Pending};
use super::tables::Closed;
use crate::kernel::now;
use crate::model::call::Call;
use crate::model::call::CallResult;
use crate::model::time::Timestamp;

impl Engine {
    /// A signal interrupted a call. Either it is made again, or it has failed; the thread's next
    /// call tells.
    pub(super) fn interrupted(
        &mut self,
        tid: i32,
        process: i32,
        pending: Pending,
        ended: Timestamp,
    ) {
        let CallKind::On { fd, socket, asked } = pending.kind else {
            return;
        };
        let Some(made) = self.made_on(
            tid,
            process,
            fd,
            socket,
            [pending.began, ended],
            pending.place,
        ) else {
            return;
        };
        let call = asked
            .call
            .and_then(|call| self.recorded(&made, call, CallResult::Failed("EINTR")));
        if let Some(task) = self.tasks.get_mut(&tid) {
            task.cut = call;
        }
    }

    /// Tells the call that a signal had interrupted, unless it is made again: then it goes on.
    pub(super) fn after_interruption(
        &mut self,
        tid: i32,
        began: Timestamp,
        next: Option<&CallKind>,
    ) -> Timestamp {
        let Some(cut) = self.tasks.get_mut(&tid).and_then(|it| it.cut.take()) else {
            return began;
        };
        let again = match next {
            Some(CallKind::On { fd, asked, .. }) => {
                asked.call == Some(cut.call) && cut.origin.is_some_and(|it| it.fd == *fd)
            }
            _ => false,
        };
        if again {
            return cut.began;
        }
        self.say(tid, cut);
        began
    }

    /// Descriptors end with their program, or several at a time: what that does to sockets.
    pub(super) fn close_these(
        &mut self,
        tid: i32,
        process: i32,
        call: Call,
        which: impl Fn(i32) -> bool,
    ) {
        let times = [now(); 2];
        let open = self.tables.processes.get(&process).map(|it| &it.sockets);
        let mut fds: Vec<i32> = open
            .map(|it| it.keys().copied().filter(|it| which(*it)).collect())
            .unwrap_or_default();
        fds.sort_unstable();
        for fd in fds {
            let Some(socket) = self.tables.socket(process, fd) else {
                continue;
            };
            let made = self.made_on(tid, process, fd, socket, times, None);
            let closed = self.tables.close(process, fd);
            if let (Some(made), Some(closed)) = (made, closed) {
                self.closed(&made, closed, call, CallResult::Done);
            }
        }
    }

    /// A descriptor is closed: by `call`, where it was the last one of its socket.
    pub(super) fn closed(&mut self, made: &Made, closed: Closed, call: Call, result: CallResult) {
        let (call, used) = match closed {
            Closed::Copy => (Call::CloseCopy, call == Call::Close),
            Closed::Last(socket) => (call, self.last_words(made.tid, socket)),
        };
        if used && let Some(call) = self.recorded(made, call, result) {
            self.say(made.tid, call);
        }
    }

    /// A thread ends: the call that it was in never returned.
    pub(super) fn unfinished(&mut self, tid: i32, killed: bool) {
        let Some(task) = self.tasks.get_mut(&tid) else {
            return;
        };
        let (process, pending, cut) = (task.process, task.pending.take(), task.cut.take());
        if let Some(mut cut) = cut {
            if killed {
                cut.result = CallResult::Unfinished;
                cut.acted = cut.began;
            }
            self.say(tid, cut);
        }
        if let Some(Pending {
            began,
            place,
            kind: CallKind::On { fd, socket, asked },
        }) = pending
            && let Some(call) = asked.call
            && let Some(made) = self.made_on(tid, process, fd, socket, [began, now()], place)
            && let Some(mut record) = self.recorded(&made, call, CallResult::Unfinished)
        {
            record.peer = asked.named.or(record.peer);
            record.acted = record.began;
            self.say(tid, record);
        }
        self.calm(tid);
    }
}
