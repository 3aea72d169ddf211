//! Overtaken on the way.

use super::{Check, Rule, Severity, View};
use crate::analysis::tcp::marks::Marks;
use crate::text::Text;

pub(super) static RULE: Rule = Rule {
    id: "tcp.out-of-order",
    fields: &["tcp.analysis.out_of_order"],
    label: "[TCP Out-Of-Order]",
    mark: Marks::OUT_OF_ORDER,
    unless: Marks::KEEP_ALIVE
        .with(Marks::SPURIOUS_RETRANSMISSION)
        .with(Marks::FAST_RETRANSMISSION),
    severity: Severity::Warning,
    name: Text::new("Out-of-order", "Fora de ordem"),
    explain: Text::new(
        "This segment belongs before one that was captured earlier, and so soon after it that it was more likely overtaken than sent again.",
        "Este segmento vem antes de outro já capturado, e tão pouco tempo depois que provavelmente foi ultrapassado no caminho, não reenviado.",
    ),
    check: Check::By([check_4_0, check_4_4, check_4_6]),
};

/// 4.0: starts below what was sent, sooner after the newest segment than the round trip of the
/// handshake (3 ms where that is not known), and does not end where the newest segment ends.
fn check_4_0(view: &View<'_>) -> bool {
    view.starts_below() && since_newest(view) < limit(view) && !ends_with_newest(view)
}

/// 4.4: or ends there behind a packet without payload, but is no copy of what was seen and is not
/// acknowledged: whoever sends a segment twice did not overtake itself.
fn check_4_4(view: &View<'_>) -> bool {
    fills_hole(view) && since_newest(view) < limit(view)
}

/// 4.6: sooner after the other side's last packet, which the sender can have answered.
fn check_4_6(view: &View<'_>) -> bool {
    fills_hole(view) && since_other(view) < limit(view)
}

fn fills_hole(view: &View<'_>) -> bool {
    view.starts_below()
        && (view.own.newest_len == 0 || !ends_with_newest(view))
        && !view.seen_before()
}

fn ends_with_newest(view: &View<'_>) -> bool {
    view.seq.plus(view.len).plus(u32::from(view.counts_one())) == view.own.next
}

/// In a capture whose times run backwards this and the limit can be negative, which tshark takes
/// for very long ones.
fn since_newest(view: &View<'_>) -> u64 {
    view.time.since(view.own.next_time).0.cast_unsigned()
}

/// Times that go back count as none. Where the other side has sent nothing, it is since 1970.
fn since_other(view: &View<'_>) -> u64 {
    view.time.since(view.other.time).0.max(0).cast_unsigned()
}

fn limit(view: &View<'_>) -> u64 {
    match view.initial_rtt.0 {
        0 => 3_000_000,
        known => known.cast_unsigned(),
    }
}
