//! Calls at their entry and at their exit.

use nix::unistd::Pid;

use super::Event;
use super::address::Ends;
use super::arch::registers;
use super::decode;
use super::decode::About;
use super::decode::Asked;
use super::decode::Later;
use super::engine::Engine;
use super::errno;
use super::memory;
use super::tables::Closed;
use super::tables::Socket;
use crate::kernel::now;
use crate::model::call::Call;
use crate::model::call::CallResult;
use crate::model::call::Origin;
use crate::model::call::SocketCall;
use crate::model::call::SourceLine;
use crate::model::time::Timestamp;

/// From here on a negative result is no error number: the call was interrupted by a signal, and
/// either comes again or returns EINTR (ERESTARTSYS and its like, linux/errno.h).
const INTERRUPTED: std::ops::RangeInclusive<i64> = -516..=-512;

/// A call that has not returned.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) began: Timestamp,
    pub(super) place: Option<SourceLine>,
    pub(super) kind: CallKind,
}

/// What a call is about.
#[derive(Debug)]
pub(super) enum CallKind {
    /// socket().
    Make { tcp: bool },
    /// Another descriptor for this socket.
    Duplicate(u64),
    /// A call on this socket.
    On { fd: i32, socket: u64, asked: Asked },
    /// close() of what was this socket.
    Close {
        fd: i32,
        tcp: bool,
        ends: Ends,
        closed: Closed,
    },
}

/// Who made a call, on what, when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Made {
    pub(super) tid: i32,
    pub(super) process: i32,
    pub(super) fd: i32,
    pub(super) tcp: bool,
    pub(super) ends: Ends,
    pub(super) times: [Timestamp; 2],
    pub(super) place: Option<SourceLine>,
}

/// What a call returned: a number that is not negative, or an error number.
pub(super) type Returned = Result<i64, i32>;

impl Engine {
    /// A thread is about to make a system call.
    pub(super) fn entry(&mut self, tid: i32) {
        let began = now();
        let Ok(regs) = registers(Pid::from_raw(tid)) else {
            return;
        };
        let Some(process) = self.tasks.get(&tid).map(|it| it.process) else {
            return;
        };
        let kind = match decode::about(regs.number, &regs.args) {
            About::Nothing => None,
            About::Mark(address, len) => {
                self.mark(tid, address, len);
                None
            }
            About::Uring => {
                self.partial(process);
                None
            }
            About::Make { tcp } => Some(CallKind::Make { tcp }),
            About::Duplicate(fd, onto) => {
                // What had the number is closed by it.
                if let Some(onto) = onto.filter(|it| *it != fd) {
                    self.close_these(tid, process, Call::Close, |it| it == onto);
                }
                self.tables.socket(process, fd).map(CallKind::Duplicate)
            }
            About::CloseRange(first, last) => {
                self.close_these(tid, process, Call::Close, |fd| (first..=last).contains(&fd));
                None
            }
            About::Descriptor(fd) => {
                let socket = self.tables.socket(process, fd);
                socket.and_then(|id| self.on(tid, process, fd, id, &regs))
            }
        };
        let began = self.after_interruption(tid, began, kind.as_ref());
        let Some(kind) = kind else {
            return;
        };
        let named = match &kind {
            CallKind::On { fd, asked, .. } => Some((asked.call.map_or("", Call::name), *fd)),
            CallKind::Close { fd, .. } => Some(("close", *fd)),
            CallKind::Make { .. } => Some(("socket", -1)),
            CallKind::Duplicate(_) => None,
        };
        let place = named.and_then(|(name, fd)| self.place((tid, process), name, fd, &regs));
        if let Some(task) = self.tasks.get_mut(&tid) {
            task.pending = Some(Pending { began, place, kind });
        }
    }

    /// A call on a socket.
    fn on(
        &mut self,
        tid: i32,
        process: i32,
        fd: i32,
        socket: u64,
        regs: &super::arch::Registers,
    ) -> Option<CallKind> {
        let known = self.tables.sockets.get(&socket)?;
        let (tcp, ends) = (known.tcp, known.ends());
        if regs.number == libc::SYS_close {
            let closed = self.tables.close(process, fd)?;
            return Some(CallKind::Close {
                fd,
                tcp,
                ends,
                closed,
            });
        }
        let asked = decode::asked(
            regs.number,
            &regs.args,
            tcp,
            Pid::from_raw(tid),
            &mut self.names,
        )?;
        if let Some(end) = asked.named.filter(|it| it.port != 0) {
            self.shared().ports.insert(end.port);
        }
        Some(CallKind::On { fd, socket, asked })
    }

