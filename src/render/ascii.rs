//! Text for places that know only ASCII.

/// The text with every character that is not ASCII replaced by what looks like it most: letters
/// lose their accents, arrows and dashes become signs, what is left becomes `?`.
pub fn ascii(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
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
            '≈' => out.push('~'),
            '“' | '”' => out.push('"'),
            _ => out.push('?'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::ascii;

    #[test]
    fn every_character_becomes_ascii_and_words_stay_readable() {
        assert_eq!(
            ascii("Conexão · 20 µs de silêncio ↔ “não” … ✓"),
            "Conexao - 20 us de silencio <-> \"nao\" ... ?"
        );
    }
}
