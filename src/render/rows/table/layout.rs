//! Widths of the table's columns: they fit the terminal, Info giving way first.

use unicode_width::UnicodeWidthStr;

use super::{Line, RowOptions};
use crate::render::escape;
use crate::report::record::{Heading, Kind};

/// What stands between two columns.
pub(super) const GAP: usize = 1;
/// Info is not made narrower than this for the sake of the other columns.
const LEAST_INFO: usize = 16;
/// While Info has less than this, headings that are wider than their cells give way.
const COMFORTABLE_INFO: usize = 64;
/// A heading is not cut to less than this.
const LEAST_HEADING: usize = 3;
/// No other text column is made narrower than this.
const LEAST_TEXT: usize = 7;

/// The widths of one table.
pub(super) struct Layout {
    columns: Vec<Place>,
    limit: Option<usize>,
}

struct Place {
    width: usize,
    /// The width of the widest cell, without the heading.
    cells: usize,
    /// Where the terminal is too narrow: cells are cut to this.
    cut: Option<usize>,
    right: bool,
    kind: Kind,
    id: &'static str,
}

impl Layout {
    /// Columns as wide as their headings.
    pub(super) fn new(options: &RowOptions) -> Self {
        let place = |column: &Heading| Place {
            width: column.header.get(options.lang).width(),
            cells: 0,
            cut: None,
            right: column.kind == Kind::Number,
            kind: column.kind,
            id: column.id,
        };
        Self {
            columns: options.headings.iter().map(place).collect(),
            limit: options.width,
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
        }
    }

    /// Makes room for a row.
    pub(super) fn grow(&mut self, line: &Line) {
        for (place, cell) in self.columns.iter_mut().zip(line.cells()) {
            place.cells = place.cells.max(line.width(cell));
            place.width = place.width.max(place.cells);
        }
    }

    /// Makes the table fit the terminal.
    pub(super) fn fit(&mut self) {
        let Some(limit) = self.limit else { return };
        for place in &mut self.columns {
            place.cut = None;
        }
        self.cut_headings(limit);
        self.give_way(limit, |place| place.id == "info", LEAST_INFO);
        while self.total() > limit {
            let texts = self
                .columns
                .iter()
                .filter(|p| p.kind == Kind::Text && p.id != "info");
            let Some(widest) = texts.map(Place::shown).max().filter(|w| *w > LEAST_TEXT) else {
                break;
            };
            for place in &mut self.columns {
                if place.kind == Kind::Text && place.id != "info" && place.shown() == widest {
                    place.cut = Some(widest - 1);
                }
            }
        }
    }

    /// Cuts headings down to their cells where Info, or the whole table, needs the room.
    fn cut_headings(&mut self, limit: usize) {
        let info = self
            .columns
            .iter()
            .find(|place| place.id == "info")
            .map_or(0, |it| it.width);
        let others = self.total() - info;
        if others + info.min(COMFORTABLE_INFO) <= limit {
            return;
        }
        // Without Info, a number would lose what it counts.
        let gives = |place: &&mut Place| match info {
            0 => place.kind == Kind::Text,
            _ => place.id != "info",
        };
        for place in self.columns.iter_mut().filter(gives) {
            let least = place.cells.max(LEAST_HEADING);
            if place.cells > 0 && least < place.width {
                place.cut = Some(least);
            }
        }
    }

    fn give_way(&mut self, limit: usize, which: impl Fn(&Place) -> bool, least: usize) {
        let excess = self.total().saturating_sub(limit);
        if let Some(place) = self.columns.iter_mut().find(|place| which(place))
            && (excess > 0 || place.id == "info")
        {
            let room = place.width.saturating_sub(excess).max(least);
            place.cut = Some(room);
        }
    }

    /// Lets columns grow before a row that needs it, so that this row fits the terminal too.
    fn make_room(&mut self, line: &Line) {
        let mut grown = false;
        for (place, cell) in self.columns.iter_mut().zip(line.cells()) {
            let wide = line.width(cell);
            if wide > place.width && place.id != "info" {
                place.width = wide;
                place.cells = wide;
                grown = true;
            }
        }
        if grown {
            self.fit();
        }
    }

    fn total(&self) -> usize {
        let widths: usize = self.columns.iter().map(Place::shown).sum();
        widths + GAP * self.columns.len().saturating_sub(1)
    }

