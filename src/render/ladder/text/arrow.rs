//! One packet: its number, time, arrow, label, and the states of both ends.

use super::Picture;
use super::layout::AROUND;
use crate::render::terminal::{Line, Look, wrap};
use crate::report::ladder::{Arrow, words};

/// The way of an arrow on the page.
#[derive(Clone, Copy)]
struct Way {
    /// The outermost columns of the arrow: those of its two lanes.
    left: usize,
    right: usize,
    to_right: bool,
}

impl Picture<'_> {
    pub(super) fn arrow(&mut self, arrow: &Arrow) {
        let (Some(&from), Some(&to)) = (
            self.layout.lanes.get(arrow.from),
            self.layout.lanes.get(arrow.to),
        ) else {
            return;
        };
        let way = Way {
            left: from.min(to),
            right: from.max(to),
            to_right: from <= to,
        };
        match self.layout.labels {
            None => self.inside(arrow, way),
            Some(column) => self.beside(arrow, way, column),
        }
    }

    /// Two lanes: the label in the arrow, or above it where that is too short.
    fn inside(&mut self, arrow: &Arrow, way: Way) {
        let room = way.right.saturating_sub(way.left + 1);
        let (label, lang) = (&arrow.label, self.options.lang);
        let plain = match self.layout.windows {
            true => label.numbered(lang),
            false => label.short(lang),
        };
        let marked = match label.marks.is_empty() {
            true => plain.clone(),
            false => format!("{} {plain}", label.marks),
        };
        let fits = |text: &String| text.chars().count() + AROUND <= room;
        let mut above: Vec<(String, Look)> = Vec::new();
        let within = if fits(&marked) {
            marked
        } else {
            let marks = label.marks.split_inclusive(']');
            for mark in marks.flat_map(|mark| wrap(mark, room.saturating_sub(2))) {
                above.push((mark, Look::Mark));
            }
            if fits(&plain) {
                plain
            } else {
                for part in wrap(&plain, room.saturating_sub(2)) {
                    above.push((part, Look::Plain));
                }
                String::new()
            }
        };
        for (part, look) in above {
            let mut line = self.with_lanes(self.glyphs.lane);
            line.put(way.left + 2, &part, look);
            self.finish(&line);
        }
        let mut line = self.with_lanes(self.glyphs.lane);
        self.stamp(arrow, &mut line);
        self.states(arrow, &mut line);
        match arrow.lull {
            false => {
                self.shaft(way, &mut line);
                self.labelled(way.left + 3, &within, arrow, &mut line);
                self.finish(&line);
            }
            true => self.slanted(way, &within, arrow, line),
        }
    }

    /// An arrow in two steps: the upper one at the sender, the lower one at the receiver.
    fn slanted(&mut self, way: Way, within: &str, arrow: &Arrow, mut upper: Line) {
        let glyphs = self.glyphs;
        let len = within.chars().count();
        let mut lower = self.with_lanes(glyphs.lane);
        let (left, right) = (way.left, way.right);
        // The bend stands behind the label, and in the second half of the way.
        let half = (right - left) / 2;
        let behind = (len + AROUND)
            .max(half + 2)
            .min((right - left).saturating_sub(3));
        match way.to_right {
            true => {
                let bend = left + behind;
                upper.fill(left + 1, bend, glyphs.shaft, Look::Plain);
                upper.set(bend, glyphs.down_right[0], Look::Plain);
                lower.set(bend, glyphs.down_right[1], Look::Plain);
                lower.fill(bend + 1, right - 1, glyphs.shaft, Look::Plain);
                lower.set(right - 1, glyphs.right, Look::Plain);
                self.labelled(left + 3, within, arrow, &mut upper);
            }
            false => {
                let bend = right - behind;
                upper.fill(bend + 1, right, glyphs.shaft, Look::Plain);
                upper.set(bend, glyphs.down_left[0], Look::Plain);
                lower.set(bend, glyphs.down_left[1], Look::Plain);
                lower.fill(left + 2, bend, glyphs.shaft, Look::Plain);
                lower.set(left + 1, glyphs.left, Look::Plain);
                self.labelled(right - len - 3, within, arrow, &mut upper);
            }
        }
        self.finish(&upper);
        self.finish(&lower);
    }

    /// Several lanes: the arrow from lane to lane, the label to their right.
    fn beside(&mut self, arrow: &Arrow, way: Way, column: usize) {
        let room = self.layout.width.saturating_sub(column).max(20);
        let mut line = self.with_lanes(self.glyphs.lane);
        self.stamp(arrow, &mut line);
        self.shaft(way, &mut line);
        let lang = self.options.lang;
        let plain = match self.layout.windows {
            true => arrow.label.numbered(lang),
            false => arrow.label.short(lang),
        };
        let label = match arrow.label.marks.is_empty() {
            true => plain,
            false => format!("{} {plain}", arrow.label.marks),
        };
        let mut parts = wrap(&label, room);
        if let Some(news) = self.news(arrow) {
            parts.extend(wrap(&news, room));
        }
        for (place, part) in parts.iter().enumerate() {
            if place > 0 {
                self.finish(&line);
                line = self.with_lanes(self.glyphs.lane);
            }
            let kind = match part.starts_with(&arrow.label.kind) {
                true => arrow.label.kind.as_str(),
                false => "",
            };
            let look = match part.starts_with('·') {
                true => Look::Faint,
                false => Look::Plain,
            };
            line.put(column, part, look);
            line.put(column, kind, Look::Flags);
        }
        self.finish(&line);
    }

    /// The phase and the states of both ends, where one of them is not as it was.
    fn news(&self, arrow: &Arrow) -> Option<String> {
        if !arrow.fresh_phase && !arrow.fresh.contains(&true) {
            return None;
        }
        let mut news = String::from("·");
        if let Some(phase) = arrow.phase.filter(|_| arrow.fresh_phase) {
            news.push_str(&format!(" {}", words::band(phase, self.options.lang)));
        }
        if arrow.fresh.contains(&true) {
            let [left, right] = arrow.states.map(|state| state.map_or("–", |it| it.name()));
            let apart = if news.len() > "·".len() { " ·" } else { "" };
            news.push_str(&format!("{apart} {left} / {right}"));
        }
        Some(news)
    }

    /// Frame number and time.
    fn stamp(&self, arrow: &Arrow, line: &mut Line) {
        let number = arrow.frame.to_string();
        line.put_before(self.layout.number_end, &number, Look::Plain);
        if let Some(time) = arrow.time {
            let time = words::seconds(time, self.layout.decimals);
            line.put_before(self.layout.time_end, &time, Look::Faint);
        }
    }

    /// The states that changed, outside of the lanes.
    fn states(&self, arrow: &Arrow, line: &mut Line) {
        let [left, right] = arrow.states.map(|state| state.map_or("", |it| it.name()));
        if let [a, b] = self.layout.lanes[..] {
            if arrow.fresh[0] {
                line.put_before(a.saturating_sub(1), left, Look::Plain);
            }
            if arrow.fresh[1] {
                line.put(b + 2, right, Look::Plain);
            }
        }
    }

    fn shaft(&self, way: Way, line: &mut Line) {
        let glyphs = self.glyphs;
        line.fill(way.left + 1, way.right, glyphs.shaft, Look::Plain);
        for column in &self.layout.lanes {
            if (way.left + 1..way.right).contains(column) {
                line.set(*column, glyphs.crossing, Look::Faint);
            }
        }
        match way.to_right {
            true => line.set(way.right - 1, glyphs.right, Look::Plain),
            false => line.set(way.left + 1, glyphs.left, Look::Plain),
        }
    }

    /// The label, with a blank on each side and its parts told apart.
    fn labelled(&self, at: usize, within: &str, arrow: &Arrow, line: &mut Line) {
        if within.is_empty() {
            return;
        }
        line.put(at, &format!(" {within} "), Look::Plain);
        let marks = match within.strip_prefix(arrow.label.marks.as_str()) {
            Some(_) => arrow.label.marks.as_str(),
            None => "",
        };
        line.put(at + 1, marks, Look::Mark);
        let after = match marks.chars().count() {
            0 => at + 1,
            len => at + 2 + len,
        };
        line.put(after, &arrow.label.kind, Look::Flags);
    }
}
