//! What the verbs that read capture files have in common: opening, errors, how the file ended.

use std::path::Path;

use clap::builder::{OsStringValueParser, TypedValueParser};

use super::exit::Exit;
use super::fail::Failure;
use super::world::World;
use crate::model::filter::CaptureFilter;
use crate::model::frame::Frame;
use crate::sandbox::{self, Keep};
use crate::source::error::SourceError;
use crate::source::file::{Ending, FileSource};
use crate::source::filter::{FileFilter, FilterError};
use crate::source::path;
use crate::source::save::folder;
use crate::text::Lang;
use crate::text::phrase::phrase;

/// Reads the name of a file, of whatever bytes.
pub(in crate::cli) fn names() -> impl TypedValueParser<Value = String> {
    OsStringValueParser::new().map(|name| path::named(&name))
}

/// Opens a capture file; `-` is standard input.
pub(super) fn open(path: &str, world: &World) -> Result<FileSource, Failure> {
    FileSource::open(path).map_err(|error| failure(&error, world))
}

/// Gives up, before packets are read, what reading them does not need: from here on nothing is
/// opened any more but what is to be at `output`, and files beside it.
pub(super) fn enclose(output: Option<&Path>) {
    sandbox::give_up(Keep {
        files: output.is_some(),
        ..Keep::default()
    });
    sandbox::confine(output.map(folder).as_slice());
}

/// The next frame; `None` at the end of the file.
#[inline(always)]
pub(super) fn next<'a>(
    source: &'a mut FileSource,
    world: &World,
) -> Result<Option<Frame<'a>>, Failure> {
    source.next_frame().map_err(|error| failure(&error, world))
}

/// The next frame, and its bytes as the file holds them.
#[inline(always)]
pub(super) fn next_whole<'a>(
    source: &'a mut FileSource,
    world: &World,
) -> Result<Option<(Frame<'a>, &'a [u8])>, Failure> {
    source.next_whole().map_err(|error| failure(&error, world))
}

phrase! {
    no_packets(path): "{path} has no packets", "{path} não tem pacotes";
}

/// Says on standard error that the file has no packets, did not end at its proper end, or that its
/// times go back, where that is so.
pub(super) fn end(source: &FileSource, world: &World) -> Result<(), Failure> {
    if let Some(text) = empty(source, world.lang) {
        world.note(&format!("netlab: {text}"));
    }
    for warning in source.warnings(world.lang) {
        world.warn(&warning);
    }
    complaint(source, world)
}

/// That a file has no packets, where that is so.
pub(super) fn empty(source: &FileSource, lang: Lang) -> Option<String> {
    let empty = source.frames() == 0 && source.ending() == Ending::Complete;
    empty.then(|| no_packets(lang, source.path()).to_string())
}

/// What the process should still end with once everything of the file was shown.
pub(super) fn complaint(source: &FileSource, world: &World) -> Result<(), Failure> {
    // Rows without addresses were shown; that nothing more could be read is the outcome all the
    // same, as it is for tshark.
    match source.complaint() {
        Some(error) => Err(failure(&error, world)),
        None => Ok(()),
    }
}

/// The filter that chooses frames of a file.
pub(super) fn filter(wanted: CaptureFilter, world: &World) -> Result<FileFilter, Failure> {
    FileFilter::new(wanted).map_err(|error| refused(&error, world))
}

/// Whether a filter admits a frame.
#[inline]
pub(super) fn admits(
    filter: &mut FileFilter,
    frame: &Frame<'_>,
    world: &World,
) -> Result<bool, Failure> {
    filter.admits(frame).map_err(|error| refused(&error, world))
}

/// A filter's error as the end of the process.
fn refused(error: &FilterError, world: &World) -> Failure {
    let lang = world.lang;
    Failure::new(error.exit_code(), error.message(lang), error.hint(lang))
}

/// A file's error as the end of the process.
pub(super) fn failure(error: &SourceError, world: &World) -> Failure {
    Failure::new(
        error.exit_code(),
        error.message(world.lang),
        error.hint(world.lang),
    )
}
