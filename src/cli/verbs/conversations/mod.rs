//! `netlab conversations FILE…`: one row per conversation.

mod several;

use std::cmp::Ordering;
use std::net::IpAddr;

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::analysis::conversation::{Conversation, ConversationId};
use crate::cli::calls::Calls;
use crate::cli::fail::Failure;
use crate::cli::files;
use crate::cli::files::names;
use crate::cli::many;
use crate::cli::matched;
use crate::cli::options::picture;
use crate::cli::options::select::{self, Host, port};
use crate::cli::options::table::{self, TableArgs};
use crate::cli::options::write;
use crate::cli::out::Output;
use crate::cli::progress::Progress;
use crate::cli::words;
use crate::cli::world::World;
use crate::model::filter::CaptureFilter;
use crate::model::time::Timestamp;
use crate::render::rows::{DefaultColumns, FORMATS, Format, RowWriter, ZEEK};
use crate::report::conversations::ZEEK as ZEEK_COLUMNS;
use crate::report::conversations::{
    COLUMNS, COMPACT, Column, ConversationRecord, EXCHANGE, Entry, READING, Widest, needs_talks,
};
use crate::report::record::CellKind;
use crate::report::zeek::Talks;
use crate::text::phrase::phrase;

phrase! {
    ONE_LOG: "a Zeek log is about one capture", "um log do Zeek é sobre uma captura";
    ONE_LOG_HINT: "name one file, or use -T csv", "indique um arquivo, ou use -T csv";
}

/// How many rows may wait until the widths of the columns are known from them. A list that is not
/// longer is drawn as a whole.
const SNIFF: usize = 1000;

/// A terminal of fewer columns has no room for all that a reader gets.
const NARROW: usize = 140;

#[derive(Args, Debug)]
pub(in crate::cli) struct ConversationsArgs {
    #[arg(value_name = "FILE", required = true, help = words::CHECK_FILES.en, value_parser = names())]
    files: Vec<String>,
    #[arg(long, value_name = "NAME", help = words::SORT.en)]
    sort: Option<String>,
    #[arg(long, help = words::REVERSE.en)]
    reverse: bool,
    #[arg(long, value_name = "N", help = words::WITH_PORT.en, value_parser = port)]
    port: Vec<u16>,
    #[arg(long, value_name = "ADDRESS", help = words::WITH_HOST.en, value_parser = select::host)]
    host: Vec<Host>,
    #[command(flatten)]
    table: TableArgs,
}

pub(in crate::cli) fn run(args: &ConversationsArgs, world: &World) -> Result<(), Failure> {
    let (format, columns) = choice(args, world)?;
    let output = args.table.output.as_deref();
    let named = many::inputs(&args.files, world)?;
    write::spare_output(&named, output, world)?;
    let sort = args.sort.as_deref().map(|name| find(name, world));
    let sort = sort.transpose()?;
    let list = List {
        args,
        format,
        columns: &columns,
        sort,
        world,
    };
    match &named[..] {
        [file] => list.one(file),
        _ if format.id == ZEEK.id => {
            let (cause, hint) = (ONE_LOG.get(world.lang), ONE_LOG_HINT.get(world.lang));
            Err(Failure::usage(cause, hint))
        }
        _ => list.several(&named),
    }
}

/// What is listed, and how.
struct List<'a> {
    args: &'a ConversationsArgs,
    format: &'static Format,
    columns: &'a [&'static Column],
    sort: Option<&'static Column>,
    world: &'a World,
}

