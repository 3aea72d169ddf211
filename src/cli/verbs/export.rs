//! `netlab export FILE… -o DIR`: captures as Parquet tables, a folder for each capture in each table.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

use clap::Args;
use tempfile::TempDir;

use crate::cli::calls::Calls;
use crate::cli::fail::Failure;
use crate::cli::files::names;
use crate::cli::many;
use crate::cli::words;
use crate::cli::world::World;
use crate::model::frame::Frame;
use crate::render::parquet::{GROUP, TableWriter};
use crate::report::conversations::Entry;
use crate::report::document::{CaptureFacts, Collector, Options, Sections};
use crate::report::tables::{self, Batch, CaptureRow, Column, Packets, Table};
use crate::sandbox::{self, Keep};
use crate::source::file::FileSource;
use crate::text::phrase::phrase;
use crate::text::system;

phrase! {
    no_folder(path, cause): "{path} cannot be made: {cause}", "não é possível criar {path}: {cause}";
    NO_FOLDER_HINT: "-o names a folder that is there or can be made", "-o indica uma pasta que existe ou que pode ser criada";
    not_written(path, cause): "tables cannot be written in {path}: {cause}",
        "não é possível gravar tabelas em {path}: {cause}";
    twice(path, first): "{path} is the same capture as {first}, byte for byte: it is in the tables once",
        "{path} é a mesma captura que {first}, byte a byte: está uma vez nas tabelas";
    no_answers(most, count): "there are answers for the first {most} of {count} conversations",
        "há respostas para as primeiras {most} de {count} conversas";
    exported(count;): "1 capture written" | "{count} captures written",
        "1 captura gravada" | "{count} capturas gravadas";
}

/// Of how many conversations of a capture there are answers.
const ANSWERED: usize = 1000;

#[derive(Args, Debug)]
pub(in crate::cli) struct ExportArgs {
    #[arg(value_name = "FILE", required = true, help = words::CHECK_FILES.en, value_parser = names())]
    files: Vec<String>,
    #[arg(short = 'o', long = "output", value_name = "DIR", required = true, help = words::EXPORT_OUTPUT.en)]
    output: PathBuf,
}

pub(in crate::cli) fn run(args: &ExportArgs, world: &World) -> Result<(), Failure> {
    let files = many::inputs(&args.files, world)?;
    let folder = &args.output;
    fs::create_dir_all(folder).map_err(|cause| {
        let cause = system::cause(&cause, world.lang);
        let said = no_folder(world.lang, folder.display(), cause).to_string();
        Failure::usage(said, NO_FOLDER_HINT.get(world.lang))
    })?;
    sandbox::give_up(Keep {
        files: true,
        ..Keep::default()
    });
    sandbox::confine_writing_below(folder);
    let exporter = Exporter {
        folder,
        packets: tables::packets(),
        world,
    };
    let (mut known, mut complaint) = (HashMap::new(), Ok(()));
    many::in_order(
        &files,
        world,
        |path| (path.clone(), exporter.export(path)),
        |(path, done)| match done {
            Err(Stop::Unreadable(why)) => {
                complaint = Err(many::leave_out(&path, why, world));
                Ok(())
            }
            Err(Stop::Unwritable(cause)) => Err(exporter.unwritable(&cause)),
            Ok(done) => {
                for warning in &done.warnings {
                    world.warn(&format!("{path}: {warning}"));
                }
                if let Some(first) = known.get(&done.capture) {
                    world.note(&format!("netlab: {}", twice(world.lang, &path, first)));
                    return Ok(());
                }
                done.publish(folder)
                    .map_err(|cause| exporter.unwritable(&cause))?;
                known.insert(done.capture, path);
                Ok(())
            }
        },
    )?;
    let count = u64::try_from(known.len()).unwrap_or(u64::MAX);
    world.note(&format!("netlab: {}", exported(world.lang, count)));
    complaint
}

/// What one file needs of the whole run.
struct Exporter<'e> {
    folder: &'e Path,
    packets: Packets,
    world: &'e World,
}

/// Why a file is not in the tables.
enum Stop {
    Unreadable(String),
    Unwritable(io::Error),
}

