//! A new connection uses the addresses and ports of an old one.

use super::{Check, Rule, Severity, View};
use crate::analysis::tcp::marks::Marks;
use crate::text::Text;

pub(super) static RULE: Rule = Rule {
    id: "tcp.port-reused",
    fields: &["tcp.analysis.reused_ports"],
    label: "[TCP Port numbers reused]",
    mark: Marks::PORT_REUSED,
    unless: Marks::NONE,
    severity: Severity::Note,
    name: Text::new("Port numbers reused", "Números de porta reutilizados"),
    explain: Text::new(
        "A new connection starts between the same addresses and ports as an earlier one. Usual when a client binds a fixed port, or when ports run short.",
        "Uma nova conexão começa entre os mesmos endereços e portas de uma anterior. É comum quando o cliente usa uma porta fixa ou quando as portas se esgotam.",
    ),
    check: Check::By([check_4_0, check_4_4, check_4_4]),
};

/// 4.0: a SYN whose number is not the base of its direction, where that base is known. Without ACK
/// it opens a new stream; with ACK it stays in the stream and becomes the base.
fn check_4_0(view: &View<'_>) -> bool {
    view.flags.syn() && view.own.base().is_some_and(|base| base != view.seq)
}

/// 4.4: or any number, once the stream has shown a FIN with ACK or a RST: what comes after that is
/// another connection. With ACK it opens a new stream, too.
fn check_4_4(view: &View<'_>) -> bool {
    check_4_0(view) || (view.flags.syn() && view.own.base().is_some() && view.closed)
}
