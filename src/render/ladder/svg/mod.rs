//! The ladder as SVG.

mod arrow;
mod layout;
mod pages;

pub use pages::pages;

use layout::{CALL, LINE, Layout, MARGIN, PAUSE, SILENCE, count};

use crate::analysis::lifecycle::phase::Phase;
use crate::render::svg::{Anchor, Ink, Svg, stacked};
use crate::report::ladder::{Gap, Item, Ladder, Ladders, LaneCall, words};
use crate::report::text_address;
use crate::text::Lang;
use crate::text::phrase::phrase;

phrase! {
    DIAGRAM: "Ladder diagram", "Diagrama de sequência";
    summary(lanes):
        "Time runs downwards. Lanes from left to right: {lanes}. Each packet is an arrow from its \
         sender to its receiver and has a sentence of its own.",
        "O tempo corre de cima para baixo. Raias da esquerda para a direita: {lanes}. Cada \
            pacote é uma seta do remetente ao destinatário e tem uma frase própria.";
}

/// A ladder as a whole SVG document of its own, which can also stand inside HTML.
pub fn svg(ladder: &Ladder, lang: Lang) -> String {
    sized(ladder, lang).2
}

/// All ladders below each other in one SVG document, and what is not drawn.
pub fn document(ladders: &Ladders, lang: Lang) -> String {
    let others = words::others(ladders, lang);
    if let ([only], None) = (&ladders.ladders[..], &others) {
        return svg(only, lang);
    }
    let pictures: Vec<_> = ladders
        .ladders
        .iter()
        .map(|ladder| sized(ladder, lang))
        .collect();
    stacked(
        &pictures,
        lang,
        DIAGRAM.get(lang),
        &others.unwrap_or_default(),
    )
}

/// Where the items begin, below the names of the lanes.
const TOP: f64 = 92.0;

/// Width, height, picture.
fn sized(ladder: &Ladder, lang: Lang) -> (f64, f64, String) {
    let layout = layout::layout(ladder, lang);
    drawn(ladder, layout, (1, 1), lang)
}

/// The same, of a piece of a ladder: which of how many. The last one says what the slant means.
fn drawn(
    ladder: &Ladder,
    layout: Layout,
    (piece, pieces): (usize, usize),
    lang: Lang,
) -> (f64, f64, String) {
    let prose = match piece == pieces {
        true => prose(&words::travel(ladder.travel, lang), layout.width),
        false => Vec::new(),
    };
    let mut rows = Rows::default();
    let mut y = TOP;
    for item in &ladder.items {
        rows.tops.push(y);
        y += layout.room(item);
    }
    rows.bottom = y + 14.0;
    let height = rows.bottom + count(prose.len()) * LINE + MARGIN;

    let heading = heading(ladder, (piece, pieces), lang);
    let lanes: Vec<String> = ladder
        .lanes
        .iter()
        .map(|lane| words::lane(lane, lang))
        .collect();
    let description = summary(lang, lanes.join("; ")).to_string();
    let title = format!("{} · {heading}", DIAGRAM.get(lang));
    let size = (layout.width, height);
    let mut picture = Picture {
        ladder,
        lang,
        layout,
        rows,
        svg: Svg::begin(size, &title, &description, lang),
    };
    picture.svg.text(
        (MARGIN, 28.0),
        Anchor::Start,
        Ink::Text,
        "nl-head",
        &heading,
    );
    picture.bands();
    picture.lanes();
    picture.items();
    let mut y = picture.rows.bottom + LINE;
    for line in &prose {
        picture
            .svg
            .text((MARGIN, y), Anchor::Start, Ink::Faint, "nl-words", line);
        y += LINE;
    }
    (size.0, size.1, picture.svg.end())
}

/// The heading of a piece of a ladder: which of how many.
fn heading(ladder: &Ladder, (piece, pieces): (usize, usize), lang: Lang) -> String {
    let whole = words::heading(ladder, lang);
    match pieces {
        ..=1 => whole,
        _ => format!("{whole} ({piece}/{pieces})"),
    }
}

