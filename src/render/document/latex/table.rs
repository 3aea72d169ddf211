//! Tables over several pages, as wide as the page.

use super::Latex;
use super::text::{code, prose};
use crate::report::document::{Cell, Column, Line, Row, Table};
use crate::report::record::CellKind;

/// The width of a line of text, in millimetres.
pub(super) const PAGE: f32 = 178.0;
/// What stands between two columns.
const GAP: f32 = 3.2;
/// No column is narrower.
const NARROWEST: f32 = 7.0;
/// Cells longer than this wrap.
const WRAP: usize = 26;
/// A table of so many lines, none of them long, is kept on one page.
const SMALL: usize = 24;

impl Latex {
    pub(super) fn table(&mut self, table: &Table) {
        let shown: Vec<usize> = (0..table.columns.len())
            .filter(|place| {
                table
                    .columns
                    .get(*place)
                    .is_some_and(|column| column.essential)
            })
            .collect();
        let widths = widths(table, &shown);
        let columns: Vec<&Column> = shown
            .iter()
            .filter_map(|place| table.columns.get(*place))
            .collect();
        let small = table.lines.len() <= SMALL && table.lines.iter().all(is_short);
        let environment = if small { "tabular" } else { "longtable" };
        self.out.push_str(&format!(
            "{{\\footnotesize\\setlength{{\\tabcolsep}}{{1.6mm}}\n{}\\begin{{{environment}}}{{@{{}}",
            if small { "\\noindent" } else { "" },
        ));
        for (column, width) in columns.iter().zip(&widths) {
            let side = match column.kind {
                CellKind::Number => "left",
                CellKind::Text => "right",
            };
            self.out.push_str(&format!(
                ">{{\\ragged{side}\\arraybackslash}}p{{{width:.1}mm}}"
            ));
        }
        self.out.push_str("@{}}\n\\hline\n");
        for (place, column) in columns.iter().enumerate() {
            self.out.push_str(if place > 0 { " & " } else { "" });
            self.out.push_str("\\bfseries ");
            prose(&column.title, &mut self.out);
        }
        self.out.push_str(if small {
            " \\\\\n\\hline\n"
        } else {
            " \\\\\n\\hline\\endhead\n\\hline\\endfoot\n"
        });
        for line in &table.lines {
            match line {
                Line::Row(row) => self.row(row, &columns, &shown, &widths),
                Line::Gap(gap) => {
                    let all = spanned(&widths);
                    let count = widths.len();
                    self.out.push_str(&format!(
                        "\\multicolumn{{{count}}}{{@{{}}p{{{all:.1}mm}}@{{}}}}{{\\itshape "
                    ));
                    prose(&gap.text, &mut self.out);
                    self.out.push_str("} \\\\\n");
                }
            }
        }
        self.out.push_str(if small { "\\hline\n" } else { "" });
        self.out
            .push_str(&format!("\\end{{{environment}}}\\par}}\n\n"));
    }

    fn row(&mut self, row: &Row, columns: &[&Column], shown: &[usize], widths: &[f32]) {
        let cells = columns.iter().zip(shown.iter());
        let cells = cells.filter_map(|(column, place)| Some((column, row.cells.get(*place)?)));
        for (place, (column, cell)) in cells.enumerate() {
            self.out.push_str(if place > 0 { " & " } else { "" });
            match cell {
                Cell::Code(text) => code(text, &mut self.out),
                other => prose(&column.shown(other, self.lang), &mut self.out),
            }
        }
        let sentence = row.detail.as_ref().map_or("", |detail| &detail.sentence);
        if sentence.is_empty() {
            self.out.push_str(" \\\\\n");
            return;
        }
        let rest = widths.get(1..).unwrap_or_default();
        let (count, width) = (rest.len().max(1), spanned(rest));
        self.out.push_str(&format!(
            " \\\\*\n & \\multicolumn{{{count}}}{{p{{{width:.1}mm}}@{{}}}}{{\\raggedright\\itshape "
        ));
        prose(sentence, &mut self.out);
        self.out.push_str("} \\\\[0.6mm]\n");
    }
}

/// Whether a line has nothing that fills much of a page.
fn is_short(line: &Line) -> bool {
    match line {
        Line::Row(row) => {
            row.detail.is_none() && row.cells.iter().all(|cell| cell.as_str().len() <= 120)
        }
        Line::Gap(_) => true,
    }
}

/// About how wide a text is in the font of a table, in millimetres.
fn wide(text: &str) -> f32 {
    let character = |character: char| match character {
        'A'..='Z' | 'm' | 'w' | '→' | '←' | '_' => 2.15,
        'i' | 'j' | 'l' | 't' | '.' | ',' | ':' | '-' => 1.0,
        _ => 1.55,
    };
    text.chars().map(character).sum()
}

fn spanned(widths: &[f32]) -> f32 {
    let gaps = f32::from(u16::try_from(widths.len().saturating_sub(1)).unwrap_or_default());
    widths.iter().sum::<f32>() + gaps * GAP
}

/// The widths of the shown columns: as wide as their cells, the long ones as wide as what is
/// left; where that is not enough, all of them in proportion.
fn widths(table: &Table, shown: &[usize]) -> Vec<f32> {
    let longest = |text: &str, scale: f32| {
        let words = text.split(' ').map(|word| wide(word) * scale);
        words.fold(0.0, f32::max)
    };
    let natural = |place: usize| {
        let cell = |text: &str| match text.chars().count() {
            0..=WRAP => wide(text),
            _ => longest(text, 1.0).max(40.0),
        };
        let cells = table.lines.iter().filter_map(|line| match line {
            Line::Row(row) => row.cells.get(place).map(|it| cell(it.as_str())),
            Line::Gap(_) => None,
        });
        // Headings are bold, and wrap.
        let title = table.columns.get(place);
        let title = title.map_or(0.0, |column| longest(&column.title, 1.15));
        let width = cells.fold(title, f32::max) + 1.0;
        width.clamp(NARROWEST, 95.0)
    };
    let is_long = |place: &usize| table.columns.get(*place).is_some_and(|column| column.long);
    let gaps = spanned(&vec![0.0; shown.len()]);
    let room = PAGE - gaps;
    let mut widths: Vec<f32> = shown.iter().map(|place| natural(*place)).collect();
    let long = shown.iter().filter(|place| is_long(place)).count();
    let short: f32 = shown
        .iter()
        .zip(&widths)
        .filter(|(place, _)| !is_long(place))
        .map(|(_, width)| width)
        .sum();
    let long_room = room - short;
    if long > 0 && long_room >= 40.0 {
        let each = long_room / f32::from(u16::try_from(long).unwrap_or(1));
        for (place, width) in shown.iter().zip(&mut widths) {
            if is_long(place) {
                *width = each;
            }
        }
    }
    let sum: f32 = widths.iter().sum();
    if sum > room {
        for width in &mut widths {
            *width *= room / sum;
        }
    }
    widths
}