impl From<io::Error> for Stop {
    fn from(cause: io::Error) -> Self {
        Stop::Unwritable(cause)
    }
}

/// The tables of a capture, which wait to be put where they belong.
struct Exported {
    /// Its SHA-256.
    capture: String,
    waiting: TempDir,
    tables: Vec<&'static str>,
    warnings: Vec<String>,
}

impl Exported {
    fn publish(&self, folder: &Path) -> io::Result<()> {
        for table in &self.tables {
            let place = folder.join(table).join(format!("capture={}", self.capture));
            fs::create_dir_all(&place)?;
            let written = self.waiting.path().join(table);
            fs::rename(written, place.join("part-0.parquet"))?;
        }
        Ok(())
    }
}

impl Exporter<'_> {
    fn unwritable(&self, cause: &io::Error) -> Failure {
        let lang = self.world.lang;
        let cause = system::cause(cause, lang);
        let said = not_written(lang, self.folder.display(), cause).to_string();
        Failure::new(crate::cli::exit::FAILED, said, "")
    }

    fn export(&self, path: &str) -> Result<Exported, Stop> {
        std::thread::scope(|scope| self.export_in(scope, path))
    }

    fn export_in<'s>(&self, scope: &'s Scope<'s, '_>, path: &str) -> Result<Exported, Stop> {
        let world = self.world;
        let unreadable =
            |error: crate::source::error::SourceError| Stop::Unreadable(error.message(world.lang));
        let (mut source, fingerprint) = FileSource::open_hashed(path).map_err(unreadable)?;
        let mut named = tempfile::Builder::new();
        let waiting = named.prefix(".netlab-").tempdir_in(self.folder)?;
        let sheet = |id, columns: &[Column]| Sheet::of(id, columns, waiting.path());
        let packets = Sheet::begin(&self.packets.table, waiting.path())?;
        let mut packets = Beside::begin(packets, &self.packets.table, scope);
        let mut calls = sheet("calls", tables::CALLS)?;
        let options = Options {
            lang: world.lang,
            sections: Sections::QUESTIONS,
            conversations: ANSWERED,
            ..Options::default()
        };
        let mut pipeline = world.pipeline(ANSWERED);
        let mut collector = Collector::new(options);
        let mut told = Calls::default();
        let mut row = CaptureRow {
            file: path.to_owned(),
            ..CaptureRow::default()
        };
        loop {
            pipeline.prefetch(|| source.upcoming());
            let Some(frame) = source.next_frame().map_err(unreadable)? else {
                break;
            };
            if let Some(call) = told.of(&frame) {
                collector.call(&call);
                calls.batch.add(|row| tables::call(row, frame.no, &call));
                calls.write_if_full()?;
            }
            count(&frame, &mut row);
            let analysed = pipeline.push(&frame);
            self.packets.row(&analysed, &mut packets.batch);
            collector.row(&analysed, true);
            if !packets.write_if_full() {
                let cause = written(packets.end()).err();
                return Err(cause.unwrap_or(io::ErrorKind::WriteZero.into()).into());
            }
        }
        let packets = packets.end();
        let (capture, size) = fingerprint.finish()?;
        let all = pipeline.analyzer().conversations();
        let mut conversations = sheet("conversations", tables::CONVERSATIONS)?;
        for entry in all.iter().filter_map(Entry::of) {
            conversations
                .batch
                .add(|row| tables::conversation(row, &entry));
            conversations.write_if_full()?;
            row.conversations += 1;
        }
        let mut answers = sheet("answers", tables::ANSWERS)?;
        told.file(source.facts());
        row.watched = told.note(self.world).is_some();
        tables::answers(&mut answers.batch, &collector.finish(&about(&row), all));
        let mut warnings: Vec<String> = source.warnings(world.lang).collect();
        warnings.extend(source.complaint().map(|error| error.message(world.lang)));
        row.size = size;
        row.warning = (!warnings.is_empty()).then(|| warnings.join("; "));
        if row.conversations > ANSWERED {
            let count = row.conversations;
            warnings.push(no_answers(world.lang, ANSWERED, count).to_string());
        }
        let mut captures = sheet("captures", tables::CAPTURES)?;
        captures.batch.add(|cells| tables::capture(cells, &row));
        let sheets = [calls, conversations, answers, captures];
        let tables = sheets.into_iter().map(Sheet::finish);
        let tables = std::iter::once(written(packets)).chain(tables);
        let tables = tables.collect::<io::Result<_>>()?;
        Ok(Exported {
            capture,
            waiting,
            tables,
            warnings,
        })
    }
}

