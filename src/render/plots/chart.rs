//! One panel, drawn with plotters on whatever backend: axes with ticks, spans, series, letters.

use std::error::Error;

use plotters::chart::{ChartBuilder, ChartContext, LabelAreaPosition};
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, Cross, PathElement, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, IntoFont, IntoTextStyle, ShapeStyle, TextStyle};
use plotters_backend::DrawingBackend;

use super::look::{self, Pen, Shape, Stroke};
use crate::render::svg::Ink;
use crate::report::plots::{Mark, Panel, Series, Unit};
use crate::text::{Lang, quantity};

/// The room around the axes, in the backend's points, and how it is filled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'a> {
    /// Left of the axes, for the numbers.
    pub(super) left: u32,
    /// Below them.
    pub(super) bottom: u32,
    /// Right of them, for half of the last number.
    pub(super) right: u32,
    /// Above them.
    pub(super) top: u32,
    /// About how many ticks.
    pub(super) ticks: (usize, usize),
    /// The height of a letter.
    pub(super) letter: u32,
    /// Lines of a grid.
    pub(super) grid: bool,
    /// Half the width of a dot or a cross.
    pub(super) dot: u32,
    /// What is written into the span of a zero window.
    pub(super) zero_window: &'a str,
    /// The language of the numbers at the ticks.
    pub(super) lang: Lang,
}

/// A span has its name in it where it is at least this part of the time axis.
const NAMED: f64 = 0.2;

/// Letters of a series stand this part of the time axis apart or more; those between are left out,
/// since they would cover each other.
const APART: f64 = 1.0 / 64.0;

