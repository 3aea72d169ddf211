//! What the roles of client and server rest on, short enough for a column.

use crate::analysis::lifecycle::roles::Evidence;
use crate::text::Text;

static UNKNOWN: Text = Text {
    en: "not known",
    pt_br: "não se sabe",
};
static PORTS: Text = Text {
    en: "ports (assumed)",
    pt_br: "portas (suposição)",
};
static FIRST: Text = Text {
    en: "first datagram",
    pt_br: "primeiro datagrama",
};
static OTHER_PORT: Text = Text {
    en: "reply from another port",
    pt_br: "resposta de outra porta",
};
static SYN_ACK: Text = Text {
    en: "SYN, ACK",
    pt_br: "SYN, ACK",
};
static SYN: Text = Text {
    en: "SYN",
    pt_br: "SYN",
};

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
