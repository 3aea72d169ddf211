//! The tables behind the answers.

use super::Asked;
use super::calls;
use super::column::{WAY, column};
use crate::analysis::conversation::Protocol;
use crate::analysis::record::line::low;
use crate::analysis::record::trips::{SAMPLES, Sample};
use crate::model::side::Side;
use crate::report::columns::time;
use crate::report::document::table::{Cell, Gap, Line, Row, Table};
use crate::report::record::CellKind;
use crate::report::words::trips;
use crate::text::phrase::phrase;

/// The tables that belong to the answers.
pub(super) fn of(asked: &Asked<'_>) -> Vec<Table> {
    let tcp = asked.conversation.protocol == Protocol::Tcp;
    let tables = [
        round_trips(asked),
        calls::lengths(asked),
        calls::states(asked),
    ];
    tables.into_iter().flatten().filter(|_| tcp).collect()
}

/// SampleRTT and EstimatedRTT of the first segments of each way.
fn round_trips(asked: &Asked<'_>) -> Option<Table> {
    let lang = asked.lang;
    let mut lines = Vec::new();
    let mut more = 0;
    for side in asked.sides() {
        let Some(timing) = &asked.end(side).timing else {
            continue;
        };
        let mut estimate = None;
        for sample in &timing.trips.samples {
            estimate = Some(smoothed(estimate, sample.rtt));
            lines.push(Line::Row(Row {
                cells: sample_cells(asked, side, sample, estimate.unwrap_or_default()),
                ..Row::default()
            }));
        }
        more += timing.trips.count - timing.trips.samples.len() as u64;
    }
    if lines.is_empty() {
        return None;
    }
    if more > 0 {
        let text = trips::more(lang, more, SAMPLES).to_string();
        lines.push(Line::Gap(Gap { rows: more, text }));
    }
    let column = |id, header, kind| column(id, header, kind, lang);
    Some(Table {
        id: "round_trips",
        title: trips::table(lang).to_string(),
        columns: vec![
            column("way", &WAY, CellKind::Text),
            column("segment", &SEGMENT, CellKind::Number),
            column("seq", &SEQ, CellKind::Number),
            column("len", &LEN, CellKind::Number),
            column("sent", &SENT, CellKind::Number),
            column("acked_in", &ACKED_IN, CellKind::Number),
            column("sample_rtt_ms", &SAMPLE, CellKind::Number),
            column("estimated_rtt_ms", &ESTIMATED, CellKind::Number),
        ],
        lines,
    })
}

/// EstimatedRTT after one more sample: the first one as it is, then 7/8 of the old value and 1/8
/// of the sample (RFC 6298, 2; alpha of the textbook is the same).
fn smoothed(estimate: Option<i64>, sample: i64) -> i64 {
    estimate.map_or(sample, |old| {
        (old.saturating_mul(7)).saturating_add(sample) / 8
    })
}

fn sample_cells(asked: &Asked<'_>, side: Side, sample: &Sample, estimate: i64) -> Vec<Cell> {
    let mut sent = Vec::new();
    if let Some(at) = sample.sent.time {
        time::seconds(at.span(), 6, &mut sent);
    }
    vec![
        Cell::text(asked.who.way(side)),
        Cell::int(sample.sent.frame),
        Cell::int(low(sample.start)),
        Cell::int(sample.len),
        Cell::written(CellKind::Number, &sent),
        Cell::int(sample.ack),
        Cell::millis(sample.rtt),
        Cell::millis(estimate),
    ]
}

phrase! {
    SEGMENT: "Segment", "Segmento";
    SEQ: "Seq", "Seq";
    LEN: "Len", "Len";
    SENT: "Sent at (s)", "Enviado em (s)";
    ACKED_IN: "First ACK", "Primeiro ACK";
    SAMPLE: "SampleRTT", "SampleRTT";
    ESTIMATED: "EstimatedRTT", "EstimatedRTT";
}
