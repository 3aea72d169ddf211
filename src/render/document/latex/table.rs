//! Tables over several pages, as wide as the page.

use super::Latex;
use super::text::{code, prose};
use crate::report::document::{Cell, Column, Line, Row, Table};
use crate::report::record::Kind;

/// The width of a line of text, in millimetres.
pub(super) const PAGE: f32 = 178.0;
/// What stands between two columns.
const GAP: f32 = 3.2;
/// The mean width of a character in a table.
const CHARACTER: f32 = 1.62;
/// No column is narrower.
const NARROWEST: f32 = 7.0;
/// Cells longer than this wrap.
const WRAP: usize = 26;

impl Latex<'_> {
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
        self.out
            .push_str("{\\footnotesize\\setlength{\\tabcolsep}{1.6mm}\n\\begin{longtable}{@{}");
        for (column, width) in columns.iter().zip(&widths) {
            let side = match column.kind {
                Kind::Number => "left",
                Kind::Text => "right",
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
        self.out
            .push_str(" \\\\\n\\hline\\endhead\n\\hline\\endfoot\n");
        for line in &table.lines {
            match line {
                Line::Row(row) => self.row(row, &shown, &widths),
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
        self.out.push_str("\\end{longtable}}\n\n");
    }

    fn row(&mut self, row: &Row, shown: &[usize], widths: &[f32]) {
        for (place, cell) in shown
            .iter()
            .filter_map(|place| row.cells.get(*place))
            .enumerate()
        {
            self.out.push_str(if place > 0 { " & " } else { "" });
            match cell {
                Cell::Code(text) => code(text, &mut self.out),
                other => prose(other.as_str(), &mut self.out),
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

fn spanned(widths: &[f32]) -> f32 {
    let gaps = f32::from(u16::try_from(widths.len().saturating_sub(1)).unwrap_or_default());
    widths.iter().sum::<f32>() + gaps * GAP
}

/// The widths of the shown columns: as wide as their cells, the long ones as wide as what is
/// left; where that is not enough, all of them in proportion.
fn widths(table: &Table, shown: &[usize]) -> Vec<f32> {
    let length = |text: &str| {
        text.split(' ')
            .map(str::len)
            .max()
            .unwrap_or(0)
            .max(text.chars().count().min(WRAP))
    };
    let natural = |place: usize| {
        let cells = table.lines.iter().filter_map(|line| match line {
            Line::Row(row) => row.cells.get(place).map(|cell| length(cell.as_str())),
            Line::Gap(_) => None,
        });
        let title = table.columns.get(place).map_or(0, |column| {
            column
                .title
                .split(' ')
                .map(|word| word.chars().count())
                .max()
                .unwrap_or(0)
        });
        let longest = cells.max().unwrap_or(0).max(title).min(60);
        let characters = f32::from(u16::try_from(longest).unwrap_or(60));
        (characters * CHARACTER + 1.0).max(NARROWEST)
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
