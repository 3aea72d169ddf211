//! What rules ask the calls and the packets.

use std::collections::HashSet;
use std::fmt::Display;
use std::net::SocketAddr;

use crate::analysis::conversation::Protocol;
use crate::lab::{Evidence, PacketKind, Seen, Talk};
use crate::model::address::Endpoint;
use crate::model::call::{Call, CallResult, Role, SocketCall};
use crate::model::time::Timestamp;
use crate::text::{Lang, ui};

/// The calls and the packets of a run.
pub(super) struct Facts<'a> {
    pub(super) seen: &'a Evidence,
    pub(super) own_network: bool,
    pub(super) lang: Lang,
    /// Ends that several TCP connections had one after the other.
    again: HashSet<(Endpoint, Endpoint)>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(seen: &'a Evidence, own_network: bool, lang: Lang) -> Self {
        let tcp = seen.talks.iter().filter(|it| it.protocol == Protocol::Tcp);
        let (mut once, mut again) = (HashSet::new(), HashSet::new());
        for ends in tcp.map(|it| (it.client, it.server)) {
            if !once.insert(ends) {
                again.insert(ends);
            }
        }
        Self {
            seen,
            own_network,
            lang,
            again,
        }
    }

    /// Whether a connection was the only one between its ends: their calls are its calls.
    pub(super) fn is_only(&self, talk: &Talk) -> bool {
        !self.again.contains(&(talk.client, talk.server))
    }

    /// All calls.
    pub(super) fn calls(&self) -> impl Iterator<Item = &'a SocketCall> + use<'a> {
        self.seen.calls.iter()
    }

    /// `client 2 (cliente.py:5)`
    pub(super) fn who(&self, call: &SocketCall) -> String {
        let place = call.origin.and_then(|it| it.place);
        let place = place.map(|it| format!(" ({it})")).unwrap_or_default();
        format!("{}{place}", self.name(call))
    }

    /// `client 2`
    pub(super) fn name(&self, call: &SocketCall) -> String {
        let role = match call.party.role {
            Role::Server => &ui::SERVER,
            Role::Client => &ui::CLIENT,
            Role::Program => &ui::PROGRAM,
        };
        let number = call.party.number.map(|it| format!(" {it}"));
        format!("{}{}", role.get(self.lang), number.unwrap_or_default())
    }

    /// When a packet was captured.
    pub(super) fn time(&self, packet: &Seen) -> Timestamp {
        let first = self.seen.first.unwrap_or_default();
        let since = packet.time.nanos_clamped();
        Timestamp::from_nanos(first.nanos_clamped().saturating_add(since))
    }

    /// The conversation of a call, and whether the caller is its server; of several between the
    /// same ends the latest that had begun by then.
    pub(super) fn talk(&self, call: &SocketCall) -> Option<(usize, bool)> {
        let (local, peer) = (call.local?, call.peer?);
        let mut found = None;
        for (index, talk) in self.seen.talks.iter().enumerate() {
            let ends = (talk.client, talk.server);
            let is_server = ends == (peer, local);
            if !is_server && ends != (local, peer) {
                continue;
            }
            let began = self.seen.of(index).next();
            if found.is_none() || began.is_some_and(|it| self.time(it) <= call.ended) {
                found = Some((index, is_server));
            }
        }
        found
    }

    /// The calls on the socket of one end of a TCP connection.
    pub(super) fn of_end(
        &self,
        local: Endpoint,
        peer: Endpoint,
    ) -> impl Iterator<Item = &'a SocketCall> + use<'a> {
        self.calls()
            .filter(move |it| it.tcp && (it.local, it.peer) == (Some(local), Some(peer)))
    }

    /// The calls that gave bytes to one direction of a connection, and those that took bytes from it.
    pub(super) fn moves(&self, talk: &Talk, to_server: bool) -> [Vec<&'a SocketCall>; 2] {
        let (from, to) = match to_server {
            true => (talk.client, talk.server),
            false => (talk.server, talk.client),
        };
        let bytes = |it: &&SocketCall| matches!(it.result, CallResult::Bytes(1..));
        let sends = self.of_end(from, to).filter(|it| it.call.gives().is_some());
        let recvs = self.of_end(to, from).filter(|it| it.call.takes().is_some());
        [sends.filter(bytes).collect(), recvs.filter(bytes).collect()]
    }

    /// The datagrams that were sent to a UDP socket at `local`.
    pub(super) fn datagrams(&self, local: Endpoint) -> impl Iterator<Item = &'a Seen> {
        // Of several sockets with the port, the kernel chooses one.
        let bound = |it: &&SocketCall| {
            let port = it.local.map(|it| it.port) == Some(local.port);
            it.call == Call::Bind && !it.tcp && port && it.result == CallResult::Done
        };
        let any = local.ip.is_unspecified() && self.calls().filter(bound).count() == 1;
        let reaches = move |end: Endpoint| {
            let family = end.ip.is_ipv4() == local.ip.is_ipv4();
            end == local || any && family && end.port == local.port
        };
        self.seen.packets.iter().filter(move |it| {
            let talk = it.talk.and_then(|talk| self.seen.talks.get(talk));
            let udp = matches!(it.kind, PacketKind::Udp { .. });
            udp && talk.is_some_and(|talk| {
                let to = if it.to_server() {
                    talk.server
                } else {
                    talk.client
                };
                reaches(to)
            })
        })
    }

    /// Where programs waited at `time`: with TCP since listen, with UDP since bind, until they
    /// closed that socket.
    pub(super) fn waiting(&self, time: Timestamp) -> Vec<&'a SocketCall> {
        let begins = |it: &&SocketCall| {
            let waits = match it.call {
                Call::Listen { .. } => true,
                Call::Bind => !it.tcp,
                _ => false,
            };
            waits && it.result == CallResult::Done && it.ended <= time && it.local.is_some()
        };
        let ends = |one: &SocketCall| {
            self.calls().any(|it| {
                let closes = matches!(it.call, Call::Close | Call::Exit);
                closes
                    && it.local == one.local
                    && it.peer.is_none()
                    && it.began <= time
                    && it.began >= one.ended
            })
        };
        self.calls().filter(begins).filter(|it| !ends(it)).collect()
    }
}

/// An end as it is written: `127.0.0.1:5050`, `[::1]:5050`.
pub(super) fn end(end: Endpoint) -> impl Display {
    SocketAddr::new(end.ip, end.port)
}

/// How many bytes a call moved.
pub(super) fn moved(call: &SocketCall) -> usize {
    match call.result {
        CallResult::Bytes(count) => count,
        _ => 0,
    }
}
