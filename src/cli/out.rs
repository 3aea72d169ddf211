//! Where a table goes: standard output or a file, in blocks, and no error when the reader leaves.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::exit::{FAILED, USAGE};
use super::fail::Failure;
use crate::text::{Lang, Text, system};

/// Blocks stay below the 64 KiB of a pipe, which makes `| cat` twice as fast as larger ones.
const BLOCK: usize = 32 * 1024;

static CANNOT_WRITE: Text = Text {
    en: "cannot write {target}: {cause}",
    pt_br: "não foi possível gravar {target}: {cause}",
};
static WRITE_HINT: Text = Text {
    en: "what was written before stays; choose another place or free some space",
    pt_br: "o que já foi gravado permanece; escolha outro lugar ou libere espaço",
};
static CREATE_HINT: Text = Text {
    en: "name a file in a folder that exists and is yours",
    pt_br: "indique um arquivo em uma pasta que exista e seja sua",
};
static STANDARD_OUTPUT: Text = Text {
    en: "standard output",
    pt_br: "a saída padrão",
};

/// A buffered output. What is appended to [`Output::buffer`] is written by [`Output::flush`], or
/// by [`Output::flush_if_full`] once a block is together.
pub(super) struct Output {
    /// What waits to be written.
    pub(super) buffer: Vec<u8>,
    sink: Box<dyn Write>,
    /// What a file held before goes when the first bytes come, not sooner: a run that fails
    /// before that leaves it.
    old: Option<File>,
    /// The file, where there was none before: it goes again where nothing is ever written.
    new: Option<PathBuf>,
    target: String,
    lang: Lang,
}

impl Output {
    /// Standard output.
    pub(super) fn stdout(lang: Lang) -> Self {
        // Without std's line buffering, which would cut blocks at their last newline.
        let sink: Box<dyn Write> = match raw_stdout() {
            Some(file) => Box::new(file),
            None => Box::new(std::io::stdout()),
        };
        let target = STANDARD_OUTPUT.get(lang).to_owned();
        Self {
            buffer: Vec::with_capacity(2 * BLOCK),
            sink,
            old: None,
            new: None,
            target,
            lang,
        }
    }

    /// Forgets everything.
    pub(super) fn nowhere(lang: Lang) -> Self {
        let sink = Box::new(std::io::sink());
        Self {
            buffer: Vec::new(),
            sink,
            old: None,
            new: None,
            target: String::new(),
            lang,
        }
    }

    /// A new file at `path`; an old one is replaced.
    pub(super) fn create(path: &Path, lang: Lang) -> Result<Self, Failure> {
        let target = path.display().to_string();
        let missing = path.symlink_metadata().is_err();
        let mut options = OpenOptions::new();
        let opened = options.write(true).create(true).truncate(false).open(path);
        let opened = opened.and_then(|file| {
            let ordinary = file.metadata()?.is_file();
            let old = ordinary.then(|| file.try_clone()).transpose()?;
            Ok((file, old))
        });
        match opened {
            Ok((file, old)) => Ok(Self {
                buffer: Vec::new(),
                sink: Box::new(file),
                old,
                new: missing.then(|| path.to_owned()),
                target,
                lang,
            }),
            Err(cause) => Err(failure(&target, &cause, USAGE, &CREATE_HINT, lang)),
        }
    }

    /// Writes what waits.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        self.new = None;
        let old = self.old.take().map_or(Ok(()), |file| file.set_len(0));
        let result = old
            .and_then(|()| self.sink.write_all(&self.buffer))
            .and_then(|()| self.sink.flush());
        self.buffer.clear();
        match result {
            Ok(()) => Ok(()),
            Err(cause) if cause.kind() == ErrorKind::BrokenPipe => Err(Failure::BrokenPipe),
            Err(cause) => Err(failure(
                &self.target,
                &cause,
                FAILED,
                &WRITE_HINT,
                self.lang,
            )),
        }
    }

    /// Writes what waits once it is a block.
    pub(super) fn flush_if_full(&mut self) -> Result<(), Failure> {
        if self.buffer.len() >= BLOCK {
            self.flush()
        } else {
            Ok(())
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some(path) = self.new.take() {
            // Where even this fails an empty file is left.
            let _ = std::fs::remove_file(path);
        }
    }
}

fn failure(target: &str, cause: &std::io::Error, code: u8, hint: &Text, lang: Lang) -> Failure {
    let values: &[(&str, &dyn std::fmt::Display)] =
        &[("target", &target), ("cause", &system::cause(cause, lang))];
    Failure::new(code, CANNOT_WRITE.fill(lang, values), hint.get(lang))
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
