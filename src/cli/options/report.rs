//! What a report shows: `--sections`, `--stream`, `--conversations`, `--rows`.

use clap::Args;

use crate::analysis::conversation::Protocol;
use crate::cli::fail::Failure;
use crate::cli::meant;
use crate::cli::options::select::positive;
use crate::cli::words;
use crate::cli::world::World;
use crate::report::document::{Answers, Options, Sections, Stream};
use crate::text::phrase::phrase;

/// What shape a document has, as typed.
#[derive(Args, Debug, Clone, Default)]
pub(in crate::cli) struct ShapeOptions {
    #[arg(long, value_name = "NAMES", help = words::SECTIONS.en)]
    sections: Option<String>,
    #[arg(long, help = words::BRIEF.en, conflicts_with = "sections")]
    brief: bool,
    #[arg(long, help = words::BLANK.en, conflicts_with = "key")]
    blank: bool,
    #[arg(long, help = words::KEY.en)]
    key: bool,
}

impl ShapeOptions {
    /// Whether something was asked for.
    pub(in crate::cli) fn given(&self) -> bool {
        self.sections.is_some() || self.brief || self.blank || self.key
    }

    /// What to show in a document of the format called `format`.
    pub(in crate::cli) fn plan(&self, format: &str, world: &World) -> Result<Options, Failure> {
        let mut options = Options {
            lang: world.lang,
            everything: matches!(format, "json" | "csv"),
            ..Options::default()
        };
        if let Some(names) = &self.sections {
            options.sections = sections(names, world)?;
        }
        if self.brief {
            options.sections = Sections::BRIEF;
        }
        Ok(options)
    }

    /// Which answers it has.
    pub(in crate::cli) fn answers(&self) -> Answers {
        match (self.blank, self.key) {
            (true, _) => Answers::Blank,
            (_, true) => Answers::Alone,
            _ => Answers::Given,
        }
    }
}

/// What a report shows, as typed.
#[derive(Args, Debug, Clone, Default)]
pub(in crate::cli) struct ReportOptions {
    #[command(flatten)]
    pub(in crate::cli) shape: ShapeOptions,
    #[arg(long, value_name = "N", help = words::REPORT_STREAM.en, value_parser = stream)]
    pub(in crate::cli) stream: Vec<Stream>,
    #[arg(long, value_name = "N", help = words::CONVERSATIONS_MAX.en, value_parser = positive)]
    pub(in crate::cli) conversations: Option<u64>,
    #[arg(long, value_name = "N", help = words::ROWS_MAX.en, value_parser = positive)]
    pub(in crate::cli) rows: Option<u64>,
}

phrase! {
    unknown_section(name): "there is no section called {name}", "não existe seção chamada {name}";
    section_hint(known): "the sections are: {known}", "as seções são: {known}";
}

impl ReportOptions {
    /// What to show. `filtered` where packets may be left out.
    pub(in crate::cli) fn plan(
        &self,
        format: &str,
        filtered: bool,
        world: &World,
    ) -> Result<Options, Failure> {
        let mut options = Options {
            streams: self.stream.clone(),
            filtered,
            ..self.shape.plan(format, world)?
        };
        let count = |value: u64| usize::try_from(value).unwrap_or(usize::MAX);
        if let Some(value) = self.conversations {
            options.conversations = count(value);
            options.list = options.list.max(options.conversations);
        }
        if let Some(value) = self.rows {
            options.rows = count(value);
        }
        Ok(options)
    }
}

fn sections(names: &str, world: &World) -> Result<Sections, Failure> {
    let mut chosen = Sections::NONE;
    for name in names.split(',').map(str::trim) {
        let found = Sections::NAMES.iter().find(|(known, _)| *known == name);
        let Some((_, section)) = found else {
            let known: Vec<_> = Sections::NAMES.iter().map(|(known, _)| *known).collect();
            return Err(Failure::usage(
                unknown_section(world.lang, format!("{name:?}")).to_string(),
                meant::or_list(
                    name,
                    &known,
                    section_hint(world.lang, known.join(" ")).to_string(),
                    world.lang,
                ),
            ));
        };
        chosen = chosen.with(*section);
    }
    Ok(chosen)
}

/// Reads `3`, `tcp:3` or `udp:3`. What is wrong is said by example, which needs no translation.
fn stream(text: &str) -> Result<Stream, String> {
    let (protocol, number) = match text.split_once(':') {
        None => (None, text),
        Some(("tcp", number)) => (Some(Protocol::Tcp), number),
        Some(("udp", number)) => (Some(Protocol::Udp), number),
        Some(_) => return Err("3, tcp:3, udp:3".to_owned()),
    };
    let number = number.parse().map_err(|_| "3, tcp:3, udp:3".to_owned())?;
    Ok(Stream { protocol, number })
}
