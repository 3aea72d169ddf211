//! Breaks lines of text between words, so that they fit the terminal.

use unicode_width::UnicodeWidthStr;

/// `text` with lines of at most `width` terminal columns, as far as words allow. What continues a
/// line stands below its words: behind the frames in brackets, or behind the line's own indent.
pub fn lines(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (line, end) = match line.strip_suffix('\n') {
            Some(line) => (line, "\n"),
            None => (line, ""),
        };
        one(line, width, &mut out);
        out.push_str(end);
    }
    out
}

fn one(line: &str, width: usize, out: &mut String) {
    if line.width() <= width {
        out.push_str(line);
        return;
    }
    let hang = hang(line).min(width / 2);
    let body = line.trim_start_matches(' ');
    let indent = line.len() - body.len();
    out.extend(std::iter::repeat_n(' ', indent));
    words(body, indent, hang, width, out);
}

/// Appends the words of `text` to a line that is `used` columns long already. What does not fit
/// `width` goes on in lines that begin `hang` columns in.
pub(super) fn words(text: &str, mut used: usize, hang: usize, width: usize, out: &mut String) {
    let mut first = true;
    for word in text.split(' ') {
        let wide = word.width();
        if !first && used + 1 + wide > width {
            trim(out);
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', hang));
            used = hang;
        } else if !first {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += wide;
        first = false;
    }
}

/// Where the continuation of a line begins.
fn hang(line: &str) -> usize {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let body = &line[indent..];
    match body.find("]  ").filter(|_| body.starts_with('[')) {
        Some(close) => {
            let gap = body[close + 1..].len() - body[close + 1..].trim_start_matches(' ').len();
            indent + body[..=close].width() + gap
        }
        None => indent + 2,
    }
}

fn trim(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn what_continues_stands_below_the_words() {
        let text = "head that is long\n  [1, 2]    one two three four\n  plain words here\n";
        assert_eq!(
            lines(text, 20),
            "head that is long\n  [1, 2]    one two\n          three four\n  plain words here\n"
        );
        assert_eq!(lines("a bb ccc dddd eeeee", 9), "a bb ccc\n  dddd\n  eeeee");
        assert_eq!(lines("short\n\n", 9), "short\n\n");
    }
}
