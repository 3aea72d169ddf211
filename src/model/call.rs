//! The calls a program makes on its sockets: what stands between the packets of a lab.

use std::fmt;

use super::address::Endpoint;
use super::kernel::KernelView;
use super::time::Timestamp;

/// One of the programs of an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Party {
    /// Which side of the exercise it runs.
    pub role: Role,
    /// Its number among several of the same role, from 1; `None` where it is the only one.
    pub number: Option<u32>,
}

impl Party {
    /// The only server.
    pub const SERVER: Party = Party {
        role: Role::Server,
        number: None,
    };
    /// The only client.
    pub const CLIENT: Party = Party {
        role: Role::Client,
        number: None,
    };
    /// The only program.
    pub const PROGRAM: Party = Party {
        role: Role::Program,
        number: None,
    };
}

/// The side of an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Waits to be called.
    Server,
    /// Calls.
    Client,
    /// Runs alone: what it is shows only in what it does.
    Program,
}

impl Role {
    /// Its name where nothing is translated.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Server => "server",
            Role::Client => "client",
            Role::Program => "program",
        }
    }
}

/// A finished call, with the addresses of its socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SocketCall {
    /// Who made it.
    pub party: Party,
    /// What was called, with its arguments.
    pub call: Call,
    /// TCP or UDP.
    pub tcp: bool,
    /// The socket's own address after the call; `None` where it has none yet.
    pub local: Option<Endpoint>,
    /// The other end, where the socket is connected or the call names one.
    pub peer: Option<Endpoint>,
    /// When it was made. Packets that it caused come after this.
    pub began: Timestamp,
    /// When the kernel did it. Where it does not wait, that is `began`; a send or recv over TCP
    /// is at the try that succeeded: what woke it comes before, what it caused after it. Where
    /// that moment is not known (accept and the calls of UDP), it is `ended`.
    pub acted: Timestamp,
    /// When it returned. Packets that woke it come before this.
    pub ended: Timestamp,
    /// What it returned.
    pub result: CallResult,
    /// Where in the program it was made; `None` where that was not recorded.
    pub origin: Option<Origin>,
    /// What the kernel said of the socket right after the call, while the thread was held; `None`
    /// where it was not asked.
    pub kernel: Option<KernelView>,
}

/// Where in a program a call was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The process.
    pub pid: u32,
    /// The thread; the first one of a process has the number of the process.
    pub tid: u32,
    /// The descriptor of the socket in that process.
    pub fd: i32,
    /// How many times in a row it was made with this result; those calls moved no bytes, and
    /// the times of the call are those of the first and the last.
    pub times: u32,
    /// The line of the source.
    pub place: Option<SourceLine>,
}

/// A line of a program's source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SourceLine {
    /// The name of the file, without its folder.
    pub file: &'static str,
    /// The line, from 1.
    pub line: u32,
}

/// As in `servidor.py:10`; never translated.
impl fmt::Display for SourceLine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.file, self.line)
    }
}

/// A socket call and the arguments worth showing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Call {
    /// Makes a socket.
    Socket,
    /// Switches on the socket option of this name (`SO_REUSEADDR`, `SO_LINGER`).
    SetSockOpt(&'static str),
    /// Gives it an address of its own.
    Bind,
    /// Lets connections queue up.
    Listen {
        /// How many may wait to be accepted.
        backlog: u32,
    },
    /// Takes the next connection out of the queue.
    Accept,
    /// Opens a connection, or fixes the peer of a UDP socket.
    Connect,
    /// Hands bytes to the kernel.
    Send {
        /// How many were offered.
        len: usize,
    },
    /// Takes bytes from the kernel.
    Recv {
        /// How many there was room for.
        room: usize,
    },
    /// Hands a datagram for `peer` to the kernel.
    SendTo {
        /// Its size.
        len: usize,
    },
    /// Takes a datagram from the kernel, with its sender.
    RecvFrom {
        /// How many bytes there was room for.
        room: usize,
    },
    /// `write` on a socket: hands bytes to the kernel.
    Write {
        /// How many were offered.
        len: usize,
    },
    /// `read` on a socket: takes bytes from the kernel.
    Read {
        /// How many there was room for.
        room: usize,
    },
    /// `recv` with `MSG_PEEK`: looks at bytes and leaves them in the kernel.
    Peek {
        /// How many there was room for.
        room: usize,
    },
    /// `sendfile`, `splice`: hands the bytes of a file to the kernel.
    SendFile {
        /// How many at most.
        len: usize,
    },
    /// Closes one direction or both: `SHUT_RD`, `SHUT_WR`, `SHUT_RDWR`.
    Shutdown(&'static str),
    /// Gives the socket up.
    Close,
    /// Gives one of several descriptors of the socket up; it stays open by the others.
    CloseCopy,
    /// The program ended with the socket open: the kernel closes it.
    Exit,
}

impl Call {
    /// The name of the call, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Call::Socket => "socket",
            Call::SetSockOpt(_) => "setsockopt",
            Call::Bind => "bind",
            Call::Listen { .. } => "listen",
            Call::Accept => "accept",
            Call::Connect => "connect",
            Call::Send { .. } => "send",
            Call::Recv { .. } => "recv",
            Call::SendTo { .. } => "sendto",
            Call::RecvFrom { .. } => "recvfrom",
            Call::Write { .. } => "write",
            Call::Read { .. } => "read",
            Call::Peek { .. } => "recv",
            Call::SendFile { .. } => "sendfile",
            Call::Shutdown(_) => "shutdown",
            Call::Close | Call::CloseCopy => "close",
            Call::Exit => "exit",
        }
    }

    /// Whether it waits for packets and sends none itself.
    pub const fn is_woken(self) -> bool {
        matches!(self, Call::Accept | Call::Peek { .. }) || self.takes().is_some()
    }

    /// How many bytes it offers to the kernel, where it sends.
    pub const fn gives(self) -> Option<usize> {
        match self {
            Call::Send { len }
            | Call::SendTo { len }
            | Call::Write { len }
            | Call::SendFile { len } => Some(len),
            _ => None,
        }
    }

    /// How many bytes it has room for, where it takes bytes from the kernel.
    pub const fn takes(self) -> Option<usize> {
        match self {
            Call::Recv { room } | Call::RecvFrom { room } | Call::Read { room } => Some(room),
            _ => None,
        }
    }
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallResult {
    /// It did what it says.
    Done,
    /// It moved so many bytes. 0 from `recv` is the end of the stream.
    Bytes(usize),
    /// It failed with this error number of POSIX, by name.
    Failed(&'static str),
    /// It had not returned when its program ended or the run was over.
    Unfinished,
}

/// As in `recv(1024) = 55`; never translated.
impl fmt::Display for SocketCall {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_made(out)?;
        self.write_result(out)
    }
}

