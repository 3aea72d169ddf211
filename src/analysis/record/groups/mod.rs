//! What the numbered summary of a conversation needs: its packets in groups.
//!
//! Memory is bounded: at most [`KEPT`] groups are kept, later ones are counted. OpeningGroup and close
//! stand apart, so that they are always kept.

mod datagrams;
pub mod frames;
pub mod group;
pub mod moves;
mod place;

pub(in crate::analysis) use place::Numbers;

use frames::FrameSet;
use group::{Group, GroupKind, Rest};
use moves::{Closing, Move, OpeningGroup};

use crate::analysis::lifecycle::phase::Phase;
use crate::analysis::lifecycle::{Event, Meaning, Segment};
use crate::analysis::tcp::marks::Marks;
use crate::model::frame::FrameNo;
use crate::model::side::Side;

/// How many groups of a conversation are kept.
pub const KEPT: usize = 64;

/// The packets of a conversation in groups.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    packets: u64,
    /// How many of them are ICMP errors.
    errors: u64,
    opening: OpeningGroup,
    closing: Closing,
    list: Vec<Group>,
    rest: Option<Rest>,
    rest_is: Option<(GroupKind, Side)>,
    /// The window that each end announced last is 0.
    shut: [bool; 2],
    /// The next data starts a group of its own.
    apart: bool,
}

impl Groups {
    /// How many packets are in the groups: segments, datagrams and ICMP errors.
    pub fn packets(&self) -> u64 {
        self.packets
    }

    /// How many of them are its own, not ICMP errors about them.
    pub fn own_packets(&self) -> u64 {
        self.packets.saturating_sub(self.errors)
    }

    /// Its handshake, as far as it is in the capture.
    pub fn opening(&self) -> &OpeningGroup {
        &self.opening
    }

    /// What is between handshake and close, in the order of the first frames.
    pub fn list(&self) -> &[Group] {
        &self.list
    }

    /// What came after as many groups as are kept.
    pub fn rest(&self) -> Option<&Rest> {
        self.rest.as_ref()
    }

    /// Its close, as far as it is in the capture.
    pub fn closing(&self) -> &Closing {
        &self.closing
    }

    pub(in crate::analysis) fn segment(
        &mut self,
        event: &Event,
        segment: &Segment,
        meaning: &Meaning,
        numbers: &Numbers,
    ) {
        self.packets += 1;
        let (frame, side) = (event.frame, event.side);
        if let Some(place) = numbers.twin {
            return self.twin(place, frame);
        }
        // What it acknowledges of the other end's data, whatever else it does.
        let acked = numbers
            .ack
            .and_then(|ack| self.acknowledge(numbers.peer, ack, frame));
        if meaning.completes && meaning.phase != Phase::Handshake {
            self.opening.moves.push(Move::AckOnData(frame));
        }
        if meaning.acks_fin && meaning.phase != Phase::Close {
            self.closing.moves.push(match segment.len {
                0 => Move::Ack,
                _ => Move::AckOnData(frame),
            });
        }
        match meaning.phase {
            Phase::Handshake => self.open(frame, segment, meaning, numbers),
            Phase::Refused => {
                self.opening.frames.push(frame);
                if !self.opening.refused {
                    self.opening.moves.push(rst(segment));
                }
                self.opening.refused = true;
                self.apart = true;
            }
            Phase::Close | Phase::Reset => self.close(frame, segment, meaning, numbers),
            Phase::Data => {
                self.data(event, segment, meaning.stray, numbers);
                // The window that it announces is for the data of the other end.
                let place = acked.or_else(|| self.latest_from(numbers.peer, numbers.ack?));
                let was_shut = self.shut[side.index()];
                if let Some(group) = place.and_then(|place| self.list.get_mut(place)) {
                    group.window(frame, was_shut, segment.shut);
                }
            }
            Phase::Window if meaning.probe => self.probe(frame, side, segment, numbers),
            Phase::Window => {
                self.plain_ack(frame, side, (segment, numbers), acked, GroupKind::Window);
                if meaning.answers {
                    self.answer(numbers.peer);
                }
            }
            Phase::KeepAlive => self.keep_alive(frame, side, meaning.probe),
            Phase::Ack => self.plain_ack(frame, side, (segment, numbers), acked, GroupKind::Acks),
            _ => self.joined(GroupKind::Unknown, side, frame, |_| {}),
        }
        if segment.flags.ack() && !segment.flags.rst() {
            self.shut[side.index()] = segment.shut;
        }
    }

