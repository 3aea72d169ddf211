//! Predicting: the next packet is hidden until the user has said what they expect of it.

use std::collections::BTreeSet;

use super::words;
use crate::analysis::row::Row;
use crate::model::frame::FrameNo;
use crate::model::side::Direction;
use crate::model::time::Timestamp;
use crate::report::info;
use crate::report::phase;
use crate::text::ui;
use crate::text::{Lang, Text};

/// What is known of a packet that is to be foretold.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub(super) no: FrameNo,
    pub(super) flags: Option<String>,
    pub(super) seq: Option<u32>,
    pub(super) ack: Option<u32>,
    pub(super) phase: Option<&'static Text>,
    pub(super) direction: Option<Direction>,
    pub(super) len: Option<u32>,
    pub(super) time: Option<Timestamp>,
}

impl Facts {
    /// Those of a row.
    pub(super) fn of(row: &Row<'_>) -> Self {
        let header = row.whole_header();
        let shown = row.analysis.tcp.filter(|_| header.is_some());
        let acks = header.is_some_and(|it| it.flags.ack());
        Self {
            no: row.frame.no,
            flags: header.map(|_| info::label(row)),
            seq: shown.map(|it| it.seq),
            ack: shown.filter(|_| acks).map(|it| it.ack),
            phase: row.analysis.phase.map(phase::word),
            direction: row.analysis.direction,
            len: shown.and_then(|it| it.len),
            time: row.frame.time,
        }
    }
}

/// What is asked of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    Flags,
    Seq,
    Ack,
    Phase,
}

/// A game of predictions.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Predict {
    /// How many questions were answered, and how many of them rightly.
    pub(super) asked: u32,
    pub(super) right: u32,
    /// Asked of the next packet.
    question: Option<Question>,
    /// The user is asked: the game is on.
    pub(super) on: bool,
}

impl Question {
    pub(super) fn name(self, lang: Lang) -> &'static str {
        match self {
            Question::Flags => words::FLAGS.get(lang),
            Question::Seq => "Seq",
            Question::Ack => "Ack",
            Question::Phase => words::PHASE.get(lang),
        }
    }

    /// What the packet answers; `None` where it has no such field.
    fn answer(self, facts: &Facts, lang: Lang) -> Option<String> {
        match self {
            Question::Flags => facts.flags.clone(),
            Question::Seq => facts.seq.map(|it| it.to_string()),
            Question::Ack => facts.ack.map(|it| it.to_string()),
            Question::Phase => facts.phase.map(|it| it.get(lang).to_owned()),
        }
    }
}

impl Predict {
    /// Asks about the next packet: each field in turn, of those that it has. `None` where it has none.
    pub(super) fn ask(&mut self, facts: Option<&Facts>, lang: Lang) -> Option<String> {
        let facts = facts?;
        let start = usize::try_from(self.asked).unwrap_or(0);
        let all = [
            Question::Flags,
            Question::Seq,
            Question::Ack,
            Question::Phase,
        ];
        let mut turns = all.into_iter().cycle().skip(start % 4).take(4);
        self.question = turns.find(|it| it.answer(facts, lang).is_some());
        let (client, server) = (ui::CLIENT.get(lang), ui::SERVER.get(lang));
        let way = match facts.direction {
            Some(Direction::ToServer) => format!("{client} → {server}"),
            Some(Direction::ToClient) => format!("{server} → {client}"),
            None => "?".to_owned(),
        };
        let len = facts.len.map(|len| format!(", Len={len}"));
        let way = way + len.as_deref().unwrap_or_default();
        let name = self.question?.name(lang);
        Some(words::expect(lang, facts.no, way, name).to_string())
    }

    /// Compares what the user said with the packet; says whether it is right, and what is.
    pub(super) fn judge(
        &mut self,
        said: &str,
        facts: &Facts,
        lang: Lang,
    ) -> Option<(bool, String)> {
        let question = self.question.take()?;
        let answer = question.answer(facts, lang)?;
        let right = match question {
            Question::Flags => flags(said) == flags(&answer),
            Question::Seq | Question::Ack => said.trim() == answer,
            Question::Phase => {
                let any = |text: &Text| [text.en, text.pt_br].map(str::to_lowercase);
                let said = said.trim().to_lowercase();
                facts.phase.is_some_and(|it| any(it).contains(&said))
            }
        };
        self.asked += 1;
        self.right += u32::from(right);
        Some((right, format!("{} = {answer}", question.name(lang))))
    }
}

/// The names of flags, whatever stands between them, in no order.
fn flags(text: &str) -> BTreeSet<String> {
    let names = text.split(|it: char| !it.is_ascii_alphanumeric());
    let names = names.filter(|name| !name.is_empty());
    names.map(str::to_uppercase).collect()
}
