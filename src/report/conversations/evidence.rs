//! What the roles of client and server rest on, short enough for a column.

use crate::analysis::lifecycle::roles::Evidence;
use crate::text::Text;
use crate::text::phrase::phrase;

phrase! {
    UNKNOWN: "not known", "não se sabe";
    PORTS: "ports (assumed)", "portas (suposição)";
    FIRST: "first datagram", "primeiro datagrama";
    OTHER_PORT: "reply from another port", "resposta de outra porta";
    SYN_ACK: "SYN, ACK", "SYN, ACK";
    SYN: "SYN", "SYN";
}

/// The words of what the roles of client and server rest on.
pub(super) fn words(evidence: Evidence) -> &'static Text {
    match evidence {
        Evidence::None => &UNKNOWN,
        Evidence::Ports => &PORTS,
        Evidence::FirstDatagram => &FIRST,
        Evidence::OtherPort => &OTHER_PORT,
        Evidence::SynAck => &SYN_ACK,
        Evidence::Syn => &SYN,
    }
}
