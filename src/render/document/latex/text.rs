//! Text in LaTeX: nothing in it is a command, and only characters that the fonts of a plain
//! distribution have (encoding T1 with `textcomp`) stay as they are.

use crate::render::document::visible;

/// Letters beyond Latin-1 that T1 has.
const T1: &str = "ĂăĄąĆćČčĎďĐđĘęĚěĞğĲĳİıĹĺĽľŁłŃńŇňŊŋŐőŒœŔŕŘřŚśŞşŠšŢţŤťŮůŰűŸŹźŻżŽž";

/// How many letters of code may stand without a place to break the line.
const RUN: usize = 12;

/// Appends text.
pub(super) fn prose(text: &str, out: &mut String) {
    let mut characters = visible_chars(text).into_iter().peekable();
    while let Some(character) = characters.next() {
        write(character, out);
        // Two of these would become one sign.
        if matches!(character, '-' | ',') && characters.peek() == Some(&character) {
            out.push_str("{}");
        }
    }
}

/// Appends text as code, in lines that may break anywhere.
pub(super) fn code(text: &str, out: &mut String) {
    out.push_str("{\\ttfamily ");
    let mut run = 0;
    for character in visible_chars(text) {
        write(character, out);
        run += 1;
        if !character.is_alphanumeric() || run >= RUN {
            out.push_str("\\allowbreak{}");
            run = 0;
        }
    }
    out.push('}');
}

fn visible_chars(text: &str) -> Vec<char> {
    visible(text).chars().collect()
}

fn write(character: char, out: &mut String) {
    let command = match character {
        '\\' => "\\textbackslash{}",
        '{' => "\\{",
        '}' => "\\}",
        '$' => "\\$",
        '&' => "\\&",
        '#' => "\\#",
        '_' => "\\_",
        '%' => "\\%",
        '~' => "\\textasciitilde{}",
        '^' => "\\textasciicircum{}",
        '<' => "\\textless{}",
        '>' => "\\textgreater{}",
        '|' => "\\textbar{}",
        '"' => "\\textquotedbl{}",
        '\'' => "\\textquotesingle{}",
        '`' => "\\textasciigrave{}",
        // At the start of a row these would belong to the end of the row before.
        '[' => "{[}",
        ']' => "{]}",
        '*' => "{*}",
        '→' => "$\\rightarrow$",
        '←' => "$\\leftarrow$",
        '↔' => "$\\leftrightarrow$",
        '≤' => "$\\leq$",
        '≥' => "$\\geq$",
        '≈' => "$\\approx$",
        '−' => "$-$",
        '–' => "\\textendash{}",
        '—' => "\\textemdash{}",
        '…' => "\\ldots{}",
        '“' => "\\textquotedblleft{}",
        '”' => "\\textquotedblright{}",
        '‘' => "\\textquoteleft{}",
        '’' => "\\textquoteright{}",
        ' '..='~' => return out.push(character),
        '\u{a0}' => "~",
        '\u{a1}'..='\u{ff}' if character != '\u{ad}' => return out.push(character),
        _ if T1.contains(character) => return out.push(character),
        _ => {
            let code = u32::from(character);
            return out.push_str(&format!("{{\\ttfamily {{[}}U+{code:04X}{{]}}}}"));
        }
    };
    out.push_str(command);
}

#[cfg(test)]
mod tests {
    use super::{code, prose};

    #[test]
    fn no_character_is_a_command() {
        let mut out = String::new();
        prose(
            "\\input{x} 50% $a_b^c$ ~ # & --,, [x] * é → 😀 \u{202e}",
            &mut out,
        );
        assert_eq!(
            out,
            "\\textbackslash{}input\\{x\\} 50\\% \\$a\\_b\\textasciicircum{}c\\$ \
             \\textasciitilde{} \\# \\& -{}-,{}, {[}x{]} {*} é $\\rightarrow$ \
             {\\ttfamily {[}U+1F600{]}} \\textbackslash{}u\\{202e\\}"
        );
    }

    #[test]
    fn code_breaks_anywhere() {
        let mut out = String::new();
        code("abcdefghijklmn/o", &mut out);
        assert_eq!(
            out,
            "{\\ttfamily abcdefghijkl\\allowbreak{}mn/\\allowbreak{}o}"
        );
    }
}
