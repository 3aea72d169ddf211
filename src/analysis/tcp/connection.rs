//! A TCP connection as the analysis remembers it, and the steps in which a segment changes it.
//!
//! The steps are tshark's, in tshark's order; [`super::Tcp::segment`] takes them one after
//! another. Each judges on the state before the segment, then updates.

use super::TcpAnalysis;
use super::flow::{Flow, Scale, UNKNOWN};
use super::marks::Marks;
use super::rules::{self, View};
use super::unacked::{Pool, Sent};
use super::{DuplicateAck, Found, Input, Timeout};
use crate::model::side::Side;
use crate::model::tcp::{Header, TcpFlags};
use crate::model::time::Nanos;

/// Both directions, and what belongs to neither alone.
// In this order, so that `touch` knows what stands at the start and at the end.
#[derive(Debug, Default)]
#[repr(C)]
pub(super) struct Connection {
    /// How far the handshake's round trip is known.
    opening: Opening,
    /// What the two sides send, by [`Side::index`].
    pub(super) flows: [Flow; 2],
    /// The Multipath TCP subtypes seen, one bit each.
    pub(super) multipath: u16,
    /// Accurate ECN (RFC 9768): the last SYN offered it, the last SYN-ACK took it, an option
    /// showed it.
    pub(super) ecn_offered: bool,
    pub(super) ecn_taken: bool,
    pub(super) ecn_option: bool,
}

/// From the SYN to the first plain acknowledgment.
#[derive(Clone, Copy, Debug, Default)]
enum Opening {
    /// No SYN without ACK, or the last one is stamped with 0 of the epoch, which counts as no time.
    #[default]
    Unknown,
    /// When the last SYN without ACK came.
    Called(Nanos),
    /// The round trip, never 0.
    Took(Nanos),
}

impl Opening {
    fn call(&mut self, input: &Input<'_>) {
        if !matches!(self, Self::Took(_)) {
            *self = match input.at_epoch {
                true => Self::Unknown,
                false => Self::Called(input.time),
            };
        }
    }

    fn answer(&mut self, now: Nanos) -> Option<Nanos> {
        let Self::Called(syn) = *self else {
            return None;
        };
        let rtt = now.since(syn);
        if rtt == Nanos::ZERO {
            return None;
        }
        *self = Self::Took(rtt);
        Some(rtt)
    }
}

impl Connection {
    /// Reads something of every part that a segment changes.
    pub(super) fn touch(&self) -> u64 {
        let [first, second] = &self.flows;
        let start = u64::from(matches!(self.opening, Opening::Unknown));
        let end = u64::from(self.multipath);
        start ^ first.touch() ^ second.touch() ^ end
    }

    /// The direction of a packet that `side` sent, and the opposite one.
    pub(super) fn pair(&mut self, side: Side) -> (&mut Flow, &mut Flow) {
        let [first, second] = &mut self.flows;
        match side {
            Side::First => (first, second),
            Side::Second => (second, first),
        }
    }

