//! The states of both ends: at the end, over time, after one segment.

use crate::analysis::conversation::Conversation;
use crate::analysis::moment::Moment;
use crate::analysis::record::spells::{Spell, Until};
use crate::model::tcp::TcpState;
use crate::report::who::Who;
use crate::text::Lang;
use crate::text::phrase::phrase;
use crate::text::quantity::span;

/// A line: where the conversation stood after its last packet. `None` where a state is not known.
pub(in crate::report) fn at_the_end(
    conversation: &Conversation,
    who: &Who<'_>,
    lang: Lang,
) -> Option<String> {
    let life = &conversation.lifecycle;
    let last = conversation.record().and_then(|it| it.spells()?.last());
    let [a, b] = who.sides().map(|side| who.name(side));
    let after = life.reused().zip(last);
    if let Some((side, fin)) = life.unsure_close_wait()
        && after.is_none()
    {
        let [from, to] = [side.other(), side].map(|side| who.name(side));
        return Some(end_unsure(lang, from, to, fin).to_string());
    }
    let known = life.unsure_close_wait().is_none();
    Some(match (life.states(), after) {
        (_, Some((frame, _))) if life.called_again() => called_again(lang, frame).to_string(),
        ([Some(state), None], None) if life.itself() => {
            end_itself(lang, a, state.name()).to_string()
        }
        ([Some(first), Some(second)], None) => {
            end_both(lang, a, first.name(), b, second.name()).to_string()
        }
        ([Some(first), Some(second)], Some((frame, last))) if known => {
            let (first, second) = (first.name(), second.name());
            end_reused(lang, last.frame, a, first, b, second, frame).to_string()
        }
        (_, Some((frame, _))) => reused(lang, frame).to_string(),
        _ => return None,
    })
}

phrase! {
    end_both(a, a_state, b, b_state): "at the end of the capture: {a} {a_state}, {b} {b_state}",
        "no fim da captura: {a} {a_state}, {b} {b_state}";
    end_unsure(from, to, fin):
        "at the end of the capture: {from} FIN-WAIT-1; {to} CLOSE-WAIT if the FIN in #{fin} reached it, which no packet shows",
        "no fim da captura: {from} FIN-WAIT-1; {to} CLOSE-WAIT se o FIN em #{fin} chegou, o que nenhum pacote mostra";
    end_itself(a, state): "at the end of the capture: {a} {state}",
        "no fim da captura: {a} {state}";
    end_reused(last, a, a_state, b, b_state, frame):
        "after #{last}: {a} {a_state}, {b} {b_state}; #{frame} uses the same ports again",
        "depois de #{last}: {a} {a_state}, {b} {b_state}; #{frame} usa as mesmas portas de novo";
    called_again(frame):
        "the same SYN is sent again in #{frame}, which Wireshark counts as a conversation of its own: the call goes on there",
        "o mesmo SYN é reenviado em #{frame}, o que o Wireshark conta como outra conversa: a chamada continua ali";
    /// The ports have a connection after this one.
    pub(in crate::report) reused(frame): "#{frame} uses the same ports again",
        "#{frame} usa as mesmas portas de novo";
}

/// Whether a state ends by what the other end's system does, without its program.
fn transient(state: TcpState) -> bool {
    matches!(
        state,
        TcpState::SynSent
            | TcpState::SynReceived
            | TcpState::FinWait1
            | TcpState::Closing
            | TcpState::LastAck
    )
}

/// The states that the packets prove: not a CLOSE-WAIT behind a FIN that nothing acknowledges.
fn proven(conversation: &Conversation) -> Vec<Spell> {
    let spells = conversation
        .record()
        .and_then(|it| Some(it.spells()?.list()));
    let unsure = conversation.lifecycle.unsure_close_wait();
    let doubtful = |it: &Spell| {
        it.state == TcpState::CloseWait && unsure.is_some_and(|(side, _)| it.side == side)
    };
    let spells = spells.into_iter().flatten().copied();
    spells.filter(|spell| !doubtful(spell)).collect()
}

/// An answer: which states are transient, which persistent, and for how long each lasted.
pub(in crate::report) fn over_time(
    conversation: &Conversation,
    who: &Who<'_>,
    lang: Lang,
) -> Option<String> {
    let spells = proven(conversation);
    let lasted = |spell: &Spell| {
        let Until::Packet(to) = spell.to else {
            return None;
        };
        let (state, name) = (spell.state.name(), who.name(spell.side));
        let from = spell.from.frame;
        if from == to.frame {
            return Some(passed(lang, state, name, from).to_string());
        }
        let time = span(elapsed(spell.from, to)?, lang);
        Some(format!("{state} ({name}, #{from}–#{}: {time})", to.frame))
    };
    let list = |wanted: &dyn Fn(TcpState) -> bool| {
        let chosen = spells.iter().filter(|spell| wanted(spell.state));
        chosen.filter_map(lasted).collect::<Vec<_>>().join(", ")
    };
    // A program keeps none of these; what ends TIME-WAIT is a timer.
    let idle = [TcpState::Closed, TcpState::Listen, TcpState::TimeWait];
    let short = list(&transient);
    let long = list(&|state| !transient(state) && !idle.contains(&state));
    let mut said = Vec::new();
    if !short.is_empty() {
        said.push(are_transient(lang, short).to_string());
    }
    if !long.is_empty() {
        said.push(are_persistent(lang, long).to_string());
    }
    if said.is_empty() {
        return None;
    }
    let left = |wanted: &dyn Fn(Until) -> bool| {
        let left = spells.iter().filter(|spell| wanted(spell.to));
        let left = left.map(|it| format!("{} ({})", it.state.name(), who.name(it.side)));
        left.collect::<Vec<_>>().join(", ")
    };
    let end = left(&|to| to == Until::End);
    if !end.is_empty() {
        said.push(are_left(lang, end).to_string());
    }
    let over = spells.iter().find_map(|spell| match spell.to {
        Until::Reused(frame) => Some(frame),
        _ => None,
    });
    if let Some(frame) = over {
        let list = left(&|to| to == Until::Reused(frame));
        said.push(are_over(lang, list, frame).to_string());
    }
    Some(said.join(" "))
}

