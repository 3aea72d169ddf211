//! Acknowledged, but not in the capture.

use super::window_update;
use super::{Check, Rule, Severity, View};
use crate::analysis::tcp::flow::Flow;
use crate::analysis::tcp::marks::Marks;
use crate::analysis::tcp::unacked::Pool;
use crate::model::dialect::Versions;
use crate::model::seq::Seq;
use crate::text::Text;

pub(super) static RULE: Rule = Rule {
    id: "tcp.acked-unseen",
    fields: &["tcp.analysis.ack_lost_segment"],
    label: "[TCP ACKed unseen segment]",
    mark: Marks::ACKED_UNSEEN,
    unless: Marks::NONE,
    severity: Severity::Warning,
    name: Text::new("ACKed unseen segment", "ACK de segmento não visto"),
    explain: Text::new(
        "This side acknowledges data that the capture does not hold. The data did arrive there; it is the capture that missed it.",
        "Este lado reconhece dados que não estão na captura. Os dados chegaram ao destino; foi a captura que os perdeu.",
    ),
    check: Check::By([check_4_0, check_4_4, check_4_4]),
};

/// What such an acknowledgment changes in the direction whose bytes it acknowledges.
pub(in crate::analysis::tcp) static SKIP: Versions<fn(&mut Flow, &mut Pool, Seq)> =
    [skip_4_0, skip_4_4, skip_4_4];

/// 4.0: acknowledges more than the contiguous end of the other direction. Where a hole is known
/// there, the mark is always given; else only if the other direction has sent no duplicates, and
/// (by the count that is spoilt then) once until it acknowledges something new.
fn check_4_0(view: &View<'_>) -> bool {
    view.acks_unseen() && (view.other.has_hole() || view.other.duplicates.none())
}

/// 4.0: the first time closes a known hole, later ones keep the mark from repeating.
fn skip_4_0(other: &mut Flow, _: &mut Pool, _: Seq) {
    if other.has_hole() {
        other.contiguous = other.next;
    } else {
        other.duplicates.poison();
    }
}

/// 4.4: always, unless what is acknowledged is the byte of a probe; the count of duplicates, on
/// which fast retransmissions depend, is left alone.
fn check_4_4(view: &View<'_>) -> bool {
    view.acks_unseen() && !window_update::takes_probe_4_4(view)
}

/// 4.4: the contiguous end moves to what is acknowledged, or on to the end of the segments that
/// were seen from there without a gap, so that what is acknowledged next counts from there.
fn skip_4_4(other: &mut Flow, pool: &mut Pool, ack: Seq) {
    other.contiguous = pool
        .run_from(&other.unacked, other.origin(), ack)
        .unwrap_or(ack);
}
