//! How layers follow each other: each says what comes next, a loop in [`super`] goes there.

use std::slice::IterMut;

use super::draft::Draft;
use super::link::trailer::Trailer;
use super::memory::Memory;
use super::view::{Short, View};
use crate::model::dialect::Dialect;
use crate::model::frame::FrameNo;
use crate::model::transport::Extent;

/// Reads one layer.
pub(super) type Layer = for<'a> fn(View<'a>, &mut Context<'a>) -> Step<'a>;

/// What a layer came to; the error is a field that could not be read.
pub(super) type Step<'a> = Result<Next<'a>, Short>;

/// What follows a layer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Next<'a> {
    /// Another layer.
    Layer(Layer, View<'a>),
    /// A TCP segment.
    Tcp(View<'a>),
    /// A UDP datagram.
    Udp(View<'a>),
    /// A UDP-Lite datagram.
    UdpLite(View<'a>),
    /// Nothing more that is read.
    Done,
}

/// What the layers of one frame share.
#[derive(Debug)]
pub(super) struct Context<'a> {
    /// The columns so far.
    pub(super) draft: Draft<'a>,
    /// What is kept from frame to frame.
    pub(super) memory: &'a mut Memory,
    /// Buffers for datagrams put together from several frames; each is taken once.
    pub(super) spare: IterMut<'a, Vec<u8>>,
    /// The version of Wireshark that is followed.
    pub(super) dialect: Dialect,
    /// The number of the frame.
    pub(super) no: FrameNo,
    /// How much of its datagram the transport header is read from.
    pub(super) extent: Extent,
    /// The innermost IP header is of version 6.
    pub(super) over_ipv6: bool,
    /// The time to live, or hop limit, of the IP header below; `None` where something stands between
    /// that hides it from tshark.
    pub(super) hops: Option<u8>,
    /// An ICMP redirect quotes what is being read: tshark reads a TCP header in there no further
    /// than its ports, so that it leaves no trace in the streams.
    pub(super) redirected: bool,
    /// The Ethernet frame, until the end of its packet is known.
    pub(super) trailer: Option<Trailer<'a>>,
    /// Which of several packets in the frame is read, from 0; the last one if it is not said.
    pub(super) part: Option<usize>,
    /// How many packets the frame holds, side by side.
    pub(super) parts: usize,
    /// How many 802.1Q tags were read.
    pub(super) tags: u8,
}

/// The last layer that is read: its name in Protocol, nothing in Info.
pub(super) fn named<'a>(name: &'static str, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer(name);
    Ok(Next::Done)
}
