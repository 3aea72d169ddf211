//! A plot in a terminal.

use super::canvas::{DOTS, Grid};
use super::chart::{self, Frame};
use super::look::{self, Shape};
use crate::render::ladder::TextOptions;
use crate::render::terminal::{Line, Look, wrap};
use crate::report::plots::{Panel, Plot, PlotKind, words};

/// Characters left of the axes.
const LEFT: u32 = 14;
/// The height of a panel's grid in characters, for narrow and for wide terminals.
const ROWS: [u32; 2] = [18, 24];
/// Terminals wider than this are not filled.
const WIDEST: usize = 160;

/// The plot as lines of text, each ended by a line feed.
pub fn text(plot: &Plot, options: &TextOptions) -> String {
    let mut page = Page {
        plot,
        options,
        width: options.width.clamp(40, WIDEST),
        out: String::new(),
    };
    page.draw();
    options.letters.fit(&page.out).into_owned()
}

struct Page<'a> {
    plot: &'a Plot,
    options: &'a TextOptions,
    width: usize,
    out: String,
}

impl Page<'_> {
    fn draw(&mut self) {
        let lang = self.options.lang;
        self.prose(&words::heading(self.plot, lang), 0, Look::Strong);
        if self.plot.panels.is_empty() {
            self.prose(words::nothing(self.plot.kind, lang), 0, Look::Plain);
        }
        for panel in &self.plot.panels {
            self.panel(panel);
        }
        if let Some(thinned) = words::thinned(self.plot, lang) {
            self.prose(&thinned, 2, Look::Faint);
        }
    }

    fn panel(&mut self, panel: &Panel) {
        let lang = self.options.lang;
        self.finish(&Line::default());
        if let Some(title) = words::panel(self.plot, panel, lang) {
            self.prose(&title, 0, Look::Strong);
        }
        let axis = format!("↑ {}", words::axis(panel.unit, lang));
        self.prose(&axis, 0, Look::Faint);
        let columns = u32::try_from(self.width).unwrap_or(80);
        let rows = ROWS[usize::from(self.width > 110)];
        let mut grid = Grid::new(columns, rows, self.options.letters.plain());
        let frame = Frame {
            left: LEFT * DOTS.0,
            bottom: 2 * DOTS.1,
            right: 4 * DOTS.0,
            top: DOTS.1,
            ticks: (self.width / 14, 6),
            letter: DOTS.1,
            grid: false,
            dot: 1,
            zero_window: words::zero_window(lang),
            lang,
        };
        chart::draw(&mut grid, panel, &frame);
        for line in grid.lines() {
            self.finish(&line);
        }
        let time = words::time_axis(self.plot, lang);
        let mut line = Line::default();
        let at = self.width.saturating_sub(time.chars().count() + 4);
        let arrow = if self.options.letters.plain() {
            "->"
        } else {
            "→"
        };
        line.put(at, &format!("{time} {arrow}"), Look::Faint);
        self.finish(&line);
        self.legend(panel);
        for fact in &panel.facts {
            self.prose(&words::fact(self.plot, fact, lang), 2, Look::Plain);
        }
    }

    /// What the signs of the panel mean.
    fn legend(&mut self, panel: &Panel) {
        let lang = self.options.lang;
        let throughput = self.plot.kind == PlotKind::Throughput;
        let mut entries: Vec<String> = panel
            .series
            .iter()
            .map(|series| {
                let (pen, shape) = look::of(series.what, throughput);
                let sign = sign(pen, shape, self.options.letters.plain());
                format!("{sign} {}", words::what(self.plot, series.what, lang))
            })
            .collect();
        if !panel.zero_windows.is_empty() {
            let sign = if self.options.letters.plain() {
                ":"
            } else {
                "·"
            };
            entries.push(format!("{sign} {}", words::zero_window(lang)));
        }
        let mut line = String::new();
        for entry in entries {
            let len = line.chars().count() + entry.chars().count() + 3;
            if !line.is_empty() && len + 2 > self.width {
                self.prose(&line, 2, Look::Plain);
                line.clear();
            }
            if !line.is_empty() {
                line.push_str(" · ");
            }
            line.push_str(&entry);
        }
        self.prose(&line, 2, Look::Plain);
    }

    /// Words in lines that fit, `inside` columns from the left.
    fn prose(&mut self, text: &str, inside: usize, look: Look) {
        let text = self.options.letters.fit(text);
        for part in wrap(&text, self.width.saturating_sub(inside)) {
            let mut line = Line::default();
            line.put(inside, &part, look);
            self.finish(&line);
        }
    }

    fn finish(&mut self, line: &Line) {
        line.finish(self.options.color, &mut self.out);
    }
}

/// What stands for a series in the legend.
fn sign(pen: look::Pen, shape: Shape, ascii: bool) -> &'static str {
    use crate::render::svg::Ink;
    match (shape, pen.ink, ascii) {
        (Shape::Marked(letter), _, _) => letter,
        (Shape::Dots, _, _) => "o",
        (Shape::Crosses, _, _) => "x",
        (Shape::Bars, _, true) => "#",
        (Shape::Bars, _, false) => "⡇",
        (Shape::Steps, Ink::First, true) => "#",
        (Shape::Steps, Ink::Second, true) => ".",
        (Shape::Steps, _, true) => "=",
        (Shape::Steps, Ink::Limit, false) => "⠒ ⠒",
        (Shape::Steps, _, false) if pen.stroke == look::Stroke::Dashed => "⠒ ⠒",
        (Shape::Steps, _, false) => "⠒⠒⠒",
    }
}
