//! CSV for spreadsheets (RFC 4180, UTF-8 with the mark that makes Excel read it as such): the
//! packets, and every other table in a file beside it. A text that a spreadsheet would take for a
//! formula gets an apostrophe in front. In Portuguese it is what spreadsheets there read: semicolons,
//! and numbers with a decimal comma.

use super::{Chunk, Contents, Format, Piece, RenderOptions, Strand, Volume, visible};
use crate::render::escape;
use crate::report::document::{Cell, Line, Part, Report, Section, Steps, Table};
use crate::text::Lang;

pub(super) static FORMAT: Format = Format {
    id: "csv",
    suffixes: &["csv"],
    piece,
    between: b"",
    bind,
};

/// The table that the document itself is.
const MAIN: &str = "packets";
/// What tells a spreadsheet that the file is UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// What there is, in the language of its numbers.
struct Sheets {
    lang: Lang,
    list: Vec<(Strand, Vec<u8>)>,
}

fn piece(sections: &[Section], options: &RenderOptions) -> Piece {
    let mut sheets = Sheets {
        lang: options.lang,
        list: Vec::new(),
    };
    for section in sections {
        collect(section, &mut sheets);
    }
    Piece {
        strands: sheets.list,
        ..Piece::default()
    }
}

fn bind(report: &Report, contents: &Contents) -> Vec<Volume> {
    let sheets = &contents.strands;
    let main = sheets.iter().position(|sheet| sheet.id == MAIN);
    let main = main.unwrap_or_default();
    let volumes = sheets.iter().enumerate().map(|(place, sheet)| {
        let mut head = MARK.to_vec();
        let header = sheet.header.iter().map(|cell| (*cell, true));
        record(report.lang, &mut head, header);
        // Tables of one name may have other columns.
        let same = sheets.iter().take(place).filter(|it| it.id == sheet.id);
        let name = match same.count() {
            0 => sheet.id.to_owned(),
            before => format!("{}-{}", sheet.id, before + 1),
        };
        Volume {
            beside: (place != main).then_some(name),
            chunks: vec![Chunk::Bytes(head), Chunk::Strand(place)],
        }
    });
    volumes.collect()
}

fn collect(section: &Section, sheets: &mut Sheets) {
    for part in &section.parts {
        match part {
            Part::Table(table) => rows(table, section, sheets),
            Part::Facts(facts) => {
                let lang = sheets.lang;
                let out = sheet("facts", ["key", "value"], sheets);
                for fact in facts {
                    let number = matches!(fact.value, Cell::Number(_));
                    let cells = [(section.id.as_str(), true), (fact.id, true)];
                    let value = [(fact.value.as_str(), !number)];
                    record(lang, out, cells.into_iter().chain(value));
                }
            }
            Part::Steps(Steps { id, steps, .. }) => {
                let lang = sheets.lang;
                let out = sheet(id, ["frames", "text"], sheets);
                for step in steps {
                    let cells = [section.id.as_str(), &step.frames, &step.text];
                    record(lang, out, cells.iter().map(|cell| (*cell, true)));
                }
            }
            Part::Text(_) | Part::Picture(_) => {}
        }
    }
    for inner in &section.sections {
        collect(inner, sheets);
    }
}

/// The rows so far of the table of this name and with these columns.
fn sheet<'s>(
    id: &'static str,
    header: impl IntoIterator<Item = &'static str>,
    sheets: &'s mut Sheets,
) -> &'s mut Vec<u8> {
    let header = std::iter::once("section").chain(header).collect();
    let strand = Strand { id, header };
    let known = sheets.list.iter().position(|(known, _)| *known == strand);
    let place = known.unwrap_or_else(|| {
        sheets.list.push((strand, Vec::new()));
        sheets.list.len() - 1
    });
    &mut sheets.list[place].1
}

fn rows(table: &Table, section: &Section, sheets: &mut Sheets) {
    let explained = table
        .lines
        .iter()
        .any(|line| matches!(line, Line::Row(row) if row.detail.is_some()));
    let mut header: Vec<&'static str> = table.columns.iter().map(|column| column.id).collect();
    if explained {
        header.push("explanation");
    }
    let lang = sheets.lang;
    let out = sheet(table.id, header.iter().copied(), sheets);
    for line in &table.lines {
        let first = std::iter::once((section.id.clone(), true));
        let cells: Vec<(String, bool)> = match line {
            Line::Row(row) => {
                let cells = row.cells.iter().map(|cell| {
                    (
                        cell.as_str().to_owned(),
                        !matches!(cell, Cell::Number(_) | Cell::Span(..)),
                    )
                });
                let said = row
                    .detail
                    .as_ref()
                    .map(|detail| (detail.sentence.clone(), true));
                first
                    .chain(cells)
                    .chain(said.filter(|_| explained))
                    .collect()
            }
            // What is left out is said in a cell that holds text anyway.
            Line::Gap(gap) => {
                let place = table.columns.iter().position(|column| column.long);
                let place = place.unwrap_or(table.columns.len().saturating_sub(1));
                let cells = (0..header.len()).map(|column| match column == place {
                    true => (gap.text.clone(), true),
                    false => (String::new(), true),
                });
                first.chain(cells).collect()
            }
        };
        record(
            lang,
            out,
            cells.iter().map(|(cell, text)| (cell.as_str(), *text)),
        );
    }
}

/// Appends a record of cells, each a text or a number.
fn record<'c>(lang: Lang, out: &mut Vec<u8>, cells: impl Iterator<Item = (&'c str, bool)>) {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .delimiter(match lang {
            Lang::En => b',',
            Lang::PtBr => b';',
        })
        .flexible(true)
        .buffer_capacity(1024)
        .from_writer(out);
    for (cell, is_text) in cells {
        let cell = visible(cell);
        let formula = is_text && escape::is_formula(&cell);
        let cell = match is_text {
            true => cell,
            false => lang.decimal(cell.into_owned()).into(),
        };
        // Writing to memory cannot fail.
        let _ = match formula {
            true => writer.write_field(format!("'{cell}")),
            false => writer.write_field(cell.as_bytes()),
        };
    }
    let _ = writer.write_record(None::<&[u8]>);
}
