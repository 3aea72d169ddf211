//! Lists of a known, small length: labs, interfaces, columns, conversations. The only user of
//! `tabled`; packet rows stream instead, see [`super::rows`].

use tabled::builder::Builder;
use tabled::settings::object::{Columns, Rows};
use tabled::settings::peaker::Peaker;
use tabled::settings::{Alignment, Color, Modify, Padding, Style, Width};
use unicode_width::UnicodeWidthStr;

/// A table of strings, drawn without frames.
#[derive(Debug)]
pub struct List {
    /// The headings; none where empty.
    pub header: Vec<String>,
    /// The rows, each as long as the header.
    pub rows: Vec<Vec<String>>,
    /// The columns (from 0) whose cells are numbers and stand to the right.
    pub numeric: Vec<usize>,
    /// How many spaces stand between two columns.
    pub gap: usize,
    /// Whether the headings are bold.
    pub bold: bool,
}

impl Default for List {
    fn default() -> Self {
        Self {
            header: Vec::new(),
            rows: Vec::new(),
            numeric: Vec::new(),
            gap: 2,
            bold: false,
        }
    }
}

impl List {
    /// The table as lines, each ending in a newline. Where `width` is given, cells wrap so that no
    /// line is wider (in terminal columns) than that, as far as words allow.
    pub fn draw(&self, width: Option<usize>) -> String {
        let mut builder = Builder::new();
        if !self.header.is_empty() {
            builder.push_record(&self.header);
        }
        for row in &self.rows {
            builder.push_record(row);
        }
        let mut table = builder.build();
        table
            .with(Style::empty())
            .with(Padding::new(0, self.gap, 0, 0));
        for column in &self.numeric {
            table.with(Modify::new(Columns::one(*column)).with(Alignment::right()));
        }
        if let Some(width) = width {
            // The gap behind the last column is not shown.
            let width = width.max(20) + self.gap;
            let wrap = Width::wrap(width).priority(self.words());
            table.with(wrap.keep_words(true));
        }
        if self.bold {
            table.with(Modify::new(Rows::first()).with(Color::BOLD));
        }
        let mut out = String::new();
        for line in table.to_string().lines() {
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// What the columns need so that no word is broken.
    fn words(&self) -> Words {
        let mut longest = vec![0; self.header.len()];
        for row in self.rows.iter().chain([&self.header]) {
            longest.resize(longest.len().max(row.len()), 0);
            for (longest, cell) in longest.iter_mut().zip(row) {
                let words = cell.split_whitespace().map(UnicodeWidthStr::width);
                *longest = words.chain([*longest]).max().unwrap_or(0);
            }
        }
        Words(longest.into_iter().map(|word| word + self.gap).collect())
    }
}

/// Which column gives way where the terminal is too narrow: the one that has most room beyond its
/// longest word, else the widest.
struct Words(Vec<usize>);

impl Peaker for Words {
    fn peak(&mut self, _: &[usize], widths: &[usize]) -> Option<usize> {
        let spare = |at: usize| widths[at].saturating_sub(*self.0.get(at).unwrap_or(&0));
        (0..widths.len()).max_by_key(|at| (spare(*at), widths[*at]))
    }
}

#[cfg(test)]
mod tests {
    use super::List;

    #[test]
    fn numbers_stand_to_the_right_and_long_cells_wrap() {
        let list = List {
            header: vec!["n".into(), "what".into()],
            rows: vec![
                vec!["1".into(), "short".into()],
                vec!["20".into(), "a longer cell that must wrap".into()],
            ],
            numeric: vec![0],
            ..List::default()
        };
        assert_eq!(
            list.draw(None),
            " n  what\n 1  short\n20  a longer cell that must wrap\n"
        );
        assert!(
            list.draw(Some(24))
                .lines()
                .all(|line| line.chars().count() <= 24)
        );
    }
}
