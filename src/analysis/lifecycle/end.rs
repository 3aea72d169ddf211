//! One end of a TCP conversation, as far as the packets show it.

mod facts;

use std::hint::select_unpredictable;
use std::num::NonZeroU32;

use super::Segment;
use super::phase::Phase;
use super::state::{self, Signal};
use crate::model::frame::FrameNo;
use crate::model::seq::Seq;
use crate::model::side::Side;
use crate::model::tcp::TcpState;

/// What its segments and the other end's acknowledgments have shown of an end; what is rare lies apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// Its state; `None` where the capture does not show it.
    pub(super) state: Option<TcpState>,
    /// The phase of its probe that the other end has not answered.
    pub(super) probe: Option<Phase>,
    /// What is true of it, a bit each.
    facts: u16,
    /// The sequence number of its SYN; counts once `syn_frame` is set.
    pub(super) isn: Seq,
    /// The sequence number after its highest one so far; counts once `heard`.
    pub(super) next: Seq,
    /// The highest acknowledgment number sent to it; counts once `told`.
    pub(super) acked: Seq,
    /// The frame of its first SYN or SYN-ACK.
    pub(super) syn_frame: Option<NonZeroU32>,
    /// Its latest segment outside an open connection.
    pub(super) latest: Option<Latest>,
    /// How it closes, so far.
    pub(super) close: Closing,
    /// From the first thing on that is in it.
    rare: Option<Box<Rare>>,
}

/// How an end closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Closing {
    /// The sequence number of its FIN; counts once `fin_frame` is set.
    pub(super) fin: Seq,
    /// The frame of its first FIN.
    pub(super) fin_frame: Option<NonZeroU32>,
    /// The first frame that acknowledges its FIN.
    pub(super) fin_ack_frame: Option<NonZeroU32>,
    /// The acknowledgment number of its first FIN; counts once `fin_frame` is set.
    pub(super) fin_ack: Seq,
    /// Payload bytes in segments that acknowledged the other's FIN: sent in a half-closed
    /// connection. Saturates.
    pub(super) late_bytes: u32,
}

/// What few ends ever show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rare {
    /// An acknowledgment of what it had not sent, as far as was captured.
    pub(super) early: Option<Early>,
    /// What it repeats without an answer.
    pub(super) silence: Silence,
    /// Its state before a RST in its name that did not count.
    pub(super) held: Option<TcpState>,
    /// The frame of a segment to it that a challenge ACK answers.
    pub(super) challenge: Option<FrameNo>,
}

/// A segment other than a RST, as long as the connection was not open at both ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Latest {
    pub(super) frame: NonZeroU32,
    /// The number after its last byte.
    pub(super) end: Seq,
    /// Its acknowledgment number, whether or not it has the ACK flag.
    pub(super) number: Seq,
    /// It has the ACK flag.
    pub(super) acks: bool,
    /// It has the SYN flag.
    pub(super) syn: bool,
    /// It has the FIN flag.
    pub(super) fin: bool,
    /// It acknowledges what the other end of this connection never sent.
    pub(super) stray: bool,
}

impl Latest {
    /// What it acknowledges.
    pub(super) fn ack(&self) -> Option<Seq> {
        self.acks.then_some(self.number)
    }

    /// Whether a closed port answers it with this acknowledgment number (RFC 9293, 3.10.7.1);
    /// there are systems that do not count the FIN.
    pub(super) fn counts_to(&self, ack: Seq) -> bool {
        ack == self.end || ack == self.end.plus(u32::from(self.fin))
    }
}

/// An acknowledgment captured before what it acknowledges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Early {
    pub(super) ack: Seq,
    pub(super) frame: NonZeroU32,
}

/// Segments of one end since the other was last heard that only repeat: nothing answers them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Silence {
    /// Keep-alive and zero-window probes.
    pub probes: u32,
    /// Segments sent again.
    pub copies: u32,
    /// The first and the last of their frames; 0 where there is none.
    pub frames: [FrameNo; 2],
}