fn elapsed(from: Moment, to: Moment) -> Option<i64> {
    let nanos = to.time?.since(from.time?).0;
    (nanos >= 0).then_some(nanos)
}

phrase! {
    passed(state, name, frame): "{state} ({name}, passed in #{frame})",
        "{state} ({name}, de passagem em #{frame})";
    are_transient(list): "Transient, left as soon as the other end's system answers: {list}.",
        "Transitórios, deixados assim que o sistema do outro lado responde: {list}.";
    are_persistent(list): "Persistent, as long as the programs keep them: {list}.",
        "Persistentes, enquanto os programas os mantêm: {list}.";
    are_left(list): "At the end of the capture: {list}.", "No fim da captura: {list}.";
    are_over(list, frame): "Until #{frame}, which uses the same ports again: {list}.",
        "Até #{frame}, que usa as mesmas portas de novo: {list}.";
}

/// The sentences of an answer: whether an end stays in CLOSE-WAIT or FIN-WAIT-2.
pub(in crate::report) fn stays(
    conversation: &Conversation,
    who: &Who<'_>,
    lang: Lang,
) -> Vec<String> {
    let spells = proven(conversation);
    let said = spells.iter().filter(|it| it.to == Until::End);
    let said = said.filter_map(|spell| {
        let (the, frame) = (who.the(spell.side), spell.from.frame);
        match spell.state {
            TcpState::CloseWait => Some(in_close_wait(lang, the, frame).to_string()),
            TcpState::FinWait2 => {
                let other = who.the(spell.side.other());
                Some(in_fin_wait(lang, the, frame, other).to_string())
            }
            _ => None,
        }
    });
    said.collect()
}

phrase! {
    in_close_wait(the, frame):
        "{the} stays in CLOSE-WAIT from #{frame} on: it received a FIN and does not close its own direction in this capture.",
        "{the} permanece em CLOSE-WAIT desde #{frame}: recebeu um FIN e não fecha o seu sentido nesta captura.";
    in_fin_wait(the, frame, other):
        "{the} stays in FIN-WAIT-2 from #{frame} on: its FIN is acknowledged, and {other} sends none in this capture.",
        "{the} permanece em FIN-WAIT-2 desde #{frame}: seu FIN foi reconhecido, e {other} não envia nenhum nesta captura.";
}

/// A clause: the state of an end that a segment moves.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) enum Moved {
    /// It sent the segment.
    Sender,
    /// The segment reaches it.
    Receiver,
    /// The segment shows a state that was not known.
    Shown,
}

/// Says it of one end.
pub(in crate::report) fn moved(how: Moved, the: &str, state: TcpState, lang: Lang) -> String {
    let state = state.name();
    match how {
        Moved::Sender => sender(lang, the, state).to_string(),
        // FINs may cross on their way.
        Moved::Receiver if state == TcpState::CloseWait.name() => {
            receiver_of_fin(lang, the, state).to_string()
        }
        Moved::Receiver => receiver(lang, the, state).to_string(),
        Moved::Shown => shows(lang, the, state).to_string(),
    }
}

phrase! {
    sender(the, state): "{the} is then in {state}", "{the} fica então em {state}";
    receiver(the, state): "once this arrives, {the} is in {state}",
        "quando este segmento chega, {the} fica em {state}";
    receiver_of_fin(the, state):
        "once this arrives, {the} is in {state}, unless it has sent its own FIN by then",
        "quando este segmento chega, {the} fica em {state}, a menos que já tenha enviado seu próprio FIN";
    shows(the, state): "it shows {the} in {state}", "isso mostra {the} em {state}";
    /// Both ends.
    pub(in crate::report) shows_both(): "it shows both ends in ESTABLISHED",
        "isso mostra as duas pontas em ESTABLISHED";
    /// Of the sender of a FIN that crosses the other one.
    pub(in crate::report) crossed(frame, the, state):
        "so #{frame} had not reached {the}, which goes through FIN-WAIT-1 and never was in {state}",
        "portanto #{frame} não tinha chegado: {the} passa por FIN-WAIT-1 e nunca esteve em {state}";
    /// An ACK that answers a segment which did not count.
    pub(in crate::report) challenges(frame):
        "this is the challenge ACK for #{frame} (RFC 9293, 3.10.7.4)",
        "este é o challenge ACK para #{frame} (RFC 9293, 3.10.7.4)";
}
