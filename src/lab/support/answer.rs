//! The answer to a lab's question, sentence by sentence, each with the frames that prove it.

use std::fmt::Display;

use crate::model::frame::FrameNo;
use crate::model::time::Span;
use crate::text::phrase::phrase;
use crate::text::quantity;
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

phrase! {
    not_shown(missing): "this capture does not show what the lab is about: {missing}",
        "esta captura não mostra o que o lab quer mostrar: {missing}";
}

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
    pub(in crate::lab) fn say(&mut self, phrase: impl Display) {
        self.lines.push(phrase.to_string());
    }

    /// Says what is missing, unless it is there. Returns whether it is.
    pub(in crate::lab) fn require(&mut self, there: bool, what: &Text) -> bool {
        if !there {
            self.shown = false;
            self.missing = Some(*what);
            let missing = what.get(self.lang);
            self.say(not_shown(self.lang, &missing));
        }
        there
    }

    /// `1 byte`, `55 bytes`.
    pub(in crate::lab) fn bytes(&self, count: u32) -> String {
        quantity::bytes(self.lang, count.into()).to_string()
    }

    /// A length of time.
    pub(in crate::lab) fn span(&self, span: Span) -> String {
        quantity::span(span.nanos_clamped(), self.lang).to_string()
    }
}

/// Frame numbers as the summary writes them: `[1, 2, 3]`.
pub(in crate::lab) fn frames(numbers: impl IntoIterator<Item = FrameNo>) -> String {
    let list: Vec<String> = numbers.into_iter().map(|no| no.to_string()).collect();
    format!("[{}]", list.join(", "))
}
