//! The record of a conversation: what each side has sent and what became of it.
//!
//! It is filled once per packet, behind the analysis, and everything that tells of a conversation
//! reads it: explanations, summaries, answers, ladders, labs. None of them keeps an account of its
//! own. A conversation has a record where
//! [`AnalyzerOptions::summaries`](super::AnalyzerOptions::summaries) asks for it.

pub mod groups;

use groups::Groups;

use super::facts::http::{Exchanges, Http};
use super::facts::udp::Udp;
use super::lifecycle::{Event, Outcome, Segment};
use super::tcp::TcpAnalysis;
use crate::model::packet::{Content, Datagram, Packet};
use crate::model::side::Side;
use crate::model::time::Nanos;

/// A packet as a record takes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'s> {
    /// Frame, time, sender.
    pub(super) event: Event,
    /// Since the first frame of the capture.
    pub(super) now: Nanos,
    /// What its bytes say.
    pub(super) packet: &'s Packet<'s>,
}

/// What is recorded of one conversation.
#[derive(Debug, Default)]
pub struct Record {
    groups: Groups,
    http: Http,
    udp: Option<Box<Udp>>,
}

impl Record {
    /// Its packets in groups, as its summary lists them.
    pub fn groups(&self) -> &Groups {
        &self.groups
    }

    /// The HTTP exchanges on it, as far as the capture goes; `None` where there is none.
    pub fn http(&self) -> Option<Exchanges> {
        self.http.exchanges()
    }

    /// The exchanges of its datagrams; `None` where there is none, as in TCP.
    pub fn udp(&self) -> Option<&Udp> {
        self.udp.as_deref()
    }

    /// The same, to be changed.
    pub(super) fn udp_mut(&mut self) -> &mut Udp {
        self.udp.get_or_insert_default()
    }

    /// Takes a TCP segment with a whole header, after the analysis and the states did.
    #[inline(never)]
    pub(super) fn segment(
        &mut self,
        seen: &Seen<'_>,
        segment: &Segment,
        outcome: &Outcome,
        _analysis: &TcpAnalysis,
    ) {
        self.groups.segment(&seen.event, segment, outcome);
        if let Content::Tcp(tcp) = &seen.packet.content {
            self.http
                .segment(&seen.event, seen.now, segment, tcp.payload());
        }
    }

    /// Takes a UDP datagram of `len` payload bytes; `client` is the one that asks, with the port
    /// of the other end, where there is such an end.
    #[inline(never)]
    pub(super) fn datagram(
        &mut self,
        seen: &Seen<'_>,
        datagram: &Datagram<'_>,
        len: u32,
        client: Option<(Side, u16)>,
    ) {
        self.udp_mut()
            .datagram(&seen.event, seen.now, (datagram, len), client);
        self.groups
            .datagram(&seen.event, len, client.map(|(side, _)| side));
    }

    /// Takes an ICMP error that quotes a packet of the conversation; `port_unreachable` where it
    /// says that nobody listens on the port. `datagram` is that packet, where it is UDP's.
    #[inline(never)]
    pub(super) fn icmp_error(
        &mut self,
        seen: &Seen<'_>,
        port_unreachable: bool,
        datagram: Option<&Datagram<'_>>,
    ) {
        self.groups.icmp_error(&seen.event, port_unreachable);
        if let Some(datagram) = datagram {
            self.udp_mut()
                .refused(&seen.event, datagram, port_unreachable);
        }
    }
}
