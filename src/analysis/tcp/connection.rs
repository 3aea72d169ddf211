//! A TCP connection as the analysis remembers it, and the steps in which a segment changes it.
//!
//! The steps are tshark's, in tshark's order; [`super::Tcp::segment`] takes them one after
//! another. Each judges on the state before the segment, then updates.

mod second;

pub(super) use second::Spare;

use second::unanswered;

use super::TcpAnalysis;
use super::flow::{Flow, Scale, UNKNOWN};
use super::marks::Marks;
use super::rules::{self, View};
use super::shown::show;
use super::unacked::{Pool, Sent};
use super::{DuplicateAck, Found, Input, Timeout};
use crate::model::dialect::Dialect;
use crate::model::side::Side;
use crate::model::tcp::{Header, TcpFlags};
use crate::model::time::Nanos;

/// What the sequence analysis says of a segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    /// All its marks.
    pub(super) marks: Marks,
    /// How long after the segment that it acknowledges.
    pub(super) rtt: Option<Nanos>,
    /// It is the first SYN that its sender calls with, as far as its numbers are known.
    pub(super) calls: bool,
}

/// From the SYN to the first plain acknowledgment: what [`Connection::opened`] says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum InitialRtt {
    /// Nothing: no SYN without ACK, or the last one is stamped with 0 of the epoch, which counts as
    /// no time.
    #[default]
    Unknown,
    /// When the last SYN without ACK came.
    Called,
    /// The round trip, never 0.
    Took,
}

/// Both directions, and what belongs to neither alone.
// In this order, so that `prefetch` knows what stands at the start and at the end.
#[derive(Clone, Debug)]
#[repr(C)]
pub(super) struct Connection {
    /// A time that means what `opening` says.
    pub(super) opened: Nanos,
    /// What the sender of the first packet sends.
    first: Flow,
    /// What the other end sends. There is none as long as nothing is known of it, so that a call
    /// that nobody answers stays small.
    second: Option<Box<Flow>>,
    /// The Multipath TCP subtypes seen, one bit each.
    pub(super) multipath: u16,
    /// Accurate ECN (RFC 9768): the last SYN offered it, the last SYN-ACK took it, an option
    /// showed it.
    pub(super) ecn_offered: bool,
    pub(super) ecn_taken: bool,
    pub(super) ecn_option: bool,
    /// How far the handshake's round trip is known.
    pub(super) opening: InitialRtt,
}

impl Connection {
    /// A connection of which nothing was seen. `epoch` is 1970, counted from the first frame.
    pub(super) fn new(dialect: Dialect, epoch: Nanos) -> Self {
        Self {
            opened: Nanos::ZERO,
            first: Flow::new(dialect, Scale::Unknown, epoch),
            second: None,
            multipath: 0,
            ecn_offered: false,
            ecn_taken: false,
            ecn_option: false,
            opening: InitialRtt::default(),
        }
    }

    /// The directions of which anything is known.
    pub(super) fn flows(&self) -> impl Iterator<Item = &Flow> {
        std::iter::once(&self.first).chain(self.second.as_deref())
    }

    /// The direction in which `side` sends, where anything is known of it.
    pub(super) fn flow(&self, side: Side) -> Option<&Flow> {
        match side {
            Side::First => Some(&self.first),
            Side::Second => self.second.as_deref(),
        }
    }

    /// The direction of a segment, and the opposite one.
    #[inline]
    pub(super) fn pair(&mut self, input: &Input<'_>) -> (&mut Flow, &mut Flow) {
        let Self { first, second, .. } = self;
        let second = second.get_or_insert_with(|| Box::new(unanswered(first, input)));
        match input.side {
            Side::First => (first, second),
            Side::Second => (second, first),
        }
    }

    #[inline]
    fn view<'a>(own: &'a Flow, other: &'a Flow, pool: &'a Pool, input: &Input<'_>) -> View<'a> {
        View {
            seq: input.header.seq,
            ack: input.header.ack,
            len: input.len.unwrap_or(0),
            flags: input.header.flags,
            window: u32::from(input.header.window),
            time: input.stamp.now,
            own,
            other,
            initial_rtt: Nanos::ZERO,
            multipath: 0,
            closed: false,
            pool,
        }
    }

    /// What a SYN is among the connections of its ends; `closed` as in [`View::closed`].
    pub(super) fn found(&mut self, input: &Input<'_>, closed: bool, pool: &Pool) -> Found {
        let (own, other) = self.pair(input);
        let view = View {
            closed,
            ..Self::view(own, other, pool, input)
        };
        let marks = rules::judge(&rules::WHEN_FOUND, input.dialect, &view, Marks::NONE);
        let repeats = marks.is_empty() && own.base().is_some() && !input.header.flags.ack();
        if repeats {
            // Takes back a RST that had run ahead.
            own.next = own.contiguous;
        }
        let reuses = marks.any(Marks::PORT_REUSED);
        let opens = input.dialect.syn_ack_opens_stream() || !input.header.flags.ack();
        Found {
            marks,
            repeats,
            anew: reuses && opens,
        }
    }

