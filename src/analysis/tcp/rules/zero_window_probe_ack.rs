//! Still no room.

use super::{Check, Rule, Severity, View};
use crate::analysis::tcp::marks::Marks;
use crate::text::Text;

pub(super) static RULE: Rule = Rule {
    id: "tcp.zero-window-probe-ack",
    fields: &["tcp.analysis.zero_window_probe_ack"],
    label: "[TCP ZeroWindowProbeAck]",
    mark: Marks::ZERO_WINDOW_PROBE_ACK,
    unless: Marks::ZERO_WINDOW_PROBE.with(Marks::KEEP_ALIVE_ACK),
    severity: Severity::Note,
    name: Text::new("Zero window probe ACK", "ACK de sondagem de janela zero"),
    explain: Text::new(
        "The answer to a zero window probe: the receive window is still closed.",
        "A resposta a uma sondagem de janela zero: a janela de recepção continua fechada.",
    ),
    check: Check::By([check_4_0, check_4_4, check_4_4]),
};

/// 4.0: says nothing new with window 0, as before, and the last packet of the other side was a probe.
fn check_4_0(view: &View<'_>) -> bool {
    check_4_4(view) && view.ack == view.own.ack
}

/// 4.4: or it takes the byte of the probe, which many receivers do. That byte has been seen then:
/// 4.0 called it unseen, and the data behind it out of step.
pub(super) fn check_4_4(view: &View<'_>) -> bool {
    view.window == 0
        && view.own.window == 0
        && view.answers_probe()
        && (view.ack == view.own.ack || view.takes_next_byte())
        && view.says_nothing()
}
