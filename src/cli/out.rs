//! Where a table goes: standard output or a file, in blocks, and no error when the reader leaves.

use std::fmt::Display;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::exit::{FAILED, USAGE};
use super::fail::Failure;
use crate::source::save::{ClosedFile, NewFile, OLD_STAYS};
use crate::text::phrase::phrase;
use crate::text::{Lang, Text, system};

/// Blocks stay below the 64 KiB of a pipe, which makes `| cat` twice as fast as larger ones.
const BLOCK: usize = 32 * 1024;

phrase! {
    cannot_write(target, cause): "cannot write {target}: {cause}",
        "não foi possível gravar {target}: {cause}";
    CREATE_HINT: "name a file in a folder that exists and is yours",
        "indique um arquivo em uma pasta que exista e seja sua";
    no_temporary(cause): "there is no room for a temporary file: {cause}",
        "não há espaço para um arquivo temporário: {cause}";
    TEMPORARY_HINT: "set TMPDIR to a folder that has room",
        "defina TMPDIR com uma pasta que tenha espaço";
    /// What `-` is called in a sentence.
    pub(super) STANDARD_OUTPUT: "standard output", "a saída padrão";
}

/// A buffered output. What is appended to [`Output::buffer`] is written by [`Output::flush`], or
/// by [`Output::flush_if_full`] once a block is together.
pub(super) struct Output {
    /// What waits to be written.
    pub(super) buffer: Vec<u8>,
    sink: Sink,
    target: String,
    lang: Lang,
}

enum Sink {
    /// A stream, which whoever reads it sees as it comes.
    Stream(Box<dyn Write>),
    /// A file that takes the place of an older one when it is whole: [`Output::finish`].
    Whole(NewFile),
    /// One that does so with its first bytes, for those who look at it while it grows.
    Growing(NewFile),
}

impl Output {
    fn new(sink: Sink, target: String, lang: Lang) -> Self {
        Self {
            buffer: Vec::new(),
            sink,
            target,
            lang,
        }
    }

    /// Standard output.
    pub(super) fn stdout(lang: Lang) -> Self {
        // Without std's line buffering, which would cut blocks at their last newline.
        let sink: Box<dyn Write> = match raw_stdout() {
            Some(file) => Box::new(file),
            None => Box::new(std::io::stdout()),
        };
        let target = STANDARD_OUTPUT.get(lang).to_owned();
        let mut out = Self::new(Sink::Stream(sink), target, lang);
        out.buffer.reserve(2 * BLOCK);
        out
    }

    /// Forgets everything.
    pub(super) fn nowhere(lang: Lang) -> Self {
        let sink = Sink::Stream(Box::new(std::io::sink()));
        Self::new(sink, String::new(), lang)
    }

    /// The file that [`Output::finish`] puts in the place of an older one; an output that is
    /// dropped before that leaves the older one.
    pub(super) fn create(path: &Path, lang: Lang) -> Result<Self, Failure> {
        Self::open(path, Sink::Whole, lang)
    }

    /// A file that is there from its first bytes on, for rows that leave as they come.
    pub(super) fn grow(path: &Path, lang: Lang) -> Result<Self, Failure> {
        Self::open(path, Sink::Growing, lang)
    }

    /// Opens the file, or standard output where none is named.
    pub(super) fn to(path: Option<&Path>, lang: Lang) -> Result<Self, Failure> {
        match path {
            Some(path) => Self::create(path, lang),
            None => Ok(Self::stdout(lang)),
        }
    }

    fn open(path: &Path, sink: fn(NewFile) -> Sink, lang: Lang) -> Result<Self, Failure> {
        let target = path.display().to_string();
        match NewFile::create(path) {
            Ok(file) => Ok(Self::new(sink(file), target, lang)),
            Err(cause) => Err(failure(&target, &cause, USAGE, &CREATE_HINT, lang)),
        }
    }

