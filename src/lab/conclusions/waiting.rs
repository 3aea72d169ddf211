//! Programs that wait for what never comes.

use super::facts::{Facts, end};
use crate::analysis::conversation::Protocol;
use crate::model::call::{Call, CallResult, SocketCall};
use crate::text::phrase::phrase;

/// Both ends of a connection in recv when one was stopped.
pub(super) fn both_wait(facts: &Facts<'_>, found: &mut Vec<String>) {
    // Ctrl-C ends a recv in Python, and a program in C.
    let never = |it: &&SocketCall| {
        let ended = matches!(
            it.result,
            CallResult::Unfinished | CallResult::Failed("EINTR")
        );
        it.call.takes().is_some() && ended
    };
    for talk in facts.seen.talks.iter().filter(|it| facts.is_only(it)) {
        let of = |local, peer| {
            facts
                .of_end(local, peer)
                .filter(|it| it.call.takes().is_some())
        };
        let client: Vec<_> = of(talk.client, talk.server).collect();
        let server: Vec<_> = of(talk.server, talk.client).collect();
        let stopped = |one: &[&'_ SocketCall], other: &[&'_ SocketCall]| {
            let call = one.iter().rfind(|it| never(it))?.to_owned().to_owned();
            let meanwhile = |it: &&&SocketCall| it.began <= call.ended && it.ended >= call.ended;
            Some((call, **other.iter().find(meanwhile)?))
        };
        let pair = stopped(&client, &server);
        let pair =
            pair.or_else(|| stopped(&server, &client).map(|(server, client)| (client, server)));
        if let Some((client, server)) = pair {
            let (client, server) = (facts.who(&client), facts.who(&server));
            found.push(deadlock(facts.lang, client, server).to_string());
        }
    }
}

/// Datagrams that arrived at a socket and were never read.
pub(super) fn unread_datagrams(facts: &Facts<'_>, found: &mut Vec<String>) {
    let bound = |it: &&SocketCall| {
        it.call == Call::Bind && !it.tcp && it.result == CallResult::Done && it.local.is_some()
    };
    for bind in facts.calls().filter(bound) {
        let Some(local) = bind.local else {
            continue;
        };
        let closed = facts.calls().find(|it| {
            matches!(it.call, Call::Close | Call::Exit)
                && it.local == Some(local)
                && it.began >= bind.ended
        });
        let arrived = facts.seen.packets.iter().filter(|it| {
            let talk = it.talk.and_then(|talk| facts.seen.talks.get(talk));
            let to = talk.is_some_and(|talk| {
                let to_it = talk.server == local && it.to_server();
                talk.protocol == Protocol::Udp && (to_it || talk.client == local && it.to_client())
            });
            let open = closed.is_none_or(|close| facts.time(it) < close.began);
            to && open && facts.time(it) >= bind.ended
        });
        let arrived = arrived.count() as u64;
        let read = |it: &&SocketCall| {
            let read = !it.tcp && it.call.takes().is_some() && it.local == Some(local);
            read && matches!(it.result, CallResult::Bytes(_))
        };
        let read = facts.calls().filter(read).count() as u64;
        if read < arrived {
            let (who, missed) = (facts.name(bind), arrived - read);
            found.push(unread(facts.lang, missed, arrived, who, end(local)).to_string());
        }
    }
}

phrase! {
    deadlock(client, server):
        "the {client} and the {server} were both waiting in recv, each for the other, \
             when the run was ended",
        "o {client} e o {server} estavam os dois esperando no recv, um pelo outro, \
                quando a execução foi encerrada";
    unread(missed; arrived, who, address):
        "1 of {arrived} datagrams that arrived at {address} was never read by the {who}"
          | "{missed} of {arrived} datagrams that arrived at {address} were never read by the {who}",
        "1 de {arrived} datagramas que chegaram a {address} nunca foi lido pelo {who}"
             | "{missed} de {arrived} datagramas que chegaram a {address} nunca foram lidos pelo {who}";
}
