//! Which frames of a shared loopback are the programs'.

use crate::decode::Decoder;
use crate::model::frame::Frame;
use crate::model::packet::Content;

/// Chooses frames.
pub(super) struct Wanted {
    /// All of them: nobody else is here.
    all: bool,
    /// Those of this port where nothing is known of the programs.
    port: Option<u16>,
    decoder: Decoder,
}

impl Wanted {
    pub(super) fn new(all: bool, port: Option<u16>) -> Self {
        Self {
            all,
            port,
            decoder: Decoder::new(),
        }
    }

    /// Whether a frame is the programs', which have the ports that `known` knows. Where their
    /// ports are not known (`blind`), it is all of the port that was given, or all.
    pub(super) fn is(
        &mut self,
        frame: &Frame<'_>,
        blind: bool,
        known: impl Fn(&[u16]) -> bool,
    ) -> bool {
        if self.all {
            return true;
        }
        let packet = self.decoder.decode(frame);
        let ports = match &packet.content {
            Content::Tcp(segment) => ports(segment.transport.bytes),
            Content::Udp(datagram) => ports(datagram.transport.bytes),
            Content::Other(other) => other.quoted.and_then(|it| ports(it.transport.bytes)),
        };
        let Some(ports) = ports else {
            return false;
        };
        match self.port {
            Some(port) if blind => ports.contains(&port),
            None if blind => true,
            _ => known(&ports),
        }
    }
}

/// The ports at the beginning of a TCP or UDP header.
fn ports(header: &[u8]) -> Option<[u16; 2]> {
    let [a, b, c, d] = *header.first_chunk::<4>()?;
    Some([u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])])
}