/// Counts a frame of the capture.
fn count(frame: &Frame<'_>, row: &mut CaptureRow) {
    if let Some(now) = frame.time {
        let [first, last] = row.times.unwrap_or([now, now]);
        row.times = Some([first, last.max(now)]);
    }
    row.packets = frame.no;
}

/// What answers go by beside packets and calls.
fn about(row: &CaptureRow) -> CaptureFacts {
    CaptureFacts {
        watched: row.watched,
        ..CaptureFacts::default()
    }
}

/// A table of a capture that is being written.
struct Sheet {
    id: &'static str,
    batch: Batch,
    writer: TableWriter<BufWriter<File>>,
}

impl Sheet {
    fn of(id: &'static str, columns: &[Column], folder: &Path) -> io::Result<Self> {
        let columns = columns.to_vec();
        Self::begin(&Table { id, columns }, folder)
    }

    fn begin(table: &Table, folder: &Path) -> io::Result<Self> {
        let file = File::create_new(folder.join(table.id))?;
        Ok(Self {
            id: table.id,
            batch: Batch::of(table),
            writer: TableWriter::begin(table, BufWriter::new(file))?,
        })
    }

    fn write_if_full(&mut self) -> io::Result<()> {
        match self.batch.rows < GROUP {
            true => Ok(()),
            false => self.writer.rows(&mut self.batch),
        }
    }

    fn finish(mut self) -> io::Result<&'static str> {
        self.writer.rows(&mut self.batch)?;
        self.writer.finish()?.into_inner()?;
        Ok(self.id)
    }
}

/// A table of a capture that a thread of its own writes, group by group, while the next rows are read:
/// writing the packets takes about as long as reading them.
struct Beside<'s> {
    batch: Batch,
    /// Groups that are full.
    full: SyncSender<Batch>,
    /// Those that are written, for the rows to come.
    empty: Receiver<Batch>,
    writer: Writing<'s>,
}

impl<'s> Beside<'s> {
    fn begin(mut sheet: Sheet, table: &Table, scope: &'s Scope<'s, '_>) -> Self {
        let ((full, batches), (written, empty)) = (sync_channel(0), sync_channel(1));
        let _ = written.send(Batch::of(table));
        let writer = scope.spawn(move || {
            for batch in batches {
                sheet.batch = batch;
                sheet.writer.rows(&mut sheet.batch)?;
                // Nobody waits for it behind the last one.
                let _ = written.send(std::mem::take(&mut sheet.batch));
            }
            sheet.finish()
        });
        let batch = Batch::of(table);
        Self {
            batch,
            full,
            empty,
            writer,
        }
    }

    /// Says no where writing has failed; [`written`] tells why.
    fn write_if_full(&mut self) -> bool {
        if self.batch.rows < GROUP {
            return true;
        }
        let Ok(next) = self.empty.recv() else {
            return false;
        };
        self.full
            .send(std::mem::replace(&mut self.batch, next))
            .is_ok()
    }

    /// Hands on the last rows. They are being written until [`written`] says so.
    fn end(self) -> Writing<'s> {
        let Self {
            batch,
            full,
            empty,
            writer,
        } = self;
        // Nothing is to be filled any more, so that the writer need not wait with what it has written.
        drop(empty);
        // Where nobody takes it, the writer has ended and says why.
        let _ = full.send(batch);
        drop(full);
        writer
    }
}

/// A thread that writes a table.
type Writing<'s> = ScopedJoinHandle<'s, io::Result<&'static str>>;

/// Waits until the whole table is written.
fn written(table: Writing<'_>) -> io::Result<&'static str> {
    let done = table.join();
    done.unwrap_or_else(|_| Err(io::ErrorKind::Other.into()))
}