    #[inline]
    fn view<'a>(own: &'a Flow, other: &'a Flow, input: &Input<'_>) -> View<'a> {
        View {
            seq: input.header.seq,
            ack: input.header.ack,
            len: input.len.unwrap_or(0),
            flags: input.header.flags,
            window: u32::from(input.header.window),
            time: input.time,
            own,
            other,
            initial_rtt: Nanos::ZERO,
            multipath: 0,
        }
    }

    /// What a SYN is among the connections of its ends.
    pub(super) fn found(&mut self, input: &Input<'_>) -> Found {
        let (own, other) = self.pair(input.side);
        let marks = rules::judge(
            &rules::WHEN_FOUND,
            &Self::view(own, other, input),
            Marks::NONE,
        );
        let repeats = marks.is_empty() && own.base.is_some() && !input.header.flags.ack();
        if repeats {
            // Takes back a RST that had run ahead.
            own.next = own.contiguous;
        }
        Found { marks, repeats }
    }

    /// Makes the number of a SYN-ACK the base of its direction, where it had another.
    pub(super) fn rebase(&mut self, input: &Input<'_>, pool: &mut Pool) {
        let (own, _) = self.pair(input.side);
        let old = own.base.replace(input.header.seq).unwrap_or_default();
        pool.rebase(&mut own.unacked, old, input.header.seq);
    }

    /// Sets the bases that are not known yet.
    fn set_bases(own: &mut Flow, other: &mut Flow, header: &Header) {
        if own.base.is_none() {
            own.base = Some(if header.flags.syn() {
                header.seq
            } else {
                header.seq.minus(1)
            });
        }
        if other.base.is_none() && header.flags.ack() {
            other.base = Some(header.ack.minus(1));
        }
    }

    /// Forgets the SACK blocks of the last packet that `side` sent, whatever the next one brings.
    #[inline]
    pub(super) fn forget_sacks(&mut self, side: Side) {
        let (own, _) = self.pair(side);
        own.sacked = 0;
        own.sack_blocks = 0;
    }

    /// The sequence analysis of a segment whose length is known, with the `marks` it already has:
    /// all its marks, and how long after the segment that it acknowledges. Fills in what is shown
    /// of it where it is `SHOWN`.
    #[inline]
    pub(super) fn analyse<const SHOWN: bool>(
        &mut self,
        input: &Input<'_>,
        marks: Marks,
        pool: &mut Pool,
        out: &mut TcpAnalysis,
    ) -> (Marks, Option<Nanos>) {
        let (initial_rtt, multipath) = (self.initial_rtt(), self.multipath);
        let (own, other) = self.pair(input.side);
        let Header {
            seq, ack, flags, ..
        } = input.header;
        let len = input.len.unwrap_or(0);
        let ends = flags.any(TcpFlags::SYN.with(TcpFlags::FIN));
        let counts = len > 0 || ends;
        Self::set_bases(own, other, &input.header);
        if flags.ack() {
            other.flight_known = true;
        }

        let view = View {
            initial_rtt,
            multipath,
            ..Self::view(own, other, input)
        };
        let marks = if view.goes_on() {
            debug_assert!(rules::none_fits(&view));
            if ack != own.ack {
                own.ack_frame = input.frame;
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
        let base = other.base.unwrap_or_default();
        let acked = pool.acknowledge(&mut other.unacked, base, ack, same_ack);
        let rtt = acked
            .map(|sent| input.time.since(sent.time))
            .filter(|rtt| *rtt != Nanos::ZERO);
        if !SHOWN {
            return (marks, rtt);
        }
        out.acks_frame = acked.map(|sent| sent.frame);
        if len > 0 && !own.unacked.is_empty() && own.flight_known {
            Self::in_flight(own, other, len, flags, out);
        }
        out.seq = own.relative(seq);
        if flags.ack() {
            out.ack = other.relative(ack);
        }
        if !flags.syn() {
            out.window = own.scale.apply(u32::from(input.header.window));
        }
        out.next_seq = Some(out.seq.wrapping_add(len).wrapping_add(u32::from(ends)));
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
        let view = View {
            initial_rtt,
            multipath,
            ..Self::view(own, other, input)
        };
        let counts = view.len > 0 || view.counts_one();
        let mut marks = rules::judge(&rules::AGAINST_LAST, &view, marks);
        if marks.any(Marks::LOST_SEGMENT) {
            own.flight_known = false;
        }
        if marks.any(Marks::DUP_ACK) {
            out.duplicate = Some(DuplicateAck {
                of: own.ack_frame,
                number: own.duplicates.count(),
            });
        }
        if ack != own.ack {
            own.ack_frame = input.frame;
            own.duplicates.reset();
        }

        let view = View {
            initial_rtt,
            ..Self::view(own, other, input)
        };
        marks = rules::judge(&rules::AGAINST_OTHER, &view, marks);
        if flags.ack() && other.unseen_before(ack) {
            other.skip_unseen();
            out.told = true;
        }
        if counts {
            let view = View {
                initial_rtt,
                ..Self::view(own, other, input)
            };
            marks = rules::judge(&rules::SENT_AGAIN, &view, marks);
            if marks.any(Marks::RETRANSMISSION) {
                out.timeout = Some(
                    match pool.oldest(&own.unacked, own.base.unwrap_or_default()) {
                        Some(sent) => Timeout {
                            waited: input.time.since(sent.time),
                            of: sent.frame,
                        },
                        None => Timeout {
                            waited: input.time.since(own.next_time),
                            of: own.next_frame,
                        },
                    },
                );
            }
        }
        marks
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
        let mut end = seq.plus(input.len.unwrap_or(0));
        // A full list loses the number of SYN and FIN with it.
        if counts && !own.unacked.is_full() {
            if flags.any(TcpFlags::SYN.with(TcpFlags::FIN)) {
                end = end.plus(1);
            }
            let sent = Sent {
                frame: input.frame,
                start: seq,
                end,
                time: input.time,
            };
            pool.push(&mut own.unacked, own.base.unwrap_or_default(), sent);
        }
        if !marks.any(Marks::ZERO_WINDOW_PROBE) {
            if own.next == UNKNOWN || end.after(own.next) {
                own.next = end;
                own.next_time = input.time;
                own.next_frame = input.frame;
            }
            if own.contiguous == UNKNOWN || seq == own.contiguous {
                own.contiguous = own.next;
            }
        }
        own.window = u32::from(input.header.window);
        own.ack = ack;
        own.time = input.time;
        own.marks = marks;
        own.multipath = multipath;
    }

    /// Bytes in flight and bytes since the last PSH.
    fn in_flight(own: &mut Flow, other: &Flow, len: u32, flags: TcpFlags, out: &mut TcpAnalysis) {
        let ends = u32::from(flags.any(TcpFlags::SYN.with(TcpFlags::FIN)));
        let bytes = own.unacked.span().wrapping_sub(other.sacked);
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

    /// Takes notice of the handshake's times, and says its round trip when it is known.
    #[inline]
    pub(super) fn handshake(&mut self, input: &Input<'_>) -> Option<Nanos> {
        let flags = input.header.flags;
        if flags.syn() {
            if !flags.ack() {
                self.opening.call(input);
            }
            self.pair(input.side).0.awaits_ack = true;
        } else if flags.ack() {
            self.pair(input.side).0.awaits_ack = false;
            return self.opening.answer(input.time);
        }
        None
    }

    /// The handshake's round trip; 0 where it is not known.
    pub(super) fn initial_rtt(&self) -> Nanos {
        match self.opening {
            Opening::Took(rtt) => rtt,
            _ => Nanos::ZERO,
        }
    }

    /// What the window of a packet that `side` sent is multiplied with.
    pub(super) fn scale(&self, side: Side) -> Scale {
        self.flows(side).0.scale
    }

    /// The direction of a packet that `side` sent and the opposite one, to be read.
    pub(super) fn flows(&self, side: Side) -> (&Flow, &Flow) {
        let [first, second] = &self.flows;
        match side {
            Side::First => (first, second),
            Side::Second => (second, first),
        }
    }
}
