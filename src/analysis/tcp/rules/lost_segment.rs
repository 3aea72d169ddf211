//! Something before this segment is not in the capture.

use super::{Check, Rule, Severity, View};
use crate::analysis::tcp::flow::UNKNOWN;
use crate::analysis::tcp::marks::Marks;
use crate::text::Text;

pub(super) static RULE: Rule = Rule {
    id: "tcp.lost-segment",
    fields: &["tcp.analysis.lost_segment"],
    label: "[TCP Previous segment not captured]",
    mark: Marks::LOST_SEGMENT,
    unless: Marks::ZERO_WINDOW_PROBE,
    severity: Severity::Warning,
    name: Text::new(
        "Previous segment not captured",
        "Segmento anterior não capturado",
    ),
    explain: Text::new(
        "The sequence numbers jump ahead: one or more segments before this one were lost, are late, or were missed by the capture.",
        "Os números de sequência dão um salto: um ou mais segmentos anteriores se perderam, estão atrasados ou escaparam da captura.",
    ),
    check: Check::Same(check),
};

/// Starts after the highest end seen in its direction. SYN and FIN are judged too, RST is not.
fn check(view: &View<'_>) -> bool {
    view.own.next != UNKNOWN && view.seq.after(view.own.next) && !view.flags.rst()
}
