//! What of the table is shown, and in which widths, so that it fits the terminal.
//!
//! Where packets' rows are too wide, they give way in this order: columns whose value is the same
//! in every row, which is said once above; digits of time beyond microseconds; options at the end
//! of Info; the column Length. Then addresses and other texts are cut. Flags, Seq, Ack, Len and
//! the phase stay.

use unicode_width::UnicodeWidthStr;

use super::short;
use super::{Line, RowOptions};
use crate::report::record::{CellKind, Heading};
use crate::text::{Lang, Text};

/// What stands between two columns.
pub(super) const GAP: usize = 1;
/// Info is not made narrower than this for the sake of the other columns.
const LEAST_INFO: usize = 16;
/// A heading is not cut to less than this.
const LEAST_HEADING: usize = 3;
/// No other text column is made narrower than this.
const LEAST_TEXT: usize = 7;
/// The columns that stay even where each row has the same in them.
pub(super) const STAY: [&str; 5] = ["no", "time", "info", "way", "phase"];

/// The widths of one table.
pub(super) struct Layout {
    pub(super) columns: Vec<Column>,
    pub(super) limit: Option<usize>,
    /// Times are shown to the microsecond.
    pub(super) micro: bool,
    /// How many kinds of options Info does without, see [`short::TAIL`].
    pub(super) level: usize,
    /// The widest Info at each level, and the widest core of one.
    pub(super) info: [usize; short::TAIL.len() + 2],
    /// `A → B` where every row goes from A to B as the column `way` says, or back.
    pub(super) pair: Always,
    /// Which kinds of options there were.
    pub(super) options: [bool; short::TAIL.len()],
}

/// One column.
pub(super) struct Column {
    pub(super) width: usize,
    /// The width of the widest cell, without the heading.
    pub(super) cells: usize,
    /// The same of times to the microsecond.
    micro: usize,
    /// Where the terminal is too narrow: cells are cut to this.
    pub(super) cut: Option<usize>,
    /// It is not shown.
    pub(super) hidden: bool,
    /// The value that every row has in it, as far as is known.
    pub(super) always: Always,
    pub(super) right: bool,
    pub(super) kind: CellKind,
    pub(super) id: &'static str,
    pub(super) header: Text,
}

impl Layout {
    /// Columns as wide as their headings.
    pub(super) fn new(options: &RowOptions) -> Self {
        let place = |column: &Heading| Column {
            width: column.header.get(options.lang).width(),
            cells: 0,
            micro: 0,
            cut: None,
            hidden: false,
            always: Always::NotSeen,
            right: column.kind == CellKind::Number,
            kind: column.kind,
            id: column.id,
            header: column.header,
        };
        Self {
            columns: options.headings.iter().map(place).collect(),
            limit: options.width,
            micro: false,
            level: 0,
            info: [0; short::TAIL.len() + 2],
            pair: Always::NotSeen,
            options: [false; short::TAIL.len()],
        }
    }

    /// Widths for rows that are not there yet, from what captures usually hold.
    pub(super) fn guess(&mut self) {
        for place in &mut self.columns {
            let usual = match place.id {
                "no" => 3,
                // Live captures on Linux have nanoseconds.
                "time" => 11,
                "source" | "destination" => 9,
                "info" => 72,
                "protocol" | "length" => 4,
                "way" => 1,
                "phase" => 12,
                _ => 0,
            };
            place.width = place.width.max(usual);
            place.cells = place.cells.max(usual);
            if place.id == "time" {
                place.micro = "1.000000".len();
            }
        }
        // A SYN, ACK and a segment with data, as Linux sends them.
        for (widest, usual) in self.info.iter_mut().zip([116, 81, 73, 62, 46]) {
            *widest = (*widest).max(usual);
        }
        self.options = [true; short::TAIL.len()];
    }

    /// Makes room for a row.
    pub(super) fn grow(&mut self, line: &Line) {
        for (place, cell) in self.columns.iter_mut().zip(line.cells()) {
            let wide = line.width(cell);
            place.cells = place.cells.max(wide);
            place.width = place.width.max(place.cells);
            if place.id == "time" {
                place.micro = place.micro.max(short::time(cell).len());
            }
            if line.call {
                continue;
            }
            if place.id == "info" && self.limit.is_some() {
                let text = String::from_utf8_lossy(cell);
                for (widest, wide) in self.info.iter_mut().zip(short::widths(&text)) {
                    *widest = (*widest).max(wide);
                }
                for (kind, seen) in self.options.iter_mut().enumerate() {
                    *seen |= short::has(&text, kind);
                }
            }
            place.always.see(cell);
        }
        if !line.call {
            let pair = self.pair_of(line);
            self.pair.see(&pair);
        }
    }

    /// Decides what of packets' rows is shown, so that they fit the terminal.
    pub(super) fn decide(&mut self) {
        let packets = self.columns.iter().any(|place| place.id == "info");
        if let Some(limit) = self.limit.filter(|_| packets) {
            let last = short::TAIL.len();
            let mut step = 0;
            while self.needs(step > 1) > limit && step < last + 3 {
                match step {
                    0 => self.hide_what_never_changes(),
                    1 => self.use_microseconds(),
                    _ if step < last + 2 => self.level = self.level.max(step - 1),
                    _ => self.hide("length"),
                }
                step += 1;
            }
            for ids in [&["protocol"][..], &["source", "destination"]] {
                if self.needs_cut() > limit {
                    ids.iter().for_each(|id| self.hide(id));
                }
            }
        }
        self.fit();
    }

