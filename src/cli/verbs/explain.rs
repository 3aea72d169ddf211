//! `netlab explain FILE`: one sentence per packet.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::analysis::conversation::ConversationId;
use crate::cli::calls::Calls;
use crate::cli::fail::Failure;
use crate::cli::files;
use crate::cli::matched;
use crate::cli::options::select::{SelectArgs, positive};
use crate::cli::options::table::TableArgs;
use crate::cli::options::write;
use crate::cli::out::Output;
use crate::cli::progress::Progress;
use crate::cli::words;
use crate::cli::world::World;
use crate::lab;
use crate::pipeline::Pipeline;
use crate::render::explanation::{Explained, Layout};
use crate::render::rows::{FORMATS, Format, RowOptions, RowWriter};
use crate::report::explain::Explainer;
use crate::report::explain::group;
use crate::report::explain::record::{self, ExplanationRecord};
use crate::report::summary;
use crate::text::Lang;
use crate::text::phrase::phrase;

/// How many conversations are explained for reading, and how many packets of them; others are
/// counted. The formats for programs have no such limit.
const CONVERSATIONS: usize = 1000;
const PACKETS: usize = 50_000;

/// The format for reading.
const TEXT: &str = "text";

phrase! {
    OTHERS: "Packets outside these conversations", "Pacotes fora destas conversas";
    more_packets(count;):
        "… and 1 more packet, not explained here: choose with --port, --host, -f or --packet, or use -T jsonl" | "… and {count} more packets, not explained here: choose with --port, --host, -f or --packet, or use -T jsonl",
        "… e mais 1 pacote, não explicado aqui: escolha com --port, --host, -f ou --packet, ou use -T jsonl" | "… e mais {count} pacotes, não explicados aqui: escolha com --port, --host, -f ou --packet, ou use -T jsonl";
    no_such_packet(no, count): "there is no packet {no} here: the capture has {count}",
        "não existe o pacote {no} aqui: a captura tem {count}";
    not_chosen(no): "packet {no} is not among those that --port, --host, -f and -Y choose",
        "o pacote {no} não está entre os que --port, --host, -f e -Y escolhem";
    PACKET_HINT: "netlab replay lists the packets with their numbers",
        "netlab replay lista os pacotes com seus números";
}

