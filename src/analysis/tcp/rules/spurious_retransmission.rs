//! Sent again although it was acknowledged.

use super::{Check, Rule, Severity, View};
use crate::analysis::tcp::flow::UNKNOWN;
use crate::analysis::tcp::marks::Marks;
use crate::text::Text;

pub(super) static RULE: Rule = Rule {
    id: "tcp.spurious-retransmission",
    fields: &[
        "tcp.analysis.spurious_retransmission",
        "tcp.analysis.retransmission",
    ],
    label: "[TCP Spurious Retransmission]",
    mark: Marks::SPURIOUS_RETRANSMISSION,
    unless: Marks::KEEP_ALIVE,
    severity: Severity::Note,
    name: Text::new("Spurious retransmission", "Retransmissão espúria"),
    explain: Text::new(
        "The sender repeats data that the receiver has already acknowledged: the acknowledgment was lost or came too late.",
        "O transmissor repete dados que o receptor já reconheceu: o reconhecimento se perdeu ou chegou tarde demais.",
    ),
    check: Check::Same(check),
};

/// Data that ends at or before the last acknowledgment of the other side. SYN and FIN do not count.
fn check(view: &View<'_>) -> bool {
    view.len > 0
        && view.other.ack != UNKNOWN
        && view.seq.plus(view.len).at_or_before(view.other.ack)
}
