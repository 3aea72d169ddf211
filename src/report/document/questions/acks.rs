//! How an end acknowledges the data of the other one.

use super::sender::Moment;
use crate::model::frame::FrameNo;

/// The acknowledgments that an end sent for the other's data.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Acks {
    /// Those without anything else, that acknowledge data for the first time.
    pub(super) pure: u64,
    /// The data segments that these cover.
    pub(super) covered: u64,
    /// The most that one of them covers, and which.
    pub(super) most: (u64, FrameNo),
    /// Data segments that were acknowledged by segments with data or FIN.
    pub(super) carried: u64,
    /// The shortest and the longest time since the newest segment they cover, in nanoseconds.
    pub(super) shortest: Option<i64>,
    pub(super) longest: Option<(i64, FrameNo, FrameNo)>,
}

impl Acks {
    /// Notes a segment that is the first to acknowledge `covered` data segments.
    pub(super) fn note(&mut self, covered: u64, newest: Option<Moment>, at: Moment, pure: bool) {
        let Some(newest) = newest else {
            return;
        };
        if !pure {
            self.carried += covered;
            return;
        }
        self.pure += 1;
        self.covered += covered;
        if covered > self.most.0 {
            self.most = (covered, at.frame);
        }
        let Some(delay) = at.since(newest) else {
            return;
        };
        self.shortest = Some(self.shortest.map_or(delay, |least| least.min(delay)));
        if self.longest.is_none_or(|(most, ..)| delay > most) {
            self.longest = Some((delay, newest.frame, at.frame));
        }
    }
}
