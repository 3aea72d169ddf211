//! Documents: which format, what of a capture, and where they and the files beside them go.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::fail::Failure;
use super::options::write;
use super::out::Output;
use super::world::World;
use crate::lab;
use crate::render::document::{self, FORMATS, Format, RenderOptions, Rendered, Writer};
use crate::report::document::{
    CaptureFacts, InterfaceFacts, Options, Part, Report, Section, Sections, Step, Steps,
};
use crate::source::file::{FileFacts, FileSource};
use crate::text::phrase::phrase;

phrase! {
    titled(name): "Report on {name}", "Relatório sobre {name}";
    title_several(count): "Report on {count} captures", "Relatório sobre {count} capturas";
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
    path: Option<PathBuf>,
    out: Output,
    /// The captures that are read, none of which may be written over.
    read: Vec<String>,
}

impl Target {
    /// Opens the output, so that a wrong path fails before the work begins. `read` are the
    /// captures that it is about.
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
        write::spare_output(read, path, world)?;
        let out = Output::to(path, world.lang)?;
        Ok(Self {
            format,
            path: path.map(Path::to_owned),
            out,
            read: read.to_owned(),
        })
    }

    /// Writes a document and the files beside it, and says which.
    pub(super) fn write(self, mut report: Report, world: &World) -> Result<(), Failure> {
        let mut writer = self.writer(world);
        for section in std::mem::take(&mut report.sections) {
            writer.section(section);
        }
        self.save(writer.end(report), world)
    }

    fn writer(&self, world: &World) -> Box<dyn Writer> {
        let stem = self.path.as_deref().and_then(Path::file_stem);
        let stem = stem.map(|stem| stem.to_string_lossy().into_owned());
        (self.format.open)(world.lang, &RenderOptions { stem })
    }

    fn save(mut self, rendered: Rendered, world: &World) -> Result<(), Failure> {
        self.out.buffer = rendered.main;
        let folder = self.path.as_deref().and_then(Path::parent);
        let folder = folder.unwrap_or(Path::new("")).to_owned();
        let mut names = Vec::new();
        let mut beside = Vec::new();
        for file in rendered.attachments {
            let path = folder.join(&file.name);
            write::spare_output(&self.read, Some(&path), world)?;
            let mut out = Output::create(&path, world.lang)?;
            out.buffer = file.bytes;
            out.flush()?;
            beside.push(out);
            names.push(file.name);
        }
        // Only now that there is room for all of them do they take the places of older ones.
        self.out.flush()?;
        beside.into_iter().try_for_each(Output::finish)?;
        self.out.finish()?;
        if !names.is_empty() {
            let files = names.join(" ");
            world.note(&format!("netlab: {}", written_beside(world.lang, &files)));
        }
        Ok(())
    }
}

/// The document format that a path's suffix asks for.
pub(super) fn by_suffix(path: &Path) -> Option<&'static Format> {
    document::by_suffix(path.extension()?.to_str()?)
}

/// The sections of a capture as a document.
pub(super) fn report(name: &str, sections: Vec<Section>, world: &World) -> Report {
    let file = Path::new(name).file_name();
    let name = file.map_or(name.into(), |file| file.to_string_lossy());
    titled_report(titled(world.lang, &name).to_string(), sections, world)
}

fn titled_report(title: String, sections: Vec<Section>, world: &World) -> Report {
    Report {
        lang: world.lang,
        title,
        version: env!("CARGO_PKG_VERSION"),
        dialect: world.dialect,
        sections,
    }
}

/// Captures on their way into one document. The sections of several stand under the capture's name
/// each, and are written as they come.
pub(super) struct Captures {
    writer: Box<dyn Writer>,
    /// The only one so far.
    first: Option<(String, Vec<Section>)>,
    count: usize,
}

impl Captures {
    /// None yet of those for `target`.
    pub(super) fn begin(target: &Target, world: &World) -> Self {
        Self {
            writer: target.writer(world),
            first: None,
            count: 0,
        }
    }

    /// The next capture.
    pub(super) fn add(&mut self, name: &str, sections: Vec<Section>) {
        self.count += 1;
        if self.count == 1 {
            self.first = Some((name.to_owned(), sections));
            return;
        }
        if let Some((name, sections)) = self.first.take() {
            self.section(name, sections, 1);
        }
        self.section(name.to_owned(), sections, self.count);
    }

    fn section(&mut self, name: String, sections: Vec<Section>, no: usize) {
        let mut section = Section {
            id: "file".to_owned(),
            kind: "file",
            title: name,
            parts: Vec::new(),
            sections,
        };
        number(&mut section, no);
        self.writer.section(section);
    }

    /// Writes the document, where there is any capture.
    pub(super) fn end(self, target: Target, world: &World) -> Result<(), Failure> {
        match self.first {
            Some((name, sections)) => target.write(report(&name, sections, world), world),
            None if self.count == 0 => Ok(()),
            None => {
                let title = title_several(world.lang, self.count).to_string();
                let report = titled_report(title, Vec::new(), world);
                target.save(self.writer.end(report), world)
            }
        }
    }
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
