//! The line of the handshake.

use super::{Context, Counted, Line, Place, frames};
use crate::analysis::lifecycle::close::ResetKind;
use crate::analysis::record::groups::moves::{Move, Moves};
use crate::text::{Lang, Text};

static THREE_WAY: Text = Text {
    en: "three-way handshake ({moves})",
    pt_br: "apresentação de três vias (three-way handshake: {moves})",
};
static SIMULTANEOUS: Text = Text {
    en: "simultaneous open ({moves})",
    pt_br: "abertura simultânea ({moves})",
};
static REFUSED: Text = Text {
    en: "connection refused ({moves})",
    pt_br: "conexão recusada ({moves})",
};
static INCOMPLETE: Text = Text {
    en: "handshake, incomplete in this capture ({moves})",
    pt_br: "apresentação de três vias, incompleta nesta captura ({moves})",
};
static COMPLETE: Text = Text {
    en: "handshake, complete ({moves})",
    pt_br: "handshake, completo ({moves})",
};
static UNANSWERED: Text = Text {
    en: "connection attempt, no SYN, ACK in this capture ({moves})",
    pt_br: "tentativa de conexão, nenhum SYN, ACK nesta captura ({moves})",
};
static NO_HANDSHAKE: Text = Text {
    en: "no handshake in this capture",
    pt_br: "nenhum handshake nesta captura",
};
static SYNS_AGAIN: Counted = Counted {
    one: Text {
        en: "1 SYN sent again",
        pt_br: "1 SYN reenviado",
    },
    many: Text {
        en: "{count} SYNs sent again",
        pt_br: "{count} SYN reenviados",
    },
};
static SYN_ACKS_AGAIN: Counted = Counted {
    one: Text {
        en: "1 SYN, ACK sent again",
        pt_br: "1 SYN, ACK reenviado",
    },
    many: Text {
        en: "{count} SYN, ACKs sent again",
        pt_br: "{count} SYN, ACK reenviados",
    },
};
static WITH_BYTES: Text = Text {
    en: "{step} with {bytes}",
    pt_br: "{step} com {bytes}",
};
static ON_DATA: Text = Text {
    en: "ACK with the data in {frame}",
    pt_br: "ACK junto com os dados no {frame}",
};

pub(super) fn lines(context: &Context<'_>, lines: &mut Vec<Line>) {
    let opening = context.groups.opening();
    if opening.frames.is_empty() {
        lines.push(Line {
            frames: String::new(),
            text: NO_HANDSHAKE.get(context.lang).to_owned(),
            place: None,
        });
        return;
    }
    let alone =
        context.groups.packets() == u64::from(opening.syns) && context.groups.list().is_empty();
    let mut text = kind(context, alone).fill(
        context.lang,
        &[("moves", &moves(&opening.moves, context.lang))],
    );
    let made = |step: fn(&Move) -> bool| {
        let made = opening.moves.list().iter().filter(|made| step(made));
        u64::try_from(made.count()).unwrap_or_default()
    };
    let syns = made(|step| matches!(step, Move::Syn | Move::SynWithData(_)));
    let syn_acks = made(|step| matches!(step, Move::SynAck));
    for (count, counted) in [
        (u64::from(opening.syns).saturating_sub(syns), &SYNS_AGAIN),
        (
            u64::from(opening.syn_acks).saturating_sub(syn_acks),
            &SYN_ACKS_AGAIN,
        ),
    ] {
        if count > 0 {
            text.push_str("; ");
            text.push_str(&counted.get(count, context.lang));
        }
    }
    lines.push(Line {
        frames: frames::list(&opening.frames),
        text,
        place: Some(Place::Opening),
    });
}

fn kind(context: &Context<'_>, alone: bool) -> &'static Text {
    use Move::{Ack, AckOnData, Syn, SynAck, SynWithData};
    let lifecycle = &context.conversation.lifecycle;
    let reset = lifecycle.close().reset.map(|reset| reset.kind);
    match context.groups.opening().moves.list() {
        _ if reset == Some(ResetKind::Refused) => &REFUSED,
        [Syn | SynWithData(_), Syn | SynWithData(_), rest @ ..] if rest.contains(&SynAck) => {
            &SIMULTANEOUS
        }
        [Syn | SynWithData(_), SynAck, Ack | AckOnData(_)] => &THREE_WAY,
        _ if lifecycle.handshake_ack().is_some() => &COMPLETE,
        _ if alone => &UNANSWERED,
        _ => &INCOMPLETE,
    }
}

/// The moves in their order: `SYN; SYN, ACK; ACK`.
pub(super) fn moves(moves: &Moves, lang: Lang) -> String {
    let mut out = String::new();
    for step in moves.list() {
        if !out.is_empty() {
            out.push_str("; ");
        }
        out.push_str(&one(*step, lang));
    }
    out
}

fn one(step: Move, lang: Lang) -> String {
    let with_bytes = |step: &str, bytes: u32| match bytes {
        0 => step.to_owned(),
        _ => {
            let bytes = super::data::BYTES.get(u64::from(bytes), lang);
            WITH_BYTES.fill(lang, &[("step", &step), ("bytes", &bytes)])
        }
    };
    match step {
        Move::Syn => "SYN".to_owned(),
        Move::SynWithData(bytes) => with_bytes("SYN", bytes),
        Move::SynAck => "SYN, ACK".to_owned(),
        Move::Ack => "ACK".to_owned(),
        Move::AckOnData(frame) => ON_DATA.fill(lang, &[("frame", &frame)]),
        Move::Fin(bytes) => with_bytes("FIN", bytes),
        Move::FinAck(bytes) => with_bytes("FIN, ACK", bytes),
        Move::Rst => "RST".to_owned(),
        Move::RstAck => "RST, ACK".to_owned(),
    }
}
