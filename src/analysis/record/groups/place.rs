//! Where a packet stands in the summary.

use super::Groups;
use super::group::GroupKind;
use crate::analysis::summary_line::SummaryLine;
use crate::model::frame::FrameNo;
use crate::model::side::Side;

/// The numbers of a segment: places on the lines of the ends.
#[derive(Clone, Copy, Debug)]
pub(in crate::analysis) struct Numbers {
    /// Its first payload byte.
    pub(in crate::analysis) start: i64,
    /// Whose data it acknowledges.
    pub(in crate::analysis) peer: Side,
    /// What it acknowledges of it.
    pub(in crate::analysis) ack: Option<i64>,
    /// How far its sender's numbers were acknowledged before it, and by which frame.
    pub(in crate::analysis) highest_ack: Option<(i64, FrameNo)>,
    /// How many of its payload bytes are new.
    pub(in crate::analysis) fresh: u64,
    /// Its payload begins below the highest number of its sender so far.
    pub(in crate::analysis) below: bool,
    /// It comes right behind the segment before it of its sender.
    pub(in crate::analysis) soon: bool,
    /// It is a copy of a packet in this place.
    pub(in crate::analysis) twin: Option<SummaryLine>,
}

impl Groups {
    /// The line that `frame`, the latest packet, was put into.
    pub fn place(&self, frame: FrameNo) -> Option<SummaryLine> {
        if self.opening.frames.last() == frame {
            return Some(SummaryLine::Opening);
        }
        if self.closing.frames.last() == frame {
            return Some(SummaryLine::Closing);
        }
        let mut listed = self.list.iter();
        if let Some(place) = listed.rposition(|group| group.frames.last() == frame) {
            return Some(SummaryLine::Middle(place));
        }
        let rest = self.rest.filter(|rest| rest.last == frame);
        rest.map(|_| SummaryLine::Rest)
    }

    /// Puts a copy of a packet beside that.
    pub(super) fn twin(&mut self, place: SummaryLine, frame: FrameNo) {
        let (frames, twice) = match place {
            SummaryLine::Opening => (&mut self.opening.frames, &mut self.opening.twice),
            SummaryLine::Closing => (&mut self.closing.frames, &mut self.closing.twice),
            SummaryLine::Middle(place) => match self.list.get_mut(place) {
                Some(group) => (&mut group.frames, &mut group.twice),
                None => return,
            },
            SummaryLine::Rest => {
                if let Some(rest) = &mut self.rest {
                    rest.packets += 1;
                    rest.last = frame;
                }
                return;
            }
        };
        frames.push(frame);
        *twice = twice.saturating_add(1);
    }

    /// Lets an acknowledgment reach the data of `side`; the group that holds the last byte it
    /// newly acknowledges.
    pub(super) fn acknowledge(&mut self, side: Side, ack: i64, frame: FrameNo) -> Option<usize> {
        let mut latest = None;
        for (place, group) in self.list.iter_mut().enumerate().rev() {
            if !group.is_data_of(side) {
                continue;
            }
            if group.acknowledge(ack, frame) {
                latest = latest.or(Some(place));
            } else if group.acknowledged() {
                break;
            }
        }
        latest
    }

    /// Notes that data up to `end`, in `frame`, was captured after the ACK in the frame `ack`.
    pub(super) fn captured_after(&mut self, ack: FrameNo, (frame, end): (FrameNo, i64)) {
        let mut acks = self.list.iter_mut().rev();
        let found = acks.find(|it| it.kind == GroupKind::Acks && it.frames.contains(ack));
        if let Some(group) = found {
            group.acked_to = group.acked_to.max(end);
            if group.acked_by == 0 {
                group.acked_by = frame;
            }
        }
    }

    pub(super) fn containing(&self, side: Side, start: i64) -> Option<usize> {
        self.list
            .iter()
            .rposition(|group| group.is_data_of(side) && (group.start..group.end).contains(&start))
    }

    pub(super) fn latest_from(&self, side: Side, ack: i64) -> Option<usize> {
        let last = self
            .list
            .iter()
            .rposition(|group| group.is_data_of(side) && group.start <= ack)?;
        Some(last)
    }
}
