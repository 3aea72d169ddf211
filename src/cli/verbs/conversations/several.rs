//! The list over several files: the file stands in front of each row.

use super::{List, SNIFF, each, entries, wanted};
use crate::cli::fail::Failure;
use crate::cli::files;
use crate::cli::many;
use crate::cli::out::Output;
use crate::report::conversations::needs_talks;
use crate::report::record::{CellKind, Heading, Record};
use crate::report::zeek::Talks;
use crate::text::Text;

static FILE: Heading = Heading {
    id: "file",
    header: Text::new("File", "Arquivo"),
    kind: CellKind::Text,
};

/// The cells of rows, one after the other.
#[derive(Default)]
struct Cells {
    text: Vec<u8>,
    /// Where each of them ends.
    ends: Vec<usize>,
}

impl Cells {
    fn get(&self, cell: usize) -> Option<&[u8]> {
        let start = match cell.checked_sub(1) {
            None => 0,
            Some(before) => *self.ends.get(before)?,
        };
        self.text.get(start..*self.ends.get(cell)?)
    }
}

/// A row whose cells are written.
struct Written<'a> {
    file: &'a str,
    cells: &'a Cells,
    /// The first of them that is its own.
    first: usize,
}

impl Record for Written<'_> {
    fn cell(&self, place: usize, out: &mut Vec<u8>) {
        let cell = match place.checked_sub(1) {
            None => Some(self.file.as_bytes()),
            Some(place) => self.cells.get(self.first + place),
        };
        out.extend_from_slice(cell.unwrap_or_default());
    }
}

/// What is known of a file.
struct Listed {
    cells: Cells,
    /// That it has no packets.
    empty: Option<String>,
    /// That none of its conversations is wanted.
    unmatched: Option<String>,
    warnings: Vec<String>,
    complaint: Result<(), Failure>,
}

impl List<'_> {
    /// Lists the conversations of each file, sorted within it.
    pub(super) fn several(&self, named: &[String]) -> Result<(), Failure> {
        let (world, table) = (self.world, &self.args.table);
        let columns = self.columns.iter().map(|column| column.heading());
        let headings = std::iter::once(FILE).chain(columns).collect();
        let mut options = table.rows(headings, SNIFF, world);
        options.list = true;
        let mut writer = (self.format.open)(options);
        let output = table.output.as_deref();
        let mut out = Output::to(output, world.lang)?;
        many::enclose(output);
        writer.begin(&mut out.buffer);
        let mut complaint = Ok(());
        let work = |path: &String| (path.clone(), self.list(path));
        many::in_order(named, world, work, |(path, listed)| {
            let told = match listed {
                Err(failure) => Err(many::leave_out(&path, failure.said(), world)),
                Ok(listed) => {
                    let (file, cells) = (&*path, &listed.cells);
                    for first in (0..cells.ends.len()).step_by(self.columns.len().max(1)) {
                        let row = Written { file, cells, first };
                        writer.row(&row, &mut out.buffer);
                        out.flush_if_full()?;
                    }
                    let unmatched = listed.unmatched.map(|it| format!("{path}: {it}"));
                    if let Some(text) = listed.empty.or(unmatched) {
                        world.note(&format!("netlab: {text}"));
                    }
                    for warning in listed.warnings {
                        world.warn(&format!("{path}: {warning}"));
                    }
                    listed.complaint
                }
            };
            if complaint.is_ok() {
                complaint = told;
            }
            Ok(())
        })?;
        writer.end(&mut out.buffer);
        out.finish()?;
        complaint
    }

    fn list(&self, path: &str) -> Result<Listed, Failure> {
        let world = self.world;
        let mut source = files::open(path, world)?;
        let mut pipeline = world.pipeline(0);
        let mut talks = needs_talks(self.columns).then(Talks::default);
        let mut origin = None;
        loop {
            pipeline.prefetch(|| source.upcoming());
            let Some(frame) = files::next(&mut source, world)? else {
                break;
            };
            origin = origin.or(frame.time);
            match &mut talks {
                Some(talks) => talks.push(&pipeline.push(&frame)),
                None => pipeline.observe(&frame),
            }
        }
        let all = pipeline.analyzer().conversations();
        let listed = entries(all, talks.as_ref(), origin).filter(|it| wanted(it, self.args));
        let mut cells = Cells::default();
        let order = (self.sort, self.args.reverse);
        each(listed, order, world, |entry| {
            for column in self.columns {
                (column.write)(&entry, world.lang, &mut cells.text);
                cells.ends.push(cells.text.len());
            }
            Ok(())
        })?;
        Ok(Listed {
            cells,
            empty: files::empty(&source, world.lang),
            unmatched: self.args.unmatched(all, world),
            warnings: source.warnings(world.lang).collect(),
            complaint: files::complaint(&source, world),
        })
    }
}