    fn partial(&mut self, process: i32) {
        let program = self.tables.processes.get(&process).map(|it| it.program);
        if let Some(running) = program.and_then(|it| self.programs.get_mut(it))
            && !running.partial
        {
            running.partial = true;
            (self.sink)(Event::Partial(running.party));
        }
    }

    /// A thread has made the system call that it is in.
    pub(super) fn exit(&mut self, tid: i32) {
        let ended = now();
        let Some(task) = self.tasks.get_mut(&tid) else {
            return;
        };
        let process = task.process;
        let Some(pending) = task.pending.take() else {
            return;
        };
        let Ok(regs) = registers(Pid::from_raw(tid)) else {
            return;
        };
        if INTERRUPTED.contains(&regs.result) {
            return self.interrupted(tid, process, pending, ended);
        }
        let result = match regs.result {
            error @ -4095..=-1 => Err(i32::try_from(-error).unwrap_or(0)),
            number => Ok(number),
        };
        self.returned(tid, process, pending, ended, result);
    }

    fn returned(
        &mut self,
        tid: i32,
        process: i32,
        pending: Pending,
        ended: Timestamp,
        result: Returned,
    ) {
        let Pending { began, place, kind } = pending;
        let times = [began, ended];
        match kind {
            CallKind::Make { tcp } => {
                let fd = descriptor(result);
                let ends = Ends::default();
                let made = Made {
                    tid,
                    process,
                    fd: fd.unwrap_or(-1),
                    tcp,
                    ends,
                    times,
                    place,
                };
                let call = self.told(&made, Call::Socket, outcome(result));
                match fd {
                    Some(fd) => {
                        let early = call.into_iter().collect();
                        self.tables.add(
                            process,
                            fd,
                            Socket {
                                tcp,
                                early,
                                ..Socket::default()
                            },
                        );
                    }
                    None => call.into_iter().for_each(|it| self.say(tid, it)),
                }
            }
            CallKind::Duplicate(socket) => {
                if let Some(fd) = descriptor(result) {
                    self.tables.name(process, fd, socket);
                }
            }
            CallKind::Close {
                fd,
                tcp,
                ends,
                closed,
            } => {
                let made = Made {
                    tid,
                    process,
                    fd,
                    tcp,
                    ends,
                    times,
                    place,
                };
                self.closed(&made, closed, Call::Close, outcome(result));
            }
            CallKind::On { fd, socket, asked } => {
                let Some(made) = self.made_on(tid, process, fd, socket, times, place) else {
                    return;
                };
                match (asked.call, asked.later) {
                    (Some(call), _) => self.made(made, socket, call, &asked, result),
                    (None, Later::Error(address)) if result.is_ok() => {
                        let value = memory::int(&memory::read(Pid::from_raw(tid), address, 4));
                        let outcome = match value {
                            None | Some(0) => CallResult::Done,
                            Some(number) => CallResult::Failed(errno::name(number)),
                        };
                        self.connected(&made, socket, outcome);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Who makes a call on a socket.
    pub(super) fn made_on(
        &self,
        tid: i32,
        process: i32,
        fd: i32,
        socket: u64,
        times: [Timestamp; 2],
        place: Option<SourceLine>,
    ) -> Option<Made> {
        let known = self.tables.sockets.get(&socket)?;
        let (tcp, ends) = (known.tcp, known.ends());
        Some(Made {
            tid,
            process,
            fd,
            tcp,
            ends,
            times,
            place,
        })
    }

    /// A call as it is told.
    pub(super) fn told(&self, made: &Made, call: Call, result: CallResult) -> Option<SocketCall> {
        let program = self.tables.processes.get(&made.process)?.program;
        let [began, ended] = made.times;
        Some(SocketCall {
            party: self.programs.get(program)?.party,
            call,
            tcp: made.tcp,
            local: made.ends.local,
            peer: made.ends.peer,
            began,
            acted: if call.is_woken() { ended } else { began },
            ended,
            result,
            origin: Some(Origin {
                pid: made.process.cast_unsigned(),
                tid: made.tid.cast_unsigned(),
                fd: made.fd,
                times: 1,
                place: made.place,
            }),
            kernel: self.view(made, call, result),
        })
    }
}

/// What a call without a byte count returned.
pub(super) fn outcome(result: Returned) -> CallResult {
    match result {
        Ok(_) => CallResult::Done,
        Err(number) => CallResult::Failed(errno::name(number)),
    }
}

fn descriptor(result: Returned) -> Option<i32> {
    result.ok().and_then(|it| i32::try_from(it).ok())
}
