//! Words of phases and states.

use crate::analysis::lifecycle::phase::Phase;
use crate::model::tcp::TcpState;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

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

/// Appends the word of a phase. Those of nearly every row are copied as the constants they are,
/// without a call.
pub fn write(phase: Phase, lang: Lang, out: &mut Vec<u8>) {
    match phase {
        Phase::Handshake => constant(&HANDSHAKE, lang, out),
        Phase::Data => constant(&DATA, lang, out),
        Phase::Ack => constant(&ACK, lang, out),
        Phase::Close => constant(&CLOSE, lang, out),
        Phase::Datagram => constant(&DATAGRAM, lang, out),
        other => out.extend_from_slice(word(other).get(lang).as_bytes()),
    }
}

#[inline(always)]
fn constant(word: &Text, lang: Lang, out: &mut Vec<u8>) {
    match lang {
        Lang::En => out.extend_from_slice(word.en.as_bytes()),
        Lang::PtBr => out.extend_from_slice(word.pt_br.as_bytes()),
    }
}

/// A state as RFC 9293 spells it; `–` where the capture does not show one.
pub fn state(state: Option<TcpState>) -> &'static str {
    state.map_or("–", TcpState::name)
}

phrase! {
    HANDSHAKE: "handshake", "handshake";
    DATA: "data", "dados";
    ACK: "ACK", "ACK";
    WINDOW: "window", "janela";
    KEEP_ALIVE: "keep-alive", "keep-alive";
    CLOSE: "close", "encerramento";
    RESET: "reset", "término abrupto";
    REFUSED: "refused", "recusado";
    DATAGRAM: "datagram", "datagrama";
    ICMP_ERROR: "ICMP error", "erro ICMP";
    UNKNOWN: "unknown", "desconhecida";
}
