//! Lines of characters that are written to in any order, and how their parts look in colour.

use anstyle::{AnsiColor, Style};

/// How a part of a line looks where there is colour. What it says never depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(in crate::render) enum Look {
    /// As the terminal writes.
    #[default]
    Plain,
    /// Lanes, rules, gaps.
    Faint,
    /// Headings and names of bands.
    Strong,
    /// Flags.
    Flags,
    /// Marks.
    Mark,
    /// Socket calls.
    Call,
    /// The first of two lines, and the second.
    First,
    Second,
    /// A limit.
    Limit,
}

impl Look {
    fn style(self) -> Style {
        match self {
            Look::Plain => Style::new(),
            Look::Faint => Style::new().dimmed(),
            Look::Strong => Style::new().bold(),
            Look::Flags => AnsiColor::Cyan.on_default(),
            Look::Mark => AnsiColor::Red.on_default().bold(),
            Look::Call => AnsiColor::Green.on_default(),
            Look::First => AnsiColor::Cyan.on_default(),
            Look::Second => AnsiColor::Yellow.on_default(),
            Look::Limit => AnsiColor::Magenta.on_default(),
        }
    }
}

/// One line. Characters are one column wide each.
#[derive(Clone, Debug, Default)]
pub(in crate::render) struct Line {
    cells: Vec<(char, Look)>,
}

impl Line {
    /// Writes `text` from column `at` on, over what was there.
    pub(in crate::render) fn put(&mut self, at: usize, text: &str, look: Look) {
        for (offset, character) in text.chars().enumerate() {
            self.set(at + offset, character, look);
        }
    }

    /// Writes `text` so that it ends before column `end`.
    pub(in crate::render) fn put_before(&mut self, end: usize, text: &str, look: Look) {
        self.put(end.saturating_sub(text.chars().count()), text, look);
    }

    /// Fills the columns from `from` up to, not with, `to`.
    pub(in crate::render) fn fill(&mut self, from: usize, to: usize, character: char, look: Look) {
        for column in from..to {
            self.set(column, character, look);
        }
    }

    /// Writes one character.
    pub(in crate::render) fn set(&mut self, column: usize, character: char, look: Look) {
        if column >= self.cells.len() {
            self.cells.resize(column + 1, (' ', Look::Plain));
        }
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = (character, look);
        }
    }

    /// Appends the line and a line feed, without blanks at its end.
    pub(in crate::render) fn finish(&self, color: bool, out: &mut String) {
        let end = self
            .cells
            .iter()
            .rposition(|(character, _)| *character != ' ')
            .map_or(0, |last| last + 1);
        let mut current = Look::Plain;
        for (character, look) in self.cells.iter().take(end) {
            if color && *look != current && *character != ' ' {
                if current != Look::Plain {
                    out.push_str(&current.style().render_reset().to_string());
                }
                out.push_str(&look.style().render().to_string());
                current = *look;
            }
            out.push(*character);
        }
        if current != Look::Plain {
            out.push_str(&current.style().render_reset().to_string());
        }
        out.push('\n');
    }
}

/// The words of `text` in lines of at most `width` columns; a longer word is cut into pieces.
pub(in crate::render) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let characters: Vec<char> = word.chars().collect();
        for (piece, part) in characters.chunks(width).enumerate() {
            let apart = usize::from(piece == 0 && used > 0);
            if used + apart + part.len() > width || piece > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
            } else if apart > 0 {
                line.push(' ');
                used += 1;
            }
            line.extend(part);
            used += part.len();
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Line, Look, wrap};

    #[test]
    fn words_wrap_and_long_ones_are_cut() {
        assert_eq!(wrap("a bc def", 4), ["a bc", "def"]);
        assert_eq!(wrap("abcdefgh i", 3), ["abc", "def", "gh", "i"]);
        assert!(wrap("", 5).is_empty());
    }

    #[test]
    fn later_writing_covers_earlier_and_blanks_at_the_end_go() {
        let mut line = Line::default();
        line.fill(0, 6, '-', Look::Plain);
        line.put(2, "ab", Look::Flags);
        line.set(5, ' ', Look::Plain);
        line.put_before(9, "  ", Look::Plain);
        let mut out = String::new();
        line.finish(false, &mut out);
        assert_eq!(out, "--ab-\n");
        out.clear();
        line.finish(true, &mut out);
        assert_eq!(out, "--\u{1b}[36mab\u{1b}[0m-\n");
    }
}
