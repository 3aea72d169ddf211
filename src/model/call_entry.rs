//! A socket call as an entry of systemd's journal, `FIELD=value` a line, which pcapng files hold
//! between packets and Wireshark shows as a row
//! (<https://systemd.io/JOURNAL_EXPORT_FORMATS/>). Fields of netlab's own say the call exactly.

use std::fmt::Write;
use std::net::SocketAddr;

use super::address::Endpoint;
use super::call::{Call, CallResult, Origin, Party, Role, SocketCall, SourceLine};
use super::kernel::KernelView;
use super::names::Names;
use super::time::Timestamp;

/// The entry of a call. `message` is what the row says; `at` is the time of the row, which has
/// microseconds alone: it is rounded up where packets come before the call (`after_packets`), else
/// down. `part` is what of the call the row shows.
pub fn write(
    call: &SocketCall,
    message: &str,
    at: Timestamp,
    after_packets: bool,
    part: &str,
) -> Vec<u8> {
    let up = u32::from(after_packets && !at.nanos().is_multiple_of(1000));
    let micros = at.secs().saturating_mul(1_000_000) + i64::from(at.nanos() / 1000 + up);
    let mut out = format!("__REALTIME_TIMESTAMP={micros}\n");
    let mut field = |name: &str, value: &dyn std::fmt::Display| {
        // Writing to memory cannot fail.
        let _ = writeln!(out, "{name}={value}");
    };
    let Party { role, number } = call.party;
    let number = number.map(|it| format!(" {it}")).unwrap_or_default();
    field("SYSLOG_IDENTIFIER", &format!("{}{number}", role.name()));
    if let Some(origin) = call.origin {
        field("_PID", &origin.pid);
        field("NETLAB_TID", &origin.tid);
        field("NETLAB_FD", &origin.fd);
        field("NETLAB_TIMES", &origin.times);
        if let Some(place) = origin.place {
            field("CODE_FILE", &place.file);
            field("CODE_LINE", &place.line);
        }
    }
    let (kind, argument) = kind(call.call);
    field("NETLAB_CALL", &kind);
    field("NETLAB_ARGUMENT", &argument);
    field("NETLAB_PROTOCOL", if call.tcp { &"tcp" } else { &"udp" });
    for (name, end) in [("NETLAB_LOCAL", call.local), ("NETLAB_PEER", call.peer)] {
        if let Some(end) = end {
            field(name, &SocketAddr::new(end.ip, end.port));
        }
    }
    let times = [
        ("NETLAB_BEGAN", call.began),
        ("NETLAB_ACTED", call.acted),
        ("NETLAB_ENDED", call.ended),
    ];
    for (name, time) in times {
        field(name, &format!("{}.{:09}", time.secs(), time.nanos()));
    }
    match call.result {
        CallResult::Done => field("NETLAB_RESULT", &"done"),
        CallResult::Unfinished => field("NETLAB_RESULT", &"unfinished"),
        CallResult::Bytes(count) => field("NETLAB_RESULT", &count),
        CallResult::Failed(error) => field("NETLAB_ERROR", &error),
    }
    if let Some(kernel) = call.kernel {
        field("NETLAB_KERNEL", &kernel.line());
    }
    field("NETLAB_PART", &part);
    // An entry is one line a field.
    field("MESSAGE", &message.replace('\n', " "));
    out.into_bytes()
}

/// The call that an entry tells of; `None` where it tells of something else, or only that a call
/// began whose return has an entry of its own.
pub fn read(entry: &[u8], names: &mut Names) -> Option<SocketCall> {
    let text = std::str::from_utf8(entry).ok()?;
    let field = |name: &str| {
        let mut lines = text.lines().filter_map(|line| line.split_once('='));
        lines.find(|it| it.0 == name).map(|it| it.1)
    };
    if field("NETLAB_PART")? == "start" {
        return None;
    }
    let (role, number) = match field("SYSLOG_IDENTIFIER")?.split_once(' ') {
        Some((role, number)) => (role, Some(number.parse().ok()?)),
        None => (field("SYSLOG_IDENTIFIER")?, None),
    };
    let roles = [Role::Server, Role::Client, Role::Program];
    let role = roles.into_iter().find(|it| it.name() == role)?;
    let end = |name| -> Option<Endpoint> {
        let address: SocketAddr = field(name)?.parse().ok()?;
        Some(address.into())
    };
    let time = |name| -> Option<Timestamp> {
        let (secs, nanos) = field(name)?.split_once('.')?;
        Some(Timestamp::new(secs.parse().ok()?, nanos.parse().ok()?))
    };
    let result = match (field("NETLAB_ERROR"), field("NETLAB_RESULT")) {
        (Some(error), _) => CallResult::Failed(names.keep(error)?),
        (None, Some("done")) => CallResult::Done,
        (None, Some("unfinished")) => CallResult::Unfinished,
        (None, count) => CallResult::Bytes(count?.parse().ok()?),
    };
    let call = known(field("NETLAB_CALL")?, field("NETLAB_ARGUMENT")?, names)?;
    let number_of = |name: &str| field(name)?.parse::<u32>().ok();
    let place = field("CODE_FILE").and_then(|file| {
        let (file, line) = (names.keep(file)?, number_of("CODE_LINE")?);
        Some(SourceLine { file, line })
    });
    let origin = number_of("_PID").and_then(|pid| {
        Some(Origin {
            pid,
            tid: number_of("NETLAB_TID")?,
            fd: field("NETLAB_FD")?.parse().ok()?,
            times: number_of("NETLAB_TIMES")?,
            place,
        })
    });
    Some(SocketCall {
        party: Party { role, number },
        call,
        tcp: field("NETLAB_PROTOCOL")? == "tcp",
        local: end("NETLAB_LOCAL"),
        peer: end("NETLAB_PEER"),
        began: time("NETLAB_BEGAN")?,
        acted: time("NETLAB_ACTED")?,
        ended: time("NETLAB_ENDED")?,
        result,
        origin,
        kernel: field("NETLAB_KERNEL").and_then(KernelView::read),
    })
}

