//! ICMP: errors tied to the packet that they quote, and echoes.

use super::phrase::Clauses;
use crate::analysis::conversation::Conversation;
use crate::analysis::row::Row;
use crate::model::address::Address;
use crate::model::frame::FrameNo;
use crate::model::packet::{Datagram, Other, OtherKind, Quoted};
use crate::model::side::Side;
use crate::model::tcp::Segment;
use crate::report::text_address;
use crate::report::who::Who;
use crate::report::words::icmp as words;

/// Explains an ICMP message; says nothing of other packets. `conversation` is that of the packet it
/// quotes.
pub(super) fn explain(
    message: &Other<'_>,
    row: &Row<'_>,
    conversation: Option<&Conversation>,
    said: &mut Clauses,
) {
    let (from, to) = (shown(row.packet.source), shown(row.packet.destination));
    let info = message.info;
    if message.kind == OtherKind::Icmp {
        if info.starts_with("Echo (ping) request") {
            said.clause(words::request(said.lang, &from, &to));
        } else if info.starts_with("Echo (ping) reply") {
            said.clause(words::reply(said.lang, &from, &to));
            if let Some(frame) = request(info) {
                said.clause(words::of_request(said.lang, &frame));
            }
        }
        return;
    }
    if message.kind != OtherKind::IcmpError || from.is_empty() || to.is_empty() {
        return;
    }
    // The types and codes are fixed words, the same as in Info.
    let error: String = info
        .chars()
        .filter(|c| c.is_ascii() && !c.is_ascii_control() && *c != '#')
        .collect();
    said.clause(words::error(said.lang, &from, &to, error.trim()));
    let (Some(quoted), Some(conversation)) = (&message.quoted, conversation) else {
        return;
    };
    let Some(&[_, _, d0, d1]) = quoted.transport.bytes.first_chunk::<4>() else {
        return;
    };
    let port = u16::from_be_bytes([d0, d1]);
    // The error comes from where the quoted packet was to go.
    let Some(side) = row.analysis.side.map(Side::other) else {
        return;
    };
    let who = Who::new(conversation, said.lang);
    let of = who.of(side);
    let frame = match quoted.tcp {
        true => segment(quoted, conversation, side),
        false => datagram(quoted, conversation, side),
    };
    match frame {
        Some(frame) => said.clause(words::quotes_frame(said.lang, &frame, &of, &port)),
        None => said.clause(words::quotes(said.lang, &of, &port)),
    }
    if error.trim_end().ends_with("(Port unreachable)") {
        said.clause(words::NOBODY_LISTENS.get(said.lang));
    }
}

/// The frame of the quoted datagram, where exactly one that was captured can be it.
fn datagram(quoted: &Quoted<'_>, conversation: &Conversation, side: Side) -> Option<FrameNo> {
    let datagram = Datagram::read(quoted.transport)?;
    let (len, checksum) = (datagram.payload_len()?, datagram.checksum_field?);
    conversation.record()?.udp()?.quoted(side, len, checksum)
}

/// The frame of the quoted segment, where exactly one that was captured can be it.
fn segment(quoted: &Quoted<'_>, conversation: &Conversation, side: Side) -> Option<FrameNo> {
    let segment = Segment::read(quoted.transport)?;
    let bytes = segment.transport.bytes.get(4..)?.first_chunk::<4>()?;
    let seq = crate::model::seq::Seq(u32::from_be_bytes(*bytes));
    conversation.record()?.end(side).only(seq)
}

/// The frame in `(request in 7)`.
fn request(info: &str) -> Option<FrameNo> {
    let (_, rest) = info.split_once("(request in ")?;
    rest.split_once(')')?.0.parse().ok()
}

/// An address as text; empty where there is none.
pub(super) fn shown(address: Address) -> String {
    let mut out = Vec::new();
    if let Address::Name(_) = address {
        return String::new();
    }
    text_address::write(address, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}
