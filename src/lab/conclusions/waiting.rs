//! Programs that wait for what never comes.

use super::facts::{Facts, end, moved};
use crate::lab::Seen;
use crate::model::address::Endpoint;
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
        let arrived = facts.datagrams(local).filter(|it| {
            let open = closed.is_none_or(|close| facts.time(it) < close.began);
            open && facts.time(it) >= bind.ended
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

/// Datagrams that were longer than the room that a call had for them: the rest is lost. Which call
/// took which datagram is known where every one was taken, with the length that the room allows.
pub(super) fn cut_datagrams(facts: &Facts<'_>, found: &mut Vec<String>) {
    let takes = |it: &&SocketCall| {
        !it.tcp && it.call.takes().is_some() && matches!(it.result, CallResult::Bytes(_))
    };
    let mut ends: Vec<Endpoint> = facts
        .calls()
        .filter(takes)
        .filter_map(|it| it.local)
        .collect();
    ends.sort_unstable();
    ends.dedup();
    for local in ends {
        let taken: Vec<&SocketCall> = facts
            .calls()
            .filter(takes)
            .filter(|it| it.local == Some(local))
            .collect();
        let sent: Vec<&Seen> = facts.datagrams(local).collect();
        let size = |it: &Seen| usize::try_from(it.payload_len()).unwrap_or(usize::MAX);
        let room = |it: &SocketCall| it.call.takes().unwrap_or(0);
        let pairs = || taken.iter().copied().zip(sent.iter().copied());
        let fits = |(call, sent): (&SocketCall, &Seen)| moved(call) == size(sent).min(room(call));
        if taken.len() != sent.len() || !pairs().all(fits) {
            continue;
        }
        for (call, sent) in pairs().filter(|(call, sent)| size(sent) > room(call)) {
            let (who, name, whole) = (facts.who(call), call.call.name(), size(sent));
            found.push(cut(facts.lang, who, name, moved(call), whole, sent.no).to_string());
        }
    }
}

phrase! {
    deadlock(client, server):
        "the {client} and the {server} were both waiting in recv, each for the other, \
             when the run was ended",
        "o {client} e o {server} estavam os dois esperando no recv, um pelo outro, \
                quando a execução foi encerrada";
    cut(who, name, moved, whole, no):
        "{who}: {name} had room for {moved} of the {whole} bytes of the datagram #{no}: the rest is lost, since \
             the next call gets the next datagram",
        "{who}: o {name} tinha espaço para {moved} dos {whole} bytes do datagrama #{no}: o resto se perdeu, pois \
                a próxima chamada recebe o próximo datagrama";
    unread(missed; arrived, who, address):
        "1 of {arrived} datagrams that arrived at {address} was never read by the {who}"
          | "{missed} of {arrived} datagrams that arrived at {address} were never read by the {who}",
        "1 de {arrived} datagramas que chegaram a {address} nunca foi lido pelo {who}"
             | "{missed} de {arrived} datagramas que chegaram a {address} nunca foram lidos pelo {who}";
}
