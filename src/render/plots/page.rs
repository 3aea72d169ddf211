//! A plot as SVG: headings, panels, legend, facts.

use super::chart::{self, Frame};
use super::look::{self, Pen, Shape};
use super::paper::Paper;
use crate::render::svg::{Anchor, Ink, Svg, stacked};
use crate::report::plots::{Panel, Plot, PlotKind, Plots, words};
use crate::text::Lang;

/// The whole width in pixels.
const WIDTH: u32 = 760;
/// The height of a panel's axes with their numbers.
const AXES: u32 = 300;
const MARGIN: f64 = 16.0;
const LINE: f64 = 18.0;
/// The width of a character of words and of a heading, a little more than any font needs.
const LETTER: f64 = 6.9;
const HEADING: f64 = 8.9;

/// A plot as a whole SVG document of its own, which can also stand inside HTML.
pub fn svg(plot: &Plot, lang: Lang) -> String {
    sized(plot, lang).2
}

/// All plots below each other in one SVG document, and what is not plotted.
pub fn document(plots: &Plots, lang: Lang) -> String {
    let others = words::others(plots, lang);
    if let ([only], None) = (&plots.plots[..], &others) {
        return svg(only, lang);
    }
    let pictures: Vec<_> = plots.plots.iter().map(|plot| sized(plot, lang)).collect();
    let kind = plots
        .plots
        .first()
        .map_or(PlotKind::Sequence, |plot| plot.kind);
    let title = words::kind(kind, lang);
    stacked(&pictures, lang, title, &others.unwrap_or_default())
}

/// One thing on the page, from top to bottom.
enum Part<'a> {
    Words(String, Ink, &'static str),
    Axes(&'a Panel),
    /// Entries of a legend in one line.
    Legend(Vec<(Option<(Pen, Shape)>, String)>),
    Space,
}

impl Part<'_> {
    fn height(&self) -> f64 {
        match self {
            Part::Words(..) | Part::Legend(_) => LINE,
            Part::Axes(_) => f64::from(AXES),
            Part::Space => 10.0,
        }
    }
}

/// Width, height, picture.
fn sized(plot: &Plot, lang: Lang) -> (f64, f64, String) {
    let parts = parts(plot, lang);
    let height = parts.iter().map(Part::height).sum::<f64>() + 2.0 * MARGIN;
    let size = (f64::from(WIDTH), height);
    let mut svg = Svg::begin(
        size,
        &words::heading(plot, lang),
        &described(plot, lang),
        lang,
    );
    let mut y = MARGIN;
    for part in parts {
        let base = y + 13.0;
        match &part {
            Part::Words(text, ink, classes) => {
                svg.text((MARGIN, base), Anchor::Start, *ink, classes, text);
            }
            Part::Axes(panel) => axes(&mut svg, panel, y, lang),
            Part::Legend(entries) => legend(&mut svg, entries, base),
            Part::Space => {}
        }
        y += part.height();
    }
    (size.0, size.1, svg.end())
}

/// What the plot shows, for those who do not see it.
fn described(plot: &Plot, lang: Lang) -> String {
    let mut sentences: Vec<String> = Vec::new();
    for panel in &plot.panels {
        sentences.extend(words::panel(plot, panel, lang));
        sentences.extend(panel.facts.iter().map(|fact| words::fact(plot, fact, lang)));
    }
    sentences.extend(words::thinned(plot, lang));
    if sentences.is_empty() {
        sentences.push(words::nothing(plot.kind, lang).to_owned());
    }
    sentences.join(". ")
}

fn parts<'a>(plot: &'a Plot, lang: Lang) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let prose = |parts: &mut Vec<Part<'a>>, text: &str, ink, classes| {
        let letter = if classes == "nl-head" {
            HEADING
        } else {
            LETTER
        };
        for line in wrapped(text, letter) {
            parts.push(Part::Words(line, ink, classes));
        }
    };
    prose(
        &mut parts,
        &words::heading(plot, lang),
        Ink::Text,
        "nl-head",
    );
    if plot.panels.is_empty() {
        let nothing = words::nothing(plot.kind, lang);
        prose(&mut parts, nothing, Ink::Text, "nl-words");
    }
    for panel in &plot.panels {
        parts.push(Part::Space);
        if let Some(title) = words::panel(plot, panel, lang) {
            prose(&mut parts, &title, Ink::Text, "nl-words nl-name");
        }
        parts.extend(legends(plot, panel, lang));
        let axis = format!("↑ {}", words::axis(panel.unit, lang));
        prose(&mut parts, &axis, Ink::Faint, "nl-words");
        parts.push(Part::Axes(panel));
        let time = format!("→ {}", words::time_axis(plot, lang));
        prose(&mut parts, &time, Ink::Faint, "nl-words");
        for fact in &panel.facts {
            let fact = format!("• {}", words::fact(plot, fact, lang));
            prose(&mut parts, &fact, Ink::Text, "nl-words");
        }
    }
    if let Some(thinned) = words::thinned(plot, lang) {
        prose(&mut parts, &thinned, Ink::Faint, "nl-words");
    }
    parts
}

