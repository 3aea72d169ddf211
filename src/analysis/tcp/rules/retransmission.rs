//! Sent again.

use super::{Rule, Severity, View};
use crate::analysis::tcp::marks::Marks;
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
    name: Text {
        en: "Retransmission",
        pt_br: "Retransmissão",
    },
    explain: Text {
        en: "The sender got no acknowledgment in time and sends the data again.",
        pt_br: "O transmissor não recebeu o reconhecimento a tempo e envia os dados novamente.",
    },
    check,
};

/// Starts below what was sent, and is nothing more particular.
fn check(view: &View<'_>) -> bool {
    view.starts_below()
}