    /// Takes a segment whose header cannot be read to its end.
    pub(in crate::analysis) fn unread(&mut self, event: &Event) {
        self.packets += 1;
        self.joined(GroupKind::Unread, event.side, event.frame, |_| {});
    }

    fn open(&mut self, frame: FrameNo, segment: &Segment, meaning: &Meaning, it: &Numbers) {
        let opening = &mut self.opening;
        opening.frames.push(frame);
        let (step, count) = match (segment.flags.syn(), segment.flags.ack()) {
            (true, false) if segment.len > 0 => (
                Some(Move::SynWithData(segment.len)),
                Some(&mut opening.syns),
            ),
            (true, false) => (Some(Move::Syn), Some(&mut opening.syns)),
            (true, true) => (Some(Move::SynAck), Some(&mut opening.syn_acks)),
            _ => {
                let ack = meaning.completes || meaning.third;
                (ack.then_some(Move::Ack), None)
            }
        };
        if let Some(count) = count {
            *count = count.saturating_add(1);
        }
        if segment.flags.syn() && segment.flags.ack() {
            opening.answer_bytes = opening.answer_bytes.saturating_add(it.fresh);
        } else if segment.flags.syn() && meaning.again {
            opening.more_bytes = opening.more_bytes.saturating_add(it.fresh);
        }
        if let Some(step) = step
            && !meaning.again
        {
            opening.moves.push(step);
        }
        self.apart = true;
    }

    fn close(&mut self, frame: FrameNo, segment: &Segment, meaning: &Meaning, it: &Numbers) {
        self.closing.frames.push(frame);
        if segment.flags.rst() {
            if self.closing.resets == 0 {
                self.closing.moves.push(rst(segment));
            }
            self.closing.resets = self.closing.resets.saturating_add(1);
            self.closing.text += u64::from(segment.len);
        } else if segment.flags.fin() {
            let fresh = u32::try_from(it.fresh).unwrap_or(u32::MAX);
            self.closing.again += u64::from(segment.len.saturating_sub(fresh));
            if !meaning.again {
                self.closing.moves.push(match meaning.acks_fin {
                    true => Move::FinAck(fresh),
                    false => Move::Fin(fresh),
                });
            } else {
                self.closing.fins_again = self.closing.fins_again.saturating_add(1);
                self.closing.late = self.closing.late.saturating_add(it.fresh);
                if meaning.acks_fin {
                    self.closing.moves.push(Move::Ack);
                }
            }
        } else if meaning.acks_fin {
            self.closing.moves.push(Move::Ack);
        }
        self.apart = true;
    }

    fn data(&mut self, event: &Event, segment: &Segment, stray: bool, it: &Numbers) {
        let (frame, side) = (event.frame, event.side);
        let (start, end) = (it.start, it.start + i64::from(segment.len));
        let fresh = it.fresh;
        let note = |group: &mut Group| {
            group.bytes = group.bytes.saturating_add(fresh);
            group.again += u64::from(segment.len).saturating_sub(fresh);
            group.end = group.end.max(end);
            group.take_before(start);
            if fresh < u64::from(segment.len) {
                group.retransmissions = group.retransmissions.saturating_add(1);
            } else if stray {
                group.stray = group.stray.saturating_add(1);
            } else if it.below && it.soon {
                group.out_of_order = group.out_of_order.saturating_add(1);
            } else if it.below {
                group.late = group.late.saturating_add(1);
            }
        };
        // Data can be captured after its acknowledgment.
        let early = it
            .highest_ack
            .filter(|(number, _)| fresh > 0 && *number >= end);
        if let Some((_, ack)) = early {
            self.captured_after(ack, (frame, end));
        }
        let note = |group: &mut Group| {
            note(group);
            if let Some((number, ack)) = early {
                group.acknowledge(number, ack);
            }
        };
        // Data sent again belongs to where it was sent first.
        let older = match fresh {
            0 => self.containing(side, start),
            _ => None,
        };
        let last = self.list.len().checked_sub(1);
        let last = last.filter(|last| self.list[*last].is_data_of(side));
        let current = last.filter(|_| !self.apart && self.rest.is_none());
        if let Some(group) = older.or(current).and_then(|place| self.list.get_mut(place)) {
            group.frames.push(frame);
            note(group);
            return;
        }
        self.apart = false;
        if let Some(group) = self.begin(GroupKind::Data, side, frame, start) {
            note(group);
        } else if let Some(rest) = &mut self.rest {
            let sum = &mut rest.bytes[side.index()];
            *sum = sum.saturating_add(fresh);
        }
    }

