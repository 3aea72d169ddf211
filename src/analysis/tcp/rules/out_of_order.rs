//! Overtaken on the way.

use super::{Rule, Severity, View};
use crate::analysis::tcp::marks::Marks;
use crate::text::Text;

pub(super) static RULE: Rule = Rule {
    id: "tcp.out-of-order",
    fields: &["tcp.analysis.out_of_order"],
    label: "[TCP Out-Of-Order]",
    mark: Marks::OUT_OF_ORDER,
    unless: Marks::KEEP_ALIVE
        .with(Marks::SPURIOUS_RETRANSMISSION)
        .with(Marks::FAST_RETRANSMISSION),
    severity: Severity::Warning,
    name: Text {
        en: "Out-of-order",
        pt_br: "Fora de ordem",
    },
    explain: Text {
        en: "This segment belongs before one that was captured earlier, and so soon after it that it was more likely overtaken than sent again.",
        pt_br: "Este segmento vem antes de outro já capturado, e tão pouco tempo depois que provavelmente foi ultrapassado no caminho, não reenviado.",
    },
    check,
};

/// Starts below what was sent, sooner after the newest segment than the round trip of the handshake
/// (3 ms where that is not known), and does not end where the newest segment ends. In a capture
/// whose times run backwards both times can be negative, which tshark takes for very long ones.
fn check(view: &View<'_>) -> bool {
    let wait = view.time.since(view.own.next_time).0.cast_unsigned();
    let limit = match view.initial_rtt.0 {
        0 => 3_000_000,
        known => known.cast_unsigned(),
    };
    let end = view.seq.plus(view.len).plus(u32::from(view.counts_one()));
    view.starts_below() && wait < limit && end != view.own.next
}
