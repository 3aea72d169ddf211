//! A reader of HTTP/1 (RFC 9112) that has nothing in common with netlab's: it puts all bytes of an
//! end together first and reads them then, once.
//!
//! It pairs by order alone, and takes for a request what begins with a method of the RFCs. So two
//! things are left out: other methods (nothing tells them from other text), and conversations in
//! which a response was sent before its request (order pairs nothing there).

use netlab::report::document::{Cell, Line, Part, Section};

use super::raw::{ACK, RST, Raw, SYN, Talk};

/// The most bytes of one end that are put together.
const MOST: usize = 8 << 20;

/// The methods of RFC 9110 (9) and RFC 5789: what begins with others may be anything.
const METHODS: [&str; 9] = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH",
];

/// What one end sent: bytes, and the frame that has each of them first.
#[derive(Default)]
struct Sent {
    bytes: Vec<u8>,
    frames: Vec<u32>,
    /// Nothing is missing.
    whole: bool,
}

impl Sent {
    /// What the end that `is_its` chooses sent; `None` where that is not told by the segments: no
    /// SYN before them, several, or two contents for one number.
    fn of(talk: &Talk, is_its: impl Fn(&Raw) -> bool) -> Option<Sent> {
        let mut start = None;
        let mut held: Vec<Option<(u8, u32)>> = Vec::new();
        let own = talk.order.iter().map(|it| (it, &talk.segments[it]));
        for (frame, raw) in own.filter(|(_, it)| is_its(it) && !it.has(RST)) {
            if raw.has(SYN) && *start.get_or_insert(raw.data()) != raw.data() {
                return None;
            }
            if raw.len == 0 {
                continue;
            }
            let place = usize::try_from(raw.data().wrapping_sub(start?)).ok()?;
            let payload = &raw.bytes[raw.bytes.len() - usize::try_from(raw.len).ok()?..];
            if place > MOST || !raw.has(SYN | ACK) {
                return None;
            }
            held.resize(held.len().max(place + payload.len()), None);
            for (known, byte) in held[place..].iter_mut().zip(payload) {
                match known {
                    Some((held, _)) if held != byte => return None,
                    Some(_) => {}
                    None => *known = Some((*byte, *frame)),
                }
            }
        }
        let known: Vec<(u8, u32)> = held.iter().map_while(|it| *it).collect();
        let whole = known.len() == held.len();
        let (bytes, frames) = known.into_iter().unzip();
        Some(Sent {
            bytes,
            frames,
            whole,
        })
    }
}

/// A message as its bytes say it.
#[derive(Debug)]
struct Message {
    line: String,
    first: u32,
    /// The last frame and the count of those that hold it, where its end is there.
    end: Option<(u32, usize)>,
    body: usize,
}

/// The messages of one end. `asked` has the methods of the requests where these are responses. The
/// second value says that everything was understood, up to the end.
fn messages(sent: &Sent, asked: Option<&[&str]>) -> (Vec<Message>, bool) {
    let mut found: Vec<Message> = Vec::new();
    let mut answered = 0;
    let mut at = 0;
    while at < sent.bytes.len() {
        let Some(head) = head(&sent.bytes[at..]) else {
            return (found, false);
        };
        let (line, fields, size) = head;
        let method = asked.and_then(|asked| asked.get(answered).copied());
        if asked.is_some() != line.starts_with("HTTP/1.") || asked.is_some() && method.is_none() {
            return (found, false);
        }
        let known = METHODS.contains(&line.split(' ').next().unwrap_or_default());
        let ends = line.ends_with(" HTTP/1.1") || line.ends_with(" HTTP/1.0");
        if asked.is_none() && !(known && ends) {
            return (found, false);
        }
        let code: u32 = line
            .split(' ')
            .nth(1)
            .and_then(|it| it.parse().ok())
            .unwrap_or(0);
        let interim = asked.is_some() && (100..200).contains(&code);
        let rest = &sent.bytes[at + size..];
        let field = |name: &str| {
            let mut all = fields.iter().filter(|(known, _)| known == name);
            all.next().map(|(_, value)| value.as_str())
        };
        // What is no HTTP any more after them, and what is read in several ways.
        let leaves = line.starts_with("CONNECT ") || code == 101 || method == Some("CONNECT");
        if leaves || field("content-length").is_some() && field("transfer-encoding").is_some() {
            return (found, false);
        }
        let bodyless = method == Some("HEAD") || interim || code == 204 || code == 304;
        let (body, taken) = match (field("transfer-encoding"), field("content-length")) {
            _ if bodyless => (0, Some(0)),
            (Some("chunked"), _) => chunks(rest),
            (Some(_), _) => return (found, false),
            (None, Some(length)) => match length.parse::<usize>() {
                Ok(length) => (
                    length.min(rest.len()),
                    (length <= rest.len()).then_some(length),
                ),
                Err(_) => return (found, false),
            },
            (None, None) if asked.is_none() => (0, Some(0)),
            // Up to the close, which is not looked at here.
            (None, None) => (rest.len(), None),
        };
        let end = taken.map(|taken| {
            let frames = &sent.frames[at..at + size + taken];
            let mut own: Vec<u32> = frames.to_vec();
            own.sort_unstable();
            own.dedup();
            (own[own.len() - 1], own.len())
        });
        if !interim {
            answered += 1;
            found.push(Message {
                line,
                first: sent.frames[at],
                end,
                body,
            });
        }
        match taken {
            Some(taken) => at += size + taken,
            None => return (found, true),
        }
    }
    (found, true)
}

