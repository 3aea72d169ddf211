//! What several clients at once are to say.

use super::context::ClientContext;
use super::error::ExerciseError;
use super::lines::Lines;
use super::options::Message;

/// What the clients are to say.
pub(in crate::exercises) enum Messages {
    Own,
    Same(String),
    Lines(Vec<String>),
}

impl Messages {
    /// Takes them out of the client's options; lines are read to their end.
    pub(in crate::exercises) async fn take(ctx: &mut ClientContext) -> Result<Self, ExerciseError> {
        Ok(match std::mem::take(&mut ctx.options.message) {
            Message::Default => Self::Own,
            Message::Text(text) => Self::Same(text),
            Message::Lines(input) => {
                let mut input = Lines::new(input);
                let mut lines = Vec::new();
                while let Some(line) = input.next().await? {
                    lines.push(line);
                }
                Self::Lines(lines)
            }
        })
    }

    /// The messages of client `number` of `clients`, from 1. Lines are dealt out in turn.
    /// Without a message of the user's, `greeting` says each, `times` times.
    pub(in crate::exercises) fn of(
        &self,
        (number, clients): (u32, u32),
        times: u32,
        greeting: impl Fn(u32) -> String,
    ) -> Vec<String> {
        match self {
            Self::Own => (1..=times).map(greeting).collect(),
            Self::Same(text) => (0..times).map(|_| text.clone()).collect(),
            Self::Lines(lines) => lines
                .iter()
                .zip((1..=clients).cycle())
                .filter(|(_, turn)| *turn == number)
                .map(|(line, _)| line.clone())
                .collect(),
        }
    }
}
