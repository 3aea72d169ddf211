//! How connections end: who closed, with what call, and what was lost.

use super::facts::{Facts, moved};
use crate::lab::{Seen, Talk};
use crate::model::call::{Call, CallResult, SocketCall};
use crate::text::phrase::phrase;

/// A call that failed since the other end had reset the connection.
pub(super) fn reset(facts: &Facts<'_>, found: &mut Vec<String>) {
    for call in facts.calls() {
        let CallResult::Failed(error @ ("EPIPE" | "ECONNRESET")) = call.result else {
            continue;
        };
        let Some((index, is_server)) = facts.talk(call).filter(|_| call.tcp) else {
            continue;
        };
        let from_other = |it: &&Seen| it.flags().rst() && it.to_server() == is_server;
        let packets = facts
            .seen
            .of(index)
            .filter(|it| facts.time(it) <= call.ended);
        if let Some(packet) = packets.filter(from_other).last() {
            let (who, name) = (facts.who(call), call.call.name());
            found.push(broken(facts.lang, who, name, error, packet.no).to_string());
        }
    }
}

/// A close with bytes unread, which the kernel answers with RST.
pub(super) fn unread(facts: &Facts<'_>, found: &mut Vec<String>) {
    for call in facts.calls() {
        let closes = matches!(call.call, Call::Close | Call::Exit) && call.tcp;
        let (true, Some((index, is_server))) = (closes, facts.talk(call)) else {
            continue;
        };
        let only = facts
            .seen
            .talks
            .get(index)
            .is_some_and(|it| facts.is_only(it));
        let (Some(local), Some(peer), true) = (call.local, call.peer, only) else {
            continue;
        };
        let to_it = |it: &&Seen| it.to_server() == is_server && it.payload_len() > 0;
        let before = facts
            .seen
            .of(index)
            .filter(|it| facts.time(it) < call.began);
        let arrived: Vec<&Seen> = before.filter(to_it).collect();
        // What came twice would be counted twice.
        if arrived.iter().any(|it| !it.marks().is_empty()) {
            continue;
        }
        let sizes = arrived
            .iter()
            .map(|it| usize::try_from(it.payload_len()).unwrap_or(0));
        let arrived: usize = sizes.sum();
        let taken = facts
            .of_end(local, peer)
            .filter(|it| it.call.takes().is_some());
        let read: usize = taken.filter(|it| it.ended <= call.began).map(moved).sum();
        let sends_reset = |it: &&Seen| {
            let own = it.flags().rst() && it.to_server() != is_server;
            own && facts.time(it) >= call.began
        };
        if let (true, Some(packet)) = (read < arrived, facts.seen.of(index).find(sends_reset)) {
            let (who, name, no) = (facts.who(call), call.call.name(), packet.no);
            found.push(lost(facts.lang, who, read, arrived, name, no).to_string());
        }
    }
}

/// Who closed first, and by which call.
pub(super) fn first(facts: &Facts<'_>, found: &mut Vec<String>) {
    for (index, talk) in facts.seen.talks.iter().enumerate() {
        let Some((call, no)) = closer(facts, index, talk) else {
            continue;
        };
        let (who, made) = (facts.who(call), call.made());
        found.push(closed(facts.lang, who, made, no).to_string());
    }
}

/// The call that sent the first FIN of a connection, and the number of that packet.
fn closer<'a>(facts: &Facts<'a>, index: usize, talk: &Talk) -> Option<(&'a SocketCall, u32)> {
    let side = talk.close.started_by?;
    let no = talk.close.fins[side.index()]?;
    let is_client = side == talk.client_side;
    let (local, peer) = match is_client {
        true => (talk.client, talk.server),
        false => (talk.server, talk.client),
    };
    let fin = facts.seen.packets.iter().find(|it| it.no == no)?;
    let fin = facts.time(fin);
    // An earlier connection of the same ends was closed before this one began.
    let began = facts.time(facts.seen.of(index).next()?);
    let closes = |it: &&SocketCall| {
        let shuts = matches!(it.call, Call::Shutdown("SHUT_WR" | "SHUT_RDWR"));
        let closes = shuts || matches!(it.call, Call::Close | Call::Exit);
        closes && (began..=fin).contains(&it.began)
    };
    let call = facts
        .of_end(local, peer)
        .filter(closes)
        .min_by_key(|it| it.began)?;
    Some((call, no))
}

phrase! {
    broken(who, name, error, no):
        "{who}: {name} failed with {error}: the other end had reset the connection (#{no})",
        "{who}: o {name} falhou com {error}: a outra ponta tinha abortado a conexão (#{no})";
    lost(who, read, arrived, name, no):
        "{who}: the program read {read} of the {arrived} bytes that had arrived before {name}: the \
             kernel reset the connection (#{no}) to say that the rest was lost",
        "{who}: o programa leu {read} dos {arrived} bytes que tinham chegado antes do {name}: o \
                kernel abortou a conexão (#{no}) para dizer que o resto se perdeu";
    closed(who, made, no): "{who} closed first: {made} sent the FIN #{no}",
        "{who} fechou primeiro: {made} enviou o FIN #{no}";
}
