//! Documents to bytes, one format a file. To add one, write its file and put it into [`FORMATS`].
//!
//! Every string of a document may hold text that came from a packet: each format makes it
//! harmless for itself, see `visible`.

mod csv;
mod html;
mod json;
mod latex;
mod markdown;
pub(in crate::render) mod page;
mod picture;

use std::borrow::Cow;

use super::escape;
use crate::report::document::{Report, Section};
use crate::text::Lang;

/// A way to write a document.
#[derive(Debug)]
pub struct Format {
    /// Its name for `-T`.
    pub id: &'static str,
    /// The file suffixes that ask for it.
    pub suffixes: &'static [&'static str],
    /// Begins a document.
    pub open: fn(Lang, &RenderOptions) -> Box<dyn Writer>,
}

/// Writes one document, a section at a time: of many captures, what is written of one need not wait
/// for the others.
pub trait Writer {
    /// The next section.
    fn section(&mut self, section: Section);
    /// The document, of which `report` holds everything but the sections.
    fn end(self: Box<Self>, report: Report) -> Rendered;
}

/// One that keeps the sections until they are all there.
struct Whole {
    sections: Vec<Section>,
    options: RenderOptions,
    render: fn(&Report, &RenderOptions) -> Rendered,
}

impl Whole {
    fn open(
        options: &RenderOptions,
        render: fn(&Report, &RenderOptions) -> Rendered,
    ) -> Box<dyn Writer> {
        Box::new(Self {
            sections: Vec::new(),
            options: options.clone(),
            render,
        })
    }
}

impl Writer for Whole {
    fn section(&mut self, section: Section) {
        self.sections.push(section);
    }

    fn end(self: Box<Self>, mut report: Report) -> Rendered {
        report.sections = self.sections;
        (self.render)(&report, &self.options)
    }
}

/// What a format has to know of where a document goes.
#[derive(Clone, Debug, Default)]
pub struct RenderOptions {
    /// What the names of files beside the document begin with; `None` where there can be none.
    pub stem: Option<String>,
}

/// A document as bytes.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// The document.
    pub main: Vec<u8>,
    /// The files that belong beside it.
    pub attachments: Vec<Attachment>,
}

/// A file beside a document.
#[derive(Clone, Debug, Default)]
pub struct Attachment {
    /// Its name, without a folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Every format.
pub static FORMATS: &[&Format] = &[
    &markdown::FORMAT,
    &html::FORMAT,
    &latex::FORMAT,
    &csv::FORMAT,
    &json::FORMAT,
];

/// The format that a file suffix asks for.
pub fn by_suffix(suffix: &str) -> Option<&'static Format> {
    let suffix = suffix.to_ascii_lowercase();
    FORMATS
        .iter()
        .copied()
        .find(|format| format.suffixes.contains(&suffix.as_str()))
}

/// Text with every character that would act instead of being seen written as an escape.
fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    escape::controls(&mut bytes, 0);
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}
