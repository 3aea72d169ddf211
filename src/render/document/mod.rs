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
use crate::report::document::Report;

/// A way to write a document.
#[derive(Debug)]
pub struct Format {
    /// Its name for `-T`.
    pub id: &'static str,
    /// The file suffixes that ask for it.
    pub suffixes: &'static [&'static str],
    /// Writes a document.
    pub render: fn(&Report, &RenderOptions) -> Rendered,
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
