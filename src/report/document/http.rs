//! HTTP requests and responses of a capture as a table.

use super::table::{Cell, Column, Gap, Line, Row, Table};
use super::{Part, Section};
use crate::analysis::conversation::Conversation;
use crate::analysis::facts::http::{Exchange, Message};
use crate::model::time::Nanos;
use crate::report::payload;
use crate::report::record::{CellKind, Heading};
use crate::report::words;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

/// How many characters of a line are shown.
const PREVIEW: usize = 200;

/// The exchanges of a capture.
#[derive(Debug, Default)]
pub(super) struct Http {
    rows: Vec<OnStream>,
    /// Requests and responses beyond the limit.
    more: [u64; 2],
}

/// An exchange with the number of its conversation.
#[derive(Debug)]
pub(super) struct OnStream {
    pub(super) stream: u32,
    pub(super) exchange: Exchange,
}

impl OnStream {
    /// From the request line to the status line; `None` where one of them is missing.
    pub(super) fn took(&self) -> Option<Nanos> {
        let (request, response) = self.exchange.both()?;
        let took = response.now.since(request.now);
        (took.0 >= 0 && !self.exchange.odd).then_some(took)
    }

    /// The frame in which it begins.
    fn begins(&self) -> u32 {
        let first = self
            .exchange
            .request
            .as_ref()
            .or(self.exchange.response.as_ref());
        first.map_or(0, |message| message.frame)
    }
}

/// The first line of a message as text.
pub(super) fn text(message: &Message) -> Box<str> {
    let mut out = Vec::new();
    payload::preview(&message.line, PREVIEW, &mut out);
    super::table::lossless(&out)
}

impl Http {
    /// The exchanges of `conversations`, at most `limit` of them.
    pub(super) fn of<'c>(
        conversations: impl Iterator<Item = &'c Conversation>,
        limit: usize,
    ) -> Http {
        let mut http = Http::default();
        for conversation in conversations {
            let record = conversation.record();
            let Some(all) = record.and_then(|record| record.http()) else {
                continue;
            };
            let stream = conversation.stream;
            let rows = all.list.into_iter();
            http.rows
                .extend(rows.map(|exchange| OnStream { stream, exchange }));
            for (sum, more) in http.more.iter_mut().zip(all.more) {
                *sum += more;
            }
        }
        http.rows.sort_by_key(OnStream::begins);
        let more = http.rows.get(limit..).unwrap_or_default();
        for row in more {
            http.more[0] += u64::from(row.exchange.request.is_some());
            http.more[1] += u64::from(row.exchange.response.is_some());
        }
        http.rows.truncate(limit);
        http
    }

    /// The exchanges; `None` where there are more than are kept.
    pub(super) fn exchanges(&self) -> Option<&[OnStream]> {
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
        let rows = self.rows.iter();
        let mut lines: Vec<Line> = rows.map(|row| Line::Row(cells(row, lang))).collect();
        let [requests, responses] = self.more;
        if requests + responses > 0 {
            lines.push(Line::Gap(Gap {
                rows: requests.max(responses),
                text: more(lang, requests, responses).to_string(),
            }));
        }
        let table = Table {
            id: "http",
            title: TITLE.get(lang).to_owned(),
            columns: vec![
                column("stream", &STREAM, CellKind::Number, false),
                column("request_no", &NO, CellKind::Number, false),
                column("request", &REQUEST, CellKind::Text, true),
                column("response_no", &NO, CellKind::Number, false),
                column("response", &RESPONSE, CellKind::Text, true),
                column("time_to_response", &TOOK, CellKind::Number, false),
                column("complete_no", &COMPLETE, CellKind::Number, false),
                column("segments", &SEGMENTS, CellKind::Number, false),
                column("body", &BODY, CellKind::Number, false),
                column("note", &NOTE, CellKind::Text, true),
            ],
            lines,
        };
        let parts = vec![Part::Text(ABOUT.get(lang).to_owned()), Part::Table(table)];
        Some(Section::plain("http", "http", TITLE.get(lang), parts))
    }
}

fn cells(row: &OnStream, lang: Lang) -> Row {
    let exchange = &row.exchange;
    let (request, response) = (exchange.request.as_ref(), exchange.response.as_ref());
    let frame = |message: Option<&Message>| message.map_or(Cell::Empty, |it| Cell::int(it.frame));
    let line = |message: Option<&Message>| Cell::code(message.map(text).unwrap_or_default());
    let answer = response.filter(|_| !exchange.odd);
    let complete = answer.and_then(|it| it.complete);
    Row {
        cells: vec![
            Cell::int(row.stream),
            frame(request),
            line(request),
            frame(response),
            match exchange.odd {
                true => Cell::text(words::http::odd(lang).to_string()),
                false => line(response),
            },
            row.took()
                .map_or(Cell::Empty, |took| Cell::seconds(took.span())),
            complete.map_or(Cell::Empty, |(frame, _)| Cell::int(frame)),
            answer.map_or(Cell::Empty, |it| Cell::int(it.segments)),
            answer.map_or(Cell::Empty, |it| Cell::int(it.body)),
            Cell::text(words::http::note(exchange, lang)),
        ],
        ..Row::default()
    }
}

phrase! {
    TITLE: "HTTP requests and responses", "Requisições e respostas HTTP";
    ABOUT:
        "Requests and responses as the bytes of each connection hold them, on any port, however they are cut into segments. The time runs from the segment where the request line begins to the one where the status line begins.",
        "Requisições e respostas como os bytes de cada conexão as contêm, em qualquer porta, seja qual for o corte em segmentos. O tempo vai do segmento em que começa a linha de requisição até aquele em que começa a linha de status.";
    STREAM: "Stream", "Fluxo";
    NO: "No.", "Nº";
    REQUEST: "Request", "Requisição";
    RESPONSE: "Response", "Resposta";
    TOOK: "Time", "Tempo";
    more(requests, responses): "… and more: requests: {requests}, responses: {responses}",
        "… e mais: requisições: {requests}, respostas: {responses}";
    COMPLETE: "Complete in", "Completa em";
    SEGMENTS: "Segments", "Segmentos";
    BODY: "Body (bytes)", "Corpo (bytes)";
    NOTE: "Note", "Observação";
}
