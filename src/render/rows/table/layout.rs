//! Writes the table's lines, each cell in the width of its column.

use super::Line;
use super::fit::{Column, GAP, Layout};
use super::short;
use crate::report::record::CellKind;

impl Layout {
    /// Appends one line. A cell wider than its column is cut where the terminal sets a limit; else
    /// the column grows from here on.
    pub(super) fn write(&mut self, line: &Line, out: &mut Vec<u8>) {
        if let Some(limit) = self.limit
            && !line.heading
        {
            let mut line = line.clone();
            self.shorten(&mut line);
            match line.call && self.cuts_info() {
                true => self.write_call(&line, limit, out),
                false => {
                    self.make_room(&line);
                    self.shorten_info(&mut line);
                    self.write_cells(&line, out);
                }
            }
            return;
        }
        self.write_cells(line, out);
    }

    fn write_cells(&mut self, line: &Line, out: &mut Vec<u8>) {
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
            if place.hidden {
                continue;
            }
            let wide = match place.kind {
                CellKind::Number if line.plain => cell.len(),
                _ => line.width(cell),
            };
            let room = place.shown();
            if wide > room {
                if place.cut.is_some() && (place.kind == CellKind::Text || line.heading) {
                    pad(spaces, out);
                    line.paint
                        .cell(place.id, short::cut(cell, room).as_bytes(), out);
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

    /// Takes from a line what is not shown of any.
    fn shorten(&self, line: &mut Line) {
        for place in 0..self.columns.len() {
            let Some(column) = self.columns.get(place) else {
                break;
            };
            if column.hidden {
                line.replace(place, &[]);
            } else if column.id == "time" && self.micro {
                let time = short::time(line.cell(place)).to_vec();
                line.replace(place, &time);
            } else if column.id == "info" && self.level > 0 && !line.call {
                self.shorten_cell(line, place, usize::MAX);
            }
        }
    }

    /// Makes the Info of a line as short as its column.
    fn shorten_info(&self, line: &mut Line) {
        let place = self.columns.iter().position(|place| place.id == "info");
        if let Some(place) = place
            && let Some(room) = self.columns.get(place).and_then(|it| it.cut)
            && !line.call
        {
            self.shorten_cell(line, place, room);
        }
    }

    fn shorten_cell(&self, line: &mut Line, place: usize, room: usize) {
        let text = String::from_utf8_lossy(line.cell(place)).into_owned();
        let short = short::info(&text, self.level, room);
        if short != text {
            line.plain = false;
            line.replace(place, short.as_bytes());
        }
    }

    /// Appends the line of a call where room is scarce: what it has no value for gives its room
    /// away, from the first text on.
    fn write_call(&self, line: &Line, limit: usize, out: &mut Vec<u8>) {
        line.paint.begin(out);
        let mut used = 0;
        let mut close_up = false;
        let places = self.columns.iter().zip(line.cells());
        for (place, cell) in places.filter(|(place, _)| !place.hidden) {
            close_up |= cell.is_empty() && place.kind == CellKind::Text;
            if close_up && cell.is_empty() {
                continue;
            }
            if used > 0 {
                out.extend_from_slice(&[b' '; GAP]);
                used += GAP;
            }
            let mut wide = line.width(cell);
            let (room, padding) = match close_up || place.id == "info" {
                true => (limit.saturating_sub(used), 0),
                false => (place.shown(), place.shown().saturating_sub(wide)),
            };
            if place.right {
                pad(padding, out);
            }
            if wide > room && place.kind == CellKind::Text {
                out.extend_from_slice(short::cut(cell, room).as_bytes());
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

    /// Whether the terminal leaves less room for Info than it needs.
    fn cuts_info(&self) -> bool {
        let info = self.columns.iter().find(|place| place.id == "info");
        info.is_some_and(|place| self.level > 0 || place.shown() < place.width)
    }
}

impl Column {
    /// The width in use.
    pub(super) fn shown(&self) -> usize {
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