impl SocketCall {
    /// The call without its result: `connect(127.0.0.1:5050)`.
    pub fn made(&self) -> String {
        let mut out = String::new();
        // Writing to memory cannot fail.
        let _ = self.write_made(&mut out);
        out
    }

    /// Its name and its result: `connect = ECONNREFUSED`, `connect = 0` where there is nothing
    /// but success to tell.
    pub fn returned(&self) -> String {
        let mut out = self.call.name().to_owned();
        let bare = out.len();
        // Writing to memory cannot fail.
        let _ = self.write_result(&mut out);
        if out.len() == bare {
            out.push_str(" = 0");
        }
        out
    }

    fn write_made(&self, out: &mut impl fmt::Write) -> fmt::Result {
        write!(out, "{}(", self.call.name())?;
        match self.call {
            Call::Socket => out.write_str(if self.tcp {
                "SOCK_STREAM"
            } else {
                "SOCK_DGRAM"
            })?,
            Call::SetSockOpt(option) => out.write_str(option)?,
            Call::Bind => write_end(out, self.local)?,
            Call::Connect => write_end(out, self.peer)?,
            Call::Listen { backlog } => write!(out, "{backlog}")?,
            Call::Send { len } => write!(out, "{len}")?,
            Call::SendTo { len } => {
                write!(out, "{len}, ")?;
                write_end(out, self.peer)?;
            }
            Call::Write { len } | Call::SendFile { len } => write!(out, "{len}")?,
            Call::Recv { room } | Call::RecvFrom { room } | Call::Read { room } => {
                write!(out, "{room}")?;
            }
            Call::Peek { room } => write!(out, "{room}, MSG_PEEK")?,
            Call::Shutdown(how) => out.write_str(how)?,
            // Of a listening socket; another one is known by its program.
            Call::Close if self.tcp && self.peer.is_none() => write_end(out, self.local)?,
            Call::CloseCopy => out.write_str("one copy")?,
            Call::Accept | Call::Close | Call::Exit => {}
        }
        out.write_str(")")
    }

    fn write_result(&self, out: &mut impl fmt::Write) -> fmt::Result {
        match (self.result, self.call) {
            (CallResult::Failed(name), _) => write!(out, " = {name}"),
            (CallResult::Bytes(count), Call::RecvFrom { .. }) => {
                write!(out, " = {count}, ")?;
                write_end(out, self.peer)
            }
            (CallResult::Bytes(count), _) => write!(out, " = {count}"),
            (CallResult::Done, Call::Accept) => {
                out.write_str(" = ")?;
                write_end(out, self.peer)
            }
            (CallResult::Unfinished, _) => out.write_str(" = ?"),
            (CallResult::Done, _) => Ok(()),
        }
    }
}

fn write_end(out: &mut impl fmt::Write, end: Option<Endpoint>) -> fmt::Result {
    match end {
        Some(end) => write!(out, "{}", std::net::SocketAddr::new(end.ip, end.port)),
        None => out.write_str("?"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_reads_as_in_a_trace_of_the_program() {
        let end = |port| {
            Some(Endpoint {
                ip: [127, 0, 0, 1].into(),
                port,
            })
        };
        let shown = |call, result| {
            SocketCall {
                party: Party::SERVER,
                call,
                tcp: true,
                local: end(5050),
                peer: end(40000),
                began: Timestamp::default(),
                acted: Timestamp::default(),
                ended: Timestamp::default(),
                result,
                origin: None,
                kernel: None,
            }
            .to_string()
        };
        assert_eq!(shown(Call::Socket, CallResult::Done), "socket(SOCK_STREAM)");
        assert_eq!(
            shown(Call::Bind, CallResult::Failed("EADDRINUSE")),
            "bind(127.0.0.1:5050) = EADDRINUSE"
        );
        assert_eq!(
            shown(Call::Accept, CallResult::Done),
            "accept() = 127.0.0.1:40000"
        );
        assert_eq!(
            shown(Call::Recv { room: 5 }, CallResult::Bytes(0)),
            "recv(5) = 0"
        );
        assert_eq!(
            shown(Call::RecvFrom { room: 9 }, CallResult::Bytes(2)),
            "recvfrom(9) = 2, 127.0.0.1:40000"
        );
        assert_eq!(
            shown(Call::SendTo { len: 2 }, CallResult::Bytes(2)),
            "sendto(2, 127.0.0.1:40000) = 2"
        );
    }
}
