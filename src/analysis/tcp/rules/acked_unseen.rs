//! Acknowledged, but not in the capture.

use super::{Rule, Severity, View};
use crate::analysis::tcp::marks::Marks;
use crate::text::Text;

pub(super) static RULE: Rule = Rule {
    id: "tcp.acked-unseen",
    fields: &["tcp.analysis.ack_lost_segment"],
    label: "[TCP ACKed unseen segment]",
    mark: Marks::ACKED_UNSEEN,
    unless: Marks::NONE,
    severity: Severity::Warning,
    name: Text {
        en: "ACKed unseen segment",
        pt_br: "ACK de segmento não visto",
    },
    explain: Text {
        en: "This side acknowledges data that the capture does not hold. The data did arrive there; it is the capture that missed it.",
        pt_br: "Este lado reconhece dados que não estão na captura. Os dados chegaram ao destino; foi a captura que os perdeu.",
    },
    check,
};

/// Acknowledges more than the contiguous end of the other direction. Where a hole is known there, the
/// mark is always given; else only if the other direction has sent no duplicates, and (by the count
/// that is spoilt then) once until it acknowledges something new.
fn check(view: &View<'_>) -> bool {
    view.flags.ack()
        && view.other.unseen_before(view.ack)
        && (view.other.has_hole() || view.other.duplicates.none())
}