    fn plain_ack(
        &mut self,
        frame: FrameNo,
        side: Side,
        (segment, it): (&Segment, &Numbers),
        acked: Option<usize>,
        kind: GroupKind,
    ) {
        let place = acked.or_else(|| match self.rest {
            None => self.latest_from(it.peer, it.ack?),
            Some(_) => None,
        });
        let was_shut = self.shut[side.index()];
        let note = |group: &mut Group| {
            let marks = segment.marks;
            if marks.any(Marks::DUP_ACK) {
                group.duplicate_acks = group.duplicate_acks.saturating_add(1);
            }
            if marks.any(Marks::WINDOW_UPDATE) {
                group.window_updates = group.window_updates.saturating_add(1);
            }
            group.window(frame, was_shut, segment.shut);
        };
        match place.and_then(|place| self.list.get_mut(place)) {
            Some(group) => {
                group.frames.push(frame);
                group.acked_inside |= group.acked_by == frame;
                note(group);
            }
            None => self.joined(kind, side, frame, |group| {
                note(group);
                if kind == GroupKind::Acks {
                    group.end = group.end.max(it.ack.unwrap_or_default());
                }
            }),
        }
    }

    fn probe(&mut self, frame: FrameNo, side: Side, segment: &Segment, it: &Numbers) {
        let note = |group: &mut Group| {
            group.probes = group.probes.saturating_add(1);
            group.bytes = group.bytes.saturating_add(it.fresh);
            if it.fresh > 0 && group.kind == GroupKind::Data {
                group.end = group.end.max(it.start + i64::from(segment.len));
            }
        };
        match self.list.last_mut() {
            Some(last) if last.is_data_of(side) && self.rest.is_none() => {
                last.frames.push(frame);
                note(last);
            }
            _ => self.joined(GroupKind::Window, side, frame, note),
        }
    }

    /// Counts the answer to a window probe of `prober` in the group of the probe.
    fn answer(&mut self, prober: Side) {
        let waits = |group: &&mut Group| group.side == prober && group.answers < group.probes;
        if let Some(group) = self.list.iter_mut().rev().find(waits) {
            group.answers = group.answers.saturating_add(1);
        }
    }

    fn keep_alive(&mut self, frame: FrameNo, side: Side, probe: bool) {
        let prober = if probe { side } else { side.other() };
        self.joined(GroupKind::KeepAlive, prober, frame, |group| {
            let count = match probe {
                true => &mut group.sent,
                false => &mut group.back,
            };
            *count = count.saturating_add(1);
        });
    }

    /// Puts a frame into the last group, where that is of this kind and end, or into a new one.
    fn joined(&mut self, kind: GroupKind, side: Side, frame: FrameNo, note: impl Fn(&mut Group)) {
        if let Some(last) = self.listed_last(kind)
            && last.side == side
        {
            last.frames.push(frame);
            note(last);
        } else if let Some(group) = self.begin(kind, side, frame, 0) {
            note(group);
        }
    }

    /// A new group with its first frame, or `None` where it is only counted.
    fn begin(
        &mut self,
        kind: GroupKind,
        side: Side,
        frame: FrameNo,
        start: i64,
    ) -> Option<&mut Group> {
        if self.rest.is_none() && self.list.len() < KEPT {
            let mut group = Group::new(kind, side, start);
            group.frames.push(frame);
            self.list.push(group);
            return self.list.last_mut();
        }
        let rest = self.rest.get_or_insert(Rest {
            first: frame,
            ..Rest::default()
        });
        if self.rest_is.replace((kind, side)) != Some((kind, side)) {
            rest.groups += 1;
        }
        rest.packets += 1;
        rest.last = frame;
        None
    }

    /// The last group, where it is of this kind and still grows.
    fn listed_last(&mut self, kind: GroupKind) -> Option<&mut Group> {
        match self.rest {
            None => self.list.last_mut().filter(|last| last.kind == kind),
            Some(_) => None,
        }
    }
}

fn rst(segment: &Segment) -> Move {
    match segment.flags.ack() {
        true => Move::RstAck,
        false => Move::Rst,
    }
}
