//! Sentences built clause by clause, and the small phrases that every one of them uses.

use std::fmt::{Display, Write};

use super::Why;
use crate::model::frame::FrameNo;
use crate::text::Lang;
use crate::text::phrase::phrase;

/// How many bytes most sentences have room in.
const USUAL: usize = 192;

/// A sentence that grows clause by clause, and the reasons behind it.
pub(super) struct Clauses {
    pub(super) lang: Lang,
    /// The steps of the reasoning are wanted.
    pub(super) reasons: bool,
    text: String,
    why: Vec<Why>,
}

impl Clauses {
    pub(super) fn new(lang: Lang, reasons: bool) -> Self {
        Self {
            lang,
            reasons,
            text: String::with_capacity(USUAL),
            why: Vec::new(),
        }
    }

    /// Adds a clause after a semicolon.
    pub(super) fn clause(&mut self, clause: impl Display) {
        self.put("; ", clause);
    }

    /// Adds a clause after a comma.
    pub(super) fn comma(&mut self, clause: impl Display) {
        self.put(", ", clause);
    }

    fn put(&mut self, joint: &str, clause: impl Display) {
        if !self.text.is_empty() {
            self.text.push_str(joint);
        }
        let _ = write!(self.text, "{clause}");
    }

    /// Adds a step of the reasoning.
    pub(super) fn step(&mut self, source: &'static str, step: impl Display) {
        if self.reasons {
            self.why.push(Why {
                text: step.to_string(),
                source,
            });
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The sentence with its capital and full stop.
    pub(super) fn finish(self) -> (String, Vec<Why>) {
        let mut sentence = self.text;
        let word = sentence.split(' ').next().unwrap_or_default();
        // Not of an address.
        if !word.contains(':')
            && let Some(first) = word.chars().next()
        {
            match sentence.get_mut(..first.len_utf8()) {
                Some(ascii) if first.is_ascii() => ascii.make_ascii_uppercase(),
                _ => {
                    let rest = sentence.split_off(first.len_utf8());
                    sentence = first.to_uppercase().collect();
                    sentence.push_str(&rest);
                }
            }
        }
        sentence.push('.');
        (sentence, self.why)
    }
}

/// The frames that a sentence names.
pub(super) fn frames(sentence: &str) -> Vec<FrameNo> {
    let mut found = Vec::new();
    for part in sentence.split('#').skip(1) {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if let Ok(frame) = part[..digits].parse()
            && !found.contains(&frame)
        {
            found.push(frame);
        }
    }
    found
}

/// `1 byte`, `55 bytes`: the same words in both languages.
pub(in crate::report) fn count(bytes: impl Into<u64>) -> String {
    match bytes.into() {
        1 => "1 byte".to_owned(),
        bytes => format!("{bytes} bytes"),
    }
}

phrase! {
    joined(list, last): "{list} and {last}", "{list} e {last}";
    joined_also(list, last): "{list}, and {last}", "{list}, e {last}";
    segments(count, first, last): "{count} segments from #{first} to #{last}",
        "{count} segmentos de #{first} a #{last}";
}

/// Frames up to this many are named one by one.
const NAMED: usize = 4;

/// `#4`, `#4 and #6`, `12 segments from #4 to #30`.
pub(in crate::report) fn frame_list(frames: &[FrameNo], lang: Lang) -> String {
    let Some((last, before)) = frames.split_last() else {
        return String::new();
    };
    let Some(first) = before.first() else {
        return format!("#{last}");
    };
    if frames.len() > NAMED {
        return segments(lang, frames.len(), first, last).to_string();
    }
    let mut list = String::new();
    for frame in before {
        let joint = if list.is_empty() { "" } else { ", " };
        let _ = write!(list, "{joint}#{frame}");
    }
    joined(lang, list, format!("#{last}")).to_string()
}

/// Joins two phrases with "and"; the first alone where there is no second.
pub(in crate::report) fn and(list: String, last: &str, lang: Lang) -> String {
    if list.is_empty() {
        return last.to_owned();
    }
    joined(lang, list, last).to_string()
}

/// The same for phrases that have commas themselves.
pub(super) fn and_also(list: String, last: String, lang: Lang) -> String {
    if list.is_empty() {
        return last;
    }
    joined_also(lang, list, last).to_string()
}

/// A length of time in nanoseconds, as `lang` writes decimals; `None` where it is negative, as in a
/// capture whose times run backwards.
pub(in crate::report) fn time(nanos: i64, lang: Lang) -> Option<String> {
    (nanos >= 0).then(|| crate::text::quantity::span(nanos, lang).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_and_times_read_as_people_write_them() {
        assert_eq!(frame_list(&[4], Lang::En), "#4");
        assert_eq!(frame_list(&[4, 6, 9], Lang::PtBr), "#4, #6 e #9");
        assert_eq!(
            frame_list(&[4, 6, 9, 12, 20], Lang::En),
            "5 segments from #4 to #20"
        );
        assert_eq!(time(206_123_000, Lang::En).as_deref(), Some("206.123 ms"));
        assert_eq!(time(1_020_400_000, Lang::PtBr).as_deref(), Some("1,020 s"));
        assert_eq!(time(-1, Lang::En), None);
        assert_eq!(frames("as in #12, sent in #4 (#12)."), [12, 4]);
    }
}
