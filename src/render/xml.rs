//! Text inside XML: what SVG and HTML are made of.

use super::escape;

/// The text with everything escaped that means something in XML, in element content and in
/// attributes. Characters that act (controls, terminal escapes, bidirectional overrides) are shown
/// as [`escape::controls`] shows them; XML 1.0 forbids most of them even as references.
pub fn escaped(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    escape::controls(&mut bytes, 0);
    let text = String::from_utf8_lossy(&bytes);
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // No characters of XML 1.0.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn markup_and_acting_characters_are_only_shown() {
        assert_eq!(
            escaped("<script a=\"b\">'&\u{1b}[31m\u{202e}\0</script>\u{ffff}é"),
            "&lt;script a=&quot;b&quot;&gt;&#39;&amp;\\x1b[31m\\u{202e}\\x00&lt;/script&gt;\u{fffd}é"
        );
    }
}
