//! Packets as the checks of sentences see them, and all of those that came before.

use std::collections::HashMap;
use std::net::IpAddr;

use netlab::analysis::row::Row;
use netlab::model::packet::Content;
use netlab::model::packet::OtherKind;

/// A packet as the checks see it.
#[derive(Clone)]
pub(super) struct Packet {
    pub(super) no: u32,
    pub(super) conversation: Option<u32>,
    pub(super) from: Option<(IpAddr, u16)>,
    /// Of datagrams.
    pub(super) to: Option<(IpAddr, u16)>,
    pub(super) segment: Option<Segment>,
    pub(super) datagram: bool,
    pub(super) icmp_error: bool,
    pub(super) completes: bool,
    /// Client and server, after it.
    pub(super) states: Vec<String>,
}

#[derive(Clone, Copy)]
pub(super) struct Segment {
    pub(super) seq: u32,
    pub(super) ack: u32,
    pub(super) shown_seq: u32,
    pub(super) shown_ack: u32,
    pub(super) len: u32,
    pub(super) flags: u16,
    pub(super) window: u32,
}

pub(super) const FIN: u16 = 1;
pub(super) const SYN: u16 = 2;
pub(super) const RST: u16 = 4;
pub(super) const ACK: u16 = 16;

impl Segment {
    pub(super) fn has(self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    /// The raw number of its first payload byte.
    pub(super) fn start(self) -> u32 {
        self.seq.wrapping_add(u32::from(self.has(SYN)))
    }

    pub(super) fn end(self) -> u32 {
        self.start().wrapping_add(self.len)
    }

    /// A number of its own direction, raw.
    pub(super) fn raw(self, shown: u32) -> u32 {
        shown.wrapping_sub(self.shown_seq).wrapping_add(self.seq)
    }

    /// A number of the other direction, raw.
    pub(super) fn raw_other(self, shown: u32) -> u32 {
        shown.wrapping_sub(self.shown_ack).wrapping_add(self.ack)
    }
}

impl Packet {
    pub(super) fn of(row: &Row<'_>) -> Packet {
        let id = row.analysis.conversation;
        let source = row.packet.source.ip();
        let (mut from, mut to, mut segment) = (None, None, None);
        match &row.packet.content {
            Content::Tcp(tcp) => {
                from = source.map(|ip| (ip, tcp.source_port));
                if let (Some(header), Some(shown)) = (tcp.header, row.analysis.tcp)
                    && let Some(len) = shown.len.filter(|_| header.offset >= 5)
                {
                    segment = Some(Segment {
                        seq: header.seq.0,
                        ack: header.ack.0,
                        shown_seq: shown.seq,
                        shown_ack: shown.ack,
                        len,
                        flags: header.flags.0,
                        window: shown.window,
                    });
                }
            }
            Content::Udp(udp) => {
                from = source.map(|ip| (ip, udp.source_port));
                let destination = row.packet.destination.ip();
                to = destination.map(|ip| (ip, udp.destination_port));
            }
            Content::Other(_) => {}
        }
        Packet {
            no: row.frame.no,
            conversation: id.map(|id| id.0),
            from,
            to,
            segment,
            datagram: matches!(row.packet.content, Content::Udp(_)),
            icmp_error: matches!(&row.packet.content, Content::Other(it) if it.kind == OtherKind::IcmpError),
            completes: row
                .conversation
                .is_some_and(|it| it.lifecycle.handshake_ack() == Some(row.frame.no)),
            states: row
                .analysis
                .states
                .iter()
                .map(|state| state.map_or("", |state| state.name()).to_owned())
                .collect(),
        }
    }
}

/// Every packet so far.
#[derive(Default)]
pub(super) struct History {
    packets: Vec<Packet>,
    by_no: HashMap<u32, usize>,
    by_conversation: HashMap<u32, Vec<usize>>,
}

impl History {
    pub(super) fn push(&mut self, packet: Packet) {
        let place = self.packets.len();
        self.by_no.insert(packet.no, place);
        if let Some(id) = packet.conversation {
            self.by_conversation.entry(id).or_default().push(place);
        }
        self.packets.push(packet);
    }

    pub(super) fn frame(&self, no: u32) -> Option<&Packet> {
        Some(&self.packets[*self.by_no.get(&no)?])
    }

    /// Whether the frames are there and belong together.
    pub(super) fn share_a_conversation(&self, frames: &[u32]) -> bool {
        let mut ids = frames
            .iter()
            .map(|no| self.frame(*no).and_then(|it| it.conversation));
        let first = ids.next();
        first.is_none_or(|first| first.is_some() && ids.all(|id| id == first))
    }

    /// Those of the conversation of `packet`, sent by the same end or by the other one.
    pub(super) fn sent<'h>(
        &'h self,
        packet: &'h Packet,
        same: bool,
    ) -> impl Iterator<Item = &'h Packet> {
        let id = packet.conversation.unwrap_or(u32::MAX);
        let places = self.by_conversation.get(&id).into_iter().flatten();
        places
            .map(|place| &self.packets[*place])
            .filter(move |it| it.from.is_some() && (it.from == packet.from) == same)
    }
}
