//! The same acknowledgment again.

use super::{Rule, Severity, View};
use crate::analysis::tcp::marks::Marks;
use crate::text::Text;

pub(super) static RULE: Rule = Rule {
    id: "tcp.duplicate-ack",
    fields: &[
        "tcp.analysis.duplicate_ack",
        "tcp.analysis.duplicate_ack_num",
        "tcp.analysis.duplicate_ack_frame",
    ],
    label: "[TCP Dup ACK {frame}#{count}]",
    mark: Marks::DUP_ACK,
    unless: Marks::ZERO_WINDOW_PROBE
        .with(Marks::KEEP_ALIVE_ACK)
        .with(Marks::ZERO_WINDOW_PROBE_ACK),
    severity: Severity::Note,
    name: Text {
        en: "Duplicate ACK",
        pt_br: "ACK duplicado",
    },
    explain: Text {
        en: "The receiver repeats its last acknowledgment, usually because a segment arrived out of turn and one before it is missing. Three in a row make the sender retransmit.",
        pt_br: "O receptor repete seu último reconhecimento, em geral porque um segmento chegou fora de ordem e falta um anterior. Três seguidos fazem o transmissor retransmitir.",
    },
    check,
};

/// Says nothing new: no payload, the same number, acknowledgment and window (not 0) as last time.
/// Nothing needs to be outstanding. A Multipath TCP subtype that is new to the connection since this
/// direction's last packet excuses it.
fn check(view: &View<'_>) -> bool {
    view.window != 0
        && view.window == view.own.window
        && view.repeats_ack()
        && view.multipath == view.own.multipath
}
