//! HTTP requests and responses, read from the first line of payloads on any port.
//!
//! Cautious: a segment counts only where its payload begins with a whole request line of a known
//! method, or a whole status line, of HTTP/1. Segments that were sent again do not count. In one
//! connection responses come in the order of the requests (RFC 9112, 9.3.2).

use std::collections::{HashMap, VecDeque};

use super::table::{Cell, Column, Gap, Line, Row, Table};
use super::{Part, Section};
use crate::analysis;
use crate::analysis::conversation::ConversationId;
use crate::analysis::tcp::marks::Marks;
use crate::model::frame::FrameNo;
use crate::model::packet::Content;
use crate::model::side::Direction;
use crate::model::time::{Span, Timestamp};
use crate::report::payload;
use crate::report::record::{Heading, Kind};
use crate::text::{Lang, Text};

/// The methods of RFC 9110 (9) and RFC 5789.
const METHODS: &[&[u8]] = &[
    b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"CONNECT", b"OPTIONS", b"TRACE", b"PATCH",
];
/// The longest first line that is read.
const LONGEST: usize = 8000;
/// How many characters of a line are shown.
const PREVIEW: usize = 200;
/// How many requests of one connection may wait.
const WAITING: usize = 64;

/// The exchanges of a capture.
#[derive(Debug, Default)]
pub(super) struct Http {
    rows: Vec<Exchange>,
    waiting: HashMap<ConversationId, VecDeque<Waiting>>,
    /// Requests and responses beyond the limit.
    more: [u64; 2],
}

#[derive(Debug)]
struct Waiting {
    row: usize,
    time: Option<Timestamp>,
}

/// A request and its response, or one of them.
#[derive(Debug, Default)]
pub(super) struct Exchange {
    pub(super) stream: u32,
    pub(super) request: Option<FrameNo>,
    pub(super) line: Box<str>,
    pub(super) response: Option<FrameNo>,
    pub(super) status: Box<str>,
    /// From the request line to the status line.
    pub(super) took: Option<Span>,
}

/// What the first line of a payload is.
enum First<'a> {
    Request(&'a [u8]),
    Response { line: &'a [u8], code: u16 },
}

impl Http {
    /// Takes the next packet of the capture; shows at most `limit` exchanges.
    pub(super) fn row(&mut self, row: &analysis::row::Row<'_>, limit: usize) {
        let (Content::Tcp(_), Some(id), Some(tcp)) = (
            &row.packet.content,
            row.analysis.conversation,
            &row.analysis.tcp,
        ) else {
            return;
        };
        if tcp.marks.any(Marks::SENT_AGAIN) {
            return;
        }
        let stream = row.analysis.stream.unwrap_or_default();
        match (first_line(payload::of(row)), row.analysis.direction) {
            (Some(First::Request(line)), Some(Direction::ToServer)) => {
                self.request(row, id, stream, line, limit)
            }
            (Some(First::Response { line, code }), Some(Direction::ToClient)) => {
                self.response(row, id, stream, line, code, limit);
            }
            _ => {}
        }
    }

    fn request(
        &mut self,
        row: &analysis::row::Row<'_>,
        id: ConversationId,
        stream: u32,
        line: &[u8],
        limit: usize,
    ) {
        if self.rows.len() >= limit {
            self.more[0] += 1;
            return;
        }
        let waiting = self.waiting.entry(id).or_default();
        if waiting.len() < WAITING {
            waiting.push_back(Waiting {
                row: self.rows.len(),
                time: row.frame.time,
            });
        }
        self.rows.push(Exchange {
            stream,
            request: Some(row.frame.no),
            line: text(line),
            ..Exchange::default()
        });
    }

    fn response(
        &mut self,
        row: &analysis::row::Row<'_>,
        id: ConversationId,
        stream: u32,
        line: &[u8],
        code: u16,
        limit: usize,
    ) {
        // A 1xx comes before the response proper; 101 is the last thing said in HTTP.
        if (100..200).contains(&code) && code != 101 {
            return;
        }
        let waiting = self.waiting.get_mut(&id).and_then(VecDeque::pop_front);
        let place = match waiting {
            Some(Waiting { row: place, time }) => {
                let took = row.frame.time.zip(time).map(|(now, then)| now.since(then));
                if let Some(exchange) = self.rows.get_mut(place) {
                    exchange.took = took;
                }
                place
            }
            None if self.rows.len() < limit => {
                self.rows.push(Exchange {
                    stream,
                    ..Exchange::default()
                });
                self.rows.len() - 1
            }
            None => {
                self.more[1] += 1;
                return;
            }
        };
        if let Some(exchange) = self.rows.get_mut(place) {
            exchange.response = Some(row.frame.no);
            exchange.status = text(line);
        }
    }

    /// The exchanges; `None` where there are more than are kept.
    pub(super) fn exchanges(&self) -> Option<&[Exchange]> {
        (self.more == [0, 0]).then_some(&self.rows)
    }

    /// The section; `None` where there is no HTTP.
    pub(super) fn section(self, lang: Lang) -> Option<Section> {
        if self.rows.is_empty() {
            return None;
        }
        let column = |id, header: &Text, kind, long| {
            let mut column = Column::new(
                Heading {
                    id,
                    header: *header,
                    kind,
                },
                lang,
            );
            column.long = long;
            column
        };
        let mut lines: Vec<Line> = self.rows.iter().map(|row| Line::Row(row.cells())).collect();
        let [requests, responses] = self.more;
        if requests + responses > 0 {
            let values: &[(&str, &dyn std::fmt::Display)] =
                &[("requests", &requests), ("responses", &responses)];
            lines.push(Line::Gap(Gap {
                rows: requests.max(responses),
                text: MORE.fill(lang, values),
            }));
        }
        let table = Table {
            id: "http",
            title: TITLE.get(lang).to_owned(),
            columns: vec![
                column("stream", &STREAM, Kind::Number, false),
                column("request_no", &NO, Kind::Number, false),
                column("request", &REQUEST, Kind::Text, true),
                column("response_no", &NO, Kind::Number, false),
                column("response", &RESPONSE, Kind::Text, true),
                column("time_to_response", &TOOK, Kind::Number, false),
            ],
            lines,
        };
        Some(Section {
            id: "http".to_owned(),
            kind: "http",
            title: TITLE.get(lang).to_owned(),
            parts: vec![Part::Text(ABOUT.get(lang).to_owned()), Part::Table(table)],
            sections: Vec::new(),
        })
    }
}

impl Exchange {
    fn cells(&self) -> Row {
        Row {
            cells: vec![
                Cell::int(self.stream),
                self.request.map_or(Cell::Empty, Cell::int),
                Cell::code(self.line.clone()),
                self.response.map_or(Cell::Empty, Cell::int),
                Cell::code(self.status.clone()),
                self.took.map_or(Cell::Empty, super::seconds),
            ],
            ..Row::default()
        }
    }
}

fn text(line: &[u8]) -> Box<str> {
    let mut out = Vec::new();
    payload::preview(line, PREVIEW, &mut out);
    super::table::lossless(&out)
}

/// The first line of a payload, where it is one of HTTP/1.
fn first_line(payload: &[u8]) -> Option<First<'_>> {
    let head = payload.get(..LONGEST).unwrap_or(payload);
    let end = head.iter().position(|byte| *byte == b'\n')?;
    let line = head.get(..end)?;
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if let Some(rest) = version(line) {
        let [b' ', a, b, c, after @ ..] = rest else {
            return None;
        };
        let digits = [*a, *b, *c];
        let sound = digits.iter().all(u8::is_ascii_digit)
            && (b'1'..=b'5').contains(a)
            && matches!(after, [] | [b' ', ..]);
        let code = digits.iter().fold(0, |code, digit| {
            code * 10 + u16::from(digit.wrapping_sub(b'0'))
        });
        return sound.then_some(First::Response { line, code });
    }
    let mut words = line.split(|byte| *byte == b' ');
    let (method, target, last) = (words.next()?, words.next()?, words.next()?);
    let sound = METHODS.contains(&method)
        && !target.is_empty()
        && version(last).is_some_and(<[u8]>::is_empty)
        && words.next().is_none();
    sound.then_some(First::Request(line))
}

