//! Lists of a known, small length: labs, interfaces, columns, conversations. The only user of
//! `tabled`; packet rows stream instead, see [`super::rows`].

use tabled::builder::Builder;
use tabled::settings::object::Columns;
use tabled::settings::peaker::Priority;
use tabled::settings::{Alignment, Modify, Padding, Style, Width};

/// A table of strings, drawn without frames.
#[derive(Debug, Default)]
pub struct List {
    /// The headings; none where empty.
    pub header: Vec<String>,
    /// The rows, each as long as the header.
    pub rows: Vec<Vec<String>>,
    /// The columns (from 0) whose cells are numbers and stand to the right.
    pub numeric: Vec<usize>,
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
        table.with(Style::empty()).with(Padding::new(0, 2, 0, 0));
        for column in &self.numeric {
            table.with(Modify::new(Columns::one(*column)).with(Alignment::right()));
        }
        if let Some(width) = width {
            table.with(
                Width::wrap(width.max(20))
                    .priority(Priority::max(true))
                    .keep_words(true),
            );
        }
        let mut out = String::new();
        for line in table.to_string().lines() {
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
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