impl List<'_> {
    /// Lists the conversations of one file.
    fn one(&self, file: &str) -> Result<(), Failure> {
        let List {
            args,
            format,
            columns,
            sort,
            world,
        } = *self;
        let zeek = format.id == ZEEK.id;
        let output = args.table.output.as_deref();
        let headings = columns.iter().map(|column| column.heading()).collect();
        let mut options = args.table.rows(headings, SNIFF, world);
        options.list = true;
        let mut writer = (format.open)(options);
        let mut out = Output::to(output, world.lang)?;

        let mut source = files::open(file, world)?;
        files::enclose(output);
        // What is missing of a stream stands in the records.
        let mut pipeline = world.pipeline(if zeek { usize::MAX } else { 0 });
        let mut talks = (zeek || needs_talks(columns)).then(Talks::default);
        let mut origin = None;
        let mut progress = Progress::begin(file, None, world);
        let (mut begun, mut headed) = (false, false);
        let mut calls = Calls::default();
        loop {
            pipeline.prefetch(|| source.upcoming());
            let Some(frame) = files::next(&mut source, world)? else {
                break;
            };
            if origin.is_none() {
                origin = frame.time;
            }
            calls.of(&frame);
            match &mut talks {
                Some(talks) => talks.push(&pipeline.push(&frame)),
                None => pipeline.observe(&frame),
            }
            if progress.packet(|| 0) {
                if !std::mem::replace(&mut begun, true) {
                    writer.begin(&mut out.buffer);
                }
                let known = pipeline.analyzer().conversations();
                if !headed && known.len() > SNIFF && args.wants_all() {
                    self.head(&mut *writer, entries(known, None, origin), &mut out);
                    headed = true;
                }
                out.flush()?;
                if out.is_left() {
                    return Err(Failure::BrokenPipe);
                }
            }
        }
        drop(progress);
        let conversations = pipeline.analyzer().conversations();
        let entries = entries(conversations, talks.as_ref(), origin).filter(|it| wanted(it, args));

        if !begun {
            writer.begin(&mut out.buffer);
        }
        let row = |entry: Entry<'_>| {
            writer.row(&self.record(entry), &mut out.buffer);
            out.flush_if_full()
        };
        each(entries, (sort, args.reverse), world, row)?;
        writer.end(&mut out.buffer);
        out.finish()?;
        if let Some(text) = args.unmatched(conversations, world) {
            world.note(&format!("netlab: {text}"));
        }
        // The process ends: to give back the memory of each conversation by itself would take longer than
        // to analyse a packet of it.
        std::mem::forget(pipeline);
        let on_stdout = output.is_none() && format.columns == DefaultColumns::Reading;
        calls.file(source.facts());
        calls.tell(on_stdout, world)?;
        files::end(&source, world)
    }

    fn record<'e>(&self, entry: Entry<'e>) -> ConversationRecord<'_, 'e> {
        ConversationRecord {
            entry,
            columns: self.columns,
            lang: self.world.lang,
        }
    }

    /// Heads a list that will be too long to be drawn as a whole by its first rows as they stand, so
    /// that nobody waits for the end of the file to see that it begins.
    fn head<'e>(
        &self,
        writer: &mut dyn RowWriter,
        entries: impl Iterator<Item = Entry<'e>>,
        out: &mut Output,
    ) {
        for entry in entries.take(SNIFF) {
            writer.expect(&self.record(entry));
        }
        writer.expect(&Widest {
            columns: self.columns,
            lang: self.world.lang,
        });
        writer.head(&mut out.buffer);
    }
}

/// The conversations as entries of the list.
fn entries<'a>(
    conversations: &'a [Conversation],
    talks: Option<&'a Talks>,
    origin: Option<Timestamp>,
) -> impl DoubleEndedIterator<Item = Entry<'a>> {
    let all = conversations.iter().enumerate();
    all.filter_map(move |(place, it)| {
        let id = ConversationId(u32::try_from(place).ok()?);
        Some(Entry {
            origin,
            talk: talks.and_then(|talks| talks.get(id)),
            ..Entry::of(it)?
        })
    })
}

/// The format and the columns of the list.
fn choice(
    args: &ConversationsArgs,
    world: &World,
) -> Result<(&'static Format, Vec<&'static Column>), Failure> {
    let format = match args.table.format.as_deref() {
        Some(id) if id == ZEEK.id => &ZEEK,
        None if args.output_is_log() => &ZEEK,
        _ => args.table.format(world)?,
    };
    let zeek = format.id == ZEEK.id;
    let default = match format.columns {
        _ if zeek => ZEEK_COLUMNS,
        DefaultColumns::Reading => match args.table.width(world) {
            Some(..NARROW) => COMPACT,
            _ => READING,
        },
        DefaultColumns::Exchange => EXCHANGE,
        DefaultColumns::All => COLUMNS,
    };
    let all = if zeek { ZEEK_COLUMNS } else { COLUMNS };
    let columns = args.table.choose(default, all, |it| it.id, world)?;
    Ok((format, columns))
}

