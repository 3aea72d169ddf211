//! What a row shows of a segment's numbers.

use super::flow::Flow;
use super::{Input, TcpAnalysis};
use crate::model::tcp::{Header, TcpFlags};
use crate::model::tcp_options::OptionContext;

/// Fills in the numbers of a segment as they are shown.
#[inline]
pub(super) fn show(own: &Flow, other: &Flow, input: &Input<'_>, out: &mut TcpAnalysis) {
    let Header {
        seq, ack, flags, ..
    } = input.header;
    if input.relative {
        out.seq = own.relative(seq);
        if flags.ack() {
            out.ack = other.relative(ack);
        }
    }
    let scaled = input.len.is_some() || input.dialect.scales_unmeasured();
    if scaled && !flags.syn() {
        out.window = own.scale.apply(u32::from(input.header.window));
    }
    let ends = u32::from(flags.any(TcpFlags::SYN.with(TcpFlags::FIN)));
    out.next_seq = input
        .len
        .map(|len| out.seq.wrapping_add(len).wrapping_add(ends));
    let told = input.header.offset >= 5 || input.dialect.window_of_bogus_header();
    out.shows_window = told && input.segment.has_window();
    out.scale = own.scale;
    out.options = option_context(own, other, input);
}

/// What reading the segment's options depends on: the direction that it is of, and the opposite one.
#[inline]
pub(super) fn option_context(own: &Flow, other: &Flow, input: &Input<'_>) -> OptionContext {
    let Header { ack, flags, .. } = input.header;
    OptionContext {
        ack: if input.relative && flags.ack() {
            other.relative(ack)
        } else {
            ack.0
        },
        sack_base: other.origin(),
        scps: own.scps,
    }
}
