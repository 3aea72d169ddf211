//! Words of phases and states.

use crate::analysis::lifecycle::phase::Phase;
use crate::model::tcp::TcpState;
use crate::text::Text;

/// The word of a phase, short enough for a column.
pub fn word(phase: Phase) -> &'static Text {
    match phase {
        Phase::Handshake => &HANDSHAKE,
        Phase::Data => &DATA,
        Phase::Ack => &ACK,
        Phase::Window => &WINDOW,
        Phase::KeepAlive => &KEEP_ALIVE,
        Phase::Close => &CLOSE,
        Phase::Reset => &RESET,
        Phase::Refused => &REFUSED,
        Phase::Datagram => &DATAGRAM,
        Phase::IcmpError => &ICMP_ERROR,
        Phase::Unknown => &UNKNOWN,
    }
}

/// A state as RFC 9293 spells it; `–` where the capture does not show one.
pub fn state(state: Option<TcpState>) -> &'static str {
    state.map_or("–", TcpState::name)
}

static HANDSHAKE: Text = Text {
    en: "handshake",
    pt_br: "handshake",
};
static DATA: Text = Text {
    en: "data",
    pt_br: "dados",
};
static ACK: Text = Text {
    en: "ACK",
    pt_br: "ACK",
};
static WINDOW: Text = Text {
    en: "window",
    pt_br: "janela",
};
static KEEP_ALIVE: Text = Text {
    en: "keep-alive",
    pt_br: "keep-alive",
};
static CLOSE: Text = Text {
    en: "close",
    pt_br: "encerramento",
};
static RESET: Text = Text {
    en: "reset",
    pt_br: "término abrupto",
};
static REFUSED: Text = Text {
    en: "refused",
    pt_br: "recusado",
};
static DATAGRAM: Text = Text {
    en: "datagram",
    pt_br: "datagrama",
};
static ICMP_ERROR: Text = Text {
    en: "ICMP error",
    pt_br: "erro ICMP",
};
static UNKNOWN: Text = Text {
    en: "unknown",
    pt_br: "desconhecida",
};
