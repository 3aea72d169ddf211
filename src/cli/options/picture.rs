//! What the verbs that draw have in common: which conversations, how, and where to.

use std::path::{Path, PathBuf};

use clap::Args;

use super::exercise::number_u32;
use super::select::positive;
use super::write;
use crate::cli::fail::Failure;
use crate::cli::files;
use crate::cli::out::Output;
use crate::cli::words;
use crate::cli::world::World;
use crate::render::ascii::Letters;
use crate::render::ladder::TextOptions;
use crate::report::ladder::Choice;
use crate::text::phrase::phrase;

/// The width of a drawing that goes into a pipe or a text file.
const PIPE: usize = 100;

/// Which conversations are drawn, and where to, as typed.
#[derive(Args, Debug, Clone, Default)]
pub(in crate::cli) struct PictureArgs {
    #[arg(long, value_name = "N", help = words::STREAM.en, value_parser = number_u32, conflicts_with = "udp_stream")]
    stream: Vec<u32>,
    #[arg(long, value_name = "N", help = words::UDP_STREAM.en, value_parser = number_u32)]
    udp_stream: Vec<u32>,
    #[arg(short = 'o', long = "output", value_name = "FILE", help = words::PICTURE_OUTPUT.en)]
    output: Option<PathBuf>,
    #[arg(long, value_name = "COLUMNS", help = words::WIDTH.en, value_parser = columns)]
    width: Option<usize>,
    #[arg(long, help = words::ASCII.en)]
    ascii: bool,
    #[arg(long, value_name = "N", help = words::CONVERSATIONS_DRAWN.en, value_parser = positive)]
    conversations: Option<u64>,
}

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Form {
    /// Lines for a terminal.
    Text,
    /// SVG.
    Svg,
}

phrase! {
    unknown_suffix(path): "the suffix of {path} names no form of a picture",
        "o sufixo de {path} não indica uma forma de figura";
    SUFFIX_HINT: "use .svg, or .txt for lines of text", "use .svg, ou .txt para linhas de texto";
    no_stream(file): "{file} has no such conversation", "{file} não tem essa conversa";
    NO_STREAM_HINT: "'netlab conversations FILE' lists them, with their stream numbers",
        "'netlab conversations FILE' as lista, com os números de stream";
    no_conversation(file): "{file} has no TCP or UDP conversation",
        "{file} não tem conversa TCP ou UDP";
    NO_CONVERSATION_HINT: "'netlab replay FILE' shows what is in it",
        "'netlab replay FILE' mostra o que há nele";
}

impl PictureArgs {
    /// The conversations that were asked for.
    pub(in crate::cli) fn choice(&self) -> Choice {
        match (&self.stream[..], &self.udp_stream[..]) {
            ([], []) => Choice::First,
            ([], streams) => Choice::Udp(streams.to_vec()),
            (streams, _) => Choice::Tcp(streams.to_vec()),
        }
    }

    /// How many conversations are drawn at most. Whoever names some wants all of them.
    pub(in crate::cli) fn conversations(&self, usual: usize) -> usize {
        let named = self.stream.len() + self.udp_stream.len();
        let usual = if named > 0 { named } else { usual };
        self.conversations.map_or(usual, size)
    }

    /// What to draw: by the suffix of `-o`, else for the terminal.
    pub(in crate::cli) fn form(&self, world: &World) -> Result<Form, Failure> {
        let Some(path) = &self.output else {
            return Ok(Form::Text);
        };
        match suffix(path).as_deref() {
            Some("svg") => Ok(Form::Svg),
            Some("txt") => Ok(Form::Text),
            _ => Err(Failure::usage(
                unknown_suffix(world.lang, path.display()).to_string(),
                SUFFIX_HINT.get(world.lang),
            )),
        }
    }

    /// Where the picture of `file` goes, opened before the work begins.
    pub(in crate::cli) fn open(&self, file: &str, world: &World) -> Result<Output, Failure> {
        write::spare_output(&[file.to_owned()], self.output.as_deref(), world)?;
        Output::to(self.output.as_deref(), world.lang)
    }

    /// Gives up what reading and drawing do not need.
    pub(in crate::cli) fn enclose(&self) {
        files::enclose(self.output.as_deref());
    }

    /// How a drawing in text looks.
    pub(in crate::cli) fn text(&self, world: &World) -> TextOptions {
        let terminal = world.width.filter(|_| self.output.is_none());
        TextOptions {
            lang: world.lang,
            width: self.width.or(terminal).unwrap_or(PIPE),
            letters: match self.ascii {
                true => Letters::Ascii,
                false => Letters::Unicode,
            },
            color: self.output.is_none() && world.color,
        }
    }

    /// Whether it goes to standard output.
    pub(in crate::cli) fn on_stdout(&self) -> bool {
        self.output.is_none()
    }

    /// Whether no conversation was asked for by its number.
    pub(in crate::cli) fn first(&self) -> bool {
        matches!(self.choice(), Choice::First)
    }

    /// Says that there is nothing to draw.
    pub(in crate::cli) fn nothing(&self, file: &str, world: &World) -> Failure {
        missing(!self.first(), file, world)
    }
}

/// Says that a file has no conversation, or not the one that was `named`.
pub(in crate::cli) fn missing(named: bool, file: &str, world: &World) -> Failure {
    let lang = world.lang;
    match named {
        false => {
            let hint = NO_CONVERSATION_HINT.get(lang);
            Failure::usage(no_conversation(lang, file).to_string(), hint)
        }
        true => Failure::usage(no_stream(lang, file).to_string(), NO_STREAM_HINT.get(lang)),
    }
}

/// The suffix of a path, in small letters.
pub(in crate::cli) fn suffix(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// A typed number as a size.
pub(in crate::cli) fn size(typed: u64) -> usize {
    usize::try_from(typed).unwrap_or(usize::MAX)
}

/// Reads a number of columns.
fn columns(text: &str) -> Result<usize, String> {
    text.parse()
        .ok()
        .filter(|columns| (40..=1000).contains(columns))
        .ok_or_else(|| "40–1000".to_owned())
}