    /// Appends one line. A cell wider than its column is cut where the terminal sets a limit; else
    /// the column grows from here on.
    pub(super) fn write(&mut self, line: &Line, out: &mut Vec<u8>) {
        if line.call
            && let Some(limit) = self.limit
            && self.cuts_info()
        {
            self.write_call(line, limit, out);
            return;
        }
        if self.limit.is_some() && !line.heading {
            self.make_room(line);
        }
        let mut grown = false;
        line.paint.begin(out);
        let (mut start, mut rest) = (0, line.text.as_slice());
        // What stands between two cells, all of it written at once: the padding behind the one, the
        // gap, the padding in front of the other.
        let mut spaces = 0;
        for (place, end) in self.columns.iter_mut().zip(&line.ends) {
            let text = rest;
            let Some((cell, behind)) = text.split_at_checked(*end - start) else {
                break;
            };
            (start, rest) = (*end, behind);
            let wide = match place.kind {
                Kind::Number if line.plain => cell.len(),
                _ => line.width(cell),
            };
            let room = place.shown();
            if wide > room {
                if place.cut.is_some() && (place.kind == Kind::Text || line.heading) {
                    pad(spaces, out);
                    line.paint.cell(place.id, cut(cell, room).as_bytes(), out);
                    spaces = GAP;
                    continue;
                }
                place.width = place.width.max(wide);
                place.cells = place.cells.max(wide);
                place.cut = None;
                grown = true;
            }
            let padding = place.shown().saturating_sub(wide);
            let (before, after) = match place.right {
                true => (padding, 0),
                false => (0, padding),
            };
            pad(spaces + before, out);
            match line.paint.is_plain() {
                true => copy(cell, text, out),
                false => line.paint.cell(place.id, cell, out),
            }
            spaces = after + GAP;
        }
        trim(out);
        line.paint.end(out);
        out.push(b'\n');
        if grown {
            self.fit();
        }
    }

    /// Whether the terminal leaves less room for Info than it needs.
    fn cuts_info(&self) -> bool {
        let info = self.columns.iter().find(|place| place.id == "info");
        info.is_some_and(|place| place.shown() < place.width)
    }

    /// Appends the line of a call where room is scarce: what it has no value for gives its room
    /// away, from the first text on.
    fn write_call(&self, line: &Line, limit: usize, out: &mut Vec<u8>) {
        line.paint.begin(out);
        let mut used = 0;
        let mut close_up = false;
        for (place, cell) in self.columns.iter().zip(line.cells()) {
            close_up |= cell.is_empty() && place.kind == Kind::Text;
            if close_up && cell.is_empty() {
                continue;
            }
            if used > 0 {
                out.extend_from_slice(&[b' '; GAP]);
                used += GAP;
            }
            let mut wide = line.width(cell);
            let (room, padding) = match close_up {
                true => (limit.saturating_sub(used), 0),
                false => (place.shown(), place.shown().saturating_sub(wide)),
            };
            if place.right {
                pad(padding, out);
            }
            if wide > room && place.kind == Kind::Text {
                out.extend_from_slice(cut(cell, room).as_bytes());
                wide = room;
            } else {
                out.extend_from_slice(cell);
            }
            if !place.right {
                pad(padding, out);
            }
            used += wide + padding;
        }
        trim(out);
        line.paint.end(out);
        out.push(b'\n');
    }
}

impl Place {
    /// The width in use.
    fn shown(&self) -> usize {
        self.cut.unwrap_or(self.width)
    }
}

/// Appends a cell, with which `rest` begins: a short one in a piece of a fixed size, which
/// needs no call.
#[inline]
fn copy(cell: &[u8], rest: &[u8], out: &mut Vec<u8>) {
    match rest.first_chunk::<16>() {
        Some(piece) if cell.len() <= piece.len() => {
            let end = out.len() + cell.len();
            out.extend_from_slice(piece);
            out.truncate(end);
        }
        _ => out.extend_from_slice(cell),
    }
}

fn pad(count: usize, out: &mut Vec<u8>) {
    // In pieces of a fixed size, which need no call.
    let end = out.len() + count;
    while out.len() < end {
        out.extend_from_slice(&[b' '; 16]);
    }
    out.truncate(end);
}

/// Takes away the spaces at the end of a line.
fn trim(out: &mut Vec<u8>) {
    while out.last() == Some(&b' ') {
        out.pop();
    }
}

impl Line {
    /// The width of a cell in terminal columns.
    fn width(&self, cell: &[u8]) -> usize {
        if self.plain {
            return escape::harmless_width(cell);
        }
        std::str::from_utf8(cell).map_or(cell.len(), UnicodeWidthStr::width)
    }
}

/// The beginning of a cell that fits `room`, with an ellipsis for the rest.
fn cut(cell: &[u8], room: usize) -> String {
    use unicode_width::UnicodeWidthChar;
    let text = String::from_utf8_lossy(cell);
    let mut out = String::new();
    let mut used = 1;
    for character in text.chars() {
        used += character.width().unwrap_or(0);
        if used > room {
            break;
        }
        out.push(character);
    }
    out.push('…');
    out
}
