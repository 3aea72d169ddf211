//! Calls at their entry and at their exit.

use nix::unistd::Pid;

use super::Event;
use super::address::Ends;
use super::arch::registers;
use super::decode;
use super::decode::About;
use super::decode::Asked;
use super::decode::Later;
use super::errno;
use super::memory;
use super::state::{CallKind, Engine, Made, Pending, Returned, outcome};
use super::tables::Socket;
use super::{Unknown, UnknownKind};
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
                self.unknown(process, UnknownKind::Uring);
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
                if socket.is_none() && regs.number == libc::SYS_listen {
                    self.unknown(process, UnknownKind::OtherSocket);
                }
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

    /// Tells once that something of a program stays unknown.
    fn unknown(&mut self, process: i32, kind: UnknownKind) {
        let program = self.tables.processes.get(&process).map(|it| it.program);
        if let Some(running) = program.and_then(|it| self.programs.get_mut(it))
            && !running.unknown.contains(&kind)
        {
            running.unknown.push(kind);
            let party = running.party;
            (self.sink)(Event::Unknown(Unknown { party, kind }));
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
        let made = |fd, tcp, ends| Made {
            tid,
            process,
            fd,
            tcp,
            ends,
            times,
            place,
        };
        match kind {
            CallKind::Make { tcp } => {
                let fd = descriptor(result);
                let made = made(fd.unwrap_or(-1), tcp, Ends::default());
                let call = self.recorded(&made, Call::Socket, outcome(result));
                if let Some(fd) = fd {
                    let socket = Socket {
                        tcp,
                        early: call.into_iter().collect(),
                        ..Socket::default()
                    };
                    self.tables.add(process, fd, socket);
                } else if let Some(call) = call {
                    self.say(tid, call);
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
            } => self.closed(&made(fd, tcp, ends), closed, Call::Close, outcome(result)),
            CallKind::On { fd, socket, asked } => {
                let known = self.tables.sockets.get(&socket);
                if let Some(known) = known {
                    let made = made(fd, known.tcp, known.ends());
                    self.returned_on(made, socket, &asked, result);
                }
            }
        }
    }

    /// A call on a known socket returns.
    fn returned_on(&mut self, made: Made, socket: u64, asked: &Asked, result: Returned) {
        match (asked.call, asked.later) {
            (Some(call), _) => self.made(made, socket, call, asked, result),
            (None, Later::Error(address)) if result.is_ok() => {
                let thread = Pid::from_raw(made.tid);
                let value = memory::int(&memory::read(thread, address, 4));
                let outcome = match value {
                    None | Some(0) => CallResult::Done,
                    Some(number) => CallResult::Failed(errno::name(number)),
                };
                self.connected(&made, socket, outcome);
            }
            _ => {}
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

    /// The record of a call.
    pub(super) fn recorded(
        &self,
        made: &Made,
        call: Call,
        result: CallResult,
    ) -> Option<SocketCall> {
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

fn descriptor(result: Returned) -> Option<i32> {
    result.ok().and_then(|it| i32::try_from(it).ok())
}
