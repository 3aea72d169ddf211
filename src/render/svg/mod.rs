//! SVG, element by element: text that can be selected, no scripts, no fonts from elsewhere.

mod palette;

pub use palette::{Ink, colours};

use std::fmt::Write;

use super::xml::escaped;
use crate::text::Lang;

/// The width of a character of 13 pixels in the fonts of the style sheet, in pixels; a little more
/// than any of them needs.
pub const CHARACTER: f64 = 7.9;

/// Where a text stands against its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// A picture that is being written. Coordinates are pixels from its upper left corner.
#[derive(Debug, Default)]
pub struct Svg {
    out: String,
}

/// How a text looks: classes of the style sheet beside its ink.
pub type Classes = &'static str;

impl Svg {
    /// Begins a picture with what it shows in one line, and at more length for those who do not
    /// see it.
    pub fn begin(size: (f64, f64), title: &str, description: &str, lang: Lang) -> Svg {
        let tag = match lang {
            Lang::En => "en",
            Lang::PtBr => "pt-BR",
        };
        let (width, height) = (number(size.0), number(size.1));
        let mut out = String::new();
        let _ = write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"nl\" width=\"{width}\" \
             height=\"{height}\" viewBox=\"0 0 {width} {height}\" xml:lang=\"{tag}\" lang=\"{tag}\" \
             role=\"graphics-document document\" aria-label=\"{}\">",
            escaped(title)
        );
        let _ = write!(
            out,
            "<title>{}</title><desc>{}</desc>",
            escaped(title),
            escaped(description)
        );
        palette::style(&mut out);
        out.push('\n');
        let mut svg = Svg { out };
        svg.area((0.0, 0.0), size, Ink::Ground);
        svg
    }

    /// Ends it.
    pub fn end(mut self) -> String {
        self.out.push_str("</svg>\n");
        self.out
    }

    /// Opens a group with a sentence about it, which is also shown where the pointer rests.
    pub fn open(&mut self, sentence: &str) {
        let _ = write!(
            self.out,
            "<g role=\"img\"><title>{}</title>",
            escaped(sentence)
        );
    }

    /// Closes a group.
    pub fn close(&mut self) {
        self.out.push_str("</g>\n");
    }

    /// A text, its point at the base line.
    pub fn text(&mut self, at: (f64, f64), anchor: Anchor, ink: Ink, classes: Classes, text: &str) {
        self.turned(at, 0.0, (anchor, ink, classes), text);
    }

    /// A text turned by `degrees` around its point.
    pub fn turned(
        &mut self,
        at: (f64, f64),
        degrees: f64,
        (anchor, ink, classes): (Anchor, Ink, Classes),
        text: &str,
    ) {
        if text.is_empty() {
            return;
        }
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " nl-mid",
            Anchor::End => " nl-end",
        };
        let (x, y) = (number(at.0), number(at.1));
        let _ = write!(self.out, "<text x=\"{x}\" y=\"{y}\"");
        if degrees != 0.0 {
            let _ = write!(self.out, " transform=\"rotate({degrees:.2} {x} {y})\"");
        }
        let space = if classes.is_empty() { "" } else { " " };
        let _ = write!(
            self.out,
            " class=\"{}{space}{classes}{anchor}\">{}</text>",
            ink.class(),
            escaped(text)
        );
    }

    /// A line through points, or, with `closed`, a filled shape.
    pub fn path(&mut self, points: &[(f64, f64)], closed: bool, ink: Ink, classes: Classes) {
        if points.is_empty() {
            return;
        }
        self.out.push_str("<path d=\"");
        for (place, (x, y)) in points.iter().enumerate() {
            let step = if place == 0 { 'M' } else { 'L' };
            let _ = write!(self.out, "{step}{} {}", number(*x), number(*y));
        }
        if closed {
            self.out.push('Z');
        }
        let line = if closed { "" } else { " nl-line" };
        let space = if classes.is_empty() { "" } else { " " };
        let _ = write!(
            self.out,
            "\" class=\"{}{line}{space}{classes}\"/>",
            ink.class()
        );
    }

    /// A line as the data of a path.
    pub fn drawn(&mut self, data: &str, ink: Ink, classes: Classes) {
        let space = if classes.is_empty() { "" } else { " " };
        let _ = writeln!(
            self.out,
            "<path d=\"{}\" class=\"{} nl-line{space}{classes}\"/>",
            escaped(data),
            ink.class()
        );
    }

    /// A filled rectangle.
    pub fn area(&mut self, at: (f64, f64), size: (f64, f64), ink: Ink) {
        let _ = writeln!(
            self.out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" class=\"{}\"/>",
            number(at.0),
            number(at.1),
            number(size.0.max(0.0)),
            number(size.1.max(0.0)),
            ink.class()
        );
    }

    /// A filled circle.
    pub fn dot(&mut self, at: (f64, f64), radius: f64, ink: Ink) {
        let _ = write!(
            self.out,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" class=\"{}\"/>",
            number(at.0),
            number(at.1),
            number(radius),
            ink.class()
        );
    }
}

/// Several pictures below each other in one. Each is an SVG with its height and width in pixels.
pub fn stacked(pictures: &[(f64, f64, String)], lang: Lang, title: &str, note: &str) -> String {
    let width = pictures.iter().map(|it| it.0).fold(0.0, f64::max);
    let below = if note.is_empty() { 0.0 } else { 30.0 };
    let height: f64 = pictures.iter().map(|it| it.1).sum::<f64>() + below;
    let mut svg = Svg::begin((width, height), title, note, lang);
    let mut y = 0.0;
    for (_, own, picture) in pictures {
        let _ = write!(svg.out, "<g transform=\"translate(0 {})\">", number(y));
        svg.out.push_str(picture);
        svg.out.push_str("</g>\n");
        y += own;
    }
    svg.text(
        (16.0, y + 14.0),
        Anchor::Start,
        Ink::Faint,
        "nl-words",
        note,
    );
    svg.end()
}

/// A coordinate with at most one decimal.
fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    match text.strip_suffix(".0") {
        Some("-0") => "0".to_owned(),
        Some(whole) => whole.to_owned(),
        None => text,
    }
}
