//! HTTP: how many connections a page takes, what persistent connections save, how long answers
//! take.

mod words;

use super::{Described, fact};
use crate::analysis::conversation::Protocol;
use crate::model::side::Side;
use crate::model::time::Nanos;
use crate::report::document::Fact;
use crate::report::document::http::{OnStream, text};
use crate::report::document::questions::column::column;
use crate::report::document::table::{Cell, Line, Row, Table};
use crate::report::record::CellKind;
use crate::report::text_address;
use crate::report::words::http;
use crate::text::{Lang, Text, quantity};

/// How many error responses are named.
const ERRORS: usize = 5;
/// How many connections are named in a sentence.
const NAMED: usize = 10;

/// One connection with HTTP on it.
struct Connection {
    stream: u32,
    client: String,
    port: u16,
    requests: u64,
    responses: u64,
    handshakes: u64,
    packets: u64,
    bytes: u64,
    /// Bytes that are no payload; `None` where not every segment can be read.
    headers: Option<u64>,
    /// From the first packet to the last one, since the first frame of the capture.
    times: Option<[i64; 2]>,
}

/// What is said of HTTP, where there is any.
pub(super) fn answer(
    described: &[Described<'_>],
    exchanges: &[OnStream],
    lang: Lang,
    facts: &mut Vec<Fact>,
    tables: &mut Vec<Table>,
) {
    if exchanges.is_empty() {
        return;
    }
    facts.extend(fact(
        "http_errors",
        &words::WHY_ERRORS,
        errors(exchanges, lang),
        lang,
    ));
    facts.extend(fact(
        "http_latency",
        &words::HOW_LONG,
        latency(exchanges, lang),
        lang,
    ));
    let connections = connections(described, exchanges);
    facts.extend(fact(
        "http_connections",
        &words::HOW_MANY,
        count(&connections, lang),
        lang,
    ));
    let (extent, odd) = (extent(exchanges, lang), odd(exchanges, lang));
    facts.extend(fact("http_segments", &words::HOW_LARGE, extent, lang));
    facts.extend(fact("http_odd", &words::WHY_ODD, odd, lang));
    let at_once = at_once(&connections, lang);
    facts.extend(fact("http_parallel", &words::PARALLEL, at_once, lang));
    let saved = saving(&connections, lang);
    facts.extend(fact("persistent", &words::PERSISTENT, saved, lang));
    tables.extend(table(&connections, lang));
}

fn connections(described: &[Described<'_>], exchanges: &[OnStream]) -> Vec<Connection> {
    let tcp = described
        .iter()
        .filter(|(it, _)| it.protocol == Protocol::Tcp);
    let connections = tcp.filter_map(|(conversation, _)| {
        let these = || {
            exchanges
                .iter()
                .filter(|it| it.stream == conversation.stream)
        };
        let requests = these().filter(|it| it.exchange.request.is_some()).count() as u64;
        let responses = these().filter(|it| it.exchange.response.is_some()).count() as u64;
        if requests + responses == 0 {
            return None;
        }
        let client = conversation
            .lifecycle
            .roles()
            .client()
            .unwrap_or(Side::First);
        let end = conversation.ends()[client.index()];
        let traffic = &conversation.traffic;
        let totals = conversation.record()?.totals();
        let whole = totals.unread == 0 && !totals.split;
        Some(Connection {
            stream: conversation.stream,
            client: text_address::end(end),
            port: end.port,
            requests,
            responses,
            handshakes: u64::from(totals.opened.is_some()),
            packets: traffic.packets.map(u64::from).iter().sum(),
            bytes: traffic.bytes.iter().sum(),
            headers: totals.wire.checked_sub(totals.payload).filter(|_| whole),
            times: conversation.times().map(|times| times.map(|time| time.0)),
        })
    });
    connections.collect()
}

fn errors(exchanges: &[OnStream], lang: Lang) -> Vec<String> {
    let errors = exchanges.iter().filter_map(|it| {
        let (request, response) = it.exchange.both()?;
        let (line, status) = (text(request), text(response));
        let said = || words::error(lang, request.frame, line, response.frame, status).to_string();
        (response.code >= 400).then(said)
    });
    errors.take(ERRORS).collect()
}

fn latency(exchanges: &[OnStream], lang: Lang) -> Vec<String> {
    let timed = exchanges.iter().filter_map(|it| {
        let (request, response) = it.exchange.both()?;
        Some((it.took()?.0, request.frame, response.frame))
    });
    let timed: Vec<(i64, u32, u32)> = timed.collect();
    let (Some((least, a, b)), Some((most, c, d))) = (timed.iter().min(), timed.iter().max()) else {
        return Vec::new();
    };
    let [shortest, longest] = [least, most].map(|it| quantity::span(*it, lang));
    let count = timed.len() as u64;
    vec![words::took(lang, count, shortest, a, b, longest, c, d).to_string()]
}

/// The responses that take most segments.
fn extent(exchanges: &[OnStream], lang: Lang) -> Vec<String> {
    let responses = exchanges.iter().filter(|it| !it.exchange.odd);
    let mut responses: Vec<_> = responses
        .filter_map(|it| it.exchange.response.as_ref())
        .collect();
    responses.sort_by_key(|it| (u32::MAX - it.segments, it.frame));
    let largest = responses.into_iter().take(ERRORS);
    let said = largest.map(|it| http::extent(&text(it), it, lang) + ".");
    said.collect()
}

/// Responses that are no HTTP.
fn odd(exchanges: &[OnStream], lang: Lang) -> Vec<String> {
    let odd = exchanges.iter().filter(|it| it.exchange.odd);
    let said = odd.filter_map(|it| {
        let (request, response) = it.exchange.both()?;
        let (line, odd) = (text(request), http::odd(lang));
        Some(words::odd(lang, request.frame, line, response.frame, odd).to_string())
    });
    said.take(ERRORS).collect()
}

/// Whether the connections follow one another or are open at the same time.
fn at_once(connections: &[Connection], lang: Lang) -> Vec<String> {
    let times: Option<Vec<[i64; 2]>> = connections.iter().map(|it| it.times).collect();
    let Some(times) = times.filter(|times| times.len() > 1) else {
        return Vec::new();
    };
    let open = |at: &i64| {
        let these = times
            .iter()
            .filter(|[first, last]| (*first..*last).contains(at));
        these.count()
    };
    let most = times.iter().map(|[first, _]| open(first)).max();
    vec![match most {
        Some(most @ 2..) => http::parallel(lang, times.len(), most).to_string(),
        _ => http::serial(lang, times.len() as u64).to_string(),
    }]
}

fn count(connections: &[Connection], lang: Lang) -> Vec<String> {
    if connections.is_empty() {
        return Vec::new();
    }
    let requests: u64 = connections.iter().map(|it| it.requests).sum();
    let named = connections.iter().take(NAMED);
    let list: Vec<String> = named
        .map(|it| format!("{} ({})", it.port, it.requests))
        .collect();
    let more = if connections.len() > NAMED {
        ", …"
    } else {
        ""
    };
    let list = format!("{}{more}", list.join(", "));
    vec![words::count(lang, connections.len(), requests, list).to_string()]
}

/// The connections with several requests beside those with one.
fn saving(connections: &[Connection], lang: Lang) -> Vec<String> {
    let (kept, single): (Vec<&Connection>, Vec<_>) = connections
        .iter()
        .filter(|it| it.requests > 0)
        .partition(|it| it.requests > 1);
    if kept.is_empty() || single.is_empty() {
        return Vec::new();
    }
    let (kept, single) = (Sum::of(&kept), Sum::of(&single));
    let mut said = vec![
        kept.say(&words::KEPT, lang),
        single.say(&words::SINGLE, lang),
    ];
    let (a, b) = (
        kept.packets * single.requests,
        single.packets * kept.requests,
    );
    if let Some(less) = b.checked_sub(a).filter(|less| *less > 0) {
        let each = |sum: &Sum| quantity::quotient(sum.packets, sum.requests, lang);
        let percent = quantity::percent(less, b, lang);
        said.push(words::saved(lang, each(&kept), each(&single), percent).to_string());
    }
    said
}

/// Connections together.
struct Sum {
    connections: u64,
    requests: u64,
    handshakes: u64,
    packets: u64,
    bytes: u64,
    headers: Option<u64>,
    nanos: Option<i64>,
}

impl Sum {
    fn of(connections: &[&Connection]) -> Sum {
        let sum = |value: fn(&Connection) -> u64| connections.iter().map(|it| value(it)).sum();
        let times: Option<Vec<[i64; 2]>> = connections.iter().map(|it| it.times).collect();
        let duration = |times: Vec<[i64; 2]>| {
            let first = times.iter().map(|[first, _]| *first).min()?;
            let last = times.iter().map(|[_, last]| *last).max()?;
            Some(last.saturating_sub(first))
        };
        Sum {
            connections: connections.len() as u64,
            requests: sum(|it| it.requests),
            handshakes: sum(|it| it.handshakes),
            packets: sum(|it| it.packets),
            bytes: sum(|it| it.bytes),
            headers: connections.iter().map(|it| it.headers).sum(),
            nanos: times.and_then(duration),
        }
    }

    fn say(&self, what: &Text, lang: Lang) -> String {
        let unknown = || "?".to_owned();
        let headers = self.headers.map_or_else(unknown, |it| it.to_string());
        let time = self.nanos.map(|it| quantity::span(it, lang).to_string());
        words::sum(
            lang,
            what.get(lang),
            self.requests,
            self.connections,
            self.handshakes,
            self.packets,
            self.bytes,
            headers,
            time.unwrap_or_else(unknown),
        )
        .to_string()
    }
}

fn table(connections: &[Connection], lang: Lang) -> Option<Table> {
    let lines: Vec<Line> = connections
        .iter()
        .map(|it| {
            let time = it.times.map(|[first, last]| last.saturating_sub(first));
            Line::Row(Row {
                cells: vec![
                    Cell::int(it.stream),
                    Cell::text(it.client.clone()),
                    Cell::int(it.requests),
                    Cell::int(it.responses),
                    Cell::int(it.packets),
                    Cell::int(it.bytes),
                    it.headers.map_or(Cell::Empty, Cell::int),
                    time.map_or(Cell::Empty, |time| Cell::seconds(Nanos(time).span())),
                ],
                ..Row::default()
            })
        })
        .collect();
    let column = |id, header, kind| column(id, header, kind, lang);
    (!lines.is_empty()).then(|| Table {
        id: "http_connections",
        title: words::TITLE.get(lang).to_owned(),
        columns: vec![
            column("stream", &words::STREAM, CellKind::Number),
            column("client", &words::CLIENT, CellKind::Text),
            column("requests", &words::REQUESTS, CellKind::Number),
            column("responses", &words::RESPONSES, CellKind::Number),
            column("packets", &words::PACKETS, CellKind::Number),
            column("bytes", &words::BYTES, CellKind::Number),
            column("header_bytes", &words::HEADERS, CellKind::Number),
            column("duration", &words::DURATION, CellKind::Number),
        ],
        lines,
    })
}
