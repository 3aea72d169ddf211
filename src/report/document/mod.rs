//! A document: words chosen, format not. What `netlab report` shows, before any format.
//!
//! [`Collector`] builds one from rows fed one by one, with limits that are stated in the document
//! itself. Each format of [`crate::report`]'s readers walks the same value and escapes for itself:
//! every string in here may hold text that came from a packet.

mod alike;
mod capture;
mod capture_facts;
mod collector;
mod conversation;
mod detail;
mod drops;
mod http;
mod limits;
mod list;
mod packets;
mod pictures;
mod questions;
mod sheet;
mod states;
mod table;
mod udp;
mod watched;

pub use capture_facts::{CaptureFacts, InterfaceFacts};
pub use collector::Collector;
pub use limits::{Choice, Options, Sections, Stream};
pub use sheet::{Answers, sheet};
pub use table::{Cell, Column, Detail, Field, Gap, Line, Row, Table};

use crate::model::dialect::Dialect;
use crate::report::ladder::Ladder;
use crate::report::plots::Plot;
use crate::text::Lang;

/// What stands at the head of a document.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The language its words are in.
    pub lang: Lang,
    /// Its title.
    pub title: String,
    /// The version of netlab that made it.
    pub version: &'static str,
    /// The version of Wireshark whose words its packets have.
    pub dialect: Dialect,
}

/// A section with its subsections.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// Unique in the document; letters, digits and hyphens. The same for the same capture.
    pub id: String,
    /// What kind of section it is; never translated.
    pub kind: &'static str,
    /// Its heading.
    pub title: String,
    /// What stands in it, in order.
    pub parts: Vec<Part>,
    /// Its subsections.
    pub sections: Vec<Section>,
}

impl Section {
    /// A section without subsections.
    pub fn plain(
        id: impl Into<String>,
        kind: &'static str,
        title: impl Into<String>,
        parts: Vec<Part>,
    ) -> Self {
        Self {
            id: id.into(),
            kind,
            title: title.into(),
            parts,
            sections: Vec::new(),
        }
    }
}

/// A part of a section.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Part {
    /// A paragraph.
    Text(String),
    /// Names and values.
    Facts(Vec<Fact>),
    /// What happened, step by step, each with its frames.
    Steps(Steps),
    /// A table.
    Table(Table),
    /// A picture.
    Picture(Picture),
}

/// A name and its value.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its key in JSON and CSV; never translated.
    pub id: &'static str,
    /// Its name for readers.
    pub label: String,
    /// Its value.
    pub value: Cell,
}

impl Fact {
    /// A fact.
    pub fn new(id: &'static str, label: impl Into<String>, value: Cell) -> Self {
        Self {
            id,
            label: label.into(),
            value,
        }
    }
}

/// A list of steps.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    /// Its key in JSON; never translated.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// The steps.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// Its frames, such as `[1, 2, 3]`; empty where it is about none in particular.
    pub frames: String,
    /// What it is.
    pub text: String,
}

/// A picture.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its key in JSON and in file names: letters, digits and hyphens.
    pub id: &'static str,
    /// Its title.
    pub title: String,
    /// What it shows, for who cannot see it.
    pub alt: String,
    /// What is drawn.
    pub drawing: Drawing,
}

/// What a picture draws. Each format draws it for itself.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Drawing {
    /// The ladder diagram of a conversation.
    Ladder(Box<Ladder>),
    /// A plot over time.
    Plot(Box<Plot>),
}
