//! The receiver has more room, or less, and nothing else to say.

use super::{Check, Earns, Rule, Severity, View};
use crate::analysis::tcp::marks::Marks;
use crate::model::dialect::Versions;
use crate::text::Text;

pub(super) static RULE: Rule = Rule {
    id: "tcp.window-update",
    fields: &["tcp.analysis.window_update"],
    label: "[TCP Window Update]",
    mark: Marks::WINDOW_UPDATE,
    unless: Marks::ZERO_WINDOW_PROBE,
    severity: Severity::Chat,
    name: Text::new("Window update", "Atualização de janela"),
    explain: Text::new(
        "This side only announces that its receive window has changed, usually because the program has read some data.",
        "Este lado apenas avisa que sua janela de recepção mudou, em geral porque o programa leu dados.",
    ),
    check: Check::Same(check),
};

/// Repeats number and acknowledgment without payload, with another window than last time, not 0.
fn check(view: &View<'_>) -> bool {
    view.window != 0 && view.window != view.own.window && view.repeats_ack()
}

/// Whether a segment that acknowledges more than was seen is an update, too.
pub(super) static TAKES_PROBE: Versions<Earns> = [|_| false, takes_probe_4_4, takes_probe_4_4];

/// 4.4: it takes the byte of a probe, and opens the window with that.
pub(super) fn takes_probe_4_4(view: &View<'_>) -> bool {
    view.acks_unseen()
        && view.answers_probe()
        && view.takes_next_byte()
        && view.seq == view.own.next
}
