//! What a capture holds, kept whole: a second opinion that shares no code with the answers.

use std::collections::HashMap;
use std::net::IpAddr;

use netlab::analysis::row::Row;
use netlab::analysis::tcp::marks::Marks;
use netlab::model::packet::Content;

/// A segment that can be read.
#[derive(Clone, Copy)]
pub(super) struct Segment {
    pub(super) no: u32,
    pub(super) from: (IpAddr, u16),
    pub(super) seq: u32,
    pub(super) ack: u32,
    pub(super) shown_seq: u32,
    pub(super) shown_ack: u32,
    pub(super) len: u32,
    pub(super) flags: u16,
    pub(super) window: u32,
    pub(super) keep_alive: bool,
}

pub(super) const FIN: u16 = 1;
pub(super) const SYN: u16 = 2;
pub(super) const RST: u16 = 4;
pub(super) const ACK: u16 = 16;

impl Segment {
    /// How many numbers it takes.
    pub(super) fn takes(&self) -> u32 {
        self.len + u32::from(self.flags & SYN != 0) + u32::from(self.flags & FIN != 0)
    }

    /// Whether it takes a number that `other` takes.
    pub(super) fn overlaps(&self, other: &Segment) -> bool {
        let inside = |a: &Segment, b: &Segment| a.seq.wrapping_sub(b.seq) < b.takes();
        self.takes() > 0 && other.takes() > 0 && (inside(self, other) || inside(other, self))
    }
}

/// A capture.
#[derive(Default)]
pub(super) struct Seen {
    /// The section that each packet belongs to: `tcp-0`.
    pub(super) section: HashMap<u32, String>,
    pub(super) segments: HashMap<String, Vec<Segment>>,
}

impl Seen {
    pub(super) fn push(&mut self, row: &Row<'_>, of: Option<(&'static str, u32)>) {
        let Some((protocol, stream)) = of else {
            return;
        };
        let section = format!("{protocol}-{stream}");
        let no = row.frame.no;
        self.section.insert(no, section.clone());
        let (Content::Tcp(tcp), Some(shown)) = (&row.packet.content, row.analysis.tcp) else {
            return;
        };
        let (Some(header), Some(ip)) = (tcp.header, row.packet.source.ip()) else {
            return;
        };
        let Some(len) = shown.len.filter(|_| header.offset >= 5) else {
            return;
        };
        let list = self.segments.entry(section).or_default();
        list.push(Segment {
            no,
            from: (ip, tcp.source_port),
            seq: header.seq.0,
            ack: header.ack.0,
            shown_seq: shown.seq,
            shown_ack: shown.ack,
            len,
            flags: header.flags.0,
            window: shown.window,
            keep_alive: shown.marks.any(Marks::KEEP_ALIVE),
        });
    }

    /// The segments of a conversation.
    pub(super) fn of(&self, section: &str) -> &[Segment] {
        self.segments.get(section).map_or(&[], Vec::as_slice)
    }

    /// The segment of that frame.
    pub(super) fn segment(&self, section: &str, no: u32) -> Option<&Segment> {
        self.of(section).iter().find(|it| it.no == no)
    }
}
