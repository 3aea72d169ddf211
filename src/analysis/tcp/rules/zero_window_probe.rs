//! The sender asks whether a closed window has opened.

use super::{Check, Rule, Severity, View};
use crate::analysis::tcp::marks::Marks;
use crate::text::Text;

pub(super) static RULE: Rule = Rule {
    id: "tcp.zero-window-probe",
    fields: &["tcp.analysis.zero_window_probe"],
    label: "[TCP ZeroWindowProbe]",
    mark: Marks::ZERO_WINDOW_PROBE,
    unless: Marks::NONE,
    severity: Severity::Note,
    name: Text::new("Zero window probe", "Sondagem de janela zero"),
    explain: Text::new(
        "The receiver has no room left, so the sender sends one byte to learn whether that has changed.",
        "O receptor está sem espaço; o transmissor envia um byte para saber se isso mudou.",
    ),
    check: Check::Same(check),
};

/// The expected number, one byte, and the other side said last that its window is 0.
fn check(view: &View<'_>) -> bool {
    view.len == 1 && view.seq == view.own.next && view.other.window == 0
}