/// The first line, the fields, and how many bytes both take with the empty line.
type Head = (String, Vec<(String, String)>, usize);

/// `None` where the bytes are no head of a plain form.
fn head(bytes: &[u8]) -> Option<Head> {
    let size = bytes.windows(4).position(|it| it == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&bytes[..size - 4]).ok()?;
    let mut lines = text.split("\r\n");
    let line = lines.next()?;
    let plain =
        !line.is_empty() && line.len() < 200 && line.bytes().all(|it| (32..127).contains(&it));
    let fields = lines.map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_ascii_lowercase(), value.trim().to_ascii_lowercase()))
    });
    let fields: Option<Vec<_>> = fields.collect();
    plain.then_some((line.to_owned(), fields?, size))
}

/// How many bytes a body in chunks has, and how many it takes, where its end is there.
fn chunks(bytes: &[u8]) -> (usize, Option<usize>) {
    let (mut body, mut at) = (0, 0);
    loop {
        let line = bytes[at..].windows(2).position(|it| it == b"\r\n");
        let size = line.and_then(|end| {
            let digits = std::str::from_utf8(&bytes[at..at + end]).ok()?;
            let digits = digits.split(';').next()?.trim();
            Some((usize::from_str_radix(digits, 16).ok()?, end))
        });
        let Some((size, end)) = size else {
            return (body, None);
        };
        at += end + 2;
        let held = bytes.len() - at;
        body += size.min(held);
        if size == 0 {
            // Behind the last chunk an empty line, where no field follows.
            let plain = bytes[at..].starts_with(b"\r\n");
            return (body, plain.then_some(at + 2));
        }
        if held < size + 2 {
            return (body, None);
        }
        at += size + 2;
    }
}

/// What netlab says of the HTTP on a conversation: the rows of its table.
pub(super) fn told(sections: &[Section]) -> Vec<[String; 10]> {
    let mut rows = Vec::new();
    for section in sections.iter().filter(|it| it.id == "http") {
        for part in &section.parts {
            let Part::Table(table) = part else { continue };
            let lines = table.lines.iter().filter_map(|line| match line {
                Line::Row(row) => Some(std::array::from_fn(|place| text(&row.cells[place]))),
                Line::Gap(_) => None,
            });
            rows.extend(lines);
        }
    }
    rows
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Number(it) | Cell::Text(it) | Cell::Code(it) | Cell::Span(it, _) => it.to_string(),
        _ => String::new(),
    }
}

/// What is wrong with `rows`, which are netlab's of one conversation, and how many values of them
/// were compared.
pub(super) fn wrong(talk: &Talk, rows: &[&[String; 10]]) -> (u64, Vec<String>) {
    let Some(one) = talk.order.first().map(|it| &talk.segments[it]) else {
        return (0, Vec::new());
    };
    let sent = [
        Sent::of(talk, |it| it.from == one.from),
        Sent::of(talk, |it| it.from != one.from),
    ];
    let [Some(one), Some(other)] = sent else {
        return (0, Vec::new());
    };
    let (asks, answers) = match other.bytes.starts_with(b"HTTP/1.") {
        true => (one, other),
        false => (other, one),
    };
    let (requests, all_asked) = messages(&asks, None);
    let methods: Vec<&str> = requests
        .iter()
        .filter_map(|it| it.line.split(' ').next())
        .collect();
    let (responses, all_answered) = messages(&answers, Some(&methods));
    let (mut checked, mut wrong) = (0, Vec::new());
    let mut is = |what: &str, place: usize, told: &str, right: String| {
        checked += 1;
        if told != right {
            wrong.push(format!(
                "HTTP, row {}: {what} {told:?}, not {right:?}",
                place + 1
            ));
        }
    };
    for (place, request) in requests.iter().enumerate() {
        let first = request.first.to_string();
        let own = rows
            .iter()
            .filter(|it| it[1] == first && it[2] == request.line);
        // Several requests of one frame may be alike.
        let twins = requests
            .iter()
            .filter(|it| it.first == request.first && it.line == request.line);
        is(
            "rows",
            place,
            &own.clone().count().to_string(),
            twins.clone().count().to_string(),
        );
        let (Some(row), 1, Some(response)) =
            (own.clone().next(), twins.count(), responses.get(place))
        else {
            continue;
        };
        // What was sent before it had been asked for is no answer.
        let [asked, answer] = [request, response].map(|it| &talk.segments[&it.first]);
        if answer.ack.wrapping_sub(asked.data()).cast_signed() <= 0 {
            return (0, Vec::new());
        }
        is("response", place, &row[4], response.line.clone());
        is("frame", place, &row[3], response.first.to_string());
        if let Some((last, count)) = response.end {
            is("last frame", place, &row[6], last.to_string());
            is("segments", place, &row[7], count.to_string());
        }
        // Fields that cannot be read do not say how long it is; bytes may be missing within it.
        if response.end.is_some() || answers.whole && !row[9].contains("cannot be read") {
            is("body", place, &row[8], response.body.to_string());
        }
    }
    if all_asked && all_answered && asks.whole && answers.whole && rows.len() < 1000 {
        let right = requests.len().to_string();
        is("rows", 0, &rows.len().to_string(), right);
    }
    (checked, wrong)
}
