//! `netlab lab`: the labs, with the question that each answers.

use super::LabArgs;
use crate::cli::fail::Failure;
use crate::cli::out::Output;
use crate::cli::world::World;
use crate::lab::{self, Lab};
use crate::render::list::List;
use crate::render::rows::FORMATS;
use crate::report::record::{CellKind, Heading, Record};
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

phrase! {
    ID: "Lab", "Lab";
    QUESTION: "Question it answers", "Pergunta que responde";
}

/// A column of the list.
struct Column {
    id: &'static str,
    header: Text,
    cell: fn(&Lab, Lang) -> &'static str,
}

static COLUMNS: &[&Column] = &[
    &Column {
        id: "id",
        header: ID,
        cell: |lab, _| lab.id,
    },
    &Column {
        id: "question",
        header: QUESTION,
        cell: |lab, lang| lab.question.get(lang),
    },
];

struct Row<'a> {
    lab: &'a Lab,
    columns: &'a [&'static Column],
    lang: Lang,
}

impl Record for Row<'_> {
    fn cell(&self, place: usize, out: &mut Vec<u8>) {
        if let Some(column) = self.columns.get(place) {
            out.extend_from_slice((column.cell)(self.lab, self.lang).as_bytes());
        }
    }
}

pub(super) fn run(args: &LabArgs, world: &World) -> Result<(), Failure> {
    let table = &args.rows.table;
    let format = table.format(world)?;
    let columns = table.choose(COLUMNS, COLUMNS, |column| column.id, world)?;
    let mut out = Output::to(table.output.as_deref(), world.lang)?;
    let lang = world.lang;
    if format.id == FORMATS[0].id {
        let cells = |lab: &Lab| -> Vec<String> {
            let cells = columns.iter().map(|it| (it.cell)(lab, lang).to_owned());
            cells.collect()
        };
        let list = List {
            header: columns
                .iter()
                .map(|column| column.header.get(lang).to_owned())
                .collect(),
            rows: lab::ALL.iter().map(|lab| cells(lab)).collect(),
            ..List::default()
        };
        let drawn = list.draw(table.width(world));
        out.buffer.extend_from_slice(drawn.as_bytes());
        return out.finish();
    }
    let headings = columns.iter().map(|column| Heading {
        id: column.id,
        header: column.header,
        kind: CellKind::Text,
    });
    let mut writer = (format.open)(table.rows(headings.collect(), 0, world));
    writer.begin(&mut out.buffer);
    for lab in lab::ALL {
        let row = Row {
            lab,
            columns: &columns,
            lang,
        };
        writer.row(&row, &mut out.buffer);
    }
    writer.end(&mut out.buffer);
    out.finish()
}