    /// Writes what waits.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let result = match &mut self.sink {
            Sink::Stream(sink) => sink.write_all(&self.buffer).and_then(|()| sink.flush()),
            Sink::Whole(file) => file.write_all(&self.buffer),
            Sink::Growing(file) => file.publish().and_then(|()| file.write_all(&self.buffer)),
        };
        self.buffer.clear();
        result.map_err(|cause| self.failed(&cause))
    }

    /// Writes what waits once it is a block.
    pub(super) fn flush_if_full(&mut self) -> Result<(), Failure> {
        if self.buffer.len() >= BLOCK {
            self.flush()
        } else {
            Ok(())
        }
    }

    /// Whether whoever read it has left, so that nobody wants what would come. A file is not left.
    pub(super) fn is_left(&self) -> bool {
        matches!(self.sink, Sink::Stream(_)) && reader_left()
    }

    /// Writes what waits, and puts a file in its place.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        self.publish()
    }

    /// Writes what waits, and closes the file, which [`Closed::publish`] puts in its place: until
    /// then it takes no descriptor.
    pub(super) fn close(mut self) -> Result<Closed, Failure> {
        self.flush()?;
        let Self {
            sink, target, lang, ..
        } = self;
        let file = match sink {
            Sink::Stream(_) => return Ok(Closed(None)),
            Sink::Whole(file) | Sink::Growing(file) => file.close(),
        };
        match file {
            Ok(file) => Ok(Closed(Some((file, target, lang)))),
            Err(cause) => Err(failed(&target, &cause, lang)),
        }
    }

    /// Puts a file in its place. What waits has to be written before.
    pub(super) fn publish(&mut self) -> Result<(), Failure> {
        let published = match &mut self.sink {
            Sink::Stream(_) => Ok(()),
            Sink::Whole(file) | Sink::Growing(file) => file.publish(),
        };
        published.map_err(|cause| self.failed(&cause))
    }

    fn failed(&self, cause: &std::io::Error) -> Failure {
        failed(&self.target, cause, self.lang)
    }
}

/// An output that is written; if it is a file, with its name and the language to speak of it.
pub(super) struct Closed(Option<(ClosedFile, String, Lang)>);

impl Closed {
    /// Puts it in its place.
    pub(super) fn publish(self) -> Result<(), Failure> {
        let Some((file, target, lang)) = self.0 else {
            return Ok(());
        };
        file.publish()
            .map_err(|cause| failed(&target, &cause, lang))
    }
}

/// That there is no room for what waits in a temporary file.
pub(super) fn no_room(cause: impl Display, lang: Lang) -> Failure {
    let said = no_temporary(lang, cause).to_string();
    Failure::new(FAILED, said, TEMPORARY_HINT.get(lang))
}

fn failed(target: &str, cause: &std::io::Error, lang: Lang) -> Failure {
    match cause.kind() {
        ErrorKind::BrokenPipe => Failure::BrokenPipe,
        _ => failure(target, cause, FAILED, &OLD_STAYS, lang),
    }
}

fn failure(target: &str, cause: &std::io::Error, code: u8, hint: &Text, lang: Lang) -> Failure {
    let said = cannot_write(lang, target, system::cause(cause, lang));
    Failure::new(code, said.to_string(), hint.get(lang))
}

/// Whether standard output is a pipe that nobody reads any more.
#[cfg(unix)]
fn reader_left() -> bool {
    use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
    use std::os::fd::AsFd;
    let out = std::io::stdout();
    let mut asked = [PollFd::new(out.as_fd(), PollFlags::empty())];
    let answered = poll(&mut asked, PollTimeout::ZERO).is_ok_and(|count| count > 0);
    let [asked] = asked;
    answered
        && asked
            .revents()
            .is_some_and(|it| it.contains(PollFlags::POLLERR))
}

#[cfg(not(unix))]
fn reader_left() -> bool {
    false
}

#[cfg(unix)]
fn raw_stdout() -> Option<File> {
    use std::os::fd::AsFd;
    std::io::stdout()
        .as_fd()
        .try_clone_to_owned()
        .ok()
        .map(File::from)
}

#[cfg(not(unix))]
fn raw_stdout() -> Option<File> {
    None
}