/// Words in lines that fit on the page.
fn wrapped(text: &str, letter: f64) -> Vec<String> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "about a hundred characters"
    )]
    let columns = ((f64::from(WIDTH) - 2.0 * MARGIN) / letter) as usize;
    crate::render::terminal::wrap(text, columns)
}

fn legends<'a>(plot: &Plot, panel: &Panel, lang: Lang) -> Vec<Part<'a>> {
    let throughput = plot.kind == PlotKind::Throughput;
    let mut entries: Vec<(Option<(Pen, Shape)>, String)> = panel
        .series
        .iter()
        .map(|series| {
            let look = look::of(series.what, throughput);
            (Some(look), words::what(plot, series.what, lang))
        })
        .collect();
    if !panel.zero_windows.is_empty() {
        entries.push((None, words::zero_window(lang).to_owned()));
    }
    let mut lines = Vec::new();
    let mut line = Vec::new();
    let mut used = 0.0;
    for entry in entries {
        let wide = width(&entry.1);
        if used + wide > f64::from(WIDTH) - 2.0 * MARGIN && !line.is_empty() {
            lines.push(Part::Legend(std::mem::take(&mut line)));
            used = 0.0;
        }
        used += wide;
        line.push(entry);
    }
    lines.push(Part::Legend(line));
    lines
}

/// The width of an entry of a legend.
fn width(words: &str) -> f64 {
    let characters = u32::try_from(words.chars().count()).unwrap_or(0);
    f64::from(characters) * LETTER + 46.0
}

fn legend(svg: &mut Svg, entries: &[(Option<(Pen, Shape)>, String)], base: f64) {
    let mut x = MARGIN;
    for (look, words) in entries {
        let y = base - 4.0;
        match look {
            None => svg.area((x, y - 6.0), (20.0, 12.0), Ink::Abort),
            Some((pen, shape)) => sample(svg, (x, y), *pen, *shape),
        }
        svg.text(
            (x + 26.0, base),
            Anchor::Start,
            Ink::Text,
            "nl-words",
            words,
        );
        x += width(words);
    }
}

/// What stands for a series in the legend.
fn sample(svg: &mut Svg, (x, y): (f64, f64), pen: Pen, shape: Shape) {
    let middle = x + 10.0;
    match shape {
        Shape::Steps => {
            let line = format!("M{x} {}H{middle}V{}H{}", y + 3.0, y - 3.0, x + 20.0);
            svg.drawn(&line, pen.ink, pen.classes());
        }
        Shape::Dots => svg.drawn(&format!("M{middle} {y}h0"), pen.ink, pen.classes()),
        Shape::Crosses => {
            let (l, r, t, b) = (middle - 3.0, middle + 3.0, y - 3.0, y + 3.0);
            let cross = format!("M{l} {t}L{r} {b}M{l} {b}L{r} {t}");
            svg.drawn(&cross, pen.ink, pen.classes());
        }
        Shape::Bars => {
            let bar = format!("M{middle} {}V{}", y - 6.0, y + 6.0);
            svg.drawn(&bar, pen.ink, pen.classes());
        }
        Shape::Marked(letter) => {
            let bar = format!("M{} {}V{}", middle - 5.0, y - 6.0, y + 6.0);
            svg.drawn(&bar, pen.ink, pen.classes());
            let at = (middle + 3.0, y + 4.0);
            svg.text(at, Anchor::Middle, pen.ink, "nl-small nl-name", letter);
        }
    }
}

fn axes(svg: &mut Svg, panel: &Panel, y: f64, lang: Lang) {
    let frame = Frame {
        left: 102,
        bottom: 26,
        right: 30,
        top: 16,
        ticks: (7, 6),
        letter: 12,
        grid: true,
        dot: 3,
        zero_window: words::zero_window(lang),
        lang,
    };
    let paper = Paper::new(svg, (0.0, y), (WIDTH, AXES));
    chart::draw(paper, panel, &frame);
}
