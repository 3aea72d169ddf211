//! Words for the shape of a close and for what roles rest on, short enough for a column.

use crate::analysis::lifecycle::close::{ResetKind, Shape};
use crate::analysis::lifecycle::roles::Evidence;
use crate::text::Text;

static OPEN: Text = Text {
    en: "open",
    pt_br: "aberta",
};
static FOUR: Text = Text {
    en: "four segments",
    pt_br: "quatro segmentos",
};
static THREE: Text = Text {
    en: "three segments",
    pt_br: "três segmentos",
};
static CROSSING: Text = Text {
    en: "crossing FINs",
    pt_br: "FINs cruzados",
};
static HALF: Text = Text {
    en: "half-close",
    pt_br: "fechamento parcial",
};
static ONE_SIDED: Text = Text {
    en: "one side only",
    pt_br: "só um lado",
};
static UNFINISHED: Text = Text {
    en: "not finished",
    pt_br: "não concluído",
};
static REFUSED: Text = Text {
    en: "refused (RST)",
    pt_br: "recusada (RST)",
};
static AFTER_CLOSE: Text = Text {
    en: "RST after the close",
    pt_br: "RST após o encerramento",
};
static RESET: Text = Text {
    en: "reset (RST)",
    pt_br: "término abrupto (RST)",
};

/// The words of a shape.
pub fn words(shape: Shape, reset: Option<ResetKind>) -> &'static Text {
    match (shape, reset) {
        (Shape::None, _) => &OPEN,
        (Shape::FourSegments, _) => &FOUR,
        (Shape::ThreeSegments, _) => &THREE,
        (Shape::Crossing, _) => &CROSSING,
        (Shape::HalfClose { .. }, _) => &HALF,
        (Shape::OneSided { .. }, _) => &ONE_SIDED,
        (Shape::Unfinished, _) => &UNFINISHED,
        (Shape::Reset, Some(ResetKind::Refused)) => &REFUSED,
        (Shape::Reset, Some(ResetKind::AfterClose)) => &AFTER_CLOSE,
        (Shape::Reset, _) => &RESET,
    }
}

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
pub(super) fn evidence(evidence: Evidence) -> &'static Text {
    match evidence {
        Evidence::None => &UNKNOWN,
        Evidence::Ports => &PORTS,
        Evidence::FirstDatagram => &FIRST,
        Evidence::OtherPort => &OTHER_PORT,
        Evidence::SynAck => &SYN_ACK,
        Evidence::Syn => &SYN,
    }
}
