//! The ladder in a terminal.

mod arrow;
mod glyphs;
mod large;
mod layout;

use std::borrow::Cow;

use glyphs::Glyphs;
pub use large::large_parts;
use layout::Layout;

use crate::render::ascii::Letters;
use crate::render::terminal::{Line, Look, wrap};
use crate::report::ladder::{Gap, Item, Ladder, LaneCall, LaneRole, words};
use crate::report::text_address;
use crate::text::Lang;

/// How a ladder is written.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions {
    /// The language of words.
    pub lang: Lang,
    /// How many columns there are. Below 56 the ladder is wider than that.
    pub width: usize,
    /// The characters of lines and of words.
    pub letters: Letters,
    /// Terminal colours. Nothing is said by colour alone.
    pub color: bool,
}

/// The ladder as lines of text, each ended by a line feed.
pub fn text(ladder: &Ladder, options: &TextOptions) -> String {
    parts(ladder, options).concat()
}

/// The same in parts: what stands above, each item, what stands below.
pub fn parts(ladder: &Ladder, options: &TextOptions) -> Vec<String> {
    let layout = layout::layout(ladder, options.width, options.lang);
    let mut picture = Picture {
        ladder,
        options,
        layout,
        glyphs: match options.letters.plain() {
            true => &glyphs::ASCII,
            false => &glyphs::UNICODE,
        },
        out: String::new(),
        parts: Vec::new(),
    };
    picture.draw();
    let parts = picture.parts.iter();
    parts
        .map(|it| options.letters.fit(it).into_owned())
        .collect()
}

/// A ladder that is being written.
struct Picture<'a> {
    ladder: &'a Ladder,
    options: &'a TextOptions,
    layout: Layout,
    glyphs: &'static Glyphs,
    /// The part that is being written, and those before it.
    out: String,
    parts: Vec<String>,
}