#[derive(Args, Debug)]
pub(in crate::cli) struct ExplainArgs {
    #[arg(value_name = "FILE", help = words::FILE.en)]
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
    write::spare_output(
        std::slice::from_ref(&args.file),
        args.output.as_deref(),
        world,
    )?;
    let lang = world.lang;
    let filter = args.select.filter();
    let mut source = files::open(&args.file, world)?;
    let mut shown = Shown::begin(format, args, world)?;
    // Sentences rest on the records.
    let mut pipeline = match &shown {
        Shown::Rows(..) => world.following(),
        Shown::Text(_) if args.select.said().is_empty() => world.pipeline(2 * CONVERSATIONS),
        Shown::Text(_) => world.pipeline(usize::MAX),
    };
    let mut filter = files::filter(filter, world)?;
    let mut chosen_any = false;
    files::enclose(args.output.as_deref());
    let explainer = Explainer::new(lang);
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
        if chosen && wanted && shown.has_room(row.analysis.conversation) {
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
            return shown.end(&pipeline, &[], &calls, world);
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
    let together = match args.select.said().is_empty() {
        true => calls.shown(pipeline.analyzer().conversations(), world),
        false => Vec::new(),
    };
    shown.end(&pipeline, &together, &calls, world)?;
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
            return Ok(Shown::Text(Reading {
                layout: Layout {
                    width: world.width.filter(|_| to_terminal),
                    why: args.why,
                },
                out,
                lang: world.lang,
                one: args.packet.is_some(),
                conversations: BTreeMap::new(),
                outside: Vec::new(),
                kept: 0,
                more: 0,
                begun: false,
            }));
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

    /// Whether a packet of this conversation is shown. One that is not is counted.
    fn has_room(&mut self, id: Option<ConversationId>) -> bool {
        match self {
            Shown::Rows(..) => true,
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
            Shown::Rows(_, out, _) | Shown::Text(Reading { out, .. }) => out.is_left(),
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

/// Explanations for reading, kept until their conversations are known to the end.
struct Reading {
    layout: Layout,
    out: Output,
    lang: Lang,
    /// Only one packet was asked for.
    one: bool,
    /// By their places in the capture.
    conversations: BTreeMap<usize, Vec<Explained>>,
    outside: Vec<Explained>,
    kept: usize,
    /// Packets beyond the limits.
    more: u64,
    /// Something was written.
    begun: bool,
}

impl Reading {
    /// Whether a conversation is one of those that are explained, or may become one.
    fn is_within(&self, id: Option<ConversationId>) -> bool {
        let known = id.is_none_or(|id| self.conversations.contains_key(&id.index()));
        known || self.conversations.len() < CONVERSATIONS
    }

    fn has_room(&mut self, id: Option<ConversationId>) -> bool {
        let has_room = self.kept < PACKETS && self.is_within(id);
        self.more += u64::from(!has_room);
        has_room
    }

    fn packet(&mut self, id: Option<ConversationId>, packet: Explained) {
        let place = id.map(ConversationId::index);
        self.kept += 1;
        let Some(place) = place else {
            self.outside.push(packet);
            return;
        };
        self.conversations.entry(place).or_default().push(packet);
    }

    /// Ends with what calls and packets show `together`, and with a note on times.
    fn end(
        mut self,
        pipeline: &Pipeline,
        together: &[String],
        note: Option<&str>,
    ) -> Result<(), Failure> {
        let known = pipeline.analyzer().conversations();
        let explained = std::mem::take(&mut self.conversations);
        let outside = std::mem::take(&mut self.outside);
        for (place, packets) in &explained {
            let Some(conversation) = known.get(*place) else {
                continue;
            };
            self.apart();
            let out = &mut self.out.buffer;
            match summary::of(conversation, self.lang).filter(|_| !self.one) {
                Some(summary) => {
                    let sentence = |place| group::sentence(conversation, place, self.lang);
                    self.layout.conversation(&summary, sentence, packets, out);
                }
                // Of one packet's conversation, the rest of which is not read, only the ends are
                // named.
                None => {
                    let ends = summary::ends(conversation, self.lang);
                    self.layout.wrapped(&ends, "", 2, out);
                    for packet in packets {
                        self.layout.packet(packet, 4, out);
                    }
                }
            }
            self.out.flush_if_full()?;
        }
        let shown = explained.keys().filter_map(|place| known.get(*place));
        for line in summary::totals(shown.filter(|_| !self.one), self.lang) {
            self.apart();
            self.layout.wrapped(&line, "", 2, &mut self.out.buffer);
        }
        if !outside.is_empty() {
            if self.begun {
                self.apart();
                let heading = OTHERS.get(self.lang);
                self.layout.wrapped(heading, "", 2, &mut self.out.buffer);
            }
            for packet in &outside {
                self.layout.packet(packet, 4, &mut self.out.buffer);
            }
        }
        if self.more > 0 {
            self.apart();
            let line = more_packets(self.lang, self.more).to_string();
            self.layout.wrapped(&line, "", 2, &mut self.out.buffer);
        }
        self.together(together, note);
        self.out.finish()
    }

    fn together(&mut self, together: &[String], note: Option<&str>) {
        if !together.is_empty() {
            self.apart();
            let heading = lab::SHOWN.get(self.lang);
            self.layout.wrapped(heading, "", 2, &mut self.out.buffer);
        }
        for line in together {
            self.layout.wrapped(line, "  ", 4, &mut self.out.buffer);
        }
        if let Some(note) = note {
            self.apart();
            self.layout.wrapped(note, "", 2, &mut self.out.buffer);
        }
    }

    /// Leaves a line empty, except at the start.
    fn apart(&mut self) {
        if !std::mem::replace(&mut self.begun, true) {
            return;
        }
        self.out.buffer.push(b'\n');
    }
}
