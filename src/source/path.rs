//! Names of files as text. A name is bytes, and those of other systems are not all UTF-8 (`joão.pcap`
//! out of an archive in Latin-1); as text it must still lead to its file.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::Path;

/// Each byte that is not UTF-8 becomes the private character of this number and the byte's.
#[cfg(unix)]
const FIRST: u32 = 0xf700;
#[cfg(unix)]
const STANDS_FOR_BYTE: std::ops::RangeInclusive<char> = '\u{f780}'..='\u{f7ff}';

/// A name as text, from which [`of`] makes the same name again.
#[cfg(unix)]
pub fn named(name: &OsStr) -> String {
    use std::os::unix::ffi::OsStrExt;
    let mut out = String::new();
    let bytes = |out: &mut String, bytes: &[u8]| {
        let chars = bytes
            .iter()
            .map(|byte| char::from_u32(FIRST + u32::from(*byte)));
        out.extend(chars.flatten());
    };
    for chunk in name.as_bytes().utf8_chunks() {
        for char in chunk.valid().chars() {
            match STANDS_FOR_BYTE.contains(&char) {
                true => bytes(&mut out, char.encode_utf8(&mut [0; 4]).as_bytes()),
                false => out.push(char),
            }
        }
        bytes(&mut out, chunk.invalid());
    }
    out
}

/// The name that [`named`] made a text of.
#[cfg(unix)]
pub fn of(text: &str) -> Cow<'_, Path> {
    use std::os::unix::ffi::OsStrExt;
    if !text.contains(|char| STANDS_FOR_BYTE.contains(&char)) {
        return Cow::Borrowed(Path::new(text));
    }
    let mut bytes = Vec::new();
    for char in text.chars() {
        match u8::try_from(u32::from(char).wrapping_sub(FIRST)) {
            Ok(byte) if STANDS_FOR_BYTE.contains(&char) => bytes.push(byte),
            _ => bytes.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    Cow::Owned(OsStr::from_bytes(&bytes).into())
}

/// A name as text.
#[cfg(not(unix))]
pub fn named(name: &OsStr) -> String {
    name.to_string_lossy().into_owned()
}

/// The name that a text is.
#[cfg(not(unix))]
pub fn of(text: &str) -> Cow<'_, Path> {
    Cow::Borrowed(Path::new(text))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn a_name_is_found_again_whatever_its_bytes_are() {
        for name in [
            &b"ana.pcap"[..],
            "joão".as_bytes(),
            b"jo\xe3o.pcap",
            b"\xff\xfe",
            "\u{f7e3}".as_bytes(),
        ] {
            let name = OsStr::from_bytes(name);
            assert_eq!(of(&named(name)).as_os_str(), name);
        }
        assert_eq!(named(OsStr::new("joão")), "joão");
    }
}
