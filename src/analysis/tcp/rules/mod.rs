//! The analysis marks: one file a mark, and their lists.
//!
//! To add a mark, write `static RULE: Rule` in its own file and put it into the list of its step,
//! where it should win or lose. A rule is asked unless a mark of [`Rule::unless`] is already set.
//! Where Wireshark changed a rule, its file holds the versions side by side, each named after the
//! first version of [`Dialect`] that has it.

pub(super) mod acked_unseen;
pub(super) mod duplicate_ack;
mod fast_retransmission;
mod keep_alive;
mod keep_alive_ack;
mod lost_segment;
mod ordinary;
mod out_of_order;
mod port_reused;
pub(super) mod retransmission;
mod spurious_retransmission;
mod window_full;
mod window_update;
mod zero_window;
mod zero_window_probe;
mod zero_window_probe_ack;

use super::flow::{Flow, Scale, UNKNOWN};
use super::marks::Marks;
use super::unacked::{Pool, Sent};
use crate::model::dialect::{Dialect, Versions};
use crate::model::seq::Seq;
use crate::model::tcp::TcpFlags;
use crate::model::time::Nanos;
use crate::text::Text;

/// How much a mark asks for attention, as Wireshark grades it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The usual course of things.
    Chat,
    /// Worth a look.
    Note,
    /// Something went wrong.
    Warning,
}

impl Severity {
    /// Wireshark's name for it.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Chat => "chat",
            Severity::Note => "note",
            Severity::Warning => "warning",
        }
    }
}

/// One analysis mark.
#[derive(Debug)]
pub struct Rule {
    /// Its name in netlab, never translated.
    pub id: &'static str,
    /// tshark's fields that are set with it.
    pub fields: &'static [&'static str],
    /// The text in front of Info. `{frame}` and `{count}` stand for numbers.
    pub label: &'static str,
    /// Its bit.
    pub mark: Marks,
    /// The marks that exclude it when they are already set.
    pub unless: Marks,
    /// How much it asks for attention.
    pub severity: Severity,
    /// What it is called.
    pub name: Text,
    /// What it means for a reader of the capture.
    pub explain: Text,
    check: Check,
}

/// When a segment earns a mark.
#[derive(Debug)]
enum Check {
    /// In every version.
    Same(Earns),
    /// In each of them.
    By(Versions<Earns>),
}

/// Whether a segment earns a mark.
type Earns = fn(&View<'_>) -> bool;

impl Rule {
    fn fits(&self, dialect: Dialect, view: &View<'_>) -> bool {
        match &self.check {
            Check::Same(earns) => earns(view),
            Check::By(earns) => earns[dialect.index()](view),
        }
    }
}

/// A segment and the state before it, read only. Numbers are raw.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) seq: Seq,
    pub(super) ack: Seq,
    pub(super) len: u32,
    pub(super) flags: TcpFlags,
    /// The window field as it stands.
    pub(super) window: u32,
    pub(super) time: Nanos,
    /// The direction of the segment.
    pub(super) own: &'a Flow,
    /// The other direction.
    pub(super) other: &'a Flow,
    /// The handshake's round trip; 0 where it is not known.
    pub(super) initial_rtt: Nanos,
    /// The Multipath TCP subtypes that the connection has shown so far.
    pub(super) multipath: u16,
    /// The stream has shown a FIN with ACK or a RST; told of SYNs alone.
    pub(super) closed: bool,
    /// Where the segments lie that are not acknowledged.
    pub(super) pool: &'a Pool,
}