impl Silence {
    /// How many segments there are.
    pub fn count(&self) -> u32 {
        self.probes.saturating_add(self.copies)
    }

    /// Notes one more.
    pub(super) fn note(&mut self, frame: FrameNo, probe: bool) {
        if self.count() == 0 {
            self.frames[0] = frame;
        }
        self.frames[1] = frame;
        let count = if probe {
            &mut self.probes
        } else {
            &mut self.copies
        };
        *count = count.saturating_add(1);
    }
}

impl End {
    /// Whether `number` is further from its numbers than the largest window reaches (2^30, RFC 7323,
    /// 2.3): not of the connection that was seen so far.
    pub(super) fn is_far(&self, number: Seq) -> bool {
        const REACH: u32 = 1 << 30;
        self.heard() && number.from_base(self.next).wrapping_add(REACH) > 2 * REACH
    }

    /// Notes the SYN with which it begins to call.
    pub(super) fn call(&mut self, frame: FrameNo, segment: &Segment) {
        let end = segment.seq.plus(1).plus(segment.len);
        self.syn_frame = kept(frame);
        self.isn = segment.seq;
        self.next = end;
        self.set_heard(true);
        self.set_open(true);
        self.set_called(true);
        self.state = Some(state::next(TcpState::Closed, Signal::SendSyn));
        self.latest = kept(frame).map(|frame| Latest {
            frame,
            end,
            number: segment.ack,
            acks: false,
            syn: true,
            fin: false,
            stray: false,
        });
    }

    /// Whether it is open, and neither closes nor waits for an answer nor owes one.
    pub(super) fn is_settled(&self) -> bool {
        self.state == Some(TcpState::Established)
            && self.heard()
            && self.open()
            && !(self.owes_syn_ack() || self.shut() || self.fin_sent())
            && (self.syn_acked() || !self.syn_sent())
            && self.probe.is_none()
            && !(self.is_silent() || self.is_challenged())
    }

    /// Of which nothing was seen.
    pub(super) const NOTHING: End = End {
        state: None,
        probe: None,
        facts: 0,
        isn: Seq(0),
        next: Seq(0),
        acked: Seq(0),
        syn_frame: None,
        latest: None,
        close: Closing {
            fin: Seq(0),
            fin_frame: None,
            fin_ack_frame: None,
            fin_ack: Seq(0),
            late_bytes: 0,
        },
        rare: None,
    };

    /// What it shows that few ends ever show; `None` where it is nothing.
    #[inline]
    pub(super) fn known_rare(&mut self) -> Option<&mut Rare> {
        self.rare.as_deref_mut()
    }

    /// The same, to be changed.
    pub(super) fn rare(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }

    /// Whether what it repeats has no answer so far.
    #[inline]
    pub(super) fn is_silent(&self) -> bool {
        self.rare
            .as_deref()
            .is_some_and(|rare| rare.silence.count() > 0)
    }

    /// Whether it owes a challenge ACK.
    #[inline]
    pub(super) fn is_challenged(&self) -> bool {
        self.rare
            .as_deref()
            .is_some_and(|rare| rare.challenge.is_some())
    }

    /// What it repeats without an answer.
    pub(super) fn silence(&self) -> Silence {
        self.rare
            .as_deref()
            .map_or(Silence::default(), |rare| rare.silence)
    }

    /// Lets an answer end its silence.
    #[inline]
    pub(super) fn break_silence(&mut self) {
        if let Some(rare) = self.known_rare() {
            rare.silence = Silence::default();
        }
    }

    /// Whether it has sent a SYN.
    pub(super) fn syn_sent(&self) -> bool {
        self.syn_frame.is_some()
    }

    /// Whether it has sent a FIN.
    pub(super) fn fin_sent(&self) -> bool {
        self.close.fin_frame.is_some()
    }

    /// Whether its FIN is acknowledged.
    pub(super) fn fin_acked(&self) -> bool {
        self.close.fin_ack_frame.is_some()
    }

    /// The next sequence number, where anything of it was captured.
    pub(super) fn numbers(&self) -> Option<Seq> {
        self.heard().then_some(self.next)
    }

