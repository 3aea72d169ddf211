//! Text for places that do not know every character.

use std::borrow::Cow;

/// The characters that a place knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// All of Unicode.
    Unicode,
    /// ASCII alone.
    Ascii,
}

impl Letters {
    /// Whether lines and signs are those of ASCII.
    pub fn plain(self) -> bool {
        self != Letters::Unicode
    }

    /// The text in these characters.
    pub fn fit(self, text: &str) -> Cow<'_, str> {
        match self {
            Letters::Unicode => Cow::Borrowed(text),
            _ if text.is_ascii() => Cow::Borrowed(text),
            Letters::Ascii => Cow::Owned(folded(text)),
        }
    }
}

/// The text with every character that is not ASCII replaced by what looks like it most: letters lose their accents, arrows and dashes become signs, what is left becomes `?`.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\0'..='\x7f' => out.push(character),
            'á' | 'à' | 'â' | 'ã' => out.push('a'),
            'Á' | 'À' | 'Â' | 'Ã' => out.push('A'),
            'é' | 'ê' => out.push('e'),
            'É' | 'Ê' => out.push('E'),
            'í' => out.push('i'),
            'Í' => out.push('I'),
            'ó' | 'ô' | 'õ' => out.push('o'),
            'Ó' | 'Ô' | 'Õ' => out.push('O'),
            'ú' => out.push('u'),
            'Ú' => out.push('U'),
            'ç' => out.push('c'),
            'Ç' => out.push('C'),
            'µ' => out.push('u'),
            '→' => out.push_str("->"),
            '←' => out.push_str("<-"),
            '↔' => out.push_str("<->"),
            '…' => out.push_str("..."),
            '·' | '–' | '—' | '×' => out.push(if character == '×' { 'x' } else { '-' }),
            '↑' => out.push('^'),
            '↓' => out.push('v'),
            '−' => out.push('-'),
            'º' => out.push('o'),
            '•' => out.push('*'),
            '≈' => out.push('~'),
            '“' | '”' => out.push('"'),
            _ => out.push('?'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Letters;

    #[test]
    fn every_character_becomes_ascii_and_words_stay_readable() {
        assert_eq!(
            Letters::Ascii.fit("Conexão · 20 µs de silêncio ↔ “não” … ✓"),
            "Conexao - 20 us de silencio <-> \"nao\" ... ?"
        );
    }

    #[test]
    fn letters_lose_their_accents_only_where_they_must() {
        let text = "é · 20 µs → Conexão…";
        assert_eq!(Letters::Ascii.fit(text), "e - 20 us -> Conexao...");
        assert_eq!(Letters::Unicode.fit(text), text);
    }
}
