//! From what calls returned to what is told of them: outcomes that come later are joined, calls
//! that only tried are left out, repetitions become one.

use nix::errno::Errno;
use nix::unistd::Pid;

use super::Event;
use super::address::Ends;
use super::decode::Asked;
use super::decode::Later;
use super::memory;
use super::state::{Engine, Made, Returned, Spin, outcome};
use super::tables::Socket;
use crate::model::call::Call;
use crate::model::call::CallResult;
use crate::model::call::SocketCall;

/// From so many repetitions on a thread does nothing else.
const SPINNING: u32 = 1000;

impl Engine {
    /// A call on a socket has returned.
    pub(super) fn made(
        &mut self,
        made: Made,
        socket: u64,
        call: Call,
        asked: &Asked,
        result: Returned,
    ) {
        match call {
            Call::Bind | Call::Listen { .. } => self.bound(made, socket, call, asked, result),
            Call::Accept => self.accepted(made, socket, asked, result),
            Call::Connect => self.connect(made, socket, asked, result),
            Call::SetSockOpt(option) => {
                let gives_up =
                    option.starts_with("SO_RCVTIMEO") || option.starts_with("SO_SNDTIMEO");
                if let Some(known) = self.tables.sockets.get_mut(&socket) {
                    known.gives_up |= gives_up;
                }
                self.tell(&made, socket, call, outcome(result));
            }
            Call::Shutdown(_) => self.tell(&made, socket, call, outcome(result)),
            _ => self.moved(made, socket, call, asked, result),
        }
    }

    fn bound(&mut self, mut made: Made, socket: u64, call: Call, asked: &Asked, result: Returned) {
        let ready = result.is_ok() && (call != Call::Bind || !made.tcp);
        match result {
            Ok(_) => {
                // The kernel's lists lack TCP sockets that neither listen nor are connected.
                let asked = asked.named.filter(|it| it.port != 0).or(made.ends.local);
                made.ends.local = self
                    .tables
                    .ask(made.process, made.fd, made.tcp)
                    .local
                    .or(asked);
            }
            Err(_) => made.ends.local = asked.named.or(made.ends.local),
        }
        if let (Ok(_), Some(known)) = (result, self.tables.sockets.get_mut(&socket)) {
            known.local = made.ends.local;
            known.listening |= call != Call::Bind;
        }
        self.watch(&made.ends);
        self.tell(&made, socket, call, outcome(result));
        let party = self.party(made.process);
        if let (true, Some(party), Some(address)) = (ready, party, made.ends.local) {
            let tcp = made.tcp;
            (self.sink)(Event::Ready {
                party,
                tcp,
                address,
            });
        }
    }

    fn accepted(&mut self, mut made: Made, socket: u64, asked: &Asked, result: Returned) {
        if self.only_tried(socket, result) {
            return;
        }
        let new = result.ok().and_then(|it| i32::try_from(it).ok());
        if let Some(fd) = new {
            let mut ends = self.tables.ask(made.process, fd, made.tcp);
            // A connection that is gone by now has no peer any more; the program is told whose it was.
            if let (None, Later::End(at)) = (ends.peer, asked.later) {
                ends.peer = memory::end(Pid::from_raw(made.tid), at, 28);
            }
            let (tcp, Ends { local, peer }) = (made.tcp, ends);
            self.tables.add(
                made.process,
                fd,
                Socket {
                    tcp,
                    local,
                    peer,
                    used: true,
                    ..Socket::default()
                },
            );
            made.ends = ends;
        }
        self.tell(&made, socket, Call::Accept, outcome(result));
    }

    fn connect(&mut self, mut made: Made, socket: u64, asked: &Asked, result: Returned) {
        let errno = result.err().map(Errno::from_raw);
        if let Some(Errno::EALREADY | Errno::EISCONN) = errno {
            // Asks again after a connect that did not wait.
            if errno == Some(Errno::EISCONN) {
                self.connected(&made, socket, CallResult::Done);
            }
            return;
        }
        made.ends.peer = asked.named;
        if matches!(errno, None | Some(Errno::EINPROGRESS)) {
            made.ends.local = self.tables.ask(made.process, made.fd, made.tcp).local;
        }
        self.watch(&made.ends);
        let record = self.recorded(&made, Call::Connect, outcome(result));
        let Some(known) = self.tables.sockets.get_mut(&socket) else {
            return;
        };
        known.local = made.ends.local;
        if errno == Some(Errno::EINPROGRESS) {
            known.peer = made.ends.peer;
            known.connecting = record;
            return;
        }
        if errno.is_none() {
            known.connecting = None;
            known.peer = made.ends.peer;
        }
        self.tell(&made, socket, Call::Connect, outcome(result));
    }

    /// The outcome of a connect that did not wait.
    pub(super) fn connected(&mut self, made: &Made, socket: u64, result: CallResult) {
        let known = self.tables.sockets.get_mut(&socket);
        let Some(mut call) = known.and_then(|it| it.connecting.take()) else {
            return;
        };
        let [_, ended] = made.times;
        (call.ended, call.result) = (ended, result);
        call.kernel = self.view(made, call.call, result);
        self.tell_whole(made.tid, socket, call);
    }

