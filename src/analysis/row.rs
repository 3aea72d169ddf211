//! A frame with what it means: one row of the table.

use super::clock::RowTimes;
use super::conversation::{Conversation, ConversationId};
use super::lifecycle::phase::Phase;
use super::tcp::TcpAnalysis;
use crate::model::frame::Frame;
use crate::model::packet::{Content, Packet};
use crate::model::side::{Direction, Side};
use crate::model::tcp::{Header, TcpState};
use crate::model::time::Nanos;

/// One row: the frame, what its bytes say and what that means.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The frame as captured.
    pub frame: Frame<'a>,
    /// What its bytes say.
    pub packet: Packet<'a>,
    /// Its times.
    pub times: RowTimes,
    /// What the conversation around it makes of it.
    pub analysis: &'a Analysis,
    /// Its conversation, as far as this row; `None` where it belongs to none.
    pub conversation: Option<&'a Conversation>,
}

impl Row<'_> {
    /// The TCP header of the row, where tshark reads it: not one that ends before its window in
    /// versions that leave such a header alone.
    pub fn tcp_header(&self) -> Option<Header> {
        match &self.packet.content {
            Content::Tcp(segment) if segment.has_window() || self.analysis.tcp.is_some() => {
                segment.header
            }
            _ => None,
        }
    }

    /// The same, where its fields are all there: what netlab itself says of a segment rests on
    /// them, in every version.
    pub fn whole_header(&self) -> Option<Header> {
        match &self.packet.content {
            Content::Tcp(segment) if segment.has_window() => segment.header,
            _ => None,
        }
    }
}

/// What a packet means within its conversation.
#[derive(Clone, Copy, Debug, Default)]
pub struct Analysis {
    /// Its conversation; `None` where it belongs to none.
    pub conversation: Option<ConversationId>,
    /// tshark's `tcp.stream` or `udp.stream`.
    pub stream: Option<u32>,
    /// Who of its conversation sent it. An ICMP error comes from the end that its quoted packet was
    /// for, or from a router on behalf of it.
    pub side: Option<Side>,
    /// Which way it goes, by the roles known so far.
    pub direction: Option<Direction>,
    /// Results of the TCP analysis; `None` for other packets and for cut headers.
    pub tcp: Option<TcpAnalysis>,
    /// Since the first packet of its stream (`tcp.time_relative`; `udp.time_relative`, which no
    /// datagram has that an ICMP error quotes, nor in 4.0 one without payload).
    pub since_first: Option<Nanos>,
    /// Since the packet before it in its stream (`tcp.time_delta`, `udp.time_delta`).
    pub since_previous: Option<Nanos>,
    /// An ICMP error quotes a SYN that tshark marks as reusing port numbers.
    pub quotes_port_reuse: bool,
    /// Its part in the conversation.
    pub phase: Option<Phase>,
    /// The states of client and server after it; `None` where the capture does not show one.
    pub states: [Option<TcpState>; 2],
}
