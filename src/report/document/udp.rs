//! UDP exchanges as a table: what became of each request, and the counts of all.

mod words;

use super::table::{Cell, Column, Gap, Line, Row, Table};
use super::{Fact, Part};
use crate::analysis::facts::udp::{Answer, Exchange, Outcome, Udp};
use crate::model::time::Nanos;
use crate::report::payload;
use crate::report::record::{CellKind, Heading};
use crate::text::{Lang, Text};

/// How many characters of a payload are shown.
const PREVIEW: usize = 60;

/// The table of at most `limit` requests, with `decimals` of the capture's times, and the counts;
/// nothing where nobody asked.
pub(super) fn parts(udp: &Udp, limit: usize, decimals: u8, lang: Lang) -> Vec<Part> {
    let outcome = udp.outcome();
    if outcome.requests == 0 {
        return Vec::new();
    }
    let rows = udp.list().iter().take(limit);
    let mut lines: Vec<Line> = rows
        .map(|row| Line::Row(cells(row, &outcome, decimals, lang)))
        .collect();
    let left_out = outcome.requests.saturating_sub(lines.len() as u64);
    if left_out > 0 {
        let text = words::left_out(lang, left_out).to_string();
        lines.push(Line::Gap(Gap {
            rows: left_out,
            text,
        }));
    }
    let column = |id, header: &Text, kind| {
        let mut column = Column::new(
            Heading {
                id,
                header: *header,
                kind,
            },
            lang,
        );
        column.long = id == "text";
        column
    };
    let table = Table {
        id: "udp_exchanges",
        title: words::TITLE.get(lang).to_owned(),
        columns: vec![
            column("request", &words::REQUEST, CellKind::Number),
            column("time", &words::TIME, CellKind::Number),
            column("len", &words::LEN, CellKind::Number),
            column("text", &words::TEXT, CellKind::Text),
            column("result", &words::RESULT, CellKind::Text),
            column("answer", &words::ANSWER, CellKind::Number),
            column("rtt", &words::RTT, CellKind::Number),
        ],
        lines,
    };
    vec![Part::Table(table), Part::Facts(counts(&outcome, lang))]
}

fn counts(outcome: &Outcome, lang: Lang) -> Vec<Fact> {
    let count = |id, text: &Text, value: u64| Fact::new(id, text.get(lang), Cell::int(value));
    let share = crate::text::quantity::percent(outcome.unanswered, outcome.requests, Lang::En);
    let share = share.to_string().trim_end_matches(" %").to_owned();
    let mut facts = vec![
        count("requests", &words::REQUESTS, outcome.requests),
        count("answered", &words::ANSWERED, outcome.answered),
        count("refused", &words::REFUSED_COUNT, outcome.refused),
        count("unanswered", &words::UNANSWERED, outcome.unanswered),
        Fact::new(
            "unanswered_percent",
            words::PERCENT.get(lang),
            Cell::Number(share.into()),
        ),
    ];
    if let Some(mean) = outcome.rtt.mean() {
        let rtt = &outcome.rtt;
        let times = [
            ("rtt_min", &words::RTT_MIN, rtt.min),
            ("rtt_avg", &words::RTT_AVG, mean),
            ("rtt_max", &words::RTT_MAX, rtt.max),
        ];
        let time = |time: Nanos| Cell::seconds(time.span());
        facts.extend(times.map(|(id, text, it)| Fact::new(id, text.get(lang), time(it))));
    }
    let others = [
        ("untold", &words::UNTOLD, outcome.untold),
        (
            "not_delivered",
            &words::NOT_DELIVERED_COUNT,
            outcome.not_delivered,
        ),
        ("guessed", &words::GUESSED, outcome.guessed),
        ("elsewhere", &words::HEARD, outcome.elsewhere),
        ("sent_again", &words::AGAIN, outcome.again),
        ("doubled", &words::DOUBLED, outcome.doubled),
        ("late", &words::LATE, outcome.late),
        ("reordered", &words::REORDERED, outcome.reordered),
        ("stray", &words::STRAY, outcome.stray),
    ];
    let others = others.into_iter().filter(|(_, _, value)| *value > 0);
    facts.extend(others.map(|(id, text, value)| count(id, text, value)));
    facts
}

fn cells(row: &Exchange, outcome: &Outcome, decimals: u8, lang: Lang) -> Row {
    let mut sent = Vec::new();
    crate::report::columns::time::seconds(row.now.span(), decimals, &mut sent);
    let mut text = Vec::new();
    payload::preview(&row.text, PREVIEW, &mut text);
    let (result, frame, rtt) = match row.answer {
        Some(Answer::Reply { frame, rtt, basis }) if basis.guessed() => {
            (&words::GUESS, Some(frame), rtt)
        }
        Some(Answer::Reply { frame, rtt, .. }) => (&words::REPLY, Some(frame), rtt),
        Some(Answer::Elsewhere { frame, rtt }) => (&words::ELSEWHERE, Some(frame), rtt),
        Some(Answer::Refused(frame)) => (&words::REFUSED, Some(frame), None),
        Some(Answer::NotDelivered(frame)) => (&words::NOT_DELIVERED, Some(frame), None),
        None if outcome.untold > 0 => (&words::NOT_PLACED, None, None),
        None => (&words::NO_REPLY, None, None),
    };
    Row {
        cells: vec![
            Cell::int(row.request),
            Cell::written(CellKind::Number, &sent),
            Cell::int(row.len),
            Cell::code(super::table::lossless(&text)),
            Cell::text(result.get(lang)),
            frame.map_or(Cell::Empty, Cell::int),
            rtt.map_or(Cell::Empty, |rtt| Cell::seconds(rtt.span())),
        ],
        ..Row::default()
    }
}