/// Words in lines that are not wider than the picture.
fn prose(text: &str, width: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let wide = count(line.chars().count() + word.chars().count()) * 6.8;
        if !line.is_empty() && wide > width - 2.0 * MARGIN {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// Where the items stand.
#[derive(Default)]
struct Rows {
    tops: Vec<f64>,
    bottom: f64,
}

impl Rows {
    fn top(&self, item: usize) -> f64 {
        self.tops.get(item).copied().unwrap_or(self.bottom)
    }
}

struct Picture<'a> {
    ladder: &'a Ladder,
    lang: Lang,
    layout: Layout,
    rows: Rows,
    svg: Svg,
}

impl Picture<'_> {
    /// The grounds of the phases, with their names.
    fn bands(&mut self) {
        let items = &self.ladder.items;
        for (place, item) in items.iter().enumerate() {
            let Item::Band(phase) = item else {
                continue;
            };
            let next = items
                .iter()
                .skip(place + 1)
                .position(|item| matches!(item, Item::Band(_)));
            let top = self.rows.top(place);
            let bottom = next.map_or(self.rows.bottom, |next| self.rows.top(place + 1 + next));
            let size = (self.layout.width - MARGIN, bottom - top - 3.0);
            self.svg
                .area((MARGIN / 2.0, top + 4.0), size, ground(*phase));
            let at = (MARGIN, top + 20.0);
            let name = words::band(*phase, self.lang);
            self.svg.text(at, Anchor::Start, Ink::Text, "nl-name", name);
        }
    }

    /// The lanes with their names, dotted where time passes.
    fn lanes(&mut self) {
        let lanes: Vec<(f64, usize)> = self.layout.lanes.iter().copied().zip(0..).collect();
        for (x, place) in lanes {
            let Some(lane) = self.ladder.lanes.get(place) else {
                continue;
            };
            let role = words::role(lane, self.lang).unwrap_or_default();
            let end = text_address::end(lane.end);
            self.svg
                .text((x, 58.0), Anchor::Middle, Ink::Text, "nl-name", &role);
            let small = if self.layout.labels.is_some() {
                "nl-small"
            } else {
                ""
            };
            self.svg
                .text((x, 75.0), Anchor::Middle, Ink::Text, small, &end);
            self.lane(x);
        }
    }

    fn lane(&mut self, x: f64) {
        let mut from = 82.0;
        for (place, item) in self.ladder.items.iter().enumerate() {
            let silence = match item {
                Item::Gap(gap) => gap.silence,
                Item::Omitted(_) => true,
                _ => continue,
            };
            let (top, bottom) = (self.rows.top(place), self.rows.top(place + 1));
            self.svg.path(&[(x, from), (x, top)], false, Ink::Rule, "");
            if silence {
                let middle = f64::midpoint(top, bottom);
                let steps = [(0.0, top), (0.0, middle - 9.0), (-6.0, middle - 4.0)];
                let rest = [(6.0, middle + 4.0), (0.0, middle + 9.0), (0.0, bottom)];
                let points: Vec<(f64, f64)> = steps
                    .into_iter()
                    .chain(rest)
                    .map(|(dx, y)| (x + dx, y))
                    .collect();
                self.svg.path(&points, false, Ink::Rule, "");
            } else {
                self.svg
                    .path(&[(x, top), (x, bottom)], false, Ink::Rule, "nl-dots");
            }
            from = bottom;
        }
        let end = [(x, from), (x, self.rows.bottom)];
        self.svg.path(&end, false, Ink::Rule, "");
    }

    fn items(&mut self) {
        for (place, item) in self.ladder.items.iter().enumerate() {
            let top = self.rows.top(place);
            match item {
                Item::Band(_) => {}
                Item::Arrow(arrow) => self.arrow(arrow, top),
                Item::Call(call) => self.call(call, top),
                Item::Gap(gap) => self.gap(gap, top),
                Item::Omitted(omitted) => {
                    let words = format!("… {} …", words::omitted(omitted, self.lang));
                    self.between(&words, top + PAUSE / 2.0);
                }
            }
        }
    }

    fn gap(&mut self, gap: &Gap, top: f64) {
        let height = if gap.silence { SILENCE } else { PAUSE };
        self.between(&words::gap(gap, self.lang), top + height / 2.0);
    }

    /// Words in the middle between the outer lanes.
    fn between(&mut self, words: &str, y: f64) {
        let first = self.layout.lanes.first().copied().unwrap_or_default();
        let last = self.layout.lanes.last().copied().unwrap_or_default();
        let at = (f64::midpoint(first, last), y + 4.0);
        self.svg
            .text(at, Anchor::Middle, Ink::Faint, "nl-words", words);
    }

    /// A dot on the lane, and the call beside it.
    fn call(&mut self, call: &LaneCall, top: f64) {
        let Some(&x) = self.layout.lanes.get(call.lane) else {
            return;
        };
        let y = top + CALL / 2.0;
        self.svg.dot((x, y), 4.0, Ink::Special);
        let last = call.lane + 1 == self.layout.lanes.len();
        let (anchor, dx) = match last && self.layout.labels.is_none() {
            true => (Anchor::End, -10.0),
            false => (Anchor::Start, 10.0),
        };
        let words = call.call.to_string();
        self.svg
            .text((x + dx, y + 4.0), anchor, Ink::Special, "", &words);
    }
}

/// The ground of a phase.
fn ground(phase: Phase) -> Ink {
    match phase {
        Phase::Handshake => Ink::Opening,
        Phase::Data | Phase::Ack | Phase::Window | Phase::KeepAlive | Phase::Datagram => {
            Ink::Transfer
        }
        Phase::Close => Ink::Close,
        Phase::Reset | Phase::Refused | Phase::IcmpError => Ink::Abort,
        Phase::Unknown => Ink::Other,
    }
}