/// What a call is called in an entry, and its argument.
fn kind(call: Call) -> (&'static str, String) {
    let (kind, argument) = match call {
        Call::SetSockOpt(option) => ("setsockopt", option.to_owned()),
        Call::Listen { backlog } => ("listen", backlog.to_string()),
        Call::Shutdown(how) => ("shutdown", how.to_owned()),
        Call::Peek { room } => ("peek", room.to_string()),
        Call::CloseCopy => ("close_copy", String::new()),
        other => {
            let size = other.gives().or(other.takes());
            let size = size.map(|it| it.to_string()).unwrap_or_default();
            (other.name(), size)
        }
    };
    (kind, argument)
}

/// The call of that name.
fn known(kind: &str, argument: &str, names: &mut Names) -> Option<Call> {
    let size = || argument.parse().ok();
    Some(match kind {
        "socket" => Call::Socket,
        "setsockopt" => Call::SetSockOpt(names.keep(argument)?),
        "bind" => Call::Bind,
        "listen" => Call::Listen {
            backlog: argument.parse().ok()?,
        },
        "accept" => Call::Accept,
        "connect" => Call::Connect,
        "send" => Call::Send { len: size()? },
        "sendto" => Call::SendTo { len: size()? },
        "write" => Call::Write { len: size()? },
        "sendfile" => Call::SendFile { len: size()? },
        "recv" => Call::Recv { room: size()? },
        "recvfrom" => Call::RecvFrom { room: size()? },
        "read" => Call::Read { room: size()? },
        "peek" => Call::Peek { room: size()? },
        "shutdown" => Call::Shutdown(names.keep(argument)?),
        "close" => Call::Close,
        "close_copy" => Call::CloseCopy,
        "exit" => Call::Exit,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::kernel::{Measured, Queues};
    use crate::model::tcp::TcpState;

    #[test]
    fn a_call_comes_back_as_it_was_written() {
        let calls = [
            Call::Socket,
            Call::SetSockOpt("SO_LINGER, 0 s"),
            Call::Bind,
            Call::Listen { backlog: 5 },
            Call::Accept,
            Call::Connect,
            Call::Send { len: 1 },
            Call::SendTo { len: 2 },
            Call::Write { len: 3 },
            Call::SendFile { len: 4 },
            Call::Recv { room: 5 },
            Call::RecvFrom { room: 6 },
            Call::Read { room: 7 },
            Call::Peek { room: 8 },
            Call::Shutdown("SHUT_RDWR"),
            Call::Close,
            Call::CloseCopy,
            Call::Exit,
        ];
        let results = [
            CallResult::Done,
            CallResult::Bytes(7),
            CallResult::Failed("ECONNRESET"),
            CallResult::Unfinished,
        ];
        let mut names = Names::default();
        for (place, call) in calls.into_iter().enumerate() {
            let time = |nanos| Timestamp::new(1_760_000_000, nanos);
            let call = SocketCall {
                party: Party {
                    role: Role::Client,
                    number: (place % 2 == 0).then_some(3),
                },
                call,
                tcp: place % 3 > 0,
                local: Some(Endpoint {
                    ip: [127, 0, 0, 1].into(),
                    port: 5050,
                }),
                peer: None,
                began: time(1),
                acted: time(2001),
                ended: time(3001),
                result: results[place % 4],
                origin: (place % 5 > 0).then_some(Origin {
                    pid: 7,
                    tid: 8,
                    fd: 3,
                    times: 9,
                    place: Some(SourceLine {
                        file: "a.py",
                        line: 4,
                    }),
                }),
                kernel: (place % 3 > 0).then_some(KernelView {
                    state: TcpState::FinWait1,
                    queues: Queues {
                        received: 5,
                        unsent: 1,
                    },
                    measured: (place % 2 > 0).then_some(Measured {
                        rtt: 37,
                        cwnd: 10,
                        sent_again: 2,
                    }),
                    after: 700,
                }),
            };
            let entry = write(&call, "client: …\n", call.acted, true, "whole");
            assert!(entry.starts_with(b"__REALTIME_TIMESTAMP=1760000000000003\n"));
            assert_eq!(read(&entry, &mut names), Some(call));
            assert_eq!(
                read(&write(&call, "", call.acted, false, "start"), &mut names),
                None
            );
        }
        assert_eq!(read(b"MESSAGE=x\n", &mut names), None);
    }
}
