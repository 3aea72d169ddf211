//! How a run can fail: an exit code, one sentence of cause, one thing to do.

use std::io::Write;

use super::exit::USAGE;
use crate::render::escape;
use crate::text::Lang;
use crate::text::ui;

/// Why a run ended early.
#[derive(Debug)]
pub(super) enum Failure {
    /// Whoever reads our output has gone: a silent end, and no error.
    BrokenPipe,
    /// An end that the user has been told of already.
    Told {
        /// The exit code.
        code: u8,
    },
    /// An error for the user.
    Error {
        /// The exit code.
        code: u8,
        /// One sentence: what failed and why.
        cause: String,
        /// One thing to do.
        hint: String,
    },
}

impl Failure {
    /// A failure with this exit code.
    pub(super) fn new(code: u8, cause: impl Into<String>, hint: impl Into<String>) -> Self {
        Failure::Error {
            code,
            cause: cause.into(),
            hint: hint.into(),
        }
    }

    /// Wrong usage.
    pub(super) fn usage(cause: impl Into<String>, hint: impl Into<String>) -> Self {
        Failure::new(USAGE, cause, hint)
    }

    /// The exit code.
    pub(super) fn code(&self) -> u8 {
        match self {
            Failure::BrokenPipe => 0,
            Failure::Told { code } | Failure::Error { code, .. } => *code,
        }
    }

    /// Its cause, in a sentence.
    pub(super) fn said(self) -> String {
        match self {
            Failure::Error { cause, .. } => cause,
            Failure::BrokenPipe | Failure::Told { .. } => String::new(),
        }
    }

    /// Tells the user on standard error.
    pub(super) fn tell(&self, lang: Lang) {
        if let Failure::Error { cause, hint, .. } = self {
            let mut text = format!("netlab: {}: {cause}\n", ui::ERROR.get(lang));
            for line in hint.lines() {
                text.push_str("  ");
                text.push_str(line);
                text.push('\n');
            }
            // Where standard error is gone there is nobody left to tell.
            let _ = std::io::stderr().write_all(&escape::lines(&text));
        }
    }
}
