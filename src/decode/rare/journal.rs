//! Entries of systemd's journal, which a pcapng file can hold beside packets: lines of `FIELD=value`,
//! or a field's name in a line, the length of the value in eight bytes, and the value
//! (<https://systemd.io/JOURNAL_EXPORT_FORMATS/>). Their message is what tshark shows.

use std::fmt::Write;

use crate::decode::step::{Context, Next, Step};
use crate::decode::view::{Short, View};

/// How many bytes of Info tshark keeps.
const LONGEST: usize = 4095;

/// A line that is shorter names no field.
const LEAST: usize = 3;

/// Reads an entry. Of several messages the last one counts.
pub(super) fn entry<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    const MESSAGE: &[u8] = b"MESSAGE";
    context.draft.layer("systemd Journal");
    context.draft.add("Journal Entry");
    let mut rest = view.bytes;
    while !rest.is_empty() {
        let (line, behind) = line(rest);
        rest = behind;
        if line.len() < LEAST {
            continue;
        }
        if let Some(equals) = line.iter().position(|byte| *byte == b'=') {
            if &line[..equals] == MESSAGE {
                let text = line[equals + 1..].split(|byte| *byte == 0).next();
                say(&String::from_utf8_lossy(text.unwrap_or_default()), context);
            }
            continue;
        }
        match value(behind) {
            Some((value, behind)) => {
                rest = behind;
                if line == MESSAGE {
                    say(&escaped(&String::from_utf8_lossy(value)), context);
                }
            }
            None if line == MESSAGE => return Err(Short::Malformed),
            None => {}
        }
    }
    Ok(Next::Done)
}

/// The first line without its end, and what follows it.
fn line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    let (line, behind) = bytes.split_at(end.unwrap_or(bytes.len()));
    let behind = match behind {
        [b'\r', b'\n', behind @ ..] | [_, behind @ ..] => behind,
        [] => &[],
    };
    (line, behind)
}

/// A value with its length in front, and what follows it and its end of line. tshark takes the
/// lower half of the length.
fn value(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (len, rest) = bytes.split_first_chunk::<8>()?;
    let [a, b, c, d, ..] = *len;
    let len = i32::from_le_bytes([a, b, c, d]);
    let (value, behind) = rest.split_at_checked(usize::try_from(len).unwrap_or(0))?;
    Some((value, behind.get(1..).unwrap_or_default()))
}

/// Puts a message into Info, as far as tshark keeps it.
fn say(message: &str, context: &mut Context<'_>) {
    context.draft.clear();
    let kept = message.as_bytes().get(..LONGEST);
    match kept {
        Some(kept) => context.draft.add(&String::from_utf8_lossy(kept)),
        None => context.draft.add(message),
    }
}

/// A value that may have several lines, in one.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        let letter = match character {
            '\x07' => 'a',
            '\x08' => 'b',
            '\x0c' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\x0b' => 'v',
            _ if character.is_control() => {
                let number = u32::from(character);
                // Writing into a String cannot fail.
                let _ = match character.is_ascii() {
                    true => write!(out, "\\{number:03o}"),
                    false => write!(out, "\\u{number:04X}"),
                };
                continue;
            }
            _ => {
                out.push(character);
                continue;
            }
        };
        out.extend(['\\', letter]);
    }
    out
}