type Chart<'a, DB> = ChartContext<'a, DB, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// Draws a panel. Neither of our backends fails; what plotters finds wrong leaves a part undrawn.
pub(super) fn draw<DB: DrawingBackend>(backend: DB, panel: &Panel, frame: &Frame<'_>)
where
    DB::ErrorType: 'static,
{
    let _: Result<(), Box<dyn Error>> = attempt(backend, panel, frame);
}

fn attempt<DB: DrawingBackend>(
    backend: DB,
    panel: &Panel,
    frame: &Frame<'_>,
) -> Result<(), Box<dyn Error>>
where
    DB::ErrorType: 'static,
{
    let area = backend.into_drawing_area();
    let mut chart = ChartBuilder::on(&area)
        .margin_top(frame.top)
        .margin_right(frame.right)
        .set_label_area_size(LabelAreaPosition::Left, frame.left)
        .set_label_area_size(LabelAreaPosition::Bottom, frame.bottom)
        .build_cartesian_2d(beyond(panel.x), panel.y[0]..panel.y[1])?;
    for [since, until] in &panel.zero_windows {
        let corners = [(*since, panel.y[0]), (*until, panel.y[1])];
        let style = Pen::new(Ink::Abort, Stroke::Plain).color().filled();
        chart.draw_series([Rectangle::new(corners, style)])?;
    }
    mesh(&mut chart, panel, frame)?;
    for [since, until] in &panel.zero_windows {
        if until - since >= NAMED * (panel.x[1] - panel.x[0]) {
            let at = (f64::midpoint(*since, *until), panel.y[1]);
            let style = letter(Ink::Alarm, frame, HPos::Center, VPos::Top);
            chart.draw_series([Text::new(frame.zero_window.to_owned(), at, style)])?;
        }
    }
    let throughput = panel.unit == Unit::BitsPerSecond;
    for series in &panel.series {
        draw_series(&mut chart, series, panel, frame, throughput)?;
    }
    for flag in &panel.flags {
        let inside = |value: f64, [low, high]: [f64; 2]| low <= value && value <= high;
        if inside(flag.x, panel.x) && inside(flag.y, panel.y) {
            let late = flag.x > panel.x[0] + 0.9 * (panel.x[1] - panel.x[0]);
            // Beside its point, where a letter may stand.
            let (side, name) = match late {
                true => (HPos::Right, format!("{} ", flag.name)),
                false => (HPos::Left, format!(" {}", flag.name)),
            };
            let style = letter(Ink::Text, frame, side, VPos::Bottom);
            chart.draw_series([Text::new(name, (flag.x, flag.y), style)])?;
        }
    }
    area.present()?;
    Ok(())
}

fn mesh<DB: DrawingBackend>(
    chart: &mut Chart<'_, DB>,
    panel: &Panel,
    frame: &Frame<'_>,
) -> Drawn<DB> {
    let digits = decimals(panel.x[1] - panel.x[0]);
    let numbers = letter(Ink::Faint, frame, HPos::Right, VPos::Center);
    let lang = frame.lang;
    let time = move |x: &f64| lang.decimal(format!("{x:.digits$}"));
    let value = |y: &f64| amount(*y, panel.unit, lang);
    let mut mesh = chart.configure_mesh();
    mesh.x_labels(frame.ticks.0)
        .y_labels(frame.ticks.1)
        .x_label_formatter(&time)
        .y_label_formatter(&value)
        .label_style(numbers)
        .axis_style(Pen::new(Ink::Rule, Stroke::Thin).color())
        .max_light_lines(0)
        .bold_line_style(Pen::new(Ink::Grid, Stroke::Thin).color());
    if !frame.grid {
        mesh.disable_mesh();
    }
    mesh.draw()
}

fn draw_series<DB: DrawingBackend>(
    chart: &mut Chart<'_, DB>,
    series: &Series,
    panel: &Panel,
    frame: &Frame<'_>,
    throughput: bool,
) -> Drawn<DB> {
    let (pen, shape) = look::of(series.what, throughput);
    let color = pen.color();
    let style = ShapeStyle::from(&color);
    let marks = &series.marks;
    match shape {
        Shape::Steps => {
            let line = PathElement::new(steps(marks, panel.x[1]), style);
            chart.draw_series([line])?;
        }
        Shape::Dots => {
            let dot = |mark: &Mark| Circle::new((mark.x, mark.low), frame.dot, color.filled());
            chart.draw_series(marks.iter().map(dot))?;
        }
        Shape::Crosses => {
            let cross = |mark: &Mark| Cross::new((mark.x, mark.low), frame.dot, style);
            chart.draw_series(marks.iter().map(cross))?;
        }
        Shape::Bars | Shape::Marked(_) => {
            let bar =
                |mark: &Mark| PathElement::new([(mark.x, mark.low), (mark.x, mark.high)], style);
            chart.draw_series(marks.iter().map(bar))?;
        }
    }
    if let Shape::Marked(name) = shape {
        let style = letter(pen.ink, frame, HPos::Center, VPos::Bottom);
        let apart = APART * (panel.x[1] - panel.x[0]);
        let mut before = f64::NEG_INFINITY;
        for mark in marks {
            if mark.x - before >= apart {
                before = mark.x;
                chart.draw_series([Text::new(name, (mark.x, mark.high), style.clone())])?;
            }
        }
    }
    Ok(())
}

fn letter(ink: Ink, frame: &Frame<'_>, h_pos: HPos, v_pos: VPos) -> TextStyle<'static> {
    let color = Pen::new(ink, Stroke::Plain).color();
    let style = ("monospace", frame.letter).into_font().color(&color);
    // The size of the parent only matters for sizes in per cent.
    style.into_text_style(&(1, 1)).pos(Pos::new(h_pos, v_pos))
}

/// The corners of a line that goes on level until the next point, and to the end.
fn steps(marks: &[Mark], end: f64) -> Vec<(f64, f64)> {
    let mut corners: Vec<(f64, f64)> = Vec::with_capacity(2 * marks.len());
    for mark in marks {
        if let Some((_, before)) = corners.last().copied() {
            corners.push((mark.x, before));
        }
        corners.push((mark.x, mark.low));
    }
    if let Some((x, last)) = corners.last().copied()
        && x < end
    {
        corners.push((end, last));
    }
    corners
}

/// A little more than a range, so that what happens at its ends stands apart from the axis.
fn beyond([from, to]: [f64; 2]) -> std::ops::Range<f64> {
    let more = 0.02 * (to - from);
    from - more..to + more
}

/// How many decimals the ticks of a span of seconds need.
fn decimals(span: f64) -> usize {
    let mut digits = 0;
    let mut tick = span / 8.0;
    while tick < 1.0 && digits < 9 {
        tick *= 10.0;
        digits += 1;
    }
    digits
}

/// The number at a tick.
fn amount(value: f64, unit: Unit, lang: Lang) -> String {
    match unit {
        Unit::Bytes if value.abs() < 1e6 => format!("{value:.0}"),
        Unit::Bytes => quantity::tick(value, "", lang).trim_end().to_owned(),
        Unit::Seconds => quantity::tick(value, "s", lang),
        Unit::BitsPerSecond => quantity::tick(value, "bit/s", lang),
    }
}

#[cfg(test)]
mod tests {
    use super::{decimals, steps};
    use crate::report::plots::Mark;

    #[test]
    fn ticks_have_the_decimals_that_tell_them_apart() {
        let shown: Vec<usize> = [100.0, 10.0, 4.0, 0.9, 0.0149, 0.00065]
            .into_iter()
            .map(decimals)
            .collect();
        assert_eq!(shown, [0, 0, 1, 1, 3, 5]);
    }

    #[test]
    fn a_line_of_steps_stays_level_until_the_next_point() {
        let mark = |x, y| Mark {
            frame: 1,
            x,
            low: y,
            high: y,
        };
        assert_eq!(
            steps(&[mark(0.0, 1.0), mark(2.0, 5.0)], 3.0),
            [(0.0, 1.0), (2.0, 1.0), (2.0, 5.0), (3.0, 5.0)]
        );
        assert!(steps(&[], 3.0).is_empty());
    }
}
