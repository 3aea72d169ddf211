//! `netlab explain FILE`: one sentence per packet.

mod reading;

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use self::reading::{CONVERSATIONS, Reading};
use crate::analysis::conversation::ConversationId;
use crate::cli::calls::Calls;
use crate::cli::fail::Failure;
use crate::cli::files;
use crate::cli::files::names;
use crate::cli::matched;
use crate::cli::options::select::{SelectArgs, positive};
use crate::cli::options::table::TableArgs;
use crate::cli::options::write;
use crate::cli::out::Output;
use crate::cli::progress::Progress;
use crate::cli::words;
use crate::cli::world::World;
use crate::pipeline::Pipeline;
use crate::render::explanation::{Explained, Layout};
use crate::render::rows::{FORMATS, Format, RowOptions, RowWriter};
use crate::report::explain::Explainer;
use crate::report::explain::record::{self, ExplanationRecord};
use crate::text::Lang;
use crate::text::phrase::phrase;

/// The format for reading.
const TEXT: &str = "text";

phrase! {
    no_such_packet(no, count): "there is no packet {no} here: the capture has {count}",
        "não existe o pacote {no} aqui: a captura tem {count}";
    not_chosen(no): "packet {no} is not among those that --port, --host, -f and -Y choose",
        "o pacote {no} não está entre os que --port, --host, -f e -Y escolhem";
    PACKET_HINT: "netlab replay lists the packets with their numbers",
        "netlab replay lista os pacotes com seus números";
}

#[derive(Args, Debug)]
pub(in crate::cli) struct ExplainArgs {
    #[arg(value_name = "FILE", help = words::FILE.en, value_parser = names())]
    file: String,
    #[arg(long, value_name = "N", help = words::PACKET.en, value_parser = positive)]
    packet: Option<u64>,
    #[arg(long, help = words::WHY.en)]
    why: bool,
    #[command(flatten)]
    select: SelectArgs,
    #[arg(short = 'T', long = "format", value_name = "FORMAT", help = words::EXPLAIN_FORMAT.en, value_parser = formats())]
    format: Option<String>,
    #[arg(short = 'o', long = "output", value_name = "FILE", help = words::EXPLAIN_OUTPUT.en)]
    output: Option<PathBuf>,
    #[arg(long, help = words::NO_WRAP.en)]
    wide: bool,
}

/// Text, and every format of tables but the one that cuts long cells.
fn formats() -> PossibleValuesParser {
    let others = FORMATS.iter().skip(1).map(|format| format.id);
    std::iter::once(TEXT)
        .chain(others)
        .collect::<Vec<_>>()
        .into()
}

impl ExplainArgs {
    /// The file that is read.
    pub(in crate::cli) fn file(&self) -> &str {
        &self.file
    }
}

pub(in crate::cli) fn run(args: &ExplainArgs, world: &World) -> Result<(), Failure> {
    let format = format(args, world)?;
    let display = args.select.display(world)?;
    let read = std::slice::from_ref(&args.file);
    write::spare_output(read, args.output.as_deref(), world)?;
    let lang = world.lang;
    let filter = args.select.filter();
    let mut source = files::open(&args.file, world)?;
    let mut shown = Shown::begin(format, args, world)?;
    let mut pipeline = shown.pipeline(args, world);
    let mut filter = files::filter(filter, world)?;
    let mut chosen_any = false;
    files::enclose(args.output.as_deref());
    let explainer = Explainer::new(lang).with_reasons(args.why);
    // Rows that leave at once are progress enough.
    let mut progress = match &shown {
        Shown::Text(_) => Some(Progress::begin(&args.file, None, world)),
        Shown::Rows(..) => None,
    };
    let mut calls = Calls::default();
    let mut last = 0;
    let stream = source.is_stream();
    loop {
        if stream && !source.holds_next() {
            shown.flush()?;
        }
        let Some(frame) = files::next(&mut source, world)? else {
            break;
        };
        let wanted = files::admits(&mut filter, &frame, world)?;
        let chosen = args.packet.is_none_or(|no| no == u64::from(frame.no));
        let row = pipeline.push(&frame);
        calls.keep(&row);
        let wanted = wanted && display.as_ref().is_none_or(|filter| filter.admits(&row));
        chosen_any |= wanted;
        last = frame.no;
        if let Some(progress) = &mut progress
            && progress.packet(|| 0)
            && shown.is_left()
        {
            return Err(Failure::BrokenPipe);
        }
        if chosen && wanted && shown.has_room(row.analysis.conversation)? {
            let packet = Explained {
                no: frame.no,
                explanation: explainer.row(&row),
            };
            shown.packet(row.analysis.conversation, packet)?;
        }
        if args.packet == Some(u64::from(frame.no)) {
            if !wanted {
                return Err(refusal(not_chosen(lang, frame.no), lang));
            }
            drop(progress);
            // What comes later changes nothing of its sentence.
            return shown.end(&pipeline, &[], calls.file(source.facts()), world);
        }
    }
    drop(progress);
    if let Some(no) = args.packet {
        files::end(&source, world)?;
        return Err(refusal(no_such_packet(lang, no, last), lang));
    }
    if !chosen_any {
        let conversations = pipeline.analyzer().conversations();
        matched::none(source.frames(), args.select.said(), conversations, world);
    }
    // They are about the whole file.
    let together = match args.select.said().as_str() {
        "" => calls.shown(pipeline.analyzer().conversations(), world),
        _ => Vec::new(),
    };
    shown.end(&pipeline, &together, calls.file(source.facts()), world)?;
    world.not_followed(&pipeline);
    files::end(&source, world)
}

