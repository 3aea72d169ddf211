//! Markdown as GitHub reads it: tables, and pictures as files beside it.

use super::{Attachment, Contents, Format, Piece, RenderOptions, Volume, alone, picture, visible};
use crate::render::ascii::Letters;
use crate::report::document::{Cell, Fact, Line, Part, Picture, Report, Section, Steps, Table};
use crate::report::record::CellKind;
use crate::text::Lang;
use crate::text::phrase::phrase;

pub(super) static FORMAT: Format = Format {
    id: "md",
    suffixes: &["md", "markdown"],
    piece,
    between: b"",
    bind,
};

struct Markdown<'r> {
    out: String,
    lang: Lang,
    stem: Option<&'r str>,
    attachments: Vec<Attachment>,
}

impl<'r> Markdown<'r> {
    fn new(lang: Lang, stem: Option<&'r str>) -> Self {
        Self {
            out: String::new(),
            lang,
            stem,
            attachments: Vec::new(),
        }
    }
}

fn piece(sections: &[Section], options: &RenderOptions) -> Piece {
    let mut writer = Markdown::new(options.lang, options.stem.as_deref());
    for section in sections {
        writer.section(section, 2);
    }
    Piece {
        attachments: writer.attachments,
        ..Piece::text(writer.out)
    }
}

fn bind(report: &Report, contents: &Contents) -> Vec<Volume> {
    let mut writer = Markdown::new(report.lang, None);
    writer.heading(1, &report.title);
    alone(writer.out, contents, "")
}

impl Markdown<'_> {
    fn heading(&mut self, level: usize, title: &str) {
        self.out.push_str(&"#".repeat(level.min(6)));
        self.out.push(' ');
        prose(title, &mut self.out);
        self.out.push_str("\n\n");
    }

    fn section(&mut self, section: &Section, level: usize) {
        self.heading(level, &section.title);
        for part in &section.parts {
            match part {
                Part::Text(text) => {
                    prose(text, &mut self.out);
                    self.out.push_str("\n\n");
                }
                Part::Facts(facts) => self.facts(facts, section.kind),
                Part::Steps(steps) => self.steps(steps, &section.title),
                Part::Table(table) => self.table(table, &section.title, level + 1),
                Part::Picture(picture) => self.picture(picture, &section.id),
            }
        }
        for inner in &section.sections {
            self.section(inner, level + 1);
        }
    }

    fn facts(&mut self, facts: &[Fact], kind: &str) {
        let heads = match kind {
            "questions" => [&QUESTION, &ANSWER],
            _ => [&NAME, &VALUE],
        };
        let [name, value] = heads.map(|text| text.get(self.lang));
        self.out
            .push_str(&format!("| {name} | {value} |\n|---|---|\n"));
        for fact in facts {
            self.out.push_str("| ");
            prose(&fact.label, &mut self.out);
            self.out.push_str(" | ");
            cell(&fact.value, &fact.value.shown(self.lang), &mut self.out);
            self.out.push_str(" |\n");
        }
        self.out.push('\n');
    }

    fn steps(&mut self, steps: &Steps, title: &str) {
        if steps.title != title {
            self.out.push_str("**");
            prose(&steps.title, &mut self.out);
            self.out.push_str("**\n\n");
        }
        for step in &steps.steps {
            self.out.push_str("- ");
            if !step.frames.is_empty() {
                code(&step.frames, &mut self.out);
                self.out.push(' ');
            }
            prose(&step.text, &mut self.out);
            self.out.push('\n');
        }
        self.out.push('\n');
    }

    fn table(&mut self, table: &Table, title: &str, level: usize) {
        if title != table.title {
            self.heading(level, &table.title);
        }
        self.out.push('|');
        for column in &table.columns {
            self.out.push(' ');
            prose(&column.title, &mut self.out);
            self.out.push_str(" |");
        }
        self.out.push_str("\n|");
        for column in &table.columns {
            self.out.push_str(match column.kind {
                CellKind::Number => "---:|",
                CellKind::Text => "---|",
            });
        }
        self.out.push('\n');
        for line in &table.lines {
            self.out.push('|');
            match line {
                Line::Row(row) => {
                    for (column, value) in table.columns.iter().zip(&row.cells) {
                        self.out.push(' ');
                        cell(value, &column.shown(value, self.lang), &mut self.out);
                        self.out.push_str(" |");
                    }
                }
                Line::Gap(gap) => self.gap(table, &gap.text),
            }
            self.out.push('\n');
        }
        self.out.push('\n');
        self.explanations(table);
    }

    /// A line of its own, in the widest column.
    fn gap(&mut self, table: &Table, text: &str) {
        let place = table
            .columns
            .iter()
            .position(|column| column.long)
            .unwrap_or(0);
        for column in 0..table.columns.len() {
            self.out.push(' ');
            if column == place {
                prose(text, &mut self.out);
            }
            self.out.push_str(" |");
        }
    }

    /// What the rows of a table mean, a sentence each.
    fn explanations(&mut self, table: &Table) {
        let mut any = false;
        for line in &table.lines {
            let Line::Row(row) = line else { continue };
            let Some(detail) = &row.detail else { continue };
            if detail.sentence.is_empty() {
                continue;
            }
            any = true;
            self.out.push_str("- ");
            if let Some(first) = row.cells.first() {
                code(&format!("[{}]", first.as_str()), &mut self.out);
                self.out.push(' ');
            }
            prose(&detail.sentence, &mut self.out);
            self.out.push('\n');
        }
        if any {
            self.out.push('\n');
        }
    }

    fn picture(&mut self, picture: &Picture, section: &str) {
        match self.stem {
            Some(stem) => {
                let name = format!("{stem}-{section}-{}.svg", picture.id);
                self.out.push_str("![");
                prose(&picture.alt, &mut self.out);
                self.out.push_str("](");
                url(&name, &mut self.out);
                self.out.push_str(")\n\n");
                self.attachments.push(Attachment {
                    name,
                    bytes: picture::svg(picture, self.lang).into_bytes(),
                });
            }
            None => fenced(
                &picture::characters(picture, Letters::Unicode, self.lang),
                &mut self.out,
            ),
        }
    }
}

