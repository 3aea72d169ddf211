//! Sent again because of duplicate ACKs.

use super::{Check, Rule, Severity, View};
use crate::analysis::tcp::marks::Marks;
use crate::text::Text;

pub(super) static RULE: Rule = Rule {
    id: "tcp.fast-retransmission",
    fields: &[
        "tcp.analysis.fast_retransmission",
        "tcp.analysis.retransmission",
    ],
    label: "[TCP Fast Retransmission]",
    mark: Marks::FAST_RETRANSMISSION,
    unless: Marks::KEEP_ALIVE.with(Marks::SPURIOUS_RETRANSMISSION),
    severity: Severity::Note,
    name: Text::new("Fast retransmission", "Retransmissão rápida"),
    explain: Text::new(
        "Duplicate ACKs told the sender that a segment is missing, and it sends that segment again without waiting for its timer.",
        "ACKs duplicados avisaram o transmissor de que falta um segmento, e ele o reenvia sem esperar o temporizador.",
    ),
    check: Check::By([check_4_0, check_4_4, check_4_6]),
};

/// How soon after the other side's last packet it has to follow.
const SOON: i64 = 20_000_000;

/// 4.0: starts below what was sent, exactly where the other side waits after at least two duplicate
/// ACKs, and less than 20 ms after the other side's last packet. Times that go back are too long.
fn check_4_0(view: &View<'_>) -> bool {
    asked(view) && view.seq == view.other.ack && (0..SOON).contains(&wait(view))
}

/// 4.4: or not within the SACK blocks of the other side's last packet, since a sender that knows
/// them fills every hole.
fn check_4_4(view: &View<'_>) -> bool {
    asked(view) && missing(view) && (0..SOON).contains(&wait(view))
}

/// 4.6: times that go back count as none.
fn check_4_6(view: &View<'_>) -> bool {
    asked(view) && missing(view) && wait(view) < SOON
}

fn asked(view: &View<'_>) -> bool {
    view.other.duplicates.enough() && view.starts_below()
}

fn wait(view: &View<'_>) -> i64 {
    view.time.since(view.other.time).0
}

fn missing(view: &View<'_>) -> bool {
    view.seq == view.other.ack || view.other.sacks.leave_out(view.seq, view.len)
}
