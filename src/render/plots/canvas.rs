//! plotters' drawing backend for characters: eight dots in each, as Braille letters have them.

use std::convert::Infallible;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    rasterizer,
};

use super::look::{Pen, Stroke};
use crate::render::svg::Ink;
use crate::render::terminal::{Line, Look};

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// The dots of a character across and down.
pub(super) const DOTS: (u32, u32) = (2, 4);

/// A grid of characters.
pub(super) struct Grid {
    columns: u32,
    cells: Vec<Cell>,
    ascii: bool,
    /// Dots drawn so far of a dashed line.
    dash: u32,
}

#[derive(Clone, Copy, Default)]
struct Cell {
    /// Braille dots, as bits of the letter.
    dots: u8,
    ink: Option<Ink>,
    /// A ground that lies behind the dots.
    ground: bool,
    letter: Option<char>,
}

impl Grid {
    /// An empty grid of so many characters.
    pub(super) fn new(columns: u32, rows: u32, ascii: bool) -> Grid {
        let count = usize::try_from(columns.saturating_mul(rows)).unwrap_or(0);
        Grid {
            columns,
            cells: vec![Cell::default(); count],
            ascii,
            dash: 0,
        }
    }

    fn rows(&self) -> u32 {
        let count = u32::try_from(self.cells.len()).unwrap_or(0);
        count.checked_div(self.columns).unwrap_or(0)
    }

    fn cell(&mut self, column: i32, row: i32) -> Option<&mut Cell> {
        let column = u32::try_from(column).ok().filter(|it| *it < self.columns)?;
        let row = u32::try_from(row).ok()?;
        let place = row.checked_mul(self.columns)?.checked_add(column)?;
        self.cells.get_mut(usize::try_from(place).ok()?)
    }

    /// The lines of the grid.
    pub(super) fn lines(&self) -> Vec<Line> {
        let columns = usize::try_from(self.columns).unwrap_or(1).max(1);
        let rows = self.cells.chunks(columns);
        rows.map(|row| {
            let mut line = Line::default();
            for (column, cell) in row.iter().enumerate() {
                let (character, look) = self.shown(cell);
                if character != ' ' {
                    line.set(column, character, look);
                }
            }
            line
        })
        .collect()
    }

    fn shown(&self, cell: &Cell) -> (char, Look) {
        let ink = cell.ink.unwrap_or(Ink::Text);
        if let Some(letter) = cell.letter {
            return (letter, look(ink));
        }
        match (cell.dots, cell.ground) {
            (0, false) => (' ', Look::Plain),
            (0, true) => (if self.ascii { ':' } else { '░' }, Look::Faint),
            (dots, _) if self.ascii => (plain(ink, dots), look(ink)),
            (dots, _) => {
                let braille = char::from_u32(0x2800 + u32::from(dots));
                (braille.unwrap_or('?'), look(ink))
            }
        }
    }
}

/// The sign of a cell in ASCII: by what it shows.
fn plain(ink: Ink, dots: u8) -> char {
    // The left and the right column of dots.
    let upright = dots & 0x47 == 0x47 || dots & 0xb8 == 0xb8;
    match ink {
        Ink::Rule if upright => '|',
        Ink::Rule => '-',
        Ink::First => '#',
        Ink::Second => '.',
        Ink::Limit => '=',
        Ink::Alarm | Ink::Special | Ink::Faint => '|',
        _ => '*',
    }
}

fn look(ink: Ink) -> Look {
    match ink {
        Ink::First => Look::First,
        Ink::Second => Look::Second,
        Ink::Limit => Look::Limit,
        Ink::Alarm => Look::Mark,
        Ink::Special => Look::Call,
        Ink::Rule | Ink::Faint => Look::Faint,
        _ => Look::Plain,
    }
}

/// The bit of a dot in a Braille letter (Unicode 15, chapter 21.1: dots 1 to 8).
fn bit(across: i32, down: i32) -> u8 {
    const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
    let row = usize::try_from(down.rem_euclid(4)).unwrap_or(0);
    let column = usize::try_from(across.rem_euclid(2)).unwrap_or(0);
    BITS[row][column]
}

impl DrawingBackend for &mut Grid {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (self.columns * DOTS.0, self.rows() * DOTS.1)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        let pen = Pen::of(color.rgb);
        if pen.stroke == Stroke::Dashed {
            self.dash += 1;
            if self.dash % 4 > 1 {
                return Ok(());
            }
        }
        if let Some(cell) = self.cell(x.div_euclid(2), y.div_euclid(4)) {
            cell.dots |= bit(x, y);
            cell.ink = Some(pen.ink);
        }
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        if !fill {
            return rasterizer::draw_rect(self, (left, top), (right, bottom), style, false);
        }
        for row in top.div_euclid(4)..=bottom.div_euclid(4) {
            for column in left.div_euclid(2)..=right.div_euclid(2) {
                if let Some(cell) = self.cell(column, row) {
                    cell.ground = true;
                }
            }
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        _radius: u32,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        let ink = Pen::of(style.color().rgb).ink;
        if let Some(cell) = self.cell(x.div_euclid(2), y.div_euclid(4)) {
            cell.letter = Some('o');
            cell.ink = Some(ink);
        }
        Ok(())
    }

    fn draw_text<TStyle: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &TStyle,
        (x, y): BackendCoord,
    ) -> Drawn {
        let ink = Pen::of(style.color().rgb).ink;
        let len = i32::try_from(text.chars().count()).unwrap_or(0);
        let column = x.div_euclid(2)
            - match style.anchor().h_pos {
                HPos::Left => 0,
                HPos::Center => len / 2,
                HPos::Right => len,
            };
        let row = match style.anchor().v_pos {
            VPos::Top | VPos::Center => y.div_euclid(4),
            VPos::Bottom => y.div_euclid(4) - 1,
        };
        for (offset, character) in text.chars().enumerate() {
            let offset = i32::try_from(offset).unwrap_or(0);
            if let Some(cell) = self.cell(column + offset, row.max(0)) {
                cell.letter = Some(character);
                cell.ink = Some(ink);
            }
        }
        Ok(())
    }

    fn estimate_text_size<TStyle: BackendTextStyle>(
        &self,
        text: &str,
        _style: &TStyle,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let characters = u32::try_from(text.chars().count()).unwrap_or(0);
        Ok((characters * DOTS.0, DOTS.1))
    }
}
