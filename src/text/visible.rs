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

#[cfg(test)]
mod tests {
    use super::is_shown;

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
