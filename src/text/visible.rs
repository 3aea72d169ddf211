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

#[cfg(test)]
mod tests {
    use super::{is_shown, plain};

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
