//! The path that a request asks for: its segments, decoded, with nothing left that could lead
//! out of a folder.

/// A decoded path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::exercises) struct Target {
    /// Its segments, none of them empty, `.` or `..`, none with a separator in it.
    pub(in crate::exercises) segments: Vec<String>,
    /// It ends in a slash: a folder is meant.
    pub(in crate::exercises) folder: bool,
    /// What follows the path, with its question mark.
    pub(in crate::exercises) query: String,
}

/// Why a request target names nothing here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::exercises) enum Refusal {
    /// It is no path, or its percent-encoding is wrong.
    Malformed,
    /// It leads out of the folder, or has characters that no file here has in its name.
    Outside,
}

/// Reads a request target in origin form (`/a/b?c`) or absolute form (`http://host/a/b?c`;
/// RFC 9112, 3.2).
pub(in crate::exercises) fn read(target: &str) -> Result<Target, Refusal> {
    let origin = match target.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => {
            let path = rest.find(['/', '?']).unwrap_or(rest.len());
            rest.get(path..).unwrap_or_default()
        }
        _ if target.starts_with('/') => target,
        _ => return Err(Refusal::Malformed),
    };
    // A fragment is never sent; what follows a number sign is no part of the path.
    let origin = origin.split('#').next().unwrap_or_default();
    let (path, query) = match origin.find('?') {
        Some(at) => origin.split_at(at),
        None => (origin, ""),
    };
    let mut segments = Vec::new();
    for part in path.split('/') {
        // Each segment is decoded alone, so that an encoded slash cannot make two of it.
        let segment = decode(part)?;
        match segment.as_str() {
            "" | "." => {}
            ".." => return Err(Refusal::Outside),
            other if other.contains(is_dangerous) => return Err(Refusal::Outside),
            _ => segments.push(segment),
        }
    }
    Ok(Target {
        segments,
        folder: path.ends_with('/') || path.is_empty(),
        query: query.to_owned(),
    })
}

/// Separators, and what names drives and streams on Windows; NUL and other control characters.
fn is_dangerous(character: char) -> bool {
    matches!(character, '/' | '\\') || (cfg!(windows) && character == ':') || character.is_control()
}

/// Undoes percent-encoding (RFC 3986, 2.1); the result has to be UTF-8.
fn decode(part: &str) -> Result<String, Refusal> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((&first, others)) = rest.split_first() {
        rest = others;
        if first != b'%' {
            bytes.push(first);
            continue;
        }
        let (digits, others) = rest.split_at_checked(2).ok_or(Refusal::Malformed)?;
        let value = digits.iter().try_fold(0, |value, digit| {
            Some(value * 16 + char::from(*digit).to_digit(16)?)
        });
        let byte = value.and_then(|value| u8::try_from(value).ok());
        bytes.push(byte.ok_or(Refusal::Malformed)?);
        rest = others;
    }
    String::from_utf8(bytes).map_err(|_| Refusal::Malformed)
}

/// The path of a folder, with a slash at its end: encoded, and beginning with exactly one slash,
/// as two would name another server.
pub(in crate::exercises) fn folder_path(segments: &[String]) -> String {
    let mut path = String::from("/");
    for segment in segments {
        encode(segment, &mut path);
        path.push('/');
    }
    path
}

/// A path as a user types it, encoded where it has to be. What is encoded already stays so.
pub(in crate::exercises) fn encoded(typed: &str) -> String {
    let mut path = String::new();
    if !typed.starts_with('/') {
        path.push('/');
    }
    for character in typed.chars() {
        let stays = character.is_ascii_graphic() && !"\"<>\\^`{|}#".contains(character);
        if stays {
            path.push(character);
        } else {
            encode(character.encode_utf8(&mut [0; 4]), &mut path);
        }
    }
    path
}

/// Percent-encodes all but unreserved characters (RFC 3986, 2.3).
fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segments(target: &str) -> Vec<String> {
        read(target).unwrap().segments
    }

    #[test]
    fn paths_are_decoded_and_empty_parts_dropped() {
        assert_eq!(
            segments("/a/b%20c/ol%C3%A1.html?x=/../y"),
            ["a", "b c", "olá.html"]
        );
        assert_eq!(segments("//a/./b"), ["a", "b"]);
        assert_eq!(segments("http://host:80/a?b"), ["a"]);
        assert!(read("/").unwrap().folder && read("http://host?q").unwrap().folder);
        assert!(!read("/a").unwrap().folder);
    }

    #[test]
    fn nothing_leads_out() {
        for target in [
            "/..",
            "/../etc/passwd",
            "/a/../../b",
            "/%2e%2e/x",
            "/.%2E/x",
            "/a%2f..%2fb",
            "/..%5cwindows",
            "/a\\..\\b",
            "/a%00.html",
            "/%0a",
        ] {
            assert_eq!(read(target), Err(Refusal::Outside), "{target}");
        }
        for target in [
            "*",
            "host:80",
            "a",
            "/%",
            "/%4",
            "/%zz",
            "/%+1",
            "/%ff",
            "ftp://h/a",
        ] {
            assert_eq!(read(target), Err(Refusal::Malformed), "{target}");
        }
        // Encoded twice is decoded once: a file of that strange name, inside.
        assert_eq!(segments("/%252e%252e"), ["%2e%2e"]);
    }

    #[test]
    fn a_redirect_stays_on_this_server() {
        assert_eq!(
            folder_path(&segments("//example.org/b c")),
            "/example.org/b%20c/"
        );
    }

    #[test]
    fn a_typed_path_cannot_break_the_request() {
        assert_eq!(encoded("a b\r\nX: y"), "/a%20b%0D%0AX:%20y");
        assert_eq!(encoded("/olá%20x?q=1&r"), "/ol%C3%A1%20x?q=1&r");
    }
}