/// Gives the entries to `row` in the order that is wanted.
fn each<'a>(
    mut entries: impl DoubleEndedIterator<Item = Entry<'a>>,
    (sort, reverse): (Option<&Column>, bool),
    world: &World,
    mut row: impl FnMut(Entry<'a>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    match (sort, reverse) {
        (None, false) => entries.try_for_each(&mut row),
        (None, true) => entries.rev().try_for_each(&mut row),
        (Some(column), reverse) => {
            let mut entries: Vec<_> = entries.collect();
            sort_by(&mut entries, column, world);
            if reverse {
                entries.reverse();
            }
            entries.into_iter().try_for_each(&mut row)
        }
    }
}

/// The formats of packets, and one more.
pub(in crate::cli) fn formats() -> PossibleValuesParser {
    let all = FORMATS.iter().map(|format| format.id);
    all.chain([ZEEK.id]).collect::<Vec<_>>().into()
}

impl ConversationsArgs {
    /// The files that are read.
    pub(in crate::cli) fn files(&self) -> &[String] {
        &self.files
    }

    /// That no conversation has what was asked for, where that is so.
    fn unmatched(&self, conversations: &[Conversation], world: &World) -> Option<String> {
        let filter = CaptureFilter {
            ports: self.port.clone(),
            hosts: hosts(self).collect(),
            expression: None,
        };
        let mut all = conversations.iter().filter_map(Entry::of);
        let any = filter.is_empty() || all.any(|it| wanted(&it, self));
        (!any).then(|| matched::no_talk(filter, conversations, world.lang))?
    }

    /// Whether no conversation is left out.
    fn wants_all(&self) -> bool {
        self.port.is_empty() && self.host.is_empty()
    }

    /// Whether what is written is called `.log`, as Zeek's are.
    fn output_is_log(&self) -> bool {
        let suffix = self.table.output.as_deref().and_then(picture::suffix);
        suffix.is_some_and(|it| ZEEK.suffixes.contains(&it.as_str()))
    }
}

fn find(name: &str, world: &World) -> Result<&'static Column, Failure> {
    let known = COLUMNS.iter().copied().find(|column| column.id == name);
    known.ok_or_else(|| table::unknown_column(name, COLUMNS.iter().map(|it| it.id), world))
}

fn hosts(args: &ConversationsArgs) -> impl Iterator<Item = IpAddr> {
    args.host.iter().flat_map(|host| host.0.iter().copied())
}

/// Whether one of the ends has one of the ports and one of the addresses that were asked for.
fn wanted(entry: &Entry<'_>, args: &ConversationsArgs) -> bool {
    let ends = entry.conversation.ends();
    let port = args.port.is_empty() || ends.iter().any(|end| args.port.contains(&end.port));
    let host =
        args.host.is_empty() || hosts(args).any(|host| ends.iter().any(|end| end.ip == host));
    port && host
}

/// Sorts numbers with the largest first and texts from A to Z; what has no value comes last, and
/// equals stay in the order of the capture.
fn sort_by(entries: &mut [Entry<'_>], column: &Column, world: &World) {
    entries.sort_by_cached_key(|entry| {
        let mut cell = Vec::new();
        (column.write)(entry, world.lang, &mut cell);
        let text = String::from_utf8_lossy(&cell).into_owned();
        let number = text
            .parse()
            .ok()
            .filter(|_| column.kind == CellKind::Number);
        Key {
            empty: text.is_empty(),
            number,
            text,
        }
    });
}

/// What entries are sorted by.
struct Key {
    empty: bool,
    number: Option<f64>,
    text: String,
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        let values = match (self.number, other.number) {
            (Some(a), Some(b)) => b.total_cmp(&a),
            _ => self.text.cmp(&other.text),
        };
        self.empty.cmp(&other.empty).then(values)
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Key {}
