//! The receiver has no room left.

use super::{Check, Rule, Severity, View};
use crate::analysis::tcp::marks::Marks;
use crate::text::Text;

pub(super) static RULE: Rule = Rule {
    id: "tcp.zero-window",
    fields: &["tcp.analysis.zero_window"],
    label: "[TCP ZeroWindow]",
    mark: Marks::ZERO_WINDOW,
    unless: Marks::ZERO_WINDOW_PROBE,
    severity: Severity::Warning,
    name: Text::new("Zero window", "Janela zero"),
    explain: Text::new(
        "This side says: stop sending, my receive buffer is full. The program there does not read fast enough.",
        "Este lado diz: pare de enviar, meu buffer de recepção está cheio. O programa desse lado não está lendo rápido o bastante.",
    ),
    check: Check::Same(check),
};

/// The window field is 0 and the segment is not SYN, FIN or RST.
fn check(view: &View<'_>) -> bool {
    view.window == 0 && view.plain()
}
