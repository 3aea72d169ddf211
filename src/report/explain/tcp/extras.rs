//! What a segment says beside its main point: a closed window, SACK, urgent data, congestion.

use super::View;
use crate::analysis::tcp::marks::Marks;
use crate::model::seq::Seq;
use crate::model::tcp::TcpFlags;
use crate::model::tcp_options::TcpOption;
use crate::report::explain::phrase::{Clauses, and};
use crate::report::payload;
use crate::report::words::beside;
use crate::report::words::numbers::range;
use crate::report::words::{data, window};
use crate::text::quantity;

/// How many characters of the text of a RST are shown.
const TEXT: usize = 40;

/// The clauses that any segment can have.
pub(super) fn say(view: &View<'_>, said: &mut Clauses) {
    let flags = view.header.flags;
    let said_so = view.latest.answers.is_some();
    if view.marked(Marks::ZERO_WINDOW) && flags.ack() && !said_so {
        said.clause(window::zero(said.lang, view.other_the()));
    }
    if flags.rst() && view.len > 0 {
        text_of_rst(view, said);
    }
    if flags.ack() && !flags.syn() && !flags.rst() {
        sack(view, said);
    }
    if flags.any(TcpFlags::URG)
        && let Some(pointer) = view.segment.urgent_pointer()
    {
        said.clause(beside::urgent(said.lang, &pointer));
    }
    let (ece, cwr) = (flags.any(TcpFlags::ECE), flags.any(TcpFlags::CWR));
    if view.tcp.accurate_ecn || flags.any(TcpFlags::AE) || flags.rst() {
        return;
    }
    if flags.syn() {
        if ece && cwr && !flags.ack() {
            said.clause(beside::OFFERS_ECN.get(said.lang));
        }
        return;
    }
    if ece {
        said.clause(beside::ECE.get(said.lang));
    }
    if cwr {
        said.clause(beside::CWR.get(said.lang));
    }
}

/// The text that a RST carries, as far as the capture holds it.
fn text_of_rst(view: &View<'_>, said: &mut Clauses) {
    let count = quantity::bytes(said.lang, view.len.into());
    let payload = view.segment.payload();
    if payload.is_empty() {
        return said.clause(data::text_of_rst_cut(said.lang, count));
    }
    let mut text = Vec::new();
    payload::preview(payload, TEXT, &mut text);
    let text = String::from_utf8_lossy(&text);
    said.clause(data::text_of_rst(said.lang, count, text));
}

fn sack(view: &View<'_>, said: &mut Clauses) {
    let mut blocks: [Option<(Seq, Seq)>; 4] = [None; 4];
    let mut used = 0;
    let _ = view
        .segment
        .read_options(view.tcp.options, |option| match option {
            TcpOption::Sack => (blocks, used) = ([None; 4], 0),
            TcpOption::SackBlock(left, right) => {
                if let Some(slot) = blocks.get_mut(used) {
                    *slot = Some((left, right));
                    used += 1;
                }
            }
            _ => {}
        });
    let ack = view.header.ack;
    let line = view.receiver().line;
    let shown = |(left, right): (Seq, Seq)| {
        let ends = line.place(left).zip(line.place(right.minus(1)));
        ends.map_or_else(String::new, |(left, right)| range(left, right).to_string())
    };
    let [first, rest @ ..] = blocks;
    let within = |a: (Seq, Seq), b: (Seq, Seq)| !a.0.before(b.0) && a.1.at_or_before(b.1);
    // The first block can name what came twice (RFC 2883, 4).
    let twice = first.filter(|block| {
        block.0.before(block.1)
            && (block.1.at_or_before(ack) || rest[0].is_some_and(|next| within(*block, next)))
    });
    let mut list = String::new();
    for block in first
        .filter(|_| twice.is_none())
        .into_iter()
        .chain(rest.into_iter().flatten())
    {
        if block.0.before(block.1) && block.0.after(ack) {
            list = and(list, &shown(block), said.lang);
        }
    }
    if !list.is_empty() {
        said.clause(beside::sack(said.lang, &list));
    }
    if let Some(block) = twice {
        said.clause(beside::twice(said.lang, shown(block)));
    }
}
