//! Documents: which format, what of a capture, and where they and the files beside them go.

use std::ffi::OsString;
use std::io::{self, Cursor};
use std::path::{Path, PathBuf};

use super::fail::Failure;
use super::options::write;
use super::out::{Closed, Output, no_room};
use super::world::World;
use crate::lab;
use crate::render::document::{self, Book, FORMATS, Format, Piece, RenderOptions, Shelf};
use crate::report::document::{
    CaptureFacts, InterfaceFacts, Options, Part, Report, Section, Sections, Step, Steps,
};
use crate::source::file::{FileFacts, FileSource};
use crate::source::save::Inputs;
use crate::text::phrase::phrase;
use crate::text::system;

phrase! {
    titled(name): "Report on {name}", "Relatório sobre {name}";
    title_several(count;): "Report on 1 capture" | "Report on {count} captures",
        "Relatório sobre 1 captura" | "Relatório sobre {count} capturas";
    written_beside(files): "also written: {files}", "também gravados: {files}";
    NO_FORMAT: "the format of the report is not clear", "o formato do relatório não está claro";
    no_such_format(path): "the suffix of {path} names no format of a report",
        "o sufixo de {path} não indica um formato de relatório";
    FORMAT_HINT: "name a file with -o (.md .html .tex .csv .json), or choose with -T",
        "indique um arquivo com -o (.md .html .tex .csv .json), ou escolha com -T";
}

/// Where a document goes, and how it is written.
pub(super) struct Target {
    pub(super) format: &'static Format,
    /// What the pieces of it have to know.
    pub(super) options: RenderOptions,
    path: Option<PathBuf>,
    out: Output,
    /// The captures that are read, none of which may be written over.
    read: Inputs,
    book: Book,
    /// The files beside it that are written, and their names.
    beside: Vec<Closed>,
    names: Vec<String>,
}

impl Target {
    /// Opens the output, so that a wrong path fails before the work begins. `read` are the
    /// captures that it is about: what is said of several waits in a file without a name.
    pub(super) fn open(
        format: Option<&str>,
        path: Option<&Path>,
        read: &[String],
        world: &World,
    ) -> Result<Self, Failure> {
        let by_id = |id: &str| FORMATS.iter().copied().find(|format| format.id == id);
        let format = format.and_then(by_id).or_else(|| by_suffix(path?));
        let Some(format) = format else {
            let cause = match path.filter(|path| *path != Path::new("-")) {
                Some(path) => no_such_format(world.lang, path.display()).to_string(),
                None => NO_FORMAT.get(world.lang).to_owned(),
            };
            return Err(Failure::usage(cause, FORMAT_HINT.get(world.lang)));
        };
        let path = path.filter(|path| *path != Path::new("-"));
        let inputs = Inputs::of(read);
        write::spare_inputs(&inputs, path, world)?;
        let out = Output::to(path, world.lang)?;
        let stem = path.and_then(Path::file_stem);
        let shelf: Box<dyn Shelf> = match read.len() {
            0 | 1 => Box::new(Cursor::new(Vec::new())),
            _ => match tempfile::tempfile() {
                Ok(file) => Box::new(file),
                Err(_) => Box::new(Cursor::new(Vec::new())),
            },
        };
        Ok(Self {
            format,
            options: RenderOptions {
                lang: world.lang,
                stem: stem.map(|stem| stem.to_string_lossy().into_owned()),
            },
            path: path.map(Path::to_owned),
            out,
            read: inputs,
            book: Book::new(format, shelf),
            beside: Vec::new(),
            names: Vec::new(),
        })
    }

    /// Adds what is said of the next capture.
    pub(super) fn add(&mut self, piece: Piece, world: &World) -> Result<(), Failure> {
        self.book
            .add(&piece)
            .map_err(|cause| no_room(system::cause(&cause, world.lang), world.lang))?;
        for file in piece.attachments {
            let mut out = self.beside(file.name, world)?;
            out.buffer = file.bytes;
            self.beside.push(out.close()?);
        }
        Ok(())
    }

    /// A new file beside the document.
    fn beside(&mut self, name: String, world: &World) -> Result<Output, Failure> {
        let folder = self.path.as_deref().and_then(Path::parent);
        let path = folder.unwrap_or(Path::new("")).join(&name);
        write::spare_inputs(&self.read, Some(&path), world)?;
        self.names.push(name);
        Output::create(&path, world.lang)
    }

    /// Writes a document of one capture.
    pub(super) fn write(
        mut self,
        report: &Report,
        sections: &[Section],
        world: &World,
    ) -> Result<(), Failure> {
        let piece = (self.format.piece)(sections, &self.options);
        self.add(piece, world)?;
        self.finish(report, world)
    }

