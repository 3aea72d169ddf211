//! Numbers of packets that lead to where the packet stands.

use std::collections::HashMap;

use super::Html;
use crate::report::document::{Cell, Line, Part, Section};

/// The packets that the sections of one capture show, each with the section it stands in.
#[derive(Debug, Default)]
pub(super) struct Links(HashMap<Box<str>, Box<str>>);

impl Links {
    /// The packets of `sections`. Of several files in one report each has numbers of its own.
    pub(super) fn of(sections: &[Section]) -> Self {
        let mut links = Self::default();
        for section in sections {
            links.add(section);
        }
        links
    }

    fn add(&mut self, section: &Section) {
        for part in &section.parts {
            let Part::Table(table) = part else { continue };
            for line in &table.lines {
                if let Line::Row(row) = line
                    && row.detail.is_some()
                    && let Some(Cell::Number(number)) = row.cells.first()
                {
                    self.0.insert(number.clone(), section.id.as_str().into());
                }
            }
        }
        section.sections.iter().for_each(|inner| self.add(inner));
    }

    /// The section that shows a packet.
    fn section(&self, number: &str) -> Option<&str> {
        self.0.get(number).map(AsRef::as_ref)
    }
}

impl Html {
    /// `[1, 2, 3]`: each number leads to its packet where that is shown.
    pub(super) fn frames(&mut self, frames: &str) {
        let mut rest = frames;
        while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
            let (before, from) = rest.split_at(start);
            let (number, after) = digits(from);
            self.text(before);
            self.frame(number);
            rest = after;
        }
        self.text(rest);
    }

    /// A sentence of netlab's own in which `#4` and `[1, 2, 3]` lead to their packets.
    pub(super) fn sentence(&mut self, sentence: &str) {
        let mut rest = sentence;
        while let Some(start) = rest.find(['#', '[']) {
            let (before, from) = rest.split_at(start);
            self.text(before);
            rest = match listed(from) {
                Some((list, after)) => {
                    self.frames(list);
                    after
                }
                None => {
                    let (sign, after) = from.split_at(1);
                    self.text(sign);
                    after
                }
            };
        }
        self.text(rest);
    }

    /// The number of a packet, which leads to it where it is shown.
    pub(super) fn frame(&mut self, number: &str) {
        let link = self
            .links
            .section(number)
            .map(|section| format!("{section}-p{number}"));
        let Some(link) = link else {
            return self.text(number);
        };
        self.raw("<a href=\"#");
        self.text(&link);
        self.raw("\">");
        self.text(number);
        self.raw("</a>");
    }
}

/// The digits that a text begins with, and what follows them.
fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit());
    text.split_at(end.unwrap_or(text.len()))
}

/// `#4`, or `[1, 2, 3]`, `[4–7]` with nothing else in it, at the beginning of a text.
fn listed(text: &str) -> Option<(&str, &str)> {
    if let Some(after) = text.strip_prefix('#') {
        let (number, _) = digits(after);
        return (!number.is_empty()).then(|| text.split_at(1 + number.len()));
    }
    let end = text.find(']')? + 1;
    let (list, after) = text.split_at_checked(end)?;
    let inner = list.get(1..list.len() - 1)?;
    let frames = inner
        .split([',', '–', '-', ' '])
        .filter(|number| !number.is_empty());
    let numbers = inner.contains(|c: char| c.is_ascii_digit())
        && frames
            .into_iter()
            .all(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    numbers.then_some((list, after))
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn frames_are_told_from_other_brackets() {
        assert_eq!(listed("#4, then"), Some(("#4", ", then")));
        assert_eq!(listed("[1, 2, 3] open"), Some(("[1, 2, 3]", " open")));
        assert_eq!(listed("[4–7, 9]: data"), Some(("[4–7, 9]", ": data")));
        assert_eq!(listed("[SYN, ACK] Seq=0"), None);
        assert_eq!(listed("[]"), None);
        assert_eq!(listed("[1"), None);
        assert_eq!(listed("# 4"), None);
    }
}
