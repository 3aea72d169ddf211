//! One packet in the picture.

use super::Picture;
use super::layout::{LINE, marks};
use crate::render::svg::{Anchor, Ink};
use crate::report::coloring::Coloring;
use crate::report::ladder::{Arrow, words};

/// Length and half the width of an arrow's head.
const HEAD: (f64, f64) = (10.0, 4.5);

impl Picture<'_> {
    /// Draws an arrow whose room begins at `top`.
    pub(super) fn arrow(&mut self, arrow: &Arrow, top: f64) {
        let lanes = &self.layout.lanes;
        let (Some(&from), Some(&to)) = (lanes.get(arrow.from), lanes.get(arrow.to)) else {
            return;
        };
        let sentence = words::sentence(self.ladder, arrow, self.lang);
        self.svg.open(&sentence);
        let marked = marks(&arrow.label.marks).count();
        let states = self.layout.labels.is_some() && arrow.fresh.contains(&true);
        let above = super::count(marked + 1) * LINE;
        let beside = super::count(usize::from(states)) * LINE;
        // The tail; the head lies lower where the packet travels.
        let y = match self.layout.labels {
            None => top + above + 8.0,
            Some(_) => top + (above + beside) / 2.0 + 8.0,
        };
        self.stamp(arrow, y);
        self.shaft((from, y), (to, y + self.layout.drop), arrow);
        match self.layout.labels {
            None => {
                self.label_above((from, y), (to, y + self.layout.drop), arrow);
                self.states(arrow, y);
            }
            Some(x) => self.label_beside(x, top, arrow),
        }
        self.svg.close();
    }

    /// Frame number and time.
    fn stamp(&mut self, arrow: &Arrow, y: f64) {
        let y = y + 4.0;
        let at = (self.layout.number_end, y);
        let number = arrow.frame.to_string();
        self.svg.text(at, Anchor::End, Ink::Text, "", &number);
        if let Some(time) = arrow.time {
            let time = words::seconds(time, self.ladder.decimals);
            let at = (self.layout.time_end, y);
            self.svg
                .text(at, Anchor::End, Ink::Faint, "nl-small", &time);
        }
    }

    fn shaft(&mut self, from: (f64, f64), to: (f64, f64), arrow: &Arrow) {
        let ink = match arrow.label.coloring {
            Coloring::BadTcp | Coloring::TcpRst | Coloring::IcmpErrors => Ink::Alarm,
            Coloring::TcpSynFin | Coloring::Call | Coloring::Plain => Ink::Text,
        };
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = dx.hypot(dy).max(1.0);
        let (ux, uy) = (dx / length, dy / length);
        let tip = (to.0 - ux * 1.5, to.1 - uy * 1.5);
        let base = (tip.0 - ux * HEAD.0, tip.1 - uy * HEAD.0);
        self.svg.path(&[from, base], false, ink, "");
        let across = (-uy * HEAD.1, ux * HEAD.1);
        let head = [
            tip,
            (base.0 + across.0, base.1 + across.1),
            (base.0 - across.0, base.1 - across.1),
        ];
        self.svg.path(&head, true, ink, "");
    }

    /// The label over the middle of the arrow, along it, and the marks over the label.
    fn label_above(&mut self, from: (f64, f64), to: (f64, f64), arrow: &Arrow) {
        let x = f64::midpoint(from.0, to.0);
        let mut y = f64::midpoint(from.1, to.1) - 6.0;
        let slope = (to.1 - from.1) / (to.0 - from.0).abs().max(1.0);
        let turn = slope.atan().to_degrees();
        let turn = if to.0 >= from.0 { turn } else { -turn };
        let label = arrow.label.numbered(self.lang);
        let look = (Anchor::Middle, Ink::Text, "");
        self.svg.turned((x, y), turn, look, &label);
        let marks: Vec<&str> = marks(&arrow.label.marks).collect();
        for mark in marks.into_iter().rev() {
            y -= LINE;
            let look = (Anchor::Middle, mark_ink(arrow), "nl-small nl-name");
            self.svg.turned((x, y), turn, look, mark);
        }
    }

    /// The label right of several lanes, with the states that changed.
    fn label_beside(&mut self, x: f64, top: f64, arrow: &Arrow) {
        let mut y = top + LINE + 4.0;
        for mark in marks(&arrow.label.marks) {
            let classes = "nl-small nl-name";
            self.svg
                .text((x, y), Anchor::Start, mark_ink(arrow), classes, mark);
            y += LINE;
        }
        let label = arrow.label.numbered(self.lang);
        self.svg.text((x, y), Anchor::Start, Ink::Text, "", &label);
        if let Some(phase) = arrow.phase {
            let at = (self.layout.phases, y);
            let phase = words::band(phase, self.lang);
            self.svg
                .text(at, Anchor::Start, Ink::Faint, "nl-small", phase);
        }
        if arrow.fresh.contains(&true) {
            let [left, right] = arrow.states.map(|state| state.map_or("–", |it| it.name()));
            let states = format!("{left} / {right}");
            let at = (x, y + LINE);
            self.svg
                .text(at, Anchor::Start, Ink::Faint, "nl-small", &states);
        }
    }

    /// The states that changed: the sender's at the tail, the receiver's at the head.
    fn states(&mut self, arrow: &Arrow, y: f64) {
        for end in [0, 1] {
            let (Some(state), true) = (arrow.states[end], arrow.fresh[end]) else {
                continue;
            };
            let Some(&x) = self.layout.lanes.get(arrow.lanes[end]) else {
                continue;
            };
            let head = arrow.to == arrow.lanes[end];
            let y = y + 4.0 + if head { self.layout.drop } else { 0.0 };
            let (anchor, dx) = match end {
                0 => (Anchor::End, -8.0),
                _ => (Anchor::Start, 8.0),
            };
            let classes = "nl-small nl-name";
            self.svg
                .text((x + dx, y), anchor, Ink::First, classes, state.name());
        }
    }
}

/// The ink of an arrow's marks: not all of them mean that something went wrong.
fn mark_ink(arrow: &Arrow) -> Ink {
    match arrow.label.coloring {
        Coloring::BadTcp => Ink::Alarm,
        _ => Ink::Special,
    }
}