    /// Makes the number of a SYN-ACK the base of its direction, where it had another.
    pub(super) fn rebase(&mut self, input: &Input<'_>, pool: &mut Pool) {
        let (own, _) = self.pair(input);
        let old = own.origin();
        own.set_base(input.header.seq);
        pool.rebase(&mut own.unacked, old, input.header.seq);
    }

    /// The sequence analysis of a segment with the `marks` it already has. Its numbers set the bases
    /// that are not known yet; where its length is known the rules judge it, and it becomes the
    /// last one of its direction. Fills in what is shown of it where it is `SHOWN`.
    #[inline]
    pub(super) fn analyse<const SHOWN: bool>(
        &mut self,
        input: &Input<'_>,
        marks: Marks,
        pool: &mut Pool,
        out: &mut TcpAnalysis,
    ) -> Judged {
        let Header {
            seq, ack, flags, ..
        } = input.header;
        let known = (self.initial_rtt(), self.multipath);
        if SHOWN {
            out.accurate_ecn = self.accurate_ecn(flags);
        }
        // Both directions are looked up once: this is the way of every segment.
        let (own, other) = self.pair(input);
        // Those of the last packet, whatever this one brings.
        own.sacks.clear();
        let calls = flags.syn() && !flags.ack() && own.base().is_none();
        if input.relative {
            if own.base().is_none() {
                own.set_base(if flags.syn() { seq } else { seq.minus(1) });
            }
            if other.base().is_none() && flags.ack() {
                other.set_base(ack.minus(1));
            }
        }
        let (mut marks, mut rtt) = (marks, None);
        if input.len.is_some() && input.segment.has_window() {
            (marks, rtt) = Self::take::<SHOWN>(own, other, (input, known), marks, pool, out);
        }
        if SHOWN {
            show(own, other, input, out);
        }
        if input.header.offset >= 5 && flags.any(TcpFlags::SYN.with(TcpFlags::ACK)) {
            own.awaits_ack = flags.syn();
        }
        Judged { marks, rtt, calls }
    }

