//! A document that grows capture by capture. What it holds so far waits where the caller says, a
//! file for instance, so that memory does not grow with captures.

use std::io::{Read, Result, Seek, SeekFrom, Write};

use super::{Format, Piece};
use crate::report::document::Report;

/// Bytes that belong together in a document and grow with each piece: its text, or one of its tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strand {
    /// Its name.
    pub id: &'static str,
    /// The columns of a table.
    pub header: Vec<&'static str>,
}

impl Strand {
    /// One that has no columns.
    pub fn plain(id: &'static str) -> Self {
        let header = Vec::new();
        Self { id, header }
    }
}

/// What stands in a file of a document, in order.
#[derive(Clone, Debug)]
pub enum Chunk {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The strand at this place of [`Contents::strands`], whole.
    Strand(usize),
}

/// A file of a document.
#[derive(Clone, Debug)]
pub struct Volume {
    /// What is added to the name of the document, before the suffix; `None` is the document itself.
    pub beside: Option<String>,
    /// What is in it.
    pub chunks: Vec<Chunk>,
}

/// What the pieces of a document hold, for what is written around them.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// What grew with the pieces, in the order in which it came.
    pub strands: Vec<Strand>,
    /// The fields that they show, each with what it holds.
    pub fields: Vec<(&'static str, &'static str)>,
}

impl Contents {
    /// The strand of a name, as all of a file or a part of one; nothing where no piece has it.
    pub fn chunk(&self, id: &str) -> Option<Chunk> {
        let place = self.strands.iter().position(|strand| strand.id == id);
        place.map(Chunk::Strand)
    }
}

/// How much of a book is in memory at a time while it is read.
const BLOCK: usize = 64 * 1024;

/// Where the pieces of a book wait.
pub trait Shelf: Read + Write + Seek + Send {}

impl<S: Read + Write + Seek + Send> Shelf for S {}

/// A document whose pieces come one by one.
pub struct Book {
    format: &'static Format,
    contents: Contents,
    shelf: Box<dyn Shelf>,
    /// What is on the shelf: the strand, and how many bytes.
    spans: Vec<(usize, usize)>,
}

impl Book {
    /// An empty one.
    pub fn new(format: &'static Format, shelf: Box<dyn Shelf>) -> Self {
        Self {
            format,
            contents: Contents::default(),
            shelf,
            spans: Vec::new(),
        }
    }

    /// Adds what comes next.
    ///
    /// # Errors
    /// What the system says where there is no room for it.
    pub fn add(&mut self, piece: &Piece) -> Result<()> {
        let Contents { strands, fields } = &mut self.contents;
        for (strand, bytes) in &piece.strands {
            let known = strands.iter().position(|known| known == strand);
            let place = known.unwrap_or_else(|| {
                strands.push(strand.clone());
                strands.len() - 1
            });
            self.shelf.write_all(bytes)?;
            self.spans.push((place, bytes.len()));
        }
        for field in &piece.fields {
            if !fields.contains(field) {
                fields.push(*field);
            }
        }
        Ok(())
    }

    /// The files of the document, once all pieces are there.
    pub fn volumes(&self, report: &Report) -> Vec<Volume> {
        (self.format.bind)(report, &self.contents)
    }

    /// Hands the bytes of a part of a file to `take`, block by block.
    ///
    /// # Errors
    /// Those of `take`, and what the system says where the shelf cannot be read.
    pub fn read<E: From<std::io::Error>>(
        &mut self,
        chunk: Chunk,
        mut take: impl FnMut(&[u8]) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let strand = match chunk {
            Chunk::Bytes(bytes) => return take(&bytes),
            Chunk::Strand(strand) => strand,
        };
        let mut block = vec![0; BLOCK];
        let (mut offset, mut between) = (0, &b""[..]);
        for &(of, length) in &self.spans {
            if of == strand {
                take(between)?;
                between = self.format.between;
                self.shelf.seek(SeekFrom::Start(offset))?;
                let mut left = length;
                while left > 0 {
                    let bytes = &mut block[..left.min(BLOCK)];
                    self.shelf.read_exact(bytes)?;
                    take(bytes)?;
                    left -= bytes.len();
                }
            }
            offset += u64::try_from(length).unwrap_or_default();
        }
        Ok(())
    }
}