    /// What the rows take with Info as it is at this level. Headings may give way to cells.
    fn needs(&self, headings_cut: bool) -> usize {
        let info = self.info.get(self.level).copied().unwrap_or_default();
        self.sum(|place| match place.id {
            "info" => info,
            _ if headings_cut => place.least(),
            _ => place.width,
        })
    }

    /// What the rows take at the least, with every text cut and only the core of Info.
    fn needs_cut(&self) -> usize {
        let core = self.info.last().copied().unwrap_or_default();
        self.sum(|place| match place.id {
            "info" => core,
            id if place.kind == CellKind::Text && !STAY.contains(&id) => {
                place.least().min(LEAST_TEXT)
            }
            _ => place.least(),
        })
    }

    /// The widths of the shown columns and the gaps between them.
    fn sum(&self, width: impl Fn(&Column) -> usize) -> usize {
        let shown = self.columns.iter().filter(|place| !place.hidden);
        let gaps = GAP * shown.clone().count().saturating_sub(1);
        shown.map(width).sum::<usize>() + gaps
    }

    fn hide_what_never_changes(&mut self) {
        for place in &mut self.columns {
            let value = matches!(&place.always, Always::Value(value) if !value.is_empty());
            place.hidden |= value && !STAY.contains(&place.id);
        }
        if matches!(&self.pair, Always::Value(pair) if !pair.is_empty()) {
            self.hide("source");
            self.hide("destination");
        }
    }

    fn use_microseconds(&mut self) {
        self.micro = true;
        for place in self.columns.iter_mut().filter(|place| place.id == "time") {
            place.cells = place.micro;
            place.width = place.micro.max(place.header.get(Lang::En).len());
        }
    }

    fn hide(&mut self, id: &str) {
        for place in self.columns.iter_mut().filter(|place| place.id == id) {
            place.hidden = true;
        }
    }

    /// Makes the table fit the terminal.
    pub(super) fn fit(&mut self) {
        let Some(limit) = self.limit else { return };
        for place in &mut self.columns {
            place.cut = None;
        }
        self.cut_headings(limit);
        let core = self.info.last().copied().unwrap_or_default();
        let stays = |place: &Column| ["info", "way", "phase"].contains(&place.id);
        self.cut_texts(limit, core, |place| !stays(place));
        self.cut_info(limit);
        let info = self.info().map_or(0, Column::shown);
        self.cut_texts(limit, info, |place| place.id != "info");
    }

    /// Cuts the widest of some texts, a column at a time, until Info has `info`.
    fn cut_texts(&mut self, limit: usize, info: usize, which: impl Fn(&Column) -> bool) {
        let gives = |place: &Column| place.kind == CellKind::Text && !place.hidden && which(place);
        while self.others() + info > limit {
            let texts = self.columns.iter().filter(|place| gives(place));
            let Some(widest) = texts.map(Column::shown).max().filter(|w| *w > LEAST_TEXT) else {
                break;
            };
            for place in &mut self.columns {
                if gives(place) && place.shown() == widest {
                    place.cut = Some(widest - 1);
                }
            }
        }
    }

    /// Cuts headings down to their cells where Info, or the whole table, needs the room.
    fn cut_headings(&mut self, limit: usize) {
        let info = self.info.get(self.level).copied().unwrap_or_default();
        if self.others() + info <= limit {
            return;
        }
        // Without Info, a number would lose what it counts.
        let packets = self.info().is_some();
        let gives = |place: &&mut Column| match packets {
            false => place.kind == CellKind::Text,
            true => place.id != "info",
        };
        for place in self.columns.iter_mut().filter(gives) {
            if place.least() < place.width {
                place.cut = Some(place.least());
            }
        }
    }

    fn cut_info(&mut self, limit: usize) {
        let room = limit.saturating_sub(self.others()).max(LEAST_INFO);
        let widest = self.info.get(self.level).copied().unwrap_or_default();
        for place in self.columns.iter_mut().filter(|place| place.id == "info") {
            place.cut = Some(room.min(widest.max(place.header.get(Lang::En).len())));
        }
    }

    /// Lets columns grow before a row that needs it, so that this row fits the terminal too.
    pub(super) fn make_room(&mut self, line: &Line) {
        let mut grown = false;
        for (place, cell) in self.columns.iter_mut().zip(line.cells()) {
            let wide = line.width(cell);
            if place.id == "info" {
                let widest = self
                    .info
                    .get_mut(self.level)
                    .filter(|widest| wide > **widest);
                grown |= widest.map(|widest| *widest = wide).is_some();
            } else if wide > place.width && !place.hidden {
                place.width = wide;
                place.cells = wide;
                grown = true;
            }
        }
        if grown {
            self.fit();
        }
    }

    fn info(&self) -> Option<&Column> {
        self.columns.iter().find(|place| place.id == "info")
    }

    /// What everything but Info takes, gaps included.
    fn others(&self) -> usize {
        self.sum(Column::shown) - self.info().map_or(0, Column::shown)
    }
}

impl Column {
    /// The least width without cutting a cell.
    fn least(&self) -> usize {
        match self.cells {
            0 => self.width,
            cells => cells.max(LEAST_HEADING).min(self.width),
        }
    }
}

/// Whether a column has one value in all rows.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Always {
    NotSeen,
    Value(Vec<u8>),
    Differs,
}

impl Always {
    /// Takes the value of one more row.
    pub(super) fn see(&mut self, cell: &[u8]) {
        match self {
            Always::NotSeen => *self = Always::Value(cell.to_vec()),
            Always::Value(value) if value == cell => {}
            _ => *self = Always::Differs,
        }
    }
}
