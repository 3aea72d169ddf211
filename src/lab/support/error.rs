//! Why a lab did not come to its end.

use thiserror::Error;

use crate::exercises::error::ExerciseError;
use crate::model::call::{Party, Role};
use crate::source::live::error::LiveError;
use crate::text::Lang;
use crate::text::ui;

/// Why a lab did not come to its end.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LabError {
    /// The capture could not be opened, or broke off.
    #[error(transparent)]
    Capture(#[from] LiveError),
    /// A program failed.
    #[error("{}", self.message(Lang::En))]
    Program {
        /// Which.
        party: Party,
        /// Why.
        #[source]
        cause: ExerciseError,
    },
}

impl LabError {
    /// One sentence: what failed and why.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Capture(error) => error.message(lang),
            Self::Program { party, cause } => {
                let who = match party.role {
                    Role::Server => ui::SERVER,
                    Role::Client => ui::CLIENT,
                    Role::Program => ui::PROGRAM,
                };
                let number = party.number.map(|it| format!(" {it}")).unwrap_or_default();
                format!("{}{number}: {}", who.get(lang), cause.message(lang))
            }
        }
    }

    /// One thing to do about it.
    pub fn hint(&self, lang: Lang) -> String {
        match self {
            Self::Capture(error) => error.hint(lang),
            Self::Program { cause, .. } => cause.hint(lang),
        }
    }
}