/// A cell that reads as `shown`.
fn cell(cell: &Cell, shown: &str, out: &mut String) {
    match cell {
        Cell::Code(text) => code(text, out),
        _ => prose(shown, out),
    }
}

/// Text in a paragraph or a cell. Whatever Markdown, its HTML, and GitHub's links, mentions,
/// formulas and signs would take for something else is written so that they do not.
fn prose(text: &str, out: &mut String) {
    let text = visible(text);
    let start = out.len();
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '|' | '!' => {
                out.push('\\');
                out.push(character);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '$' => out.push_str("&#36;"),
            '@' => out.push_str("&#64;"),
            // What could begin a list or underline a heading.
            '-' | '+' | '=' if out.len() == start => {
                out.push('\\');
                out.push(character);
            }
            _ => out.push(character),
        }
    }
}

/// Text as code: nothing in it means anything.
fn code(text: &str, out: &mut String) {
    let text = visible(text);
    let mut longest = 0;
    let mut run = 0;
    for character in text.chars() {
        run = if character == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    out.push_str(&fence);
    // A space at both ends is taken away again: it keeps backticks and spaces of the text.
    let padded = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let pad = if padded { " " } else { "" };
    out.push_str(pad);
    // A table ends its cell at a bar even in code.
    out.push_str(&text.replace('|', "\\|"));
    out.push_str(pad);
    out.push_str(&fence);
}

fn fenced(text: &str, out: &mut String) {
    // No line of a picture begins with a backtick of its own.
    let fence = "`".repeat(
        text.split(|c| c != '`')
            .map(str::len)
            .max()
            .unwrap_or(0)
            .max(2)
            + 1,
    );
    out.push_str(&format!("{fence}text\n"));
    for line in text.lines() {
        out.push_str(&visible(line));
        out.push('\n');
    }
    out.push_str(&format!("{fence}\n\n"));
}

/// A file name as the target of a link.
fn url(name: &str, out: &mut String) {
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                out.push(char::from(byte))
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
}

phrase! {
    QUESTION: "Question", "Pergunta";
    ANSWER: "Answer", "Resposta";
    NAME: "Item", "Item";
    VALUE: "Value", "Valor";
}
