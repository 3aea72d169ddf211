//! Which column everything stands in.

use crate::report::ladder::{Arrow, Item, Ladder, words};
use crate::text::Lang;

/// The columns of a ladder.
#[derive(Debug)]
pub(super) struct Layout {
    /// Where frame numbers end.
    pub(super) number_end: usize,
    /// Where times end.
    pub(super) time_end: usize,
    /// The lanes, from left to right.
    pub(super) lanes: Vec<usize>,
    /// Where labels stand that have no room in their arrow: right of the lanes of several clients.
    pub(super) labels: Option<usize>,
    /// Labels tell every window, for there is room.
    pub(super) windows: bool,
    /// The number of columns; no line of the diagram is longer.
    pub(super) width: usize,
    /// How many decimals times have.
    pub(super) decimals: u8,
}

/// No diagram is narrower, whatever the terminal is.
const NARROWEST: usize = 56;
/// Two lanes are at least so far apart, where there is room.
const APART: usize = 40;
/// The columns around a label inside an arrow: the head or the tail, two of shaft, a blank on each
/// side.
pub(super) const AROUND: usize = 6;
/// The room that labels beside several lanes need.
const LABEL: usize = 32;

/// Lays a ladder out in `width` columns.
pub(super) fn layout(ladder: &Ladder, width: usize, lang: Lang) -> Layout {
    let width = width.max(NARROWEST);
    let decimals = match width {
        0..100 => ladder.decimals.min(6),
        _ => ladder.decimals,
    };
    let arrows = || ladder.items.iter().filter_map(arrow);
    let number_end = arrows()
        .map(|arrow| arrow.frame.to_string().len())
        .max()
        .unwrap_or(0)
        .max(3);
    let times = arrows().filter_map(|arrow| arrow.time);
    let time = times
        .map(|time| words::seconds(time, decimals).len())
        .max()
        .unwrap_or(0);
    let time_end = number_end + usize::from(time > 0) + time;
    let mut layout = Layout {
        number_end,
        time_end,
        lanes: Vec::new(),
        labels: None,
        windows: false,
        width,
        decimals,
    };
    match ladder.lanes.len() {
        0..=2 => layout.pair(ladder, lang),
        count => layout.several(ladder, count, lang),
    }
    layout
}

/// The arrow of an item.
pub(super) fn arrow(item: &Item) -> Option<&Arrow> {
    match item {
        Item::Arrow(arrow) => Some(arrow),
        _ => None,
    }
}

impl Layout {
    /// Two lanes, with the states of their ends outside.
    fn pair(&mut self, ladder: &Ladder, lang: Lang) {
        let states = |end: usize| {
            let arrows = ladder.items.iter().filter_map(arrow);
            let states = arrows.filter_map(|arrow| arrow.states[end]);
            let widest = states.map(|state| state.name().len()).max();
            widest.map_or(0, |widest| widest + 1)
        };
        let left = self.time_end + 1 + states(0);
        let room = self.width.saturating_sub(1 + states(1) + left);
        let arrows = || ladder.items.iter().filter_map(arrow);
        let longest = |text: &dyn Fn(&Arrow) -> String| {
            let longest = arrows().map(|arrow| text(arrow).chars().count()).max();
            longest.map_or(0, |longest| longest + AROUND + 1)
        };
        self.windows = longest(&|arrow| arrow.label.numbered(lang)) <= room;
        let complete = longest(&|arrow| arrow.label.words(lang));
        let right = left + complete.max(APART).min(room).max(16);
        self.lanes = vec![left, right];
        self.width = right + 1 + states(1);
    }

    /// Several lanes, with labels to their right.
    fn several(&mut self, ladder: &Ladder, count: usize, lang: Lang) {
        let first = self.time_end + 2;
        let labels = ladder.items.iter().filter_map(arrow);
        let longest = labels.map(|arrow| {
            let marks = arrow.label.marks.chars().count();
            marks + usize::from(marks > 0) + arrow.label.short(lang).chars().count()
        });
        let label = longest.max().unwrap_or(0).clamp(LABEL, 2 * LABEL);
        let room = self.width.saturating_sub(first + label + 2);
        let apart = (room / (count - 1)).clamp(6, 14);
        self.lanes = (0..count).map(|lane| first + lane * apart).collect();
        let last = self.lanes.last().copied().unwrap_or(first);
        self.labels = Some(last + 2);
        let room = self.width.saturating_sub(last + 2);
        let mut arrows = ladder.items.iter().filter_map(arrow);
        self.windows = arrows.all(|arrow| arrow.label.numbered(lang).chars().count() <= room);
        self.width = self.width.max(last + 2 + LABEL);
    }
}
