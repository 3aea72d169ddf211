//! What a system call asks for, from its number and its arguments.

use nix::unistd::Pid;

use super::filter::MARK;
use super::memory;
use super::options;
use crate::model::address::Endpoint;
use crate::model::call::Call;
use crate::model::names::Names;

/// What a system call is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// Nothing that is followed.
    Nothing,
    /// Makes a socket of IPv4 or IPv6: TCP or UDP.
    Make {
        /// TCP.
        tcp: bool,
    },
    /// Something with this descriptor, which may be a socket.
    Descriptor(i32),
    /// Another descriptor for the file of the first, in place of the second where one is named.
    Duplicate(i32, Option<i32>),
    /// Closes all descriptors from the first to the last.
    CloseRange(i32, i32),
    /// The program marks the line of its next call: a text of so many bytes at this address.
    Mark(u64, usize),
    /// Opens a second way into the kernel, past system calls.
    Uring,
}

/// A call on a socket at its entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    /// The call; `None` for one that only ends another: `getsockopt(SO_ERROR)`.
    pub(super) call: Option<Call>,
    /// The end that it names.
    pub(super) named: Option<Endpoint>,
    /// What is to be read when it has returned.
    pub(super) later: Later,
}

/// What is read when a call has returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Later {
    /// Nothing.
    Nothing,
    /// A struct sockaddr.
    End(u64),
    /// A struct msghdr.
    Message(u64),
    /// So many of an array of struct mmsghdr.
    Messages(u64, u64),
    /// An int: the error of a connect.
    Error(u64),
}

/// A descriptor among the arguments: they are ints.
pub(super) fn int(argument: u64) -> i32 {
    let [a, b, c, d, ..] = argument.to_le_bytes();
    i32::from_le_bytes([a, b, c, d])
}

/// What the call `number` is about.
pub(super) fn about(number: i64, args: &[u64; 6]) -> About {
    let [first, second, third, fourth, ..] = *args;
    match number {
        libc::SYS_socket => {
            let family = matches!(int(first), libc::AF_INET | libc::AF_INET6);
            match int(second) & 0xf {
                libc::SOCK_STREAM if family => About::Make { tcp: true },
                libc::SOCK_DGRAM if family => About::Make { tcp: false },
                _ => About::Nothing,
            }
        }
        libc::SYS_write if int(first) == MARK => About::Mark(second, memory::size(third)),
        libc::SYS_dup => About::Duplicate(int(first), None),
        libc::SYS_dup3 => About::Duplicate(int(first), Some(int(second))),
        #[cfg(target_arch = "x86_64")]
        libc::SYS_dup2 => About::Duplicate(int(first), Some(int(second))),
        libc::SYS_fcntl => match int(second) {
            libc::F_DUPFD | libc::F_DUPFD_CLOEXEC => About::Duplicate(int(first), None),
            _ => About::Nothing,
        },
        libc::SYS_close_range => {
            // CLOSE_RANGE_CLOEXEC closes nothing now.
            let later = third & u64::from(libc::CLOSE_RANGE_CLOEXEC) != 0;
            let end = |it: u64| i32::try_from(it & 0xffff_ffff).unwrap_or(i32::MAX);
            match later {
                true => About::Nothing,
                false => About::CloseRange(end(first), end(second)),
            }
        }
        libc::SYS_splice => About::Descriptor(int(third)),
        libc::SYS_io_uring_setup => About::Uring,
        libc::SYS_setsockopt if options::name(int(second), int(third)).is_none() => About::Nothing,
        libc::SYS_getsockopt if (int(second), int(third)) != (libc::SOL_SOCKET, libc::SO_ERROR) => {
            About::Nothing
        }
        libc::SYS_recvmsg if third & unsigned(libc::MSG_ERRQUEUE) != 0 => About::Nothing,
        libc::SYS_recvfrom if fourth & unsigned(libc::MSG_ERRQUEUE) != 0 => About::Nothing,
        libc::SYS_bind
        | libc::SYS_listen
        | libc::SYS_accept
        | libc::SYS_accept4
        | libc::SYS_connect
        | libc::SYS_sendto
        | libc::SYS_recvfrom
        | libc::SYS_sendmsg
        | libc::SYS_recvmsg
        | libc::SYS_sendmmsg
        | libc::SYS_recvmmsg
        | libc::SYS_shutdown
        | libc::SYS_setsockopt
        | libc::SYS_getsockopt
        | libc::SYS_sendfile
        | libc::SYS_read
        | libc::SYS_write
        | libc::SYS_readv
        | libc::SYS_writev
        | libc::SYS_close => About::Descriptor(int(first)),
        _ => About::Nothing,
    }
}

