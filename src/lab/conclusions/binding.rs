//! Addresses that cannot be had.

use super::facts::{Facts, end};
use crate::lab::Talk;
use crate::model::call::{Call, CallResult, SocketCall};
use crate::model::tcp::TcpState;
use crate::text::phrase::phrase;

/// A bind that failed since the address is taken: by whom.
pub(super) fn in_use(facts: &Facts<'_>, found: &mut Vec<String>) {
    for call in facts.calls() {
        let taken = call.result == CallResult::Failed("EADDRINUSE");
        let (true, Some(address)) = (taken, call.local) else {
            continue;
        };
        let lang = facts.lang;
        let text = taken_text(facts, call);
        found.push(format!(
            "{}{text}",
            busy(lang, facts.who(call), end(address))
        ));
    }
}

/// Who has the address that a call asked for, as far as the run shows.
fn taken_text(facts: &Facts<'_>, call: &SocketCall) -> String {
    let lang = facts.lang;
    let port = call.local.map(|it| it.port);
    let holds = |it: &&SocketCall| {
        let bound = it.call == Call::Bind && it.result == CallResult::Done;
        bound && it.tcp == call.tcp && it.local.map(|it| it.port) == port && it.ended <= call.began
    };
    let released = |it: &SocketCall| {
        facts.calls().any(|close| {
            matches!(close.call, Call::Close | Call::Exit)
                && close.local == it.local
                && close.peer.is_none()
                && (it.ended..=call.began).contains(&close.began)
        })
    };
    if let Some(holder) = facts.calls().find(|it| holds(it) && !released(it)) {
        return held(lang, facts.who(holder)).to_string();
    }
    let waits = |index: usize, talk: &Talk| {
        let before = facts
            .seen
            .of(index)
            .filter(|it| facts.time(it) <= call.began);
        let states = before.last().map(|it| it.states);
        let server = talk.server.port == call.local.map_or(0, |it| it.port);
        server && states.is_some_and(|[_, server]| server == Some(TcpState::TimeWait))
    };
    let mut talks = facts.seen.talks.iter().enumerate();
    match talks.find(|(index, talk)| call.tcp && waits(*index, talk)) {
        Some((_, talk)) => time_wait(lang, end(talk.client)).to_string(),
        None => unknown(lang).to_string(),
    }
}

/// A bind to a port that plain users may not have.
pub(super) fn low_port(facts: &Facts<'_>, found: &mut Vec<String>) {
    for call in facts.calls() {
        let denied = call.call == Call::Bind && call.result == CallResult::Failed("EACCES");
        if let Some(address) = call.local.filter(|it| denied && it.port < 1024) {
            found.push(low(facts.lang, facts.who(call), end(address)).to_string());
        }
    }
}

phrase! {
    busy(who, address): "{who}: bind to {address} failed with EADDRINUSE",
        "{who}: o bind em {address} falhou com EADDRINUSE";
    held(who): ": the {who} has this port", ": o {who} está com essa porta";
    time_wait(client):
        ": its connection with {client} is still in TIME-WAIT; SO_REUSEADDR before bind allows it",
        ": a conexão com {client} ainda está em TIME-WAIT; SO_REUSEADDR antes do bind permite";
    unknown():
        ": another program has this port, or a connection of a moment ago is in TIME-WAIT there",
        ": outro programa está com essa porta, ou uma conexão de há pouco está em TIME-WAIT ali";
    low(who, address):
        "{who}: bind to {address} failed with EACCES: ports below 1024 are the administrator's",
        "{who}: o bind em {address} falhou com EACCES: portas abaixo de 1024 são do administrador";
}
