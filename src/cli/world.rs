//! The outside world of a run: terminal, language, colour. Asked once, passed down.

use std::io::{IsTerminal, Write};

use super::feeder::Feeder;
use crate::analysis::AnalyzerOptions;
use crate::model::dialect::Dialect;
use crate::pipeline::Pipeline;
use crate::render::escape;
use crate::text::phrase::phrase;
use crate::text::{Lang, ui};

/// How many conversations are followed at a time where every packet is explained: about 100 MB.
const AT_A_TIME: usize = 20_000;

phrase! {
    after_the_close(count; most):
        "of 1 packet less is said: its conversation was closed before it, and not followed any more when more than {most} others had come" | "of {count} packets less is said: their conversations were closed before them, and not followed any more when more than {most} others had come",
        "de 1 pacote se diz menos: sua conversa já estava encerrada, e não era mais acompanhada depois que vieram mais de {most} outras" | "de {count} pacotes se diz menos: suas conversas já estavam encerradas, e não eram mais acompanhadas depois que vieram mais de {most} outras";
    not_followed(count; most):
        "more than {most} conversations were open at once: 1 of them, the oldest, was not followed to its end, and of its later packets less is said" | "more than {most} conversations were open at once: {count} of them, the oldest, were not followed to their end, and of their later packets less is said",
        "mais de {most} conversas estavam abertas ao mesmo tempo: 1 delas, a mais antiga, não foi acompanhada até o fim, e dos seus pacotes posteriores se diz menos" | "mais de {most} conversas estavam abertas ao mesmo tempo: {count} delas, as mais antigas, não foram acompanhadas até o fim, e dos seus pacotes posteriores se diz menos";
}

/// What a run knows of its surroundings.
#[derive(Clone, Debug)]
pub(super) struct World {
    /// The language of texts.
    pub(super) lang: Lang,
    /// The version of Wireshark that rows follow.
    pub(super) dialect: Dialect,
    /// Whether standard output is a terminal.
    pub(super) stdout_is_terminal: bool,
    /// The width of that terminal in columns.
    pub(super) width: Option<usize>,
    /// Whether to colour standard output.
    pub(super) color: bool,
    /// Where rows go instead: the view that is open.
    pub(super) view: Option<Feeder>,
}

/// What `--color` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl World {
    /// Asks the process's surroundings.
    pub(super) fn ask(lang: Lang, dialect: Dialect, color: ColorChoice) -> Self {
        let stdout_is_terminal = std::io::stdout().is_terminal();
        let width = stdout_is_terminal
            .then(|| terminal_size::terminal_size_of(std::io::stdout()))
            .map(|size| size.map_or(80, |(terminal_size::Width(columns), _)| columns.into()));
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let color = match color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => stdout_is_terminal && !set("NO_COLOR") && !dumb,
        };
        Self {
            lang,
            dialect,
            stdout_is_terminal,
            width,
            color,
            view: None,
        }
    }

    /// What makes rows of frames; `summaries` as in [`AnalyzerOptions::summaries`].
    pub(super) fn pipeline(&self, summaries: usize) -> Pipeline {
        Pipeline::new(AnalyzerOptions {
            summaries,
            at_a_time: 0,
            dialect: self.dialect,
        })
    }

    /// What makes rows of frames that are explained one by one: every conversation has a record while
    /// its turn lasts.
    pub(super) fn following(&self) -> Pipeline {
        Pipeline::new(AnalyzerOptions {
            summaries: usize::MAX,
            at_a_time: AT_A_TIME,
            dialect: self.dialect,
        })
    }

    /// Says that some conversations were not followed to their end, where that is so.
    pub(super) fn not_followed(&self, pipeline: &Pipeline) {
        let left = pipeline.analyzer().left();
        if left > 0 {
            self.warn(&not_followed(self.lang, left, AT_A_TIME).to_string());
        }
        let late = pipeline.analyzer().late();
        if late > 0 {
            self.warn(&after_the_close(self.lang, late, AT_A_TIME).to_string());
        }
    }

    /// Writes a line to standard error, harmless whatever names are in it. Where that is gone, nobody is left to tell.
    pub(super) fn note(&self, line: &str) {
        if self.view.as_ref().is_some_and(|view| view.tell(line)) {
            return;
        }
        let _ = std::io::stderr().write_all(&escape::lines(&format!("{line}\n")));
    }

    /// Writes a warning to standard error.
    pub(super) fn warn(&self, line: &str) {
        self.note(&format!("netlab: {}: {line}", ui::WARNING.get(self.lang)));
    }
}
