//! I am still here.

use super::{Check, Rule, Severity, View};
use crate::analysis::tcp::marks::Marks;
use crate::text::Text;

pub(super) static RULE: Rule = Rule {
    id: "tcp.keep-alive-ack",
    fields: &["tcp.analysis.keep_alive_ack"],
    label: "[TCP Keep-Alive ACK]",
    mark: Marks::KEEP_ALIVE_ACK,
    unless: Marks::ZERO_WINDOW_PROBE,
    severity: Severity::Note,
    name: Text::new("Keep-alive ACK", "ACK de keep-alive"),
    explain: Text::new(
        "The answer to a keep-alive: this side is still there.",
        "A resposta a um keep-alive: este lado continua ativo.",
    ),
    check: Check::Same(check),
};

/// Says nothing new, and the last packet of the other side was a keep-alive.
fn check(view: &View<'_>) -> bool {
    view.window != 0
        && view.window == view.own.window
        && view.other.marks.any(Marks::KEEP_ALIVE)
        && view.repeats_ack()
}
