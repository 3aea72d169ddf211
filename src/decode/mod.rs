//! Bytes to packets. The only module that names `etherparse`.
//!
//! Decoding cannot fail: what is cut, broken or unknown comes back as a [`Packet`] that says so.

mod link;
mod network;
mod transport;

use crate::model::frame::Frame;
use crate::model::packet::Packet;

/// Decodes frames one after another. It keeps what outlives a frame: the fragments that wait for
/// the rest of their datagram, and a buffer for texts.
#[derive(Debug, Default)]
pub struct Decoder {
    text: String,
}

impl Decoder {
    /// A decoder that has seen nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Decodes one frame. The packet borrows from the frame's bytes or from this decoder.
    pub fn decode<'a>(&'a mut self, frame: &Frame<'a>) -> Packet<'a> {
        self.text.clear();
        link::decode(frame)
    }
}
