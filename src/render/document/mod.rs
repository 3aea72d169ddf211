//! Documents to bytes, one format a file. To add one, write its file and put it into [`FORMATS`].
//! The sections of each capture become a [`Piece`], and a [`Book`] puts pieces together.
//!
//! Every string of a document may hold text that came from a packet: each format makes it
//! harmless for itself, see `visible`.

mod book;
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

pub use book::{Book, Chunk, Contents, Shelf, Strand, Volume};

/// A way to write a document.
#[derive(Debug)]
pub struct Format {
    /// Its name for `-T`.
    pub id: &'static str,
    /// The file suffixes that ask for it.
    pub suffixes: &'static [&'static str],
    /// Writes the sections of a capture.
    pub piece: fn(&[Section], &RenderOptions) -> Piece,
    /// What stands between two pieces of a strand.
    between: &'static [u8],
    /// What a document is made of: the pieces, and what stands around them.
    bind: fn(&Report, &Contents) -> Vec<Volume>,
}

/// What a format has to know of a document while it writes a piece of it.
#[derive(Clone, Debug, Default)]
pub struct RenderOptions {
    /// The language of its words.
    pub lang: Lang,
    /// What the names of files beside the document begin with; `None` where there can be none.
    pub stem: Option<String>,
}

/// The sections of a capture as bytes.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    /// What is added to each strand of the document.
    pub strands: Vec<(Strand, Vec<u8>)>,
    /// The fields that it shows, each with what it holds, for a format that says so once.
    pub fields: Vec<(&'static str, &'static str)>,
    /// The files that belong beside the document.
    pub attachments: Vec<Attachment>,
}

impl Piece {
    /// One that is all text.
    fn text(text: String) -> Self {
        Self {
            strands: vec![(Strand::plain(TEXT), text.into_bytes())],
            ..Self::default()
        }
    }
}

/// The strand that is the text of a document.
const TEXT: &str = "text";

/// The one file of a document that is its text, with what stands before and behind it.
fn alone(before: String, contents: &Contents, behind: &str) -> Vec<Volume> {
    let mut chunks = vec![Chunk::Bytes(before.into_bytes())];
    chunks.extend(contents.chunk(TEXT));
    chunks.push(Chunk::Bytes(behind.as_bytes().to_vec()));
    let beside = None;
    vec![Volume { beside, chunks }]
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
