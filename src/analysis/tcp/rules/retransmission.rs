//! Sent again.

use super::{Check, Rule, Severity, View};
use crate::analysis::tcp::marks::Marks;
use crate::analysis::tcp::unacked::Sent;
use crate::model::dialect::Versions;
use crate::text::Text;

pub(super) static RULE: Rule = Rule {
    id: "tcp.retransmission",
    fields: &["tcp.analysis.retransmission"],
    label: "[TCP Retransmission]",
    mark: Marks::RETRANSMISSION,
    unless: Marks::KEEP_ALIVE
        .with(Marks::SPURIOUS_RETRANSMISSION)
        .with(Marks::FAST_RETRANSMISSION)
        .with(Marks::OUT_OF_ORDER),
    severity: Severity::Note,
    name: Text::new("Retransmission", "Retransmissão"),
    explain: Text::new(
        "The sender got no acknowledgment in time and sends the data again.",
        "O transmissor não recebeu o reconhecimento a tempo e envia os dados novamente.",
    ),
    check: Check::Same(check),
};

/// Starts below what was sent, and is nothing more particular.
fn check(view: &View<'_>) -> bool {
    view.starts_below()
}

/// Since which segment of its direction its sender has waited.
pub(in crate::analysis::tcp) static SINCE: Versions<fn(&View<'_>) -> Option<Sent>> =
    [since_4_0, since_4_4, since_4_4];

/// 4.0: the oldest one that is not acknowledged.
fn since_4_0(view: &View<'_>) -> Option<Sent> {
    view.oldest_unacked(|_| true)
}

/// 4.4: the oldest of those that start where this one starts or later, since segments before it
/// were not what the timer waited for.
fn since_4_4(view: &View<'_>) -> Option<Sent> {
    view.oldest_unacked(|sent| !sent.start.before(view.seq))
}
