//! How a conversation ended, in a sentence.

use super::answer::{Answer, frames};
use super::evidence::Talk;
use crate::analysis::lifecycle::close::{Shape, TimeWait};
use crate::model::frame::FrameNo;
use crate::model::side::Side;
use crate::text::{Text, ui};

static FOUR: Text = Text {
    en: "{frames} close the connection in four segments (FIN; ACK; FIN; ACK), started by the {who}",
    pt_br: "{frames} encerram a conexão em quatro segmentos (FIN; ACK; FIN; ACK), por iniciativa do {who}",
};
static THREE: Text = Text {
    en: "{frames} close the connection in three segments (FIN; FIN, ACK; ACK), started by the {who}: the second FIN carries the ACK of the first",
    pt_br: "{frames} encerram a conexão em três segmentos (FIN; FIN, ACK; ACK), por iniciativa do {who}: o segundo FIN leva o ACK do primeiro",
};
static CROSSING: Text = Text {
    en: "{frames} close the connection from both ends at once: neither FIN acknowledges the other",
    pt_br: "{frames} encerram a conexão pelas duas pontas ao mesmo tempo: nenhum FIN reconhece o outro",
};
static HALF: Text = Text {
    en: "{frames} close the connection, started by the {who}; the other end sent {bytes} bytes in between",
    pt_br: "{frames} encerram a conexão, por iniciativa do {who}; a outra ponta enviou {bytes} bytes nesse meio-tempo",
};
static RESET: Text = Text {
    en: "{frames} ends the connection with RST, sent by the {who}",
    pt_br: "{frames} encerra a conexão com RST, enviado pelo {who}",
};
static OPEN: Text = Text {
    en: "the close is not complete in this capture: {frames}",
    pt_br: "o encerramento não está completo nesta captura: {frames}",
};
static WAITS: Text = Text {
    en: "the {who} is left in TIME-WAIT",
    pt_br: "o {who} fica em TIME-WAIT",
};
static BOTH_WAIT: Text = Text {
    en: "both ends are left in TIME-WAIT",
    pt_br: "as duas pontas ficam em TIME-WAIT",
};
static NOBODY_WAITS: Text = Text {
    en: "nobody is left in TIME-WAIT",
    pt_br: "ninguém fica em TIME-WAIT",
};

/// The frames of a close: each FIN and the segment that acknowledges it.
pub(in crate::lab) fn close_frames(talk: &Talk) -> Vec<FrameNo> {
    let close = &talk.close;
    let mut all: Vec<FrameNo> = close.fins.into_iter().chain(close.acks).flatten().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The name of an end: client or server.
pub(in crate::lab) fn who(talk: &Talk, side: Side, answer: &Answer) -> &'static str {
    let role = if side == talk.client_side {
        &ui::CLIENT
    } else {
        &ui::SERVER
    };
    role.get(answer.lang)
}

/// Says the shape of a close, who started it, and who is left in TIME-WAIT.
pub(in crate::lab) fn say_close(answer: &mut Answer, talk: &Talk) {
    let close = &talk.close;
    let who_started = close.started_by.map_or("?", |side| who(talk, side, answer));
    let list = frames(close_frames(talk));
    match close.shape {
        Shape::FourSegments => answer.say(&FOUR, &[("frames", &list), ("who", &who_started)]),
        Shape::ThreeSegments => answer.say(&THREE, &[("frames", &list), ("who", &who_started)]),
        Shape::Crossing => answer.say(&CROSSING, &[("frames", &list)]),
        Shape::HalfClose { bytes } => answer.say(
            &HALF,
            &[("frames", &list), ("who", &who_started), ("bytes", &bytes)],
        ),
        Shape::Reset => {
            if let Some(reset) = close.reset {
                let sender = who(talk, reset.side, answer);
                answer.say(
                    &RESET,
                    &[("frames", &frames([reset.frame])), ("who", &sender)],
                );
            }
        }
        Shape::None | Shape::OneSided { .. } | Shape::Unfinished => {
            answer.say(&OPEN, &[("frames", &list)]);
        }
    }
    say_time_wait(answer, talk);
}

/// Says who is left in TIME-WAIT.
pub(in crate::lab) fn say_time_wait(answer: &mut Answer, talk: &Talk) {
    match talk.close.time_wait {
        TimeWait::One(side) => {
            let waits = who(talk, side, answer);
            answer.say(&WAITS, &[("who", &waits)]);
        }
        TimeWait::Both => answer.say(&BOTH_WAIT, &[]),
        TimeWait::Nobody => answer.say(&NOBODY_WAITS, &[]),
        TimeWait::NotShown => {}
    }
}
