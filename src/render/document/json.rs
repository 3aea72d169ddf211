//! JSON with stable keys: the schema is `src/render/document/report.schema.json`. Keys are the
//! names that `--columns` knows, never translated; values in words are in the report's language.
//! Every character that could act on a terminal is written as an escape.

use serde_json::{Map, Number, Value, json};

use super::{Contents, Format, Piece, RenderOptions, Volume, alone, escape, picture};
use crate::report::document::{Cell, Detail, Fact, Line, Part, Report, Section, Table};
use crate::report::record::CellKind;
use crate::text::Lang;

pub(super) static FORMAT: Format = Format {
    id: "json",
    suffixes: &["json"],
    piece,
    between: b",\n",
    bind,
};

/// The version of the schema.
const SCHEMA: &str = "netlab.report/1";

/// What stands around an array of sections that is all of an object.
const SECTIONS: [&str; 2] = ["{\n  \"sections\": [\n", "\n  ]\n}"];

fn piece(sections: &[Section], options: &RenderOptions) -> Piece {
    let sections = sections.iter().map(|it| section(it, options.lang));
    let all = pretty(&json!({ "sections": sections.collect::<Vec<_>>() }));
    let [before, behind] = SECTIONS;
    let inner = all
        .strip_prefix(before)
        .and_then(|it| it.strip_suffix(behind));
    match inner {
        Some(inner) => Piece::text(inner.to_owned()),
        // There are none.
        None => Piece::default(),
    }
}

fn bind(report: &Report, contents: &Contents) -> Vec<Volume> {
    let lang = match report.lang {
        Lang::En => "en",
        Lang::PtBr => "pt-BR",
    };
    let all = pretty(&json!({
        "schema": SCHEMA,
        "generator": { "name": "netlab", "version": report.version, "wireshark": report.dialect.name() },
        "lang": lang,
        "title": report.title,
        "sections": [],
    }));
    let (before, behind) = all.split_once("\"sections\": []").unwrap_or_default();
    let [open, close] = match contents.strands.is_empty() {
        true => ["[", "]"],
        false => ["[\n", "\n  ]"],
    };
    alone(
        format!("{before}\"sections\": {open}"),
        contents,
        &format!("{close}{behind}\n"),
    )
}

fn pretty(value: &Value) -> String {
    let mut text = Vec::new();
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer_pretty(&mut text, value);
    escape::json(&mut text, 0);
    String::from_utf8(text).unwrap_or_default()
}

fn section(section: &Section, lang: Lang) -> Value {
    let mut text = Vec::new();
    let mut facts = Map::new();
    let mut steps = Map::new();
    let mut tables = Map::new();
    let mut pictures = Vec::new();
    for part in &section.parts {
        match part {
            Part::Text(paragraph) => text.push(json!(paragraph)),
            Part::Facts(list) => list.iter().for_each(|it| fact(it, &mut facts)),
            Part::Steps(list) => {
                let list_of = list
                    .steps
                    .iter()
                    .map(|step| json!({ "frames": step.frames, "text": step.text }));
                steps.insert(list.id.to_owned(), list_of.collect());
            }
            Part::Table(it) => {
                tables.insert(it.id.to_owned(), table(it));
            }
            Part::Picture(it) => pictures.push(json!({
                "id": it.id,
                "title": it.title,
                "alt": it.alt,
                "svg": picture::svg(it, lang),
            })),
        }
    }
    json!({
        "id": section.id,
        "kind": section.kind,
        "title": section.title,
        "text": text,
        "facts": facts,
        "steps": steps,
        "tables": tables,
        "pictures": pictures,
        "sections": section.sections.iter().map(|inner| self::section(inner, lang)).collect::<Vec<_>>(),
    })
}

/// A value by its key; the values of one key that comes again are an array.
fn fact(fact: &Fact, facts: &mut Map<String, Value>) {
    let value = cell(&fact.value);
    match facts.get_mut(fact.id) {
        None => {
            facts.insert(fact.id.to_owned(), value);
        }
        Some(Value::Array(values)) => values.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}

fn table(table: &Table) -> Value {
    let columns: Vec<Value> = table
        .columns
        .iter()
        .map(|column| {
            let kind = match column.kind {
                CellKind::Number => "number",
                CellKind::Text => "text",
            };
            json!({ "id": column.id, "title": column.title, "kind": kind })
        })
        .collect();
    let mut rows = Vec::new();
    let mut left_out = Vec::new();
    for line in &table.lines {
        match line {
            Line::Row(row) => {
                let cells = table.columns.iter().zip(&row.cells);
                let mut object: Map<String, Value> = cells
                    .map(|(column, value)| (column.id.to_owned(), cell(value)))
                    .collect();
                if let Some(more) = &row.detail {
                    detail(more, &mut object);
                }
                rows.push(Value::Object(object));
            }
            Line::Gap(gap) => left_out.push(json!({
                "after": rows.len(),
                "rows": gap.rows,
                "text": gap.text,
            })),
        }
    }
    json!({ "title": table.title, "columns": columns, "rows": rows, "left_out": left_out })
}

fn detail(detail: &Detail, object: &mut Map<String, Value>) {
    let fields = detail.fields.iter();
    let fields: Map<String, Value> = fields
        .map(|field| (field.id.to_owned(), cell(&field.value)))
        .collect();
    object.insert("fields".to_owned(), Value::Object(fields));
    object.insert("explanation".to_owned(), json!(detail.sentence));
    let why = detail.why.iter();
    let why = why.map(|step| json!({ "text": step.text, "source": step.source }));
    object.insert("why".to_owned(), why.collect());
}

fn cell(cell: &Cell) -> Value {
    match cell {
        Cell::Empty | Cell::Absent(_) => Value::Null,
        // A time of day is no number.
        Cell::Number(text) | Cell::Span(text, _) => match serde_json::from_str::<Number>(text) {
            Ok(number) => Value::Number(number),
            Err(_) => Value::String(text.to_string()),
        },
        Cell::Text(text) | Cell::Code(text) => Value::String(text.to_string()),
    }
}
