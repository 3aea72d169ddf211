//! Many points as few: a bounded memory for any number of them that keeps the extremes.

use super::Mark;

/// Groups that are kept at most. Each gives up to four points.
const GROUPS: usize = 400;

/// The points of a series. As long as there are few, every one is kept. After that they are kept
/// in groups that follow each other, all of the same number of points: of each, the first, the
/// last, the lowest and the highest.
#[derive(Clone, Debug)]
pub(super) struct Thin {
    groups: Vec<Group>,
    /// How many points make a group.
    size: u64,
    /// How many points were put in.
    pub(super) count: u64,
}

#[derive(Clone, Copy, Debug)]
struct Group {
    points: u64,
    /// Each with its place in the series, which puts them into order and tells equals.
    first: (u64, Mark),
    last: (u64, Mark),
    lowest: (u64, Mark),
    highest: (u64, Mark),
}

impl Default for Thin {
    fn default() -> Self {
        Self {
            groups: Vec::new(),
            size: 1,
            count: 0,
        }
    }
}

impl Thin {
    /// Puts a point in.
    pub(super) fn push(&mut self, mark: Mark) {
        let place = (self.count, mark);
        self.count += 1;
        let group = Group {
            points: 1,
            first: place,
            last: place,
            lowest: place,
            highest: place,
        };
        match self.groups.last_mut() {
            Some(open) if open.points < self.size => *open = open.joined(group),
            _ => self.groups.push(group),
        }
        // Four points a group: until there are so many points, each is a group of its own.
        if self.groups.len() > GROUPS * if self.size == 1 { 4 } else { 1 } {
            self.shrink();
        }
    }

    fn shrink(&mut self) {
        let by = if self.size == 1 { 8 } else { 2 };
        self.size *= by;
        let step = usize::try_from(by).unwrap_or(2);
        self.groups = self
            .groups
            .chunks(step)
            .filter_map(|groups| groups.iter().copied().reduce(Group::joined))
            .collect();
    }

    /// The points that are kept, in order.
    pub(super) fn marks(&self) -> Vec<Mark> {
        let mut marks = Vec::with_capacity(self.groups.len());
        for group in &self.groups {
            let mut kept = [group.first, group.lowest, group.highest, group.last];
            kept.sort_by_key(|(place, _)| *place);
            let mut before = None;
            for (place, mark) in kept {
                if before != Some(place) {
                    marks.push(mark);
                }
                before = Some(place);
            }
        }
        marks
    }
}

impl Group {
    fn joined(self, later: Group) -> Group {
        Group {
            points: self.points + later.points,
            first: self.first,
            last: later.last,
            lowest: match later.lowest.1.low < self.lowest.1.low {
                true => later.lowest,
                false => self.lowest,
            },
            highest: match later.highest.1.high > self.highest.1.high {
                true => later.highest,
                false => self.highest,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{GROUPS, Thin};
    use crate::report::plots::Mark;

    fn point(x: u32, y: f64) -> Mark {
        Mark {
            frame: x,
            x: f64::from(x),
            low: y,
            high: y,
        }
    }

    #[test]
    fn few_points_all_stay() {
        let mut thin = Thin::default();
        for x in 0..1600 {
            thin.push(point(x, 1.0));
        }
        let frames: Vec<u32> = thin.marks().iter().map(|mark| mark.frame).collect();
        assert_eq!(frames, (0..1600).collect::<Vec<_>>());
    }

    #[test]
    fn of_many_points_the_ends_and_the_extremes_stay_in_order() {
        let mut thin = Thin::default();
        for x in 0..1_000_000 {
            let y = match x {
                314_159 => 1e9,
                271_828 => -1e9,
                _ => f64::from(x % 7),
            };
            thin.push(point(x, y));
        }
        let marks = thin.marks();
        assert!(marks.len() <= 4 * (GROUPS + 1), "{}", marks.len());
        assert!(marks.len() > GROUPS);
        let frame = |wanted| marks.iter().any(|mark| mark.frame == wanted);
        assert!([0, 271_828, 314_159, 999_999].into_iter().all(frame));
        assert!(marks.windows(2).all(|pair| pair[0].frame < pair[1].frame));
        assert_eq!(thin.count, 1_000_000);
    }
}