fn refusal(cause: impl std::fmt::Display, lang: Lang) -> Failure {
    Failure::usage(cause.to_string(), PACKET_HINT.get(lang))
}

/// The format of tables that was asked for; `None` for text.
fn format(args: &ExplainArgs, world: &World) -> Result<Option<&'static Format>, Failure> {
    if args.format.as_deref() == Some(TEXT) {
        return Ok(None);
    }
    let text = args.output.as_deref().and_then(|path| path.extension());
    if args.format.is_none() && (args.output.is_none() || text.is_some_and(|it| it == "txt")) {
        return Ok(None);
    }
    let table = TableArgs {
        format: args.format.clone(),
        output: args.output.clone(),
        ..TableArgs::default()
    };
    table.format(world).map(Some)
}

/// Where explanations go.
enum Shown {
    /// Row by row.
    Rows(Box<dyn RowWriter>, Output, bool),
    /// By conversation, at the end.
    Text(Reading),
}

impl Shown {
    fn begin(
        format: Option<&'static Format>,
        args: &ExplainArgs,
        world: &World,
    ) -> Result<Shown, Failure> {
        let mut out = Output::to(args.output.as_deref(), world.lang)?;
        let Some(format) = format else {
            let to_terminal = args.output.is_none() && !args.wide;
            let layout = Layout {
                width: world.width.filter(|_| to_terminal),
                why: args.why,
            };
            let one = args.packet.is_some();
            return Ok(Shown::Text(Reading::new(layout, out, one, world)));
        };
        let mut writer = (format.open)(RowOptions {
            headings: record::headings(args.why),
            lang: world.lang,
            width: None,
            color: false,
            sniff: 0,
            list: false,
        });
        writer.begin(&mut out.buffer);
        Ok(Shown::Rows(writer, out, args.why))
    }

    /// What the sentences rest on: records.
    fn pipeline(&self, args: &ExplainArgs, world: &World) -> Pipeline {
        match self {
            Shown::Rows(..) => world.following(),
            Shown::Text(_) if args.select.said().is_empty() => world.pipeline(2 * CONVERSATIONS),
            Shown::Text(_) => world.pipeline(usize::MAX),
        }
    }

    /// Whether a packet of this conversation is shown. One that is not is counted.
    fn has_room(&mut self, id: Option<ConversationId>) -> Result<bool, Failure> {
        match self {
            Shown::Rows(..) => Ok(true),
            Shown::Text(reading) => reading.has_room(id),
        }
    }

    fn packet(&mut self, id: Option<ConversationId>, packet: Explained) -> Result<(), Failure> {
        match self {
            Shown::Rows(writer, out, why) => {
                let record = ExplanationRecord {
                    no: packet.no,
                    explanation: &packet.explanation,
                    why: *why,
                };
                writer.row(&record, &mut out.buffer);
                out.flush_if_full()
            }
            Shown::Text(reading) => {
                reading.packet(id, packet);
                Ok(())
            }
        }
    }

    /// Whether whoever read it has left.
    fn is_left(&self) -> bool {
        match self {
            Shown::Rows(_, out, _) => out.is_left(),
            Shown::Text(reading) => reading.is_left(),
        }
    }

    /// Puts the rows that there are before the reader.
    fn flush(&mut self) -> Result<(), Failure> {
        match self {
            Shown::Rows(_, out, _) => out.flush(),
            Shown::Text(_) => Ok(()),
        }
    }

    /// Ends with what calls and packets show `together`.
    fn end(
        self,
        pipeline: &Pipeline,
        together: &[String],
        calls: &Calls,
        world: &World,
    ) -> Result<(), Failure> {
        match self {
            Shown::Rows(mut writer, mut out, _) => {
                writer.end(&mut out.buffer);
                out.finish()?;
                calls.tell(false, world)
            }
            Shown::Text(reading) => reading.end(pipeline, together, calls.note(world)),
        }
    }
}
