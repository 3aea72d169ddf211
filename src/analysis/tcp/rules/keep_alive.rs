//! Are you still there?

use super::{Check, Rule, Severity, View};
use crate::analysis::tcp::marks::Marks;
use crate::text::Text;

pub(super) static RULE: Rule = Rule {
    id: "tcp.keep-alive",
    fields: &["tcp.analysis.keep_alive"],
    label: "[TCP Keep-Alive]",
    mark: Marks::KEEP_ALIVE,
    unless: Marks::ZERO_WINDOW_PROBE,
    severity: Severity::Note,
    name: Text::new("Keep-alive", "Keep-alive (verificação de atividade)"),
    explain: Text::new(
        "Nothing was said for a while, so this side repeats the last number to see whether the other side still answers.",
        "Houve silêncio por um tempo; este lado repete o último número para ver se o outro ainda responde.",
    ),
    check: Check::Same(check),
};

/// At most one byte, one below the expected number, not SYN, FIN or RST. Time plays no part.
fn check(view: &View<'_>) -> bool {
    view.len <= 1 && view.seq == view.own.next.minus(1) && view.plain()
}