/// What follows `HTTP/1.x`.
fn version(text: &[u8]) -> Option<&[u8]> {
    match text.strip_prefix(b"HTTP/1.")? {
        [b'0' | b'1', rest @ ..] => Some(rest),
        _ => None,
    }
}

static TITLE: Text = Text {
    en: "HTTP requests and responses",
    pt_br: "Requisições e respostas HTTP",
};
static ABOUT: Text = Text {
    en: "The first line of each request and response that begins a segment, on any port. The time runs from the segment with the request line to the one with the status line.",
    pt_br: "A primeira linha de cada requisição e resposta que inicia um segmento, em qualquer porta. O tempo vai do segmento com a linha de requisição até o que traz a linha de status.",
};
static STREAM: Text = Text {
    en: "Stream",
    pt_br: "Fluxo",
};
static NO: Text = Text {
    en: "No.",
    pt_br: "Nº",
};
static REQUEST: Text = Text {
    en: "Request",
    pt_br: "Requisição",
};
static RESPONSE: Text = Text {
    en: "Response",
    pt_br: "Resposta",
};
static TOOK: Text = Text {
    en: "Time (s)",
    pt_br: "Tempo (s)",
};
static MORE: Text = Text {
    en: "… and {requests} more requests and {responses} more responses",
    pt_br: "… e mais {requests} requisições e {responses} respostas",
};

#[cfg(test)]
mod tests {
    use super::{First, first_line};

    fn kind(payload: &[u8]) -> &'static str {
        match first_line(payload) {
            Some(First::Request(_)) => "request",
            Some(First::Response { .. }) => "response",
            None => "none",
        }
    }

    #[test]
    fn only_whole_first_lines_of_http_count() {
        assert_eq!(kind(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"), "request");
        assert_eq!(kind(b"GET / HTTP/1.0\n"), "request");
        assert_eq!(kind(b"HTTP/1.1 404 Not Found\r\n"), "response");
        assert_eq!(kind(b"HTTP/1.0 200\r\n"), "response");
        for text in [
            b"GET / HTTP/1.1".as_slice(),
            b"GET a b HTTP/1.1\r\n",
            b"GET  HTTP/1.1\r\n",
            b"get / HTTP/1.1\r\n",
            b"HTTP/2 200 OK\r\n",
            b"HTTP/1.1 2000 OK\r\n",
            b"HTTP/1.1 abc\r\n",
            b"GETTING started\n",
            b"",
        ] {
            assert_eq!(kind(text), "none", "{}", String::from_utf8_lossy(text));
        }
    }
}
