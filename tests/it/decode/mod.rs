//! Decoding below TCP and UDP: hand-written bytes in, addresses, names and lengths out. What is
//! expected is what tshark 4.0.17 printed for the same bytes.

mod broken;
mod build;
mod derived;
mod fragments;
mod lengths;
mod links;
mod names;
mod several;
mod tunnels;
mod usual;
mod words;

use netlab::decode::Decoder;
use netlab::model::frame::{Frame, LinkType};
use netlab::model::packet::{Content, Packet};
use netlab::report::text_address;

/// A frame of which everything was kept.
fn frame(link: u32, bytes: &[u8]) -> Frame<'_> {
    cut(link, bytes, bytes.len())
}

/// A frame of which only some bytes were kept.
fn cut(link: u32, bytes: &[u8], wire_len: usize) -> Frame<'_> {
    Frame {
        no: 1,
        time: None,
        decimals: 6,
        link: LinkType(link),
        interface: 0,
        wire_len: u32::try_from(wire_len).unwrap(),
        bytes,
    }
}

/// A packet in one line: addresses, then ports and the length that IP hands over, or else protocol
/// and words.
fn line(packet: &Packet<'_>) -> String {
    let mut addresses = Vec::new();
    text_address::write(packet.source, &mut addresses);
    addresses.extend_from_slice(b" > ");
    text_address::write(packet.destination, &mut addresses);
    let addresses = String::from_utf8(addresses).unwrap();
    let what = match packet.content {
        Content::Tcp(segment) => format!(
            "TCP {} {} L={}",
            segment.source_port, segment.destination_port, segment.transport.len
        ),
        Content::Udp(datagram) => format!(
            "{} {} {} L={}",
            if datagram.transport.lite {
                "UDP-Lite"
            } else {
                "UDP"
            },
            datagram.source_port,
            datagram.destination_port,
            datagram.transport.len
        ),
        Content::Other(other) => format!("{} {}", other.protocol, other.info),
    };
    format!("{addresses} {what}")
}

/// The line of a single frame.
fn decoded(link: u32, bytes: &[u8]) -> String {
    line(&Decoder::new().decode(&frame(link, bytes)))
}
