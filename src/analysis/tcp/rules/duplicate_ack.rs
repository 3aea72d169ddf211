//! The same acknowledgment again.

use super::{Check, Rule, Severity, View};
use crate::analysis::tcp::marks::Marks;
use crate::model::dialect::Versions;
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
    name: Text::new("Duplicate ACK", "ACK duplicado"),
    explain: Text::new(
        "The receiver repeats its last acknowledgment, usually because a segment arrived out of turn and one before it is missing. Three in a row make the sender retransmit.",
        "O receptor repete seu último reconhecimento, em geral porque um segmento chegou fora de ordem e falta um anterior. Três seguidos fazem o transmissor retransmitir.",
    ),
    check: Check::By([check_4_0, check_4_4, check_4_4]),
};

/// Whether a window update with a SACK option is one of them instead: that the window changed says
/// less than that a segment arrived out of turn. 4.0 did not look at the option.
pub(in crate::analysis::tcp) static BY_SACK: Versions<bool> = [false, true, true];

/// Says nothing new: no payload, the same number, acknowledgment and window (not 0) as last time.
/// Nothing needs to be outstanding.
fn check_4_4(view: &View<'_>) -> bool {
    view.window != 0 && view.window == view.own.window && view.repeats_ack()
}

/// 4.0: a Multipath TCP subtype that is new to the connection since this direction's last packet
/// excuses it.
fn check_4_0(view: &View<'_>) -> bool {
    check_4_4(view) && view.multipath == view.own.multipath
}
