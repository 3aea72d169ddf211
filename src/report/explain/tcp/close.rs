//! FINs: their numbers, who was first, and who waits in TIME-WAIT.

use super::View;
use crate::analysis::lifecycle::News;
use crate::analysis::lifecycle::close::TimeWait;
use crate::model::tcp::TcpState;
use crate::report::explain::phrase::Clauses;
use crate::report::words::states;
use crate::text::Text;
use crate::text::phrase::phrase;

static FIN_ONLY: Text = Text::new(
    "{the} says that it has no more to send (FIN)",
    "{the} diz que não tem mais nada a enviar (FIN)",
);
static FIN_AGAIN: Text = Text::new(
    "{the} repeats the FIN of #{frame}",
    "{the} repete o FIN de #{frame}",
);
static FIN_AGAIN_LATER: Text = Text::new(
    "{the} repeats the FIN of #{frame}, {time} later",
    "{the} repete o FIN de #{frame}, {time} depois",
);
phrase! {
    FIN_TOO: "after that it has no more to send (FIN)",
        "depois disso não tem mais nada a enviar (FIN)";
}

static NUMBER: Text = Text::new(
    "the FIN takes number {number}",
    "o FIN ocupa o número {number}",
);
static FIRST: Text = Text::new(
    "{the} is the first to close so far",
    "{the} é o primeiro a encerrar até aqui",
);
static SECOND: Text = Text::new(
    "{other} had sent its FIN in #{frame}",
    "{other} já tinha enviado o seu FIN em #{frame}",
);
static CROSSES: Text = Text::new(
    "it does not acknowledge the FIN of #{frame}: the two FINs cross",
    "não reconhece o FIN de #{frame}: os dois FIN se cruzam",
);
static EARLY: Text = Text::new(
    "#{frame}, captured before it, acknowledges it already: the order of this capture is not the order of sending",
    "#{frame}, capturado antes, já o reconhece: a ordem desta captura não é a ordem de envio",
);
static WAITS: Text = Text::new(
    "{the} stays in TIME-WAIT, because its FIN (#{frame}) came first: if this ACK is lost, it can still answer the FIN when it comes again",
    "{the} permanece em TIME-WAIT, porque o seu FIN (#{frame}) veio primeiro: se este ACK se perder, ainda pode responder ao FIN quando ele vier de novo",
);
phrase! {
    WAIT_BOTH: "both ends stay in TIME-WAIT, because their FINs crossed",
        "as duas pontas permanecem em TIME-WAIT, porque os seus FIN se cruzaram";
}

/// The clauses of a FIN.
pub(super) fn say(view: &View<'_>, said: &mut Clauses) {
    let the = view.the();
    let known = view.own.fin.filter(|fin| fin.seq == view.end());
    match (known, known.and_then(|fin| view.since(fin.time, said.lang))) {
        (Some(fin), Some(time)) => said.say(
            &FIN_AGAIN_LATER,
            &[("the", &the), ("frame", &fin.frame), ("time", &time)],
        ),
        (Some(fin), None) => said.say(&FIN_AGAIN, &[("the", &the), ("frame", &fin.frame)]),
        (None, _) if view.len > 0 => said.say(&FIN_TOO, &[]),
        (None, _) => said.say(&FIN_ONLY, &[("the", &the)]),
    }
    if known.is_some() {
        return;
    }
    said.say(&NUMBER, &[("number", &view.shown(view.end()))]);
    let news = view.conversation.lifecycle.news(view.frame);
    if let Some(News {
        early: Some(frame), ..
    }) = news
    {
        return said.say(&EARLY, &[("frame", frame)]);
    }
    match (view.own_state(), view.other.fin) {
        (Some(TcpState::FinWait1), None) => said.say(&FIRST, &[("the", &view.the())]),
        (_, Some(fin)) if view.header.ack.after(fin.seq) => {
            said.say(
                &SECOND,
                &[("other", &view.other_the()), ("frame", &fin.frame)],
            );
        }
        (Some(TcpState::Closing), Some(fin)) => {
            said.say(&CROSSES, &[("frame", &fin.frame)]);
            if let Some(never) = news.and_then(|news| news.never) {
                let the = view.who.the(never.0);
                let clause = states::crossed(said.lang, fin.frame, the, never.1.name());
                said.clause(clause);
            }
        }
        _ => {}
    }
}

/// Who waits, said where an acknowledgment of a FIN leaves its sender waiting.
pub(super) fn waiting(view: &View<'_>, said: &mut Clauses) {
    let itself = view.latest.peer == view.side;
    if itself || view.own_state() != Some(TcpState::TimeWait) || view.header.flags.fin() {
        return;
    }
    match (view.conversation.lifecycle.close().time_wait, view.own.fin) {
        (TimeWait::One(side), Some(fin)) if side == view.side => {
            said.say(&WAITS, &[("the", &view.the()), ("frame", &fin.frame)]);
        }
        (TimeWait::Both, _) => said.say(&WAIT_BOTH, &[]),
        _ => {}
    }
}