impl Picture<'_> {
    fn draw(&mut self) {
        let lang = self.options.lang;
        self.prose(&words::heading(self.ladder, lang), Look::Strong);
        self.finish(&Line::default());
        self.lanes_named();
        self.part();
        for item in &self.ladder.items {
            match item {
                Item::Band(phase) => self.band(words::band(*phase, lang)),
                Item::Arrow(arrow) => self.arrow(arrow),
                Item::Call(call) => self.call(call),
                Item::Gap(gap) => self.gap(gap),
                Item::Omitted(omitted) => self.between(
                    self.glyphs.dotted,
                    ' ',
                    &format!("… {} …", words::omitted(omitted, lang)),
                ),
            }
            self.part();
        }
        let end = self.with_lanes(self.glyphs.lane);
        self.finish(&end);
        self.prose(&words::travel(self.ladder.travel, lang), Look::Faint);
        self.part();
    }

    /// Ends a part.
    fn part(&mut self) {
        self.parts.push(std::mem::take(&mut self.out));
    }

    /// A paragraph below or above the diagram.
    fn prose(&mut self, text: &str, look: Look) {
        let text = self.words(text);
        for part in wrap(&text, self.options.width.max(20)) {
            let mut line = Line::default();
            line.put(0, &part, look);
            self.finish(&line);
        }
    }

    /// Words in the characters there are, so that they are as long as they will be.
    fn words<'w>(&self, text: &'w str) -> Cow<'w, str> {
        self.options.letters.fit(text)
    }

    fn finish(&mut self, line: &Line) {
        line.finish(self.options.color, &mut self.out);
    }

    /// A line with nothing but the lanes.
    fn with_lanes(&self, lane: char) -> Line {
        let mut line = Line::default();
        for column in &self.layout.lanes {
            line.set(*column, lane, Look::Faint);
        }
        line
    }

    /// The names of the lanes above them.
    fn lanes_named(&mut self) {
        let lanes = &self.ladder.lanes;
        if let ([left, right], [a, b]) = (&lanes[..], &self.layout.lanes[..]) {
            let (a, b) = (*a, *b);
            let lang = self.options.lang;
            let roles = [left, right].map(|lane| words::role(lane, lang).unwrap_or_default());
            let ends = [left, right].map(|lane| text_address::end(lane.end));
            for names in [roles, ends] {
                self.names(&names, [a, b]);
            }
        } else {
            self.several_named();
        }
        let start = self.with_lanes(self.glyphs.lane);
        self.finish(&start);
    }

    /// Two names, each in the middle above its lane as far as there is room.
    fn names(&mut self, [left, right]: &[String; 2], [a, b]: [usize; 2]) {
        if left.is_empty() && right.is_empty() {
            return;
        }
        let (left_len, right_len) = (left.chars().count(), right.chars().count());
        let left_at = a.saturating_sub(left_len / 2);
        let right_at =
            (b.saturating_sub(right_len / 2)).min(self.layout.width.saturating_sub(right_len));
        let mut line = Line::default();
        line.put(left_at, left, Look::Strong);
        if left_at + left_len + 2 > right_at {
            self.finish(&line);
            line = Line::default();
            line.set(a, self.glyphs.lane, Look::Faint);
        }
        line.put(right_at, right, Look::Strong);
        self.finish(&line);
    }

    /// Short names above the lanes, and what they stand for.
    fn several_named(&mut self) {
        let lang = self.options.lang;
        let mut heads = Line::default();
        let mut key = Vec::new();
        for (place, lane) in self.ladder.lanes.iter().enumerate() {
            let short = match lane.role {
                LaneRole::Server { .. } => "S".to_owned(),
                _ => format!("C{}", place + 1),
            };
            key.push(format!("{short} = {}", words::lane(lane, lang)));
            if let Some(column) = self.layout.lanes.get(place) {
                heads.put(*column, &short, Look::Strong);
            }
        }
        for entry in &key {
            self.prose(entry, Look::Plain);
        }
        self.finish(&Line::default());
        self.finish(&heads);
    }

    /// The beginning of a phase: a rule with its name.
    fn band(&mut self, name: &str) {
        let glyphs = self.glyphs;
        let mut line = Line::default();
        line.fill(0, self.layout.width, glyphs.rule, Look::Faint);
        for column in &self.layout.lanes {
            line.set(*column, glyphs.rule_crossing, Look::Faint);
        }
        line.put(0, &format!("{name} "), Look::Strong);
        self.finish(&line);
    }

    fn gap(&mut self, gap: &Gap) {
        let words = words::gap(gap, self.options.lang);
        let glyphs = self.glyphs;
        match gap.silence {
            true => self.between(glyphs.silence, glyphs.silence, &words),
            false => self.between(glyphs.dotted, ' ', &words),
        }
    }

    /// Words in the middle between the lanes, with `fill` around them.
    fn between(&mut self, lane: char, fill: char, words: &str) {
        let mut line = self.with_lanes(lane);
        let (Some(first), Some(last)) = (self.layout.lanes.first(), self.layout.lanes.last())
        else {
            return;
        };
        let (first, last) = (*first, *last);
        let words = self.words(words);
        let parts = wrap(&words, self.layout.width.saturating_sub(first + 4));
        for (place, part) in parts.iter().enumerate() {
            if place > 0 {
                line = self.with_lanes(lane);
            }
            let len = part.chars().count();
            let room = last.saturating_sub(first + 1);
            let at = first + 1 + room.saturating_sub(len) / 2;
            let at = at.min(self.layout.width.saturating_sub(len)).max(first + 2);
            if fill != ' ' {
                for column in (first + 2..last).step_by(2) {
                    line.set(column, fill, Look::Faint);
                }
            }
            line.put(at - 1, &format!(" {part} "), Look::Plain);
            self.finish(&line);
        }
    }

    /// A socket call inside its lane, on the side where there is room.
    fn call(&mut self, call: &LaneCall) {
        let lanes = &self.layout.lanes;
        let Some(&column) = lanes.get(call.lane) else {
            return;
        };
        let words = call.call.to_string();
        let len = words.chars().count();
        let mut line = self.with_lanes(self.glyphs.lane);
        let first = lanes.first().copied().unwrap_or_default();
        let to_left = column > first && (self.layout.labels.is_none() || column >= first + len + 4);
        match to_left {
            true => {
                let end = column.saturating_sub(1);
                line.put_before(end, &format!(" {words}"), Look::Call);
            }
            false => line.put(column + 2, &format!("{words} "), Look::Call),
        }
        line.set(column, self.glyphs.call, Look::Call);
        self.finish(&line);
    }
}
