//! Connections that are refused, that lead nowhere, that nobody accepts.

use std::net::IpAddr;

use super::facts::{Facts, end};
use crate::model::call::{Call, CallResult, SocketCall};
use crate::text::phrase::phrase;

/// A connect that was refused: what listens instead.
pub(super) fn refused(facts: &Facts<'_>, found: &mut Vec<String>) {
    for call in facts.calls() {
        let is_refused = call.result == CallResult::Failed("ECONNREFUSED");
        let (Call::Connect, true, true, Some(peer)) = (call.call, call.tcp, is_refused, call.peer)
        else {
            continue;
        };
        let reset = facts.seen.packets.iter().find(|it| {
            let talk = it.talk.and_then(|talk| facts.seen.talks.get(talk));
            let time = facts.time(it);
            talk.is_some_and(|talk| talk.server == peer)
                && it.flags().rst()
                && it.to_client()
                && (call.began..=call.ended).contains(&time)
        });
        let frame = reset.map_or_else(String::new, |it| format!(" (#{})", it.no));
        let lang = facts.lang;
        let mut text = nobody(lang, facts.who(call), end(peer), frame).to_string();
        let waiting = facts.waiting(call.ended);
        if let Some(other) = instead(call, &waiting)
            && let Some(address) = other.local
        {
            let (who, address) = (facts.name(other), end(address));
            let same = other.local.is_some_and(|it| it.port == peer.port);
            text.push_str(&match (other.tcp, same) {
                (false, _) => udp(lang, who, address).to_string(),
                (true, true) => elsewhere(lang, who, address).to_string(),
                (true, false) => listens(lang, who, address).to_string(),
            });
        }
        found.push(text);
    }
}

/// What the caller may have meant: the same port at another address or with UDP, or else a TCP
/// server at another port, where there is only one.
fn instead<'a>(call: &SocketCall, waiting: &[&'a SocketCall]) -> Option<&'a SocketCall> {
    let port = |it: &SocketCall| it.local.map(|it| it.port);
    let wanted = call.peer.map(|it| it.port);
    let same = waiting.iter().find(|it| port(it) == wanted);
    let mut tcp = waiting.iter().filter(|it| it.tcp);
    same.or_else(|| tcp.next().filter(|_| tcp.next().is_none()))
        .copied()
}

/// A call to an address that the network does not have.
pub(super) fn unreachable(facts: &Facts<'_>, found: &mut Vec<String>) {
    for call in facts.calls() {
        let unreachable = call.result == CallResult::Failed("ENETUNREACH");
        if let (true, true, Some(peer)) = (facts.own_network, unreachable, call.peer) {
            let text = match peer.port {
                53 => no_names(facts.lang, facts.who(call)).to_string(),
                _ => only_loopback(facts.lang, facts.who(call), end(peer)).to_string(),
            };
            found.push(text);
        }
    }
}

/// Connections that the kernel completed and the program never took.
pub(super) fn never_accepted(facts: &Facts<'_>, found: &mut Vec<String>) {
    for (index, talk) in facts.seen.talks.iter().enumerate() {
        let Some(ack) = talk.opening.frames[2] else {
            continue;
        };
        let listens = |it: &&SocketCall| {
            matches!(it.call, Call::Listen { .. })
                && it.result == CallResult::Done
                && it.local.is_some_and(|local| {
                    local.port == talk.server.port && covers(local.ip, talk.server.ip)
                })
        };
        let Some(listener) = facts.calls().find(listens) else {
            continue;
        };
        // A connection that was gone by then may have no peer any more: it could be any.
        let accepted = |it: &SocketCall| {
            let peer = it.peer == Some(talk.client) || it.peer.is_none();
            it.call == Call::Accept && it.result == CallResult::Done && peer
        };
        if !facts.calls().any(accepted) && facts.seen.of(index).next().is_some() {
            let (who, client) = (facts.name(listener), end(talk.client));
            found.push(waited(facts.lang, client, ack, who).to_string());
        }
    }
}

/// Whether a socket bound to `bound` has `address`.
fn covers(bound: IpAddr, address: IpAddr) -> bool {
    bound == address || bound.is_unspecified()
}

phrase! {
    nobody(who, peer, frame):
        "{who}: the connection to {peer} was refused{frame}: nobody listened there",
        "{who}: a conexão com {peer} foi recusada{frame}: ninguém escutava ali";
    listens(who, address): "; the {who} listened on {address}", "; o {who} escutava em {address}";
    elsewhere(who, address): "; the {who} had this port at another address, {address}",
        "; o {who} tinha essa porta em outro endereço, {address}";
    udp(who, address): "; the {who} waited on {address} with UDP, and this call is TCP",
        "; o {who} esperava em {address} com UDP, e esta chamada é TCP";
    only_loopback(who, peer):
        "{who}: there is no way to {peer}: the programs run in a network of their own that has \
             only 127.0.0.1 and ::1 (with the right to capture, --no-sandbox uses the real one)",
        "{who}: não há caminho até {peer}: os programas rodam em uma rede própria que só tem \
                127.0.0.1 e ::1 (com permissão de captura, --no-sandbox usa a rede real)";
    no_names(who):
        "{who}: no name server can be asked: the programs run in a network of their own that \
             has only 127.0.0.1 and ::1; localhost works",
        "{who}: nenhum servidor de nomes pode ser consultado: os programas rodam em uma rede \
                própria que só tem 127.0.0.1 e ::1; localhost funciona";
    waited(client, ack, who):
        "the connection of {client} was established by the kernel (#{ack}), and the {who} never \
             accepted it: it waited in the listen queue (backlog)",
        "a conexão de {client} foi estabelecida pelo kernel (#{ack}), e o {who} nunca a \
                aceitou: ela esperou na fila de conexões pendentes (backlog)";
}
