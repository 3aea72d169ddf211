//! SYN, SYN-ACK, the ACK that completes a handshake, and conversations without one.

use super::View;
use crate::analysis::lifecycle::Stray;
use crate::analysis::lifecycle::opening::OpeningShape;
use crate::model::tcp_options::TcpOption;
use crate::report::explain::phrase::{Clauses, count};
use crate::report::words::syn;

/// A segment of another connection between the same ports.
pub(super) fn stray(view: &View<'_>, said: &mut Clauses) {
    let news = view.conversation.lifecycle.news(view.frame);
    let (the, other, raw) = (view.the(), view.other_the(), view.header.ack.0);
    match news.and_then(|news| news.stray) {
        None => {}
        Some(Stray::Captured) => said.clause(syn::stray_captured(said.lang, the, raw, other)),
        Some(Stray::GoesOn(answers)) => said.clause(syn::goes_on(said.lang, the, answers)),
        Some(Stray::NotCaptured) => said.clause(syn::stray(said.lang, the, raw, other)),
    }
}

/// A segment with SYN.
pub(super) fn say(view: &View<'_>, said: &mut Clauses) {
    let answers = view.header.flags.ack();
    if view.conversation.lifecycle.itself() && view.own.syn.is_none_or(|it| it.answers != answers) {
        let phrase = match answers {
            true => syn::ITSELF_ANSWERS,
            false => syn::ITSELF_ASKS,
        };
        return said.clause(phrase.get(said.lang));
    }
    let again = view
        .own
        .syn
        .filter(|syn| syn.seq == view.header.seq && syn.answers == answers);
    let the = view.the();
    if let Some(syn) = again {
        let what = if answers { "SYN, ACK" } else { "SYN" };
        said.clause(syn::repeats(said.lang, the, what, syn.frame));
        if let Some(time) = view.since(syn.time, said.lang) {
            said.comma(syn::later(said.lang, &time));
        }
        if !view.other.heard {
            said.clause(syn::unheard(said.lang, view.other_of()));
        }
    } else if answers {
        said.clause(syn::accepts(said.lang, &the));
    } else {
        let other = match said.lang {
            crate::text::Lang::En => view.other_the(),
            crate::text::Lang::PtBr => view.who.to(view.side.other()),
        };
        said.clause(syn::asks(said.lang, &the, &other));
    }
    let news = view.conversation.lifecycle.news(view.frame);
    if answers {
        acknowledged(view, said);
    }
    if let Some(frame) = news.and_then(|news| news.early) {
        said.clause(syn::early(said.lang, &frame));
    } else if answers {
    } else if let Some(syn) = view.other.syn.filter(|syn| !syn.answers && again.is_none()) {
        said.clause(syn::both_call(said.lang, &syn.frame));
    }
    if again.is_none() {
        let shown = view.tcp.seq;
        said.clause(syn::initial(
            said.lang,
            &view.header.seq.0,
            &shown,
            shown.wrapping_add(1),
        ));
    }
    if view.len > 0 {
        said.clause(syn::with_data(said.lang, count(view.len)));
    }
    if view.header.flags.fin() {
        said.clause(syn::with_fin(said.lang));
    }
    if again.is_none() {
        size(view, said);
    }
    if view.marked(crate::analysis::tcp::marks::Marks::PORT_REUSED) {
        let phrase = match answers {
            true => syn::RENUMBERED,
            false => syn::REUSED,
        };
        said.clause(phrase.get(said.lang));
    }
}

/// What a SYN-ACK acknowledges.
fn acknowledged(view: &View<'_>, said: &mut Clauses) {
    let ack = view.tcp.ack;
    let Some(syn) = view.other.syn else {
        let life = &view.conversation.lifecycle;
        let before = life.called_before(view.latest.peer, view.header.ack);
        let phrase = if before {
            &syn::SYN_BEFORE
        } else {
            &syn::SYN_MISSING
        };
        said.clause(phrase.get(said.lang));
        return;
    };
    let shown = view.shown_other(syn.seq);
    let len = view.header.ack.minus(1).from_base(syn.seq);
    let sent = view
        .other
        .next
        .map_or(0, |next| next.minus(1).from_base(syn.seq));
    let fin = view.receiver().fin.filter(|fin| fin.at.frame == syn.frame);
    if fin.is_some_and(|fin| len == fin.len + 1) {
        said.clause(syn::acks_syn_fin(said.lang, &ack, &syn.frame, &shown, &len));
    } else if len == 0 {
        said.clause(syn::acks_syn(said.lang, &ack, &syn.frame, &shown));
    } else if len <= sent {
        said.clause(syn::acks_syn_data(
            said.lang,
            &ack,
            &syn.frame,
            count(len),
            &shown,
            &len,
        ));
    } else {
        said.clause(syn::acks_nothing(said.lang, &ack, &syn.frame));
    }
}

fn size(view: &View<'_>, said: &mut Clauses) {
    let mut mss = None;
    let _ = view.segment.read_options(view.tcp.options, |option| {
        if let TcpOption::MaximumSegmentSize(size) = option {
            mss = Some(size);
        }
    });
    if let Some(mss) = mss {
        said.clause(syn::mss(said.lang, &mss));
    }
}

/// The clause of the segment that completes the handshake.
pub(super) fn completes(view: &View<'_>, said: &mut Clauses) {
    if view.conversation.lifecycle.handshake_ack() != Some(view.frame) {
        return;
    }
    let opening = view.conversation.lifecycle.opening();
    match (opening.shape, opening.frames) {
        (OpeningShape::ThreeWay, [Some(syn), Some(answer), Some(frame)]) => {
            said.clause(syn::three_way(said.lang, &syn, &answer, &frame))
        }
        _ => said.clause(syn::COMPLETE.get(said.lang)),
    }
}

/// What is not known of a conversation that does not begin with a SYN.
pub(super) fn missing(view: &View<'_>, said: &mut Clauses) {
    said.clause(syn::MISSING.get(said.lang));
    if view.conversation.lifecycle.roles().assumed() {
        said.clause(syn::ASSUMED.get(said.lang));
    }
}
