//! Which characters a reader sees. One list for all formats, programs' lines included.

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory};
use icu_properties::{CodePointMapData, CodePointSetData};

/// Whether a character is seen as it is, and does nothing else. Control and format characters
/// (Unicode's Cc and Cf), line and paragraph separators, and what Unicode says may be left out of
/// sight (`Default_Ignorable_Code_Point`) move the cursor, turn the writing direction, or hide. What
/// private characters look like is not agreed; they also stand for bytes of names (`source/path`).
pub fn is_shown(character: char) -> bool {
    if character.is_ascii() {
        return !character.is_ascii_control();
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(character);
    let acts = matches!(
        category,
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::PrivateUse
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
    );
    !acts && !CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
}

/// How many bytes at the beginning of a text are printable ASCII and none of `stops`.
#[inline]
pub fn plain<const N: usize>(text: &[u8], stops: [u8; N]) -> usize {
    let is_plain = |byte: u8| {
        let stop = stops.iter().fold(false, |any, stop| any | (byte == *stop));
        (0x20..0x7f).contains(&byte) & !stop
    };
    let mut rest = text;
    while let Some((block, after)) = rest.split_first_chunk::<32>() {
        // Without a branch for each byte, so that vector instructions do it.
        if !block.iter().fold(true, |all, byte| all & is_plain(*byte)) {
            break;
        }
        rest = after;
    }
    let first = rest.iter().position(|byte| !is_plain(*byte));
    text.len() - rest.len() + first.unwrap_or(rest.len())
}

/// How many bytes the first character of a text has, where it is one that netlab's own sentences are
/// full of, and shown: a letter of Portuguese, a dash, a minus, an arrow. 0 where it is another.
#[inline]
pub fn usual(text: &[u8]) -> usize {
    match text {
        [0xc3, 0x80..=0xbf, ..] => 2,
        [0xe2, 0x80, 0x93 | 0x94, ..] | [0xe2, 0x86, 0x80..=0xbf, ..] | [0xe2, 0x88, 0x92, ..] => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_shown, plain, usual};

    #[test]
    fn what_is_usual_is_one_character_that_is_shown() {
        let all = (0..=0x0010_ffff).filter_map(char::from_u32);
        let text = |it: char| it.encode_utf8(&mut [0; 4]).as_bytes().to_vec();
        let found: Vec<char> = all.filter(|it| usual(&text(*it)) > 0).collect();
        assert!("ãçéíõú–—−→←".chars().all(|it| found.contains(&it)));
        for it in found {
            assert!(is_shown(it) && usual(&text(it)) == it.len_utf8(), "{it:?}");
            assert_eq!(usual(&text(it)[1..]), 0);
        }
        assert_eq!(
            [usual(b"\xc3"), usual(b"\xe2\x86"), usual(b"a"), usual(b"")],
            [0; 4]
        );
    }

    #[test]
    fn what_is_plain_ends_at_the_first_byte_that_is_not() {
        for length in 0..80 {
            for place in 0..=length {
                for (byte, stops) in [(b'\\', [b'\\']), (0x1f, [b'"']), (0x7f, [b'"'])] {
                    let mut text = vec![b'~'; length];
                    text.insert(place, byte);
                    assert_eq!(plain(&text, stops), place);
                    assert_eq!(plain(&text[..place], stops), place);
                }
            }
        }
    }

    #[test]
    fn letters_are_shown_and_what_hides_is_not() {
        assert!("aZ~ é漢→✓😀\u{a0}\u{301}".chars().all(is_shown));
        let hidden = "\0\n\u{7f}\u{85}\u{ad}\u{34f}\u{61c}\u{115f}\u{180e}\u{200b}\u{200d}\u{2028}\
                      \u{202e}\u{2066}\u{3164}\u{fe0f}\u{feff}\u{ffa0}\u{fff9}\u{1d173}\u{e0041}\
                      \u{e0100}\u{f7ff}";
        for character in hidden.chars() {
            assert!(!is_shown(character), "{character:?}");
        }
    }
}
