//! plotters' drawing backend for SVG. Lines of one look that follow each other become one path.

use std::convert::Infallible;
use std::fmt::Write;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use super::look::{Pen, Stroke};
use crate::render::svg::{Anchor, CHARACTER, Ink, Svg};

/// The least length in pixels of a bar that has to be seen.
const LEAST: i32 = 6;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// A part of a picture, from its upper left corner.
pub(super) struct Paper<'a> {
    svg: &'a mut Svg,
    at: (f64, f64),
    size: (u32, u32),
    /// Path data that is not written yet, and its pen.
    data: String,
    pen: Option<Pen>,
}

impl<'a> Paper<'a> {
    pub(super) fn new(svg: &'a mut Svg, at: (f64, f64), size: (u32, u32)) -> Paper<'a> {
        Paper {
            svg,
            at,
            size,
            data: String::new(),
            pen: None,
        }
    }

    fn place(&self, (x, y): BackendCoord) -> (f64, f64) {
        (self.at.0 + f64::from(x), self.at.1 + f64::from(y))
    }

    /// Makes `pen` the one that path data is collected for.
    fn take(&mut self, pen: Pen) {
        if self.pen != Some(pen) {
            self.write();
            self.pen = Some(pen);
        }
    }

    fn write(&mut self) {
        if let Some(pen) = self.pen.take()
            && !self.data.is_empty()
        {
            self.svg.drawn(&self.data, pen.ink, pen.classes());
        }
        self.data.clear();
    }

    fn step(&mut self, letter: char, point: BackendCoord) {
        let (x, y) = self.place(point);
        let _ = write!(self.data, "{letter}{x} {y}");
    }
}

impl Drop for Paper<'_> {
    fn drop(&mut self) {
        self.write();
    }
}

fn pen<S: BackendStyle>(style: &S) -> Pen {
    Pen::of(style.color().rgb)
}

impl DrawingBackend for Paper<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        self.write();
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.take(Pen::of(color.rgb));
        self.step('M', point);
        self.data.push_str("h1");
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let pen = pen(style);
        self.take(pen);
        let mut points: Vec<BackendCoord> = path.into_iter().collect();
        if let (Stroke::Seen, [(_, low), (_, high)]) = (pen.stroke, &mut points[..]) {
            let missing = LEAST - (*low - *high).abs();
            if missing > 0 {
                *low += missing / 2;
                *high -= missing - missing / 2;
            }
        }
        let mut before = None;
        for (place, point) in points.into_iter().enumerate() {
            // What moves by no pixel is not seen, but for a bar that is a point.
            if before == Some(point) && place > 1 {
                continue;
            }
            let letter = if place == 0 { 'M' } else { 'L' };
            self.step(letter, point);
            before = Some(point);
        }
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        self.write();
        let at = self.place(upper_left);
        let end = self.place(bottom_right);
        // However short a span is, it is seen.
        let size = ((end.0 - at.0).max(1.0), end.1 - at.1);
        self.svg.area(at, size, pen(style).ink);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        _radius: u32,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        self.take(Pen::new(pen(style).ink, Stroke::Points));
        self.step('M', center);
        self.data.push_str("h0");
        Ok(())
    }

    fn draw_text<TStyle: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &TStyle,
        point: BackendCoord,
    ) -> Drawn {
        self.write();
        let ink = Pen::of(style.color().rgb).ink;
        let (x, y) = self.place(point);
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        let y = match style.anchor().v_pos {
            VPos::Top => y + 10.0,
            VPos::Center => y + 4.0,
            VPos::Bottom => y - 3.0,
        };
        let classes = if ink == Ink::Faint {
            "nl-small"
        } else {
            // Lines go on behind it.
            "nl-small nl-name nl-halo"
        };
        self.svg.text((x, y), anchor, ink, classes, text);
        Ok(())
    }

    fn estimate_text_size<TStyle: BackendTextStyle>(
        &self,
        text: &str,
        _style: &TStyle,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let characters = u32::try_from(text.chars().count()).unwrap_or(0);
        let width = (f64::from(characters) * CHARACTER).ceil();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the width of a text is a small positive number"
        )]
        Ok((width as u32, 13))
    }
}
