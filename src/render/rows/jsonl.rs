//! `-T jsonl`: one JSON object a line. Keys are column names; what a packet does not prove is
//! `null`. A number that a double would not hold exactly (seconds since 1970 with nanoseconds) is a
//! string.
//!
//! A program's socket call is an object like that of a packet, without a number, and with one key
//! more, `call`, which packets never have:
//!
//! ```json
//! {"no":null, …, "info":"client: send(55) = 55", …, "call":{"who":"client","number":null,
//!  "name":"send","part":"whole","argument":55,"result":55,"error":null,
//!  "local":"127.0.0.1:40000","peer":"127.0.0.1:5050",
//!  "began":"1760000000.000000001","acted":"…","ended":"…"}}
//! ```
//!
//! `part` is `start` or `return` where packets lie between the two and each is a row of its own.
//! `argument` is the size, the room, the backlog or the name of the option; `result` counts
//! bytes; `error` is the name of the error number. Times are seconds since 1970, as
//! strings, since a number would lose their last digits.

use std::net::SocketAddr;

use serde_json::{Value, json};

use super::{DefaultColumns, Format, RowOptions, RowWriter};
use crate::model::address::Endpoint;
use crate::model::call::{Call, CallResult};
use crate::model::time::Timestamp;
use crate::render::escape;
use crate::report::moment::Moment;
use crate::report::record::CellKind;
use crate::report::record::Record;
use crate::text::visible;

pub(super) static FORMAT: Format = Format {
    id: "jsonl",
    suffixes: &["jsonl", "ndjson"],
    columns: DefaultColumns::All,
    open: |options| {
        Box::new(Jsonl {
            objects: Objects::new(options),
        })
    },
};

struct Jsonl {
    objects: Objects,
}

impl RowWriter for Jsonl {
    fn begin(&mut self, _: &mut Vec<u8>) {}

    fn row(&mut self, record: &dyn Record, out: &mut Vec<u8>) {
        self.objects.write(record, out);
        out.push(b'\n');
    }

    fn end(&mut self, _: &mut Vec<u8>) {}
}

/// Writes rows as JSON objects.
pub(super) struct Objects {
    options: RowOptions,
    /// The name of each column with what stands around it.
    keys: Vec<Key>,
    cell: Vec<u8>,
}

/// A name with what stands around it.
struct Key {
    whole: Vec<u8>,
    /// The same where it is short, which is copied without a call, and its length.
    short: Option<([u8; Key::SHORT], usize)>,
}

impl Key {
    const SHORT: usize = 32;

    fn new(whole: Vec<u8>) -> Self {
        let mut short = [0; Self::SHORT];
        let room = short.get_mut(..whole.len());
        let fits = room.map(|room| room.copy_from_slice(&whole)).is_some();
        Self {
            short: fits.then_some((short, whole.len())),
            whole,
        }
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        let Some((short, len)) = &self.short else {
            return out.extend_from_slice(&self.whole);
        };
        let end = out.len() + len;
        out.extend_from_slice(short);
        out.truncate(end);
    }
}

impl Objects {
    pub(super) fn new(options: RowOptions) -> Self {
        let key = |(place, id): (usize, &str)| {
            let mut key = if place == 0 { Vec::new() } else { vec![b','] };
            string(id.as_bytes(), &mut key);
            key.push(b':');
            Key::new(key)
        };
        let ids = options.headings.iter().map(|column| column.id);
        Self {
            keys: ids.enumerate().map(key).collect(),
            options,
            cell: Vec::new(),
        }
    }

    pub(super) fn write(&mut self, record: &dyn Record, out: &mut Vec<u8>) {
        out.push(b'{');
        let own_words = record.own_words();
        for (place, (column, key)) in self.options.headings.iter().zip(&self.keys).enumerate() {
            key.write(out);
            if column.kind == CellKind::Number {
                number(record, place, &mut self.cell, out);
                continue;
            }
            if own_words && !column.quotes() {
                own(record, place, out);
                continue;
            }
            self.cell.clear();
            record.cell(place, &mut self.cell);
            match self.cell.is_empty() {
                true => out.extend_from_slice(NULL),
                false => string(&self.cell, out),
            }
        }
        if let Some(moment) = record.moment() {
            out.extend_from_slice(b",\"call\":");
            // Writing to memory cannot fail.
            let _ = serde_json::to_writer(&mut *out, &object(moment));
        }
        out.push(b'}');
    }
}

/// A cell of numbers, which stays where it is written if it is one; `scratch` is for others.
#[inline]
fn number(record: &dyn Record, place: usize, scratch: &mut Vec<u8>, out: &mut Vec<u8>) {
    let start = out.len();
    record.cell(place, out);
    let cell = out.get(start..).unwrap_or_default();
    if cell.is_empty() {
        out.extend_from_slice(NULL);
    } else if !is_number(cell) {
        scratch.clear();
        scratch.extend(out.drain(start..));
        string(scratch, out);
    }
}

/// What stands for no value.
const NULL: &[u8; 4] = b"null";

/// A text in netlab's own words: nothing of it has to be escaped.
fn own(record: &dyn Record, place: usize, out: &mut Vec<u8>) {
    out.push(b'"');
    let start = out.len();
    record.cell(place, out);
    if out.len() == start {
        out.truncate(start - 1);
        out.extend_from_slice(NULL);
        return;
    }
    debug_assert!({
        let text = out.get(start..).unwrap_or_default();
        let mut full = Vec::new();
        quick(text, &mut full) && full == text
    });
    out.push(b'"');
}