impl View<'_> {
    /// Ends exactly where the window of the other side ends. Until its first plain acknowledgment
    /// that window is the one of its SYN, which is never scaled.
    #[inline]
    fn fills_window(&self) -> bool {
        let other = self.other;
        let window = match other.scale {
            Scale::Unknown => return false,
            _ if other.awaits_ack => other.window,
            scale => scale.apply(other.window),
        };
        self.len > 0 && self.seq.plus(self.len) == other.ack.plus(window)
    }

    /// Acknowledges more than the contiguous end of the other direction.
    fn acks_unseen(&self) -> bool {
        self.flags.ack() && self.other.unseen_before(self.ack)
    }

    /// The last packet of the other side was a zero window probe.
    fn answers_probe(&self) -> bool {
        self.other.marks.any(Marks::ZERO_WINDOW_PROBE)
    }

    /// Acknowledges one byte more than last time.
    fn takes_next_byte(&self) -> bool {
        self.ack == self.own.ack.plus(1)
    }

    /// Answers a zero window probe by taking its byte, whatever it earns for that.
    pub(super) fn takes_probe(&self) -> bool {
        window_update::takes_probe_4_4(self) || zero_window_probe_ack::check_4_4(self)
    }

    /// Whether a segment that was sent and is not acknowledged holds all of this one.
    fn seen_before(&self) -> bool {
        let (start, end) = (self.seq, self.seq.plus(self.len));
        let holds = |sent: &Sent| sent.start.at_or_before(start) && end.at_or_before(sent.end);
        self.oldest_unacked(holds).is_some()
    }

    /// The oldest segment of its direction that is not acknowledged and for which `wanted` holds.
    fn oldest_unacked(&self, wanted: impl Fn(&Sent) -> bool) -> Option<Sent> {
        let (list, base) = (&self.own.unacked, self.own.origin());
        self.pool.find_oldest(list, base, wanted)
    }

    /// Neither SYN nor FIN nor RST.
    fn plain(&self) -> bool {
        !self
            .flags
            .any(TcpFlags::SYN.with(TcpFlags::FIN).with(TcpFlags::RST))
    }

    /// SYN or FIN: one more sequence number than payload bytes.
    pub(super) fn counts_one(&self) -> bool {
        self.flags.any(TcpFlags::SYN.with(TcpFlags::FIN))
    }

    /// Says nothing new: no payload, the expected number, the last acknowledgment again.
    fn repeats_ack(&self) -> bool {
        self.ack == self.own.ack && self.says_nothing()
    }

    /// No payload at the expected number.
    fn says_nothing(&self) -> bool {
        self.len == 0 && self.seq == self.own.next && self.plain()
    }

    /// Starts below what was sent before. A segment of two bytes or more that starts one below
    /// is taken to go on after a probe of one byte.
    fn starts_below(&self) -> bool {
        let next = self.own.next;
        next != UNKNOWN && self.seq.before(next) && !(self.len > 1 && self.seq == next.minus(1))
    }
}

/// Judged when a segment is put into its stream.
pub(super) static WHEN_FOUND: [&Rule; 1] = [&port_reused::RULE];

/// Judged against what the segment's own direction sent last, and the other's window.
pub(super) static AGAINST_LAST: [&Rule; 9] = [
    &zero_window_probe::RULE,
    &zero_window::RULE,
    &lost_segment::RULE,
    &keep_alive::RULE,
    &window_update::RULE,
    &window_full::RULE,
    &keep_alive_ack::RULE,
    &zero_window_probe_ack::RULE,
    &duplicate_ack::RULE,
];

/// Judged after duplicates are counted.
pub(super) static AGAINST_OTHER: [&Rule; 1] = [&acked_unseen::RULE];

/// Judged last, for segments that take up sequence numbers: the first that fits wins.
pub(super) static SENT_AGAIN: [&Rule; 4] = [
    &spurious_retransmission::RULE,
    &fast_retransmission::RULE,
    &out_of_order::RULE,
    &retransmission::RULE,
];

/// Every rule, in the order in which they are judged.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    let lists: [&'static [&'static Rule]; 4] =
        [&WHEN_FOUND, &AGAINST_LAST, &AGAINST_OTHER, &SENT_AGAIN];
    lists.into_iter().flatten().copied()
}

/// The rule of a single mark.
pub fn of(mark: Marks) -> Option<&'static Rule> {
    all().find(|rule| rule.mark == mark)
}

/// Whether a segment that acknowledges something unseen only answers a probe with an update of the
/// window, in which case it earns the mark for that.
pub(super) fn updates_window(dialect: Dialect, view: &View<'_>) -> bool {
    window_update::TAKES_PROBE[dialect.index()](view)
}

/// The marks of `rules` that the segment earns, beside the `marks` that it already has.
#[inline]
pub(super) fn judge(
    rules: &'static [&'static Rule],
    dialect: Dialect,
    view: &View<'_>,
    marks: Marks,
) -> Marks {
    let mut marks = marks;
    for rule in rules {
        if !marks.any(rule.unless) && rule.fits(dialect, view) {
            marks = marks.with(rule.mark);
        }
    }
    marks
}
