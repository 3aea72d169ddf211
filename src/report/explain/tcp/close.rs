//! FINs: their numbers, who was first, and who waits in TIME-WAIT.

use super::View;
use crate::analysis::lifecycle::News;
use crate::analysis::lifecycle::close::TimeWait;
use crate::model::tcp::TcpState;
use crate::report::explain::phrase::Clauses;
use crate::report::words::fin;
use crate::report::words::states;

/// The clauses of a FIN.
pub(super) fn say(view: &View<'_>, said: &mut Clauses) {
    let the = view.the();
    let known = view.own.fin.filter(|fin| fin.seq == view.end());
    match (known, known.and_then(|fin| view.since(fin.time, said.lang))) {
        (Some(fin), Some(time)) => {
            said.clause(fin::fin_again_later(said.lang, &the, &fin.frame, &time))
        }
        (Some(fin), None) => said.clause(fin::fin_again(said.lang, &the, &fin.frame)),
        (None, _) if view.len > 0 => said.clause(fin::FIN_TOO.get(said.lang)),
        (None, _) => said.clause(fin::fin_only(said.lang, &the)),
    }
    if known.is_some() {
        return;
    }
    said.clause(fin::number(said.lang, view.shown(view.end())));
    let news = view.conversation.lifecycle.news(view.frame);
    if let Some(News {
        early: Some(frame), ..
    }) = news
    {
        return said.clause(fin::early(said.lang, frame));
    }
    match (view.own_state(), view.other.fin) {
        (Some(TcpState::FinWait1), None) => said.clause(fin::first(said.lang, view.the())),
        (_, Some(fin)) if view.header.ack.after(fin.seq) => {
            said.clause(fin::second(said.lang, view.other_the(), &fin.frame));
        }
        (Some(TcpState::Closing), Some(fin)) => {
            said.clause(fin::crosses(said.lang, &fin.frame));
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
            said.clause(fin::waits(said.lang, view.the(), &fin.frame));
        }
        (TimeWait::Both, _) => said.clause(fin::WAIT_BOTH.get(said.lang)),
        _ => {}
    }
}
