//! Which column and which line everything stands in, in pixels.

use crate::render::svg::CHARACTER;
use crate::report::ladder::{Arrow, Item, Ladder, Travel, words};
use crate::text::Lang;

/// Around everything.
pub(super) const MARGIN: f64 = 16.0;
/// A line of text.
pub(super) const LINE: f64 = 16.0;
/// The line that names a band.
const BAND: f64 = 22.0;
/// A pause, and a silence.
pub(super) const PAUSE: f64 = 26.0;
pub(super) const SILENCE: f64 = 40.0;
/// A socket call.
pub(super) const CALL: f64 = 22.0;
/// The room below the shaft of an arrow.
pub(super) const BELOW: f64 = 10.0;
/// How far the head of an arrow that travels lies below its tail.
pub(super) const DROP: f64 = 14.0;
/// Small text is narrower than text.
pub(super) const SMALL: f64 = 0.885;
/// Several lanes stand so far apart.
const LANE: f64 = 128.0;

/// The columns of a picture.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// Where frame numbers and times end.
    pub(super) number_end: f64,
    pub(super) time_end: f64,
    /// The lanes, from left to right.
    pub(super) lanes: Vec<f64>,
    /// Where labels begin that stand right of several lanes.
    pub(super) labels: Option<f64>,
    /// Where the phases beside them begin.
    pub(super) phases: f64,
    /// The whole width.
    pub(super) width: f64,
    /// How far an arrow drops.
    pub(super) drop: f64,
}

/// Lays a ladder out.
pub(super) fn layout(ladder: &Ladder, lang: Lang) -> Layout {
    let arrows = || ladder.items.iter().filter_map(arrow);
    let widest = |text: &dyn Fn(&Arrow) -> String| {
        let longest = arrows().map(|arrow| text(arrow).chars().count()).max();
        count(longest.unwrap_or(0)) * CHARACTER
    };
    let number_end = MARGIN + widest(&|arrow| arrow.frame.to_string()).max(3.0 * CHARACTER);
    let time = widest(&|arrow| {
        let time = arrow.time.map(|time| words::seconds(time, ladder.decimals));
        time.unwrap_or_default()
    });
    let time_end = number_end + time * SMALL + if time > 0.0 { 12.0 } else { 0.0 };
    let label = widest(&|arrow| arrow.label.numbered(lang));
    let marks = widest(&|arrow| longest_mark(&arrow.label.marks));
    let label = label.max(marks);
    let drop = match ladder.travel {
        Travel::Within => 0.0,
        Travel::Between { .. } => DROP,
    };
    let mut layout = Layout {
        number_end,
        time_end,
        lanes: Vec::new(),
        labels: None,
        phases: 0.0,
        width: 0.0,
        drop,
    };
    let calls = ladder.items.iter().filter_map(|item| match item {
        Item::Call(call) => Some(call.call.to_string().chars().count()),
        _ => None,
    });
    let calls = count(calls.max().unwrap_or(0)) * CHARACTER;
    if ladder.lanes.len() <= 2 {
        let states = |end: usize| {
            let names = arrows().filter_map(|arrow| arrow.states[end]);
            let longest = names.map(|state| state.name().len()).max();
            count(longest.unwrap_or(0)) * CHARACTER * SMALL
        };
        let names = ladder
            .lanes
            .iter()
            .map(|lane| count(words::lane(lane, lang).chars().count()) * CHARACTER)
            .fold(0.0, f64::max);
        let left = (time_end + 14.0 + states(0) + 8.0).max(MARGIN + names / 2.0);
        let apart = (label + 48.0).max(calls + 30.0).clamp(250.0, 640.0);
        let right = left + apart.max(names + 16.0);
        layout.lanes = vec![left, right];
        layout.width = right + (8.0 + states(1)).max(names / 2.0) + MARGIN;
    } else {
        let first = time_end + LANE / 2.0;
        layout.lanes = (0..ladder.lanes.len())
            .map(|lane| first + count(lane) * LANE)
            .collect();
        let last = layout.lanes.last().copied().unwrap_or(first);
        layout.labels = Some(last + 20.0);
        layout.phases = last + 20.0 + label.max(240.0) + 16.0;
        let phases = widest(&|arrow| {
            arrow
                .phase
                .map_or("", |it| words::band(it, lang))
                .to_owned()
        });
        layout.width = layout.phases + phases.max(calls - label) + MARGIN;
    }
    layout.entitle(&words::heading(ladder, lang));
    layout
}

/// The arrow of an item.
pub(super) fn arrow(item: &Item) -> Option<&Arrow> {
    match item {
        Item::Arrow(arrow) => Some(arrow),
        _ => None,
    }
}

/// Marks one by one, each in its brackets.
pub(super) fn marks(marks: &str) -> impl Iterator<Item = &str> {
    marks
        .split_inclusive(']')
        .map(str::trim)
        .filter(|mark| !mark.is_empty())
}

fn longest_mark(text: &str) -> String {
    let longest = marks(text).max_by_key(|mark| mark.len());
    longest.unwrap_or_default().to_owned()
}

/// A small number as a float.
#[expect(
    clippy::cast_precision_loss,
    reason = "lengths of texts and numbers of lanes are far below 2^52"
)]
pub(super) fn count(count: usize) -> f64 {
    count as f64
}

impl Layout {
    /// Makes room for a heading.
    pub(super) fn entitle(&mut self, heading: &str) {
        let heading = count(heading.chars().count()) * 8.4;
        self.width = self.width.max(heading + 2.0 * MARGIN);
    }

    /// How much height an item takes.
    pub(super) fn room(&self, item: &Item) -> f64 {
        match item {
            Item::Band(_) => BAND,
            Item::Arrow(arrow) => self.height(arrow),
            Item::Call(_) => CALL,
            Item::Gap(gap) if gap.silence => SILENCE,
            Item::Gap(_) | Item::Omitted(_) => PAUSE,
        }
    }

    /// How much height an arrow takes.
    fn height(&self, arrow: &Arrow) -> f64 {
        let above = marks(&arrow.label.marks).count();
        let states = self.labels.is_some() && arrow.fresh.contains(&true);
        count(above + 1 + usize::from(states)) * LINE + 8.0 + self.drop + BELOW
    }
}