    /// A call that moves bytes.
    fn moved(&mut self, mut made: Made, socket: u64, call: Call, asked: &Asked, result: Returned) {
        if self.only_tried(socket, result) {
            return;
        }
        if result.err() != Some(Errno::ENOTCONN as i32) {
            self.connected(&made, socket, CallResult::Done);
        }
        let thread = Pid::from_raw(made.tid);
        let mut count = result.map(|it| usize::try_from(it).unwrap_or(0));
        let named = match (asked.later, count) {
            (Later::End(at), Ok(_)) => memory::end(thread, at, 28),
            (Later::Message(at), Ok(_)) => memory::message(thread, at).0,
            (Later::Messages(at, all), Ok(done)) => {
                let (end, _, moved) = memory::messages(thread, at, all, done);
                count = Ok(moved);
                end
            }
            _ => asked.named,
        };
        if !made.tcp {
            made.ends.peer = named.or(asked.named).or(made.ends.peer);
            if made.ends.local.is_none() {
                made.ends.local = self.tables.ask(made.process, made.fd, false).local;
                if let Some(known) = self.tables.sockets.get_mut(&socket) {
                    known.local = made.ends.local;
                }
                self.watch(&made.ends);
            }
        }
        let result = match count {
            Ok(count) => CallResult::Bytes(count),
            Err(_) => outcome(result),
        };
        self.tell(&made, socket, call, result);
    }

    /// Whether a call would have had to wait and returned instead.
    fn only_tried(&self, socket: u64, result: Returned) -> bool {
        let gives_up = self
            .tables
            .sockets
            .get(&socket)
            .is_some_and(|it| it.gives_up);
        result.err() == Some(Errno::EAGAIN as i32) && !gives_up
    }

    /// Notes the ports of a socket.
    fn watch(&self, ends: &Ends) {
        let ports = [ends.local, ends.peer]
            .into_iter()
            .flatten()
            .map(|it| it.port);
        self.shared().ports.extend(ports.filter(|it| *it != 0));
    }

    fn party(&self, process: i32) -> Option<crate::model::call::Party> {
        let program = self.tables.processes.get(&process)?.program;
        self.programs.get(program).map(|it| it.party)
    }

    fn tell(&mut self, made: &Made, socket: u64, call: Call, result: CallResult) {
        if let Some(call) = self.recorded(made, call, result) {
            self.tell_whole(made.tid, socket, call);
        }
    }

    /// Tells a call once its socket is used for something.
    fn tell_whole(&mut self, tid: i32, socket: u64, call: SocketCall) {
        let Some(known) = self.tables.sockets.get_mut(&socket) else {
            return;
        };
        // Options prepare; a UDP socket that is only connected is how the C library asks which
        // address it would have.
        let prepares = match call.call {
            Call::SetSockOpt(_) => true,
            Call::Connect => !call.tcp && call.result == CallResult::Done,
            _ => false,
        };
        if !known.used && prepares {
            known.early.push(call);
            return;
        }
        known.used = true;
        for call in std::mem::take(&mut known.early) {
            self.say(tid, call);
        }
        self.say(tid, call);
    }

    /// A socket is closed: tells of a connect whose outcome nobody asked for. Returns whether the
    /// socket was used for something.
    pub(super) fn last_words(&mut self, tid: i32, socket: Box<Socket>) -> bool {
        let used = socket.used || socket.connecting.is_some();
        if let Some(connecting) = socket.connecting {
            for call in socket.early {
                self.say(tid, call);
            }
            self.say(tid, connecting);
        }
        used
    }

    /// Tells a call, or holds it back while it may be one of a row.
    pub(super) fn say(&mut self, tid: i32, call: SocketCall) {
        let Some(task) = self.tasks.get_mut(&tid) else {
            (self.sink)(Event::Called(call));
            return;
        };
        if let Some(Spin(spin)) = &mut task.spin
            && same(spin, &call)
        {
            (spin.acted, spin.ended, spin.kernel) = (call.acted, call.ended, call.kernel);
            let times = spin.origin.as_mut().map_or(0, |origin| {
                origin.times = origin.times.saturating_add(1);
                origin.times
            });
            if times == SPINNING {
                self.shared().spinning.insert(tid);
            }
            return;
        }
        self.calm(tid);
        let moves_nothing = matches!(call.result, CallResult::Failed(_))
            || (call.tcp && call.call.takes().is_some() && call.result == CallResult::Bytes(0));
        match self.tasks.get_mut(&tid) {
            Some(task) if moves_nothing => task.spin = Some(Spin(call)),
            _ => (self.sink)(Event::Called(call)),
        }
    }

    /// A thread repeats nothing any more: what it repeated is told.
    pub(super) fn calm(&mut self, tid: i32) {
        let spin = self.tasks.get_mut(&tid).and_then(|it| it.spin.take());
        if let Some(Spin(call)) = spin {
            self.shared().spinning.remove(&tid);
            (self.sink)(Event::Called(call));
        }
    }
}

/// Whether a call repeats another, from the same line on the same socket to the same end.
fn same(first: &SocketCall, next: &SocketCall) -> bool {
    let what = |it: &SocketCall| (it.call, it.result, it.local, it.peer);
    let fd = |it: &SocketCall| it.origin.map(|it| (it.fd, it.place));
    what(first) == what(next) && fd(first) == fd(next)
}