    /// The same of a segment whose length is known.
    #[inline(always)]
    fn take<const SHOWN: bool>(
        own: &mut Flow,
        other: &mut Flow,
        (input, (initial_rtt, multipath)): (&Input<'_>, (Nanos, u16)),
        marks: Marks,
        pool: &mut Pool,
        out: &mut TcpAnalysis,
    ) -> (Marks, Option<Nanos>) {
        let Header { ack, flags, .. } = input.header;
        let len = input.len.unwrap_or(0);
        let counts = len > 0 || flags.any(TcpFlags::SYN.with(TcpFlags::FIN));
        if flags.ack() {
            other.flight_known = true;
        }

        let view = View {
            initial_rtt,
            multipath,
            ..Self::view(own, other, pool, input)
        };
        let marks = if view.fits_no_rule(input.dialect) {
            if ack != own.ack {
                own.ack_frame = input.stamp.frame;
                own.duplicates.reset();
            }
            marks
        } else {
            Self::judge(
                own,
                other,
                (input, initial_rtt, multipath),
                marks,
                pool,
                out,
            )
        };

        let same_ack = ack == own.ack;
        Self::update(own, input, counts, marks, multipath, pool);
        let base = other.origin();
        let acked = pool.acknowledge(&mut other.unacked, base, ack, same_ack, input.dialect);
        let rtt = acked
            .map(|sent| input.stamp.now.since(sent.time))
            .filter(|rtt| *rtt != Nanos::ZERO);
        if !SHOWN {
            return (marks, rtt);
        }
        out.acks_frame = acked.map(|sent| sent.frame);
        if len > 0 && !own.unacked.is_empty() && own.flight_known {
            Self::in_flight(own, other, len, flags, out);
        }
        (marks, rtt)
    }

    /// Asks the rules, list after list, each on the state that the one before has left.
    fn judge(
        own: &mut Flow,
        other: &mut Flow,
        (input, initial_rtt, multipath): (&Input<'_>, Nanos, u16),
        marks: Marks,
        pool: &mut Pool,
        out: &mut TcpAnalysis,
    ) -> Marks {
        let Header { ack, flags, .. } = input.header;
        let dialect = input.dialect;
        let view = View {
            initial_rtt,
            multipath,
            ..Self::view(own, other, pool, input)
        };
        let counts = view.len > 0 || view.counts_one();
        let takes_probe = view.takes_probe();
        let mut marks = rules::judge(&rules::AGAINST_LAST, dialect, &view, marks);
        let update = Marks::WINDOW_UPDATE.with(Marks::ZERO_WINDOW_PROBE_ACK);
        out.about_window = takes_probe || marks.any(update);
        if marks.any(Marks::LOST_SEGMENT) {
            own.flight_known = false;
        }
        if marks.any(Marks::DUP_ACK) {
            out.duplicate = Some(own.repeat_ack());
        }
        if marks.any(Marks::ZERO_WINDOW_PROBE_ACK) && ack != own.ack {
            other.take_probe(ack);
        }
        if ack != own.ack {
            own.ack_frame = input.stamp.frame;
            own.duplicates.reset();
        }

        let view = Self::view(own, other, pool, input);
        if rules::updates_window(dialect, &view) {
            marks = marks.with(Marks::WINDOW_UPDATE);
            other.take_probe(ack);
        } else if flags.ack() && other.unseen_before(ack) {
            marks = rules::judge(&rules::AGAINST_OTHER, dialect, &view, marks);
            rules::acked_unseen::SKIP[dialect.index()](other, pool, ack);
            out.told = true;
        }
        if counts {
            let view = View {
                initial_rtt,
                ..Self::view(own, other, pool, input)
            };
            marks = rules::judge(&rules::SENT_AGAIN, dialect, &view, marks);
            if marks.any(Marks::RETRANSMISSION) {
                let since = rules::retransmission::SINCE[dialect.index()](&view);
                let (time, of) = since.map_or((own.next_time, own.next_frame), |sent| {
                    (sent.time, sent.frame)
                });
                let waited = input.stamp.now.since(time);
                out.timeout = Some(Timeout { waited, of });
            }
        }
        marks
    }

    /// Counts a window update that brought SACK blocks as a duplicate ACK, where it is one.
    pub(super) fn duplicate_by_sack(&mut self, input: &Input<'_>) -> Option<DuplicateAck> {
        let counts = rules::duplicate_ack::BY_SACK[input.dialect.index()];
        counts.then(|| self.pair(input).0.repeat_ack())
    }

    /// Makes the segment the last one of its direction.
    #[inline]
    fn update(
        own: &mut Flow,
        input: &Input<'_>,
        counts: bool,
        marks: Marks,
        multipath: u16,
        pool: &mut Pool,
    ) {
        let Header {
            seq, ack, flags, ..
        } = input.header;
        let len = input.len.unwrap_or(0);
        let ends = flags.any(TcpFlags::SYN.with(TcpFlags::FIN));
        let mut end = seq.plus(len);
        // A full list loses the number of SYN and FIN with it.
        if counts && !own.unacked.is_full() {
            if ends {
                end = end.plus(1);
            }
            let sent = Sent {
                frame: input.stamp.frame,
                start: seq,
                end,
                time: input.stamp.now,
            };
            let base = own.origin();
            pool.push(&mut own.unacked, base, sent);
        }
        if own.next == UNKNOWN || end.after(own.next.plus(u32::from(ends))) {
            own.newest_len = len.to_le_bytes()[0];
        }
        if !marks.any(Marks::ZERO_WINDOW_PROBE) {
            if own.next == UNKNOWN || end.after(own.next) {
                own.next = end;
                own.next_time = input.stamp.now;
                own.next_frame = input.stamp.frame;
            }
            if own.contiguous == UNKNOWN || seq == own.contiguous {
                own.contiguous = own.next;
            }
        }
        own.window = u32::from(input.header.window);
        own.ack = ack;
        own.time = input.stamp.now;
        own.marks = marks;
        own.multipath = multipath;
    }

    /// Bytes in flight and bytes since the last PSH.
    fn in_flight(own: &mut Flow, other: &Flow, len: u32, flags: TcpFlags, out: &mut TcpAnalysis) {
        let ends = u32::from(flags.any(TcpFlags::SYN.with(TcpFlags::FIN)));
        let bytes = own.unacked.span().wrapping_sub(other.sacks.bytes());
        let shown = (1..2_000_000_000)
            .contains(&bytes)
            .then(|| bytes.saturating_sub(ends));
        own.push_bytes = if own.pushed {
            len
        } else {
            own.push_bytes.wrapping_add(len)
        };
        own.pushed = flags.any(TcpFlags::PSH);
        out.told = true;
        out.bytes_in_flight = shown.filter(|bytes| *bytes != 0);
        out.push_bytes = Some(own.push_bytes);
    }
}