/// The object of a call.
fn object(moment: &Moment) -> Value {
    let call = &moment.call;
    let end = |end: Option<Endpoint>| end.map(|it| SocketAddr::new(it.ip, it.port).to_string());
    let argument = match call.call {
        Call::SetSockOpt(option) => Value::from(option),
        Call::Listen { backlog } => Value::from(backlog),
        Call::Shutdown(how) => Value::from(how),
        Call::Peek { room } => Value::from(room),
        other => Value::from(other.gives().or(other.takes())),
    };
    let origin = call.origin;
    let place = origin.and_then(|it| it.place);
    let (result, error) = match call.result {
        CallResult::Done => (None, None),
        CallResult::Bytes(count) => (Some(count), None),
        CallResult::Failed(name) => (None, Some(name)),
        CallResult::Unfinished => (None, Some("unfinished")),
    };
    json!({
        "who": call.party.role.name(),
        "number": call.party.number,
        "name": call.call.name(),
        "part": moment.part.name(),
        "argument": argument,
        "result": result,
        "error": error,
        "local": end(call.local),
        "peer": end(call.peer),
        "began": seconds(call.began),
        "acted": seconds(call.acted),
        "ended": seconds(call.ended),
        "pid": origin.map(|it| it.pid),
        "tid": origin.map(|it| it.tid),
        "fd": origin.map(|it| it.fd),
        "times": origin.map_or(1, |it| it.times),
        "file": place.map(|it| it.file),
        "line": place.map(|it| it.line),
        "kernel": call.kernel.map(|it| it.to_string()),
    })
}

/// A time in seconds since 1970.
fn seconds(time: Timestamp) -> String {
    format!("{}.{:09}", time.secs(), time.nanos())
}

/// Whether a cell is a number in JSON's sense, which a time of day is not, and one that a double
/// holds: its digits are at most 2⁵³.
fn is_number(cell: &[u8]) -> bool {
    const MOST: u64 = 1 << 53;
    if is_plain_number(cell) {
        return true;
    }
    let digit =
        |sum: Option<u64>, byte: &u8| sum?.checked_mul(10)?.checked_add(u64::from(byte - b'0'));
    let digits = cell.iter().filter(|byte| byte.is_ascii_digit());
    digits
        .fold(Some(0), digit)
        .is_some_and(|digits| digits <= MOST)
        && serde_json::from_slice::<serde_json::Number>(cell).is_ok()
}

/// The quick answer for nearly every number: few digits, none in front that JSON forbids, and at most
/// one point between them.
fn is_plain_number(cell: &[u8]) -> bool {
    // Fifteen digits are below 2⁵³.
    const FEW: usize = 15;
    if let [digit] = cell {
        return digit.is_ascii_digit();
    }
    let mut points = 0;
    for byte in cell {
        match byte {
            b'0'..=b'9' => {}
            b'.' => points += 1,
            _ => return false,
        }
    }
    let begins = matches!(cell, [b'0', b'.', ..] | [b'1'..=b'9', ..] | b"0");
    begins && points <= 1 && cell.len() <= FEW && cell.last() != Some(&b'.')
}

fn string(text: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    out.push(b'"');
    if quick(text, out) {
        out.push(b'"');
        return;
    }
    out.truncate(start);
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(&mut *out, &String::from_utf8_lossy(text));
    escape::json(out, start);
}

/// Appends the inside of a JSON string, as nearly every text needs it: printable ASCII and what
/// sentences have besides, quotes and backslashes behind a backslash. False where there is something else.
fn quick(text: &[u8], out: &mut Vec<u8>) -> bool {
    let mut rest = text;
    loop {
        let (plain, after) = rest.split_at(visible::plain(rest, *b"\"\\"));
        out.extend_from_slice(plain);
        rest = match after {
            [] => return true,
            [byte @ (b'"' | b'\\'), after @ ..] => {
                out.extend_from_slice(&[b'\\', *byte]);
                after
            }
            text => {
                let (usual, after) = text.split_at(visible::usual(text));
                if usual.is_empty() {
                    return false;
                }
                out.extend_from_slice(usual);
                after
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::{is_number, is_plain_number, string};

    #[test]
    fn a_plain_number_is_one_to_the_parser_too() {
        for (cell, plain) in [
            ("0", true),
            ("12", true),
            ("0.000123", true),
            ("12345678901234", true),
            ("1234567890123456", false),
            ("00", false),
            ("01.5", false),
            ("1.", false),
            (".5", false),
            ("1.2.3", false),
            ("-1", false),
            ("12:30", false),
            ("", false),
        ] {
            assert_eq!(is_plain_number(cell.as_bytes()), plain, "{cell}");
            let parsed = serde_json::from_str::<serde_json::Number>(cell);
            assert!(!plain || parsed.is_ok(), "{cell}");
        }
        assert!(is_number(b"-1") && !is_number(b"9007199254740993"));
    }

    #[test]
    fn what_json_escapes_is_escaped_wherever_it_stands() {
        for at in [0, 1, 31, 32, 33, 70] {
            for escaped in ["\"", "\\", "\n", "→", "é", "\u{202e}", "\u{7f}"] {
                let mut text = "a".repeat(80);
                text.insert_str(at, escaped);
                let mut out = Vec::new();
                string(text.as_bytes(), &mut out);
                assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
                assert!(!out.windows(3).any(|it| it == "\u{202e}".as_bytes()));
            }
        }
    }
}
