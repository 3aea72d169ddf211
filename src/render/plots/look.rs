//! What each series looks like: a colour, and a shape that says the same without it.

use plotters::style::RGBColor;

use crate::render::svg::Ink;
use crate::report::plots::What;

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A bar for each point, from its lower to its upper end.
    Bars,
    /// A bar for each point with a letter above it.
    Marked(&'static str),
    /// A line that goes on level until the next point.
    Steps,
    /// Dots.
    Dots,
    /// Crosses.
    Crosses,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stroke {
    Plain,
    Thin,
    Bold,
    Dashed,
    Points,
}

/// An ink and a stroke, which travel through plotters as a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pen {
    pub(super) ink: Ink,
    pub(super) stroke: Stroke,
}

const STROKES: [Stroke; 5] = [
    Stroke::Plain,
    Stroke::Thin,
    Stroke::Bold,
    Stroke::Dashed,
    Stroke::Points,
];

impl Pen {
    pub(super) fn new(ink: Ink, stroke: Stroke) -> Pen {
        Pen { ink, stroke }
    }

    /// The colour that stands for it.
    pub(super) fn color(self) -> RGBColor {
        let stroke = STROKES.iter().position(|stroke| *stroke == self.stroke);
        let stroke = u8::try_from(stroke.unwrap_or(0)).unwrap_or(0);
        RGBColor(self.ink.place(), stroke, 0)
    }

    /// What a colour stands for.
    pub(super) fn of((ink, stroke, _): (u8, u8, u8)) -> Pen {
        Pen {
            ink: Ink::at(ink),
            stroke: STROKES
                .get(usize::from(stroke))
                .copied()
                .unwrap_or(Stroke::Plain),
        }
    }

    /// The classes of its stroke in the style sheet.
    pub(super) fn classes(self) -> &'static str {
        match self.stroke {
            Stroke::Plain => "",
            Stroke::Thin => "nl-thin",
            Stroke::Bold => "nl-bold",
            Stroke::Dashed => "nl-dashes",
            Stroke::Points => "nl-points",
        }
    }
}

/// How a series is drawn.
pub(super) fn of(what: What, throughput: bool) -> (Pen, Shape) {
    let (ink, stroke, shape) = match what {
        What::Segment => (Ink::First, Stroke::Bold, Shape::Bars),
        What::Again => (Ink::Alarm, Stroke::Bold, Shape::Marked("R")),
        What::OutOfOrder => (Ink::Alarm, Stroke::Plain, Shape::Marked("O")),
        What::Probe => (Ink::Faint, Stroke::Bold, Shape::Marked("P")),
        What::Sack => (Ink::Special, Stroke::Bold, Shape::Marked("S")),
        What::Acked => (Ink::Second, Stroke::Plain, Shape::Steps),
        What::Window => (Ink::Limit, Stroke::Dashed, Shape::Steps),
        What::Of(0) if throughput => (Ink::First, Stroke::Bold, Shape::Steps),
        What::Of(_) if throughput => (Ink::Second, Stroke::Dashed, Shape::Steps),
        What::Of(0) => (Ink::First, Stroke::Points, Shape::Dots),
        What::Of(_) => (Ink::Second, Stroke::Plain, Shape::Crosses),
    };
    (Pen::new(ink, stroke), shape)
}