    /// Writes what was added and the files beside it, and says which.
    pub(super) fn finish(mut self, report: &Report, world: &World) -> Result<(), Failure> {
        for volume in self.book.volumes(report) {
            let mut beside = match (volume.beside, &self.options.stem) {
                (None, _) => None,
                (Some(_), None) => continue,
                (Some(name), Some(stem)) => {
                    let suffix = self.format.suffixes.first().unwrap_or(&self.format.id);
                    Some(self.beside(format!("{stem}-{name}.{suffix}"), world)?)
                }
            };
            let out = beside.as_mut().unwrap_or(&mut self.out);
            for chunk in volume.chunks {
                self.book
                    .read(chunk, |bytes| {
                        out.buffer.extend_from_slice(bytes);
                        out.flush_if_full().map_err(Stop::Unwritable)
                    })
                    .map_err(|stop| match stop {
                        Stop::Unwritable(failure) => failure,
                        Stop::Shelf(cause) => {
                            no_room(system::cause(&cause, world.lang), world.lang)
                        }
                    })?;
            }
            if let Some(out) = beside {
                self.beside.push(out.close()?);
            }
        }
        // Only now that there is room for all of them do they take the places of older ones.
        self.out.flush()?;
        self.beside.into_iter().try_for_each(Closed::publish)?;
        self.out.finish()?;
        if !self.names.is_empty() {
            let files = self.names.join(" ");
            world.note(&format!("netlab: {}", written_beside(world.lang, &files)));
        }
        Ok(())
    }
}

/// Why a document is not whole.
enum Stop {
    Unwritable(Failure),
    Shelf(io::Error),
}

impl From<io::Error> for Stop {
    fn from(cause: io::Error) -> Self {
        Stop::Shelf(cause)
    }
}

/// The document format that a path's suffix asks for.
pub(super) fn by_suffix(path: &Path) -> Option<&'static Format> {
    document::by_suffix(path.extension()?.to_str()?)
}

/// The head of a document about one capture.
pub(super) fn report(name: &str, world: &World) -> Report {
    let file = Path::new(name).file_name();
    let name = file.map_or(name.into(), |file| file.to_string_lossy());
    headed(titled(world.lang, &name).to_string(), world)
}

/// The head of a document about several captures.
pub(super) fn several(count: u64, world: &World) -> Report {
    headed(title_several(world.lang, count).to_string(), world)
}

/// The head of a document with a title.
pub(super) fn headed(title: String, world: &World) -> Report {
    Report {
        lang: world.lang,
        title,
        version: env!("CARGO_PKG_VERSION"),
        dialect: world.dialect,
    }
}

/// The sections of one of several captures, under its name.
pub(super) fn under(name: &str, sections: Vec<Section>, no: usize) -> Section {
    let mut section = Section {
        id: "file".to_owned(),
        kind: "file",
        title: name.to_owned(),
        parts: Vec::new(),
        sections,
    };
    number(&mut section, no);
    section
}

/// Keeps the names of sections of several captures apart.
fn number(section: &mut Section, no: usize) {
    section.id = format!("{}-{no}", section.id);
    for inner in &mut section.sections {
        number(inner, no);
    }
}

/// Adds what the calls and the packets show together, before the conversations.
pub(super) fn conclusions(
    sections: &mut Vec<Section>,
    shown: Vec<String>,
    options: &Options,
    world: &World,
) {
    let explains = Sections::DETAILS
        .with(Sections::SUMMARY)
        .with(Sections::QUESTIONS);
    if shown.is_empty() || !options.sections.has(explains) {
        return;
    }
    let title = lab::SHOWN.get(world.lang);
    let steps = shown.into_iter().map(|text| Step {
        frames: String::new(),
        text,
    });
    let steps = Part::Steps(Steps {
        id: "calls",
        title: title.to_owned(),
        steps: steps.collect(),
    });
    let place = usize::from(options.sections.has(Sections::CAPTURE));
    let section = Section::plain("calls", "calls", title, vec![steps]);
    sections.insert(place.min(sections.len()), section);
}

/// What a file says about itself, for a document.
pub(super) fn facts(path: &str, source: &FileSource, world: &World) -> CaptureFacts {
    let FileFacts {
        format,
        compression,
        size,
        interfaces,
        interface_count,
        hardware,
        os,
        application,
        comment,
        watched,
        ..
    } = source.facts().clone();
    let interfaces = interfaces.into_iter().map(|interface| InterfaceFacts {
        name: interface.name,
        description: interface.description,
        link: interface.link,
        snap_len: interface.snap_len,
        filter: interface.filter,
        counts: interface.counts,
    });
    let packed = match compression.name() {
        "" => format.name().to_owned(),
        packed => format!("{}, {packed}", format.name()),
    };
    CaptureFacts {
        name: path.to_owned(),
        sha256: None,
        size,
        format: packed,
        interfaces: interfaces.collect(),
        interface_count,
        hardware,
        os,
        application,
        comment,
        watched,
        warnings: source.warnings(world.lang).collect(),
        dialect: world.dialect,
        command: command(std::env::args_os()),
    }
}

/// A command as it could be typed again.
pub(super) fn command(args: impl Iterator<Item = OsString>) -> String {
    let words: Vec<String> = args
        .enumerate()
        .map(|(place, word)| {
            let word = word.to_string_lossy().into_owned();
            match place {
                0 => "netlab".to_owned(),
                _ => quoted(word),
            }
        })
        .collect();
    words.join(" ")
}

fn quoted(word: String) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+,:=@%".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word,
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}
