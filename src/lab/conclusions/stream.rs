//! TCP is a stream: how sends, segments and recvs differ, and where it ends.

use super::facts::{Facts, moved};
use crate::analysis::conversation::Protocol;
use crate::lab::Talk;
use crate::model::call::{Call, CallResult, SocketCall};
use crate::text::phrase::phrase;
use crate::text::ui;

/// How many sizes stand in a sentence.
const SIZES: usize = 8;

/// One direction of a connection: what was sent, what went over, what was received, in bytes.
struct Way<'a> {
    to_server: bool,
    sends: Vec<usize>,
    segments: Vec<usize>,
    recvs: Vec<&'a SocketCall>,
}

/// The directions of a connection whose calls of both ends are known.
fn ways<'a>(facts: &Facts<'a>, index: usize, talk: &Talk) -> Vec<Way<'a>> {
    let way = |to_server: bool| {
        let [sends, recvs] = facts.moves(talk, to_server);
        let packets = facts
            .seen
            .of(index)
            .filter(|it| it.to_server() == to_server);
        let sizes = packets.map(|it| usize::try_from(it.payload_len()).unwrap_or(0));
        Way {
            to_server,
            sends: sends.into_iter().map(moved).collect(),
            segments: sizes.filter(|it| *it > 0).collect(),
            recvs,
        }
    };
    [way(true), way(false)].into_iter().collect()
}

/// Sizes that differ between send, segment and recv.
pub(super) fn sizes(facts: &Facts<'_>, found: &mut Vec<String>) {
    let lang = facts.lang;
    for (index, talk) in facts.seen.talks.iter().enumerate() {
        if talk.protocol != Protocol::Tcp || !facts.is_only(talk) {
            continue;
        }
        for way in ways(facts, index, talk) {
            let recvs: Vec<usize> = way.recvs.iter().map(|it| moved(it)).collect();
            let whole = |sizes: &[usize]| sizes.iter().sum::<usize>();
            let same = way.sends == way.segments && way.segments == recvs;
            // A direction of which something is not known proves nothing.
            let known = whole(&way.sends) == whole(&way.segments) && !recvs.is_empty();
            if same || !known || way.sends.is_empty() {
                continue;
            }
            let (client, server) = (ui::CLIENT.get(lang), ui::SERVER.get(lang));
            let (from, to) = match way.to_server {
                true => (client, server),
                false => (server, client),
            };
            let sends = format!("{} ({})", way.sends.len(), list(&way.sends));
            let segments = format!("{} ({})", way.segments.len(), list(&way.segments));
            let recvs = format!("{} ({})", recvs.len(), list(&recvs));
            found.push(differ(lang, from, to, sends, segments, recvs).to_string());
        }
    }
}

/// A recv that returned the end of one send and the beginning of the next.
pub(super) fn joined(facts: &Facts<'_>, found: &mut Vec<String>) {
    for (index, talk) in facts.seen.talks.iter().enumerate() {
        if talk.protocol != Protocol::Tcp || !facts.is_only(talk) {
            continue;
        }
        for way in ways(facts, index, talk) {
            let mut sends = way.sends.iter().copied();
            let mut left = sends.next().unwrap_or(0);
            for recv in &way.recvs {
                let size = moved(recv);
                if size <= left {
                    left -= size;
                    if left == 0 {
                        left = sends.next().unwrap_or(0);
                    }
                    continue;
                }
                // Once is enough for a direction.
                if left > 0 && sends.next().is_some() {
                    let (who, rest) = (facts.who(recv), size - left);
                    found.push(together(facts.lang, who, size, left, rest).to_string());
                }
                break;
            }
        }
    }
}

/// A recv that is called again although it has returned 0.
pub(super) fn after_the_end(facts: &Facts<'_>, found: &mut Vec<String>) {
    // Sockets whose stream is over: the call that first saw it, and how often it was seen.
    let mut over: Vec<(&SocketCall, u64)> = Vec::new();
    for call in facts.calls().filter(|it| it.tcp && it.peer.is_some()) {
        let ends = |it: &SocketCall| (it.local, it.peer) == (call.local, call.peer);
        let known = over.iter().position(|(it, _)| ends(it));
        match (call.call.takes(), call.result) {
            (Some(1..), CallResult::Bytes(0)) => {
                let times = u64::from(call.origin.map_or(1, |it| it.times));
                match known.and_then(|place| over.get_mut(place)) {
                    Some((_, count)) => *count += times,
                    None => over.push((call, times)),
                }
            }
            // The same ends again would be another connection.
            _ if matches!(call.call, Call::Close | Call::Exit) => {
                if let Some((first, times)) = known.map(|place| over.remove(place)) {
                    again(facts, first, times, found);
                }
            }
            _ => {}
        }
    }
    for (first, times) in over {
        again(facts, first, times, found);
    }
}

fn again(facts: &Facts<'_>, first: &SocketCall, times: u64, found: &mut Vec<String>) {
    // A second look is how many programs end a loop in a loop.
    if times > 2 {
        let name = first.call.name();
        found.push(goes_on(facts.lang, facts.who(first), name, times).to_string());
    }
}

/// The first sizes, and … where there are more.
fn list(sizes: &[usize]) -> String {
    let shown: Vec<String> = sizes.iter().take(SIZES).map(usize::to_string).collect();
    let more = if sizes.len() > SIZES { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

phrase! {
    differ(from, to, sends, segments, recvs):
        "{from} → {to}: sends {sends}, segments {segments}, recvs {recvs}: TCP keeps no boundaries",
        "{from} → {to}: sends {sends}, segmentos {segments}, recvs {recvs}: o TCP não guarda fronteiras";
    together(who, size, left, rest):
        "{who}: this recv returned {size} bytes, {left} from the end of one send and {rest} of what \
             was sent after it: a header and what follows it can come together",
        "{who}: este recv devolveu {size} bytes, {left} do fim de um send e {rest} do que foi \
                enviado depois: um cabeçalho e o que vem atrás dele podem chegar juntos";
    goes_on(who, name, times):
        "{who}: {name} returned 0 {times} times: the other end had closed, and the program went on; \
             0 is the moment to leave the loop and close",
        "{who}: {name} devolveu 0 {times} vezes: a outra ponta tinha fechado, e o programa continuou; \
                0 é a hora de sair do laço e fechar";
}