fn unsigned(flag: i32) -> u64 {
    u64::from(flag.unsigned_abs())
}

/// What a call on a socket asks for; its memory is read in `process`.
pub(super) fn asked(
    number: i64,
    args: &[u64; 6],
    tcp: bool,
    process: Pid,
    names: &mut Names,
) -> Option<Asked> {
    let [_, second, third, fourth, fifth, _] = *args;
    Some(match number {
        libc::SYS_bind => Asked {
            named: memory::end(process, second, third),
            ..plain(Call::Bind)
        },
        libc::SYS_connect => Asked {
            named: Some(memory::end(process, second, third)?),
            ..plain(Call::Connect)
        },
        libc::SYS_listen => plain(Call::Listen {
            backlog: u32::try_from(int(second)).unwrap_or(0),
        }),
        libc::SYS_accept | libc::SYS_accept4 => Asked {
            later: Later::End(second),
            ..plain(Call::Accept)
        },
        libc::SYS_shutdown => plain(Call::Shutdown(match int(second) {
            libc::SHUT_RD => "SHUT_RD",
            libc::SHUT_WR => "SHUT_WR",
            _ => "SHUT_RDWR",
        })),
        libc::SYS_setsockopt => {
            let value = memory::read(process, fourth, memory::size(fifth).min(16));
            let option = options::with_value(int(second), int(third), &value);
            plain(Call::SetSockOpt(names.keep(&option)?))
        }
        libc::SYS_getsockopt => Asked {
            call: None,
            named: None,
            later: Later::Error(fourth),
        },
        libc::SYS_close => plain(Call::Close),
        _ => return moves(number, args, tcp, process),
    })
}

/// What a call that moves data asks for.
fn moves(number: i64, args: &[u64; 6], tcp: bool, process: Pid) -> Option<Asked> {
    let [_, second, third, fourth, fifth, sixth] = *args;
    let room = memory::size(third);
    Some(match number {
        libc::SYS_sendto => {
            let named = memory::end(process, fifth, sixth).filter(|_| !tcp);
            Asked {
                named,
                ..plain(sending(named, room))
            }
        }
        libc::SYS_recvfrom => {
            let peek = fourth & unsigned(libc::MSG_PEEK) != 0;
            let call = receiving(tcp || fifth == 0, peek, room);
            let later = if fifth == 0 {
                Later::Nothing
            } else {
                Later::End(fifth)
            };
            Asked {
                later,
                ..plain(call)
            }
        }
        libc::SYS_sendmsg => {
            let (named, len) = memory::message(process, second);
            let named = named.filter(|_| !tcp);
            Asked {
                named,
                ..plain(sending(named, len))
            }
        }
        libc::SYS_recvmsg => {
            let (_, len) = memory::message(process, second);
            let peek = third & unsigned(libc::MSG_PEEK) != 0;
            Asked {
                later: Later::Message(second),
                ..plain(receiving(tcp, peek, len))
            }
        }
        libc::SYS_sendmmsg => {
            let (named, len, _) = memory::messages(process, second, third, 0);
            let named = named.filter(|_| !tcp);
            Asked {
                named,
                later: Later::Messages(second, third),
                ..plain(sending(named, len))
            }
        }
        libc::SYS_recvmmsg => {
            let (_, len, _) = memory::messages(process, second, third, 0);
            Asked {
                later: Later::Messages(second, third),
                ..plain(receiving(tcp, false, len))
            }
        }
        libc::SYS_read => plain(Call::Read { room }),
        libc::SYS_write => plain(Call::Write { len: room }),
        libc::SYS_readv => plain(Call::Read {
            room: memory::vectors(process, second, third),
        }),
        libc::SYS_writev => plain(Call::Write {
            len: memory::vectors(process, second, third),
        }),
        libc::SYS_sendfile => plain(Call::SendFile {
            len: memory::size(fourth),
        }),
        libc::SYS_splice => plain(Call::SendFile {
            len: memory::size(fifth),
        }),
        _ => return None,
    })
}

fn plain(call: Call) -> Asked {
    Asked {
        call: Some(call),
        named: None,
        later: Later::Nothing,
    }
}

fn sending(named: Option<Endpoint>, len: usize) -> Call {
    match named {
        Some(_) => Call::SendTo { len },
        None => Call::Send { len },
    }
}

fn receiving(connected: bool, peek: bool, room: usize) -> Call {
    match (peek, connected) {
        (true, _) => Call::Peek { room },
        (false, true) => Call::Recv { room },
        (false, false) => Call::RecvFrom { room },
    }
}