    /// Moves by `signal` where its state is known.
    pub(super) fn signal(&mut self, signal: Signal) {
        let moved = |state: Option<TcpState>| state.map(|state| state::next(state, signal));
        self.state = moved(self.state);
        if let Some(rare) = self.known_rare() {
            rare.held = moved(rare.held);
        }
    }

    /// The frame that acknowledged `number` before it was captured: the one that first did, where
    /// nothing beyond it is acknowledged.
    pub(super) fn acked_early(&self, number: Seq) -> Option<NonZeroU32> {
        let early = self
            .rare
            .as_deref()?
            .early
            .filter(|early| early.ack == number)?;
        Some(early.frame)
    }

    /// Whether `ack` acknowledges its SYN.
    pub(super) fn syn_covered(&self, ack: Seq) -> bool {
        self.syn_sent() && ack.after(self.isn) && ack.at_or_before(self.next)
    }

    /// Whether `ack` acknowledges its FIN.
    pub(super) fn fin_covered(&self, ack: Seq) -> bool {
        self.fin_sent() && ack.after(self.close.fin)
    }

    /// Whether it is known that everything it sent is acknowledged.
    pub(super) fn all_acked(&self) -> bool {
        self.heard() && self.told() && !self.acked.before(self.next)
    }

    /// Notes that its sequence numbers up to `end` were used.
    pub(super) fn extend(&mut self, end: Seq) {
        // Data or a bare ACK cannot be guessed ahead, and a wrong guess of the processor costs more
        // than to write the same number again.
        let past = !self.heard() | end.after(self.next);
        self.next = select_unpredictable(past, end, self.next);
        self.set_heard(true);
    }

    /// How many of the `len` bytes from `seq` on lie past everything it sent before.
    pub(super) fn fresh(&self, seq: Seq, len: u32) -> u32 {
        let end = seq.plus(len);
        match self.heard() && !seq.after(self.next) {
            true if end.after(self.next) => end.from_base(self.next),
            true => 0,
            false => len,
        }
    }

    /// Notes an acknowledgment sent to it.
    pub(super) fn acknowledge(&mut self, ack: Seq) {
        // As in `extend`.
        let past = !self.told() | ack.after(self.acked);
        self.acked = select_unpredictable(past, ack, self.acked);
        self.set_told(true);
    }
}

/// Both ends of a connection: the sender and the receiver of its first packet. Of a call that nobody
/// has answered there is only one.
#[derive(Clone, Debug)]
pub(super) struct Ends {
    pub(super) first: End,
    second: Option<Box<End>>,
}

impl Default for Ends {
    fn default() -> Self {
        Self {
            first: End::NOTHING,
            second: None,
        }
    }
}

impl Ends {
    /// Both, by [`Side::index`].
    pub(super) fn both(&self) -> [&End; 2] {
        static NOBODY: End = End::NOTHING;
        [&self.first, self.second.as_deref().unwrap_or(&NOBODY)]
    }

    /// The same, to be changed.
    pub(super) fn both_mut(&mut self) -> [&mut End; 2] {
        let second = self.second.get_or_insert_with(|| Box::new(End::NOTHING));
        [&mut self.first, second]
    }

    /// The end that sent a packet, and the other one.
    #[inline]
    pub(super) fn pair(&mut self, sender: Side) -> (&mut End, &mut End) {
        let [first, second] = self.both_mut();
        match sender {
            Side::First => (first, second),
            Side::Second => (second, first),
        }
    }

    /// Whether nothing is known of the second.
    #[inline]
    pub(super) fn alone(&self) -> bool {
        self.second.is_none()
    }

    /// Keeps no second end of which nothing is known.
    pub(super) fn forget_unknown(&mut self) {
        drop(self.second.take_if(|end| **end == End::NOTHING));
    }
}

/// A frame number as it is kept; `None` for the number 0, which no frame has.
pub(super) fn kept(frame: FrameNo) -> Option<NonZeroU32> {
    NonZeroU32::new(frame)
}
