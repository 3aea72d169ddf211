//! Sent again because of duplicate ACKs.

use super::{Rule, Severity, View};
use crate::analysis::tcp::marks::Marks;
use crate::text::Text;

pub(super) static RULE: Rule = Rule {
    id: "tcp.fast-retransmission",
    fields: &[
        "tcp.analysis.fast_retransmission",
        "tcp.analysis.retransmission",
    ],
    label: "[TCP Fast Retransmission]",
    mark: Marks::FAST_RETRANSMISSION,
    unless: Marks::KEEP_ALIVE.with(Marks::SPURIOUS_RETRANSMISSION),
    severity: Severity::Note,
    name: Text {
        en: "Fast retransmission",
        pt_br: "Retransmissão rápida",
    },
    explain: Text {
        en: "Duplicate ACKs told the sender that a segment is missing, and it sends that segment again without waiting for its timer.",
        pt_br: "ACKs duplicados avisaram o transmissor de que falta um segmento, e ele o reenvia sem esperar o temporizador.",
    },
    check,
};

/// Starts below what was sent, exactly where the other side waits after at least two duplicate ACKs,
/// and less than 20 ms after the other side's last packet.
fn check(view: &View<'_>) -> bool {
    let wait = view.time.since(view.other.time).0;
    view.other.duplicates.enough()
        && view.seq == view.other.ack
        && view.starts_below()
        && (0..20_000_000).contains(&wait)
}
