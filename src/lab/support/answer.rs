//! The answer to a lab's question, sentence by sentence, each with the frames that prove it.

use std::fmt::Display;

use crate::model::frame::FrameNo;
use crate::model::time::Span;
use crate::text::{Lang, Text};

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its language.
    pub lang: Lang,
    /// Its sentences.
    pub lines: Vec<String>,
    /// The capture shows what the lab is about. Where it does not, the last line says so, and the
    /// program ends with exit code 1.
    pub shown: bool,
    /// What is missing where it does not.
    pub missing: Option<Text>,
}

static NOT_SHOWN: Text = Text::new(
    "this capture does not show what the lab is about: {missing}",
    "esta captura não mostra o que o lab quer mostrar: {missing}",
);

impl Answer {
    pub(super) fn new(lang: Lang) -> Self {
        Self {
            lang,
            lines: Vec::new(),
            shown: true,
            missing: None,
        }
    }

    /// Adds a sentence.
    pub(in crate::lab) fn say(&mut self, phrase: &Text, values: &[(&str, &dyn Display)]) {
        self.lines.push(phrase.fill(self.lang, values));
    }

    /// Says what is missing, unless it is there. Returns whether it is.
    pub(in crate::lab) fn require(&mut self, there: bool, what: &Text) -> bool {
        if !there {
            self.shown = false;
            self.missing = Some(*what);
            let missing = what.get(self.lang);
            self.say(&NOT_SHOWN, &[("missing", &missing)]);
        }
        there
    }

    /// A length of time in milliseconds, rounded to microseconds as the explanations and the
    /// tables of reports are, with the decimal sign of the language.
    pub(in crate::lab) fn millis(&self, span: Span) -> String {
        let nanos = span.nanos_clamped();
        let micros = (nanos.unsigned_abs() + 500) / 1000;
        let sign = if nanos < 0 && micros > 0 { "-" } else { "" };
        let shown = format!("{sign}{}.{:03}", micros / 1000, micros % 1000);
        self.lang.decimal(shown)
    }

    /// A length of time in seconds with two decimals.
    pub(in crate::lab) fn seconds(&self, span: Span) -> String {
        let hundredths = span.nanos_clamped() / 10_000_000;
        let shown = format!("{}.{:02}", hundredths / 100, (hundredths % 100).abs());
        self.lang.decimal(shown)
    }
}

/// Frame numbers as the summary writes them: `[1, 2, 3]`.
pub(in crate::lab) fn frames(numbers: impl IntoIterator<Item = FrameNo>) -> String {
    let list: Vec<String> = numbers.into_iter().map(|no| no.to_string()).collect();
    format!("[{}]", list.join(", "))
}
