//! The list, and how it changes.

use std::io;

use jiff::tz::TimeZone;
use tokio::time::{Instant, sleep, sleep_until};

use super::StatesArgs;
use crate::cli::fail::Failure;
use crate::cli::out::Output;
use crate::cli::programs;
use crate::cli::sockets::{EVERY, look, words};
use crate::cli::world::World;
use crate::kernel::{Watch, owners};
use crate::model::kernel::KernelSocket;
use crate::model::tcp::TcpState;
use crate::model::time::Timestamp;
use crate::render::list::List;
use crate::render::{escape, wrap};
use crate::report::socket;
use crate::source::live::signals::Signals;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

static HEADER: [&Text; 6] = [&LOCAL, &REMOTE, &STATE, &RECV_Q, &SEND_Q, &PROGRAM];

phrase! {
    LOCAL: "Local", "Local";
    REMOTE: "Remote", "Remoto";
    STATE: "State", "Estado";
    RECV_Q: "Recv-Q", "Recv-Q";
    SEND_Q: "Send-Q", "Send-Q";
    PROGRAM: "Program, timer", "Programa, temporizador";
    NONE:
        "no socket has or calls this port here",
        "nenhum socket tem ou chama esta porta aqui";
    NONE_AT_ALL:
        "there is no TCP or UDP socket here",
        "não há nenhum socket TCP ou UDP aqui";
    NOBODY:
        "no program",
        "nenhum programa";
    /// What cannot be seen of a program of somebody else.
    hidden(user):
        "a program of user {user}",
        "um programa do usuário {user}";
    /// How the changes come.
    watching(millis):
        "looking every {millis} ms: a state that is over sooner is not seen; stop with Ctrl-C",
        "olhando a cada {millis} ms: um estado que acaba antes não é visto; pare com Ctrl-C";
}

pub(super) fn run(args: &StatesArgs, world: &World) -> Result<(), Failure> {
    let failed = |cause: io::Error| programs::system(&cause, world);
    let watch = Watch::new(&args.port).map_err(failed)?;
    if args.watch {
        return follow(args, watch, world);
    }
    let sockets = watch.sockets().map_err(failed)?;
    let mut out = Output::stdout(world.lang);
    let text = match sockets.as_slice() {
        [] if args.port.is_empty() => format!("{}\n", NONE_AT_ALL.get(world.lang)),
        [] => format!("{}\n", NONE.get(world.lang)),
        sockets => table(sockets, world) + &meanings(sockets, world),
    };
    out.buffer.extend_from_slice(&escape::lines(&text));
    out.flush()
}

fn table(sockets: &[KernelSocket], world: &World) -> String {
    let lang = world.lang;
    let owners = owners();
    let rows = sockets.iter().map(|it| {
        let owner = match owners.get(&it.inode) {
            Some(owner) => owner.to_string(),
            None if it.inode == 0 => NOBODY.get(lang).to_owned(),
            None => hidden(lang, it.user).to_string(),
        };
        let timer = socket::timer(it.timer, lang);
        let owner = match timer.is_empty() {
            true => owner,
            false => format!("{owner}, {timer}"),
        };
        let protocol = socket::protocol(it.tcp);
        vec![
            format!("{protocol} {}", socket::end(Some(it.local))),
            socket::end(it.peer),
            socket::state(it.tcp, it.state).to_owned(),
            it.queues.received.to_string(),
            it.queues.unsent.to_string(),
            owner,
        ]
    });
    let list = List {
        header: HEADER.iter().map(|it| it.get(lang).to_owned()).collect(),
        rows: rows.collect(),
        numeric: vec![3, 4],
        gap: 1,
        ..List::default()
    };
    list.draw(world.width)
}

/// A sentence for each state in the list, and for what waits in queues.
fn meanings(sockets: &[KernelSocket], world: &World) -> String {
    let lang = world.lang;
    let mut said: Vec<String> = Vec::new();
    for it in sockets {
        let name = socket::state(it.tcp, it.state);
        let line = format!("{name}: {}", socket::meaning(it.tcp, it.state).get(lang));
        if !said.contains(&line) {
            said.push(line);
        }
    }
    said.extend(sockets.iter().filter_map(|it| queued(it, lang)));
    let mut text = String::from("\n");
    for line in said {
        let line = format!("{line}\n");
        text.push_str(
            &world
                .width
                .map_or(line.clone(), |width| wrap::lines(&line, width)),
        );
    }
    text
}

/// What waits in the queues of a socket.
fn queued(it: &KernelSocket, lang: Lang) -> Option<String> {
    // The kernel counts a FIN that is not read and a SYN or FIN that is not acknowledged as bytes.
    let unread_fin = u32::from(it.state == TcpState::CloseWait);
    let unsent_mark = u32::from(matches!(
        it.state,
        TcpState::SynSent | TcpState::FinWait1 | TcpState::Closing | TcpState::LastAck
    ));
    let received = it.queues.received.saturating_sub(unread_fin);
    let unsent = it.queues.unsent.saturating_sub(unsent_mark);
    let what = match (it.state, received, unsent) {
        (TcpState::Listen, 1.., most) => socket::waiting(lang, received.into(), most).to_string(),
        (TcpState::Listen, ..) | (_, 0, 0) => return None,
        // Of a UDP socket the kernel tells the memory that its datagrams take.
        _ if !it.tcp => return None,
        (_, 1.., 0) => socket::unread(lang, received.into()).to_string(),
        (_, 0, 1..) => socket::unsent(lang, unsent.into()).to_string(),
        _ => format!(
            "{}; {}",
            socket::unread(lang, received.into()),
            socket::unsent(lang, unsent.into())
        ),
    };
    let peer = it
        .peer
        .map(|peer| format!(" – {}", socket::end(Some(peer))));
    let ends = socket::end(Some(it.local)) + &peer.unwrap_or_default();
    Some(format!("{ends}: {what}"))
}

fn follow(args: &StatesArgs, mut watch: Watch, world: &World) -> Result<(), Failure> {
    let failed = |cause: io::Error| programs::system(&cause, world);
    let runtime = programs::runtime(0, world)?;
    let zone = TimeZone::system();
    world.note(&format!(
        "netlab: {}",
        watching(world.lang, EVERY.as_millis())
    ));
    runtime.block_on(async {
        let mut signals = Signals::listen().map_err(failed)?;
        let end = args.duration.map(|it| Instant::now() + it);
        let mut out = Output::stdout(world.lang);
        loop {
            for (change, owner) in look(&mut watch).map_err(failed)? {
                let line = format!(
                    "{}  {}{owner}\n",
                    clock(change.at, &zone),
                    words(&change, true, world)
                );
                out.buffer.extend_from_slice(&escape::lines(&line));
            }
            out.flush()?;
            let over = async {
                match end {
                    Some(end) => sleep_until(end).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                _ = signals.next() => return Ok(()),
                () = over => return Ok(()),
                () = sleep(EVERY) => {}
            }
        }
    })
}

/// The time of day with milliseconds.
fn clock(at: Timestamp, zone: &TimeZone) -> String {
    let second = jiff::Timestamp::from_second(at.secs()).unwrap_or_default();
    let second = second.to_zoned(zone.clone()).strftime("%H:%M:%S");
    format!("{second}.{:03}", at.nanos() / 1_000_000)
}
