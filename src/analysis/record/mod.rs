//! The record of a conversation: what each side has sent and what became of it.
//!
//! It is filled once per packet, behind the analysis, and everything that tells of a conversation
//! reads it: explanations, summaries, answers, ladders, labs. None of them keeps an account of its
//! own. A conversation has a record where
//! [`AnalyzerOptions::summaries`](super::AnalyzerOptions::summaries) asks for it.

pub mod groups;

use groups::Groups;

use super::lifecycle::{Event, Outcome, Segment};
use super::tcp::TcpAnalysis;
use crate::model::packet::{Datagram, Packet};
use crate::model::time::Nanos;

/// A packet as a record takes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'s> {
    /// Frame, time, sender.
    pub(super) event: Event,
    /// Since the first frame of the capture.
    #[expect(dead_code, reason = "what takes it is being built")]
    pub(super) now: Nanos,
    /// What its bytes say.
    #[expect(dead_code, reason = "what takes it is being built")]
    pub(super) packet: &'s Packet<'s>,
}

/// What is recorded of one conversation.
#[derive(Debug, Default)]
pub struct Record {
    groups: Groups,
}

impl Record {
    /// Its packets in groups, as its summary lists them.
    pub fn groups(&self) -> &Groups {
        &self.groups
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
    }

    /// Takes a UDP datagram of `len` payload bytes.
    #[inline(never)]
    pub(super) fn datagram(&mut self, seen: &Seen<'_>, _datagram: &Datagram<'_>, len: u32) {
        self.groups.datagram(&seen.event, len);
    }

    /// Takes an ICMP error that quotes a packet of the conversation; `port_unreachable` where it
    /// says that nobody listens on the port.
    #[inline(never)]
    pub(super) fn icmp_error(&mut self, seen: &Seen<'_>, port_unreachable: bool) {
        self.groups.icmp_error(&seen.event, port_unreachable);
    }
}
