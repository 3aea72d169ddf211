//! The sender has used up the window of the receiver.

use super::{Check, Rule, Severity, View};
use crate::analysis::tcp::marks::Marks;
use crate::text::Text;

pub(super) static RULE: Rule = Rule {
    id: "tcp.window-full",
    fields: &["tcp.analysis.window_full"],
    label: "[TCP Window Full]",
    mark: Marks::WINDOW_FULL,
    unless: Marks::ZERO_WINDOW_PROBE,
    severity: Severity::Warning,
    name: Text::new("Window full", "Janela cheia"),
    explain: Text::new(
        "With this segment the sender has filled the whole window that the receiver offered. It has to wait for an acknowledgment or more window.",
        "Com este segmento o transmissor preencheu toda a janela oferecida pelo receptor. Ele precisa esperar um reconhecimento ou mais janela.",
    ),
    check: Check::Same(check),
};

/// Data that ends exactly where the window of the other side ends. Its scale has to be known.
fn check(view: &View<'_>) -> bool {
    view.plain() && view.fills_window()
}
