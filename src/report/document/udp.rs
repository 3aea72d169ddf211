//! UDP exchanges: which datagram answers which, as far as the packets let one tell.
//!
//! UDP itself does not say it. A reply is put to the request whose text it repeats (without regard
//! to upper and lower case) further than that of any other open request, or else to the only open
//! request there is. Everything else stays open, and is said to.

mod words;

use std::collections::VecDeque;

use words::{
    ANSWER, ANSWERED, LEFT_OUT, LEN, NO_REPLY, PERCENT, REFUSED, REFUSED_COUNT, REPLY, REQUEST,
    REQUESTS, RESULT, RTT, RTT_AVG, RTT_MAX, RTT_MIN, STRAY, TEXT, TIME, TITLE, UNANSWERED,
};

use super::table::{Cell, Column, Gap, Line, Row, Table};
use super::{Fact, Part};
use crate::analysis;
use crate::analysis::lifecycle::phase::Phase;
use crate::model::frame::FrameNo;
use crate::model::packet::Content;
use crate::model::side::Direction;
use crate::model::time::{Span, Timestamp};
use crate::report::payload;
use crate::report::record::{Heading, Kind};
use crate::text::{Lang, Text};

/// How many bytes of a request are kept to compare replies with.
const KEPT: usize = 64;
/// How many requests may wait for a reply. Older ones count as not answered.
const OPEN: usize = 64;
/// How many requests without a reply are named.
const NAMED: usize = 10;
/// How many characters of a payload are shown.
const PREVIEW: usize = 60;

/// The exchanges of one conversation.
#[derive(Debug, Default)]
pub(super) struct Exchanges {
    rows: Vec<Exchange>,
    open: VecDeque<Open>,
    totals: Totals,
    /// Replies that belong to no request for certain.
    stray: u64,
    /// The first datagram to the client.
    first_reply: Option<FrameNo>,
}

/// What became of the requests of a conversation, in numbers.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub(super) requests: u64,
    pub(super) answered: u64,
    pub(super) refused: u64,
    /// How many of them have no reply, in per cent with one decimal.
    pub(super) percent: String,
    /// The shortest, the mean and the longest round trip in nanoseconds.
    pub(super) rtt: Option<[i64; 3]>,
    /// The first of the requests that have neither a reply nor a refusal.
    pub(super) unanswered: Vec<FrameNo>,
    pub(super) first_reply: Option<FrameNo>,
    /// The first request that was refused, and the ICMP error that says so.
    pub(super) first_refused: Option<(FrameNo, FrameNo)>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Totals {
    requests: u64,
    answered: u64,
    refused: u64,
    rtt_min: Option<Span>,
    rtt_max: Option<Span>,
    rtt_sum: Span,
}

/// A request that has no reply yet.
#[derive(Debug)]
struct Open {
    /// Its place among the rows; `None` where it is beyond their limit.
    row: Option<usize>,
    time: Option<Timestamp>,
    text: Box<[u8]>,
}

#[derive(Debug, Default)]
struct Exchange {
    request: FrameNo,
    sent: Option<Span>,
    decimals: u8,
    len: Option<u32>,
    text: Box<str>,
    reply: Option<FrameNo>,
    rtt: Option<Span>,
    refused: bool,
}

impl Exchanges {
    /// Takes the next packet of a UDP conversation.
    pub(super) fn row(&mut self, row: &analysis::row::Row<'_>, limit: usize) {
        match (&row.packet.content, row.analysis.direction) {
            (Content::Udp(datagram), Some(Direction::ToServer)) => {
                self.request(row, datagram.payload_len(), limit);
            }
            (Content::Udp(_), Some(Direction::ToClient)) => self.reply(row),
            (Content::Other(other), _) if row.analysis.phase == Some(Phase::Refused) => {
                let quoted = other.quoted.map_or(&[][..], |quoted| {
                    quoted.transport.bytes.get(8..).unwrap_or_default()
                });
                self.refused(row, quoted);
            }
            _ => {}
        }
    }

    fn request(&mut self, row: &analysis::row::Row<'_>, len: Option<u32>, limit: usize) {
        self.totals.requests += 1;
        let payload = payload::of(row);
        let place = (self.rows.len() < limit).then(|| {
            let mut text = Vec::new();
            payload::preview(payload, PREVIEW, &mut text);
            self.rows.push(Exchange {
                request: row.frame.no,
                sent: row.times.relative(),
                decimals: row.frame.decimals,
                len,
                text: super::table::lossless(&text),
                ..Exchange::default()
            });
            self.rows.len() - 1
        });
        if self.open.len() == OPEN {
            self.open.pop_front();
        }
        self.open.push_back(Open {
            row: place,
            time: row.frame.time,
            text: payload.get(..KEPT).unwrap_or(payload).into(),
        });
    }

    fn reply(&mut self, row: &analysis::row::Row<'_>) {
        self.first_reply.get_or_insert(row.frame.no);
        let place = match self.open.len() {
            0 => None,
            1 => Some(0),
            _ => self.closest(payload::of(row)),
        };
        let Some(open) = place.and_then(|place| self.open.remove(place)) else {
            self.stray += 1;
            return;
        };
        let totals = &mut self.totals;
        totals.answered += 1;
        let rtt = row
            .frame
            .time
            .zip(open.time)
            .map(|(now, then)| now.since(then));
        if let Some(rtt) = rtt {
            totals.rtt_min = Some(totals.rtt_min.map_or(rtt, |least| least.min(rtt)));
            totals.rtt_max = Some(totals.rtt_max.map_or(rtt, |most| most.max(rtt)));
            totals.rtt_sum = Span(totals.rtt_sum.0.saturating_add(rtt.0));
        }
        if let Some(exchange) = open.row.and_then(|place| self.rows.get_mut(place)) {
            exchange.reply = Some(row.frame.no);
            exchange.rtt = rtt;
        }
    }

    /// The open request that a reply repeats further than any other one; `None` where two are as
    /// close.
    fn closest(&self, reply: &[u8]) -> Option<usize> {
        let common = |open: &Open| {
            let pairs = open.text.iter().zip(reply);
            pairs.take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count()
        };
        let best = self
            .open
            .iter()
            .map(common)
            .max()
            .filter(|best| *best > 0)?;
        let mut places =
            (0..self.open.len()).filter(|place| self.open.get(*place).map(common) == Some(best));
        let place = places.next()?;
        places.next().is_none().then_some(place)
    }

    /// An ICMP error quotes the request that nobody listens for.
    fn refused(&mut self, row: &analysis::row::Row<'_>, quoted: &[u8]) {
        let same = |open: &Open| {
            let len = open.text.len().min(quoted.len());
            open.text.get(..len) == quoted.get(..len)
        };
        // Of several that read the same it is the last one that was sent before the error.
        let Some(place) = self.open.iter().rposition(same) else {
            return;
        };
        self.totals.refused += 1;
        if let Some(open) = self.open.remove(place)
            && let Some(exchange) = open.row.and_then(|place| self.rows.get_mut(place))
        {
            exchange.refused = true;
            exchange.reply = Some(row.frame.no);
        }
    }

    /// Whether there is anything to show.
    pub(super) fn is_empty(&self) -> bool {
        self.totals.requests == 0
    }

    /// What became of the requests.
    pub(super) fn outcome(&self) -> Outcome {
        let Totals {
            requests,
            answered,
            refused,
            rtt_min,
            rtt_max,
            rtt_sum,
        } = self.totals;
        let open = requests - answered - refused;
        let tenths = (u128::from(open) * 1000 + u128::from(requests) / 2)
            .checked_div(requests.into())
            .unwrap_or(0);
        let rtt = rtt_min.zip(rtt_max).map(|(least, most)| {
            let mean = Span(rtt_sum.0 / i128::from(answered.max(1)));
            [least, mean, most].map(Span::nanos_clamped)
        });
        let silent = |row: &&Exchange| row.reply.is_none();
        let refusal = self.rows.iter().find(|row| row.refused);
        Outcome {
            requests,
            answered,
            refused,
            percent: format!("{}.{}", tenths / 10, tenths % 10),
            rtt,
            unanswered: (self.rows.iter().filter(silent))
                .map(|row| row.request)
                .take(NAMED)
                .collect(),
            first_reply: self.first_reply,
            first_refused: refusal.and_then(|row| Some((row.request, row.reply?))),
        }
    }

    /// The counts and the table.
    pub(super) fn parts(self, lang: Lang) -> Vec<Part> {
        let Outcome {
            requests,
            answered,
            refused,
            percent,
            rtt,
            ..
        } = self.outcome();
        let open = requests - answered - refused;
        let [rtt_min, rtt_avg, rtt_max] = match rtt {
            Some(nanos) => nanos.map(|nanos| super::seconds(Span(nanos.into()))),
            None => [Cell::Empty, Cell::Empty, Cell::Empty],
        };
        let mut facts = vec![
            Fact::new("requests", REQUESTS.get(lang), Cell::int(requests)),
            Fact::new("answered", ANSWERED.get(lang), Cell::int(answered)),
            Fact::new("refused", REFUSED_COUNT.get(lang), Cell::int(refused)),
            Fact::new("unanswered", UNANSWERED.get(lang), Cell::int(open)),
            Fact::new(
                "unanswered_percent",
                PERCENT.get(lang),
                Cell::Number(percent.into()),
            ),
            Fact::new("rtt_min", RTT_MIN.get(lang), rtt_min),
            Fact::new("rtt_avg", RTT_AVG.get(lang), rtt_avg),
            Fact::new("rtt_max", RTT_MAX.get(lang), rtt_max),
        ];
        if self.stray > 0 {
            facts.push(Fact::new("stray", STRAY.get(lang), Cell::int(self.stray)));
        }
        facts.retain(|fact| fact.value != Cell::Empty);
        let left_out = requests - self.rows.len() as u64;
        let mut lines: Vec<Line> = self
            .rows
            .iter()
            .map(|row| Line::Row(row.cells(lang)))
            .collect();
        if left_out > 0 {
            let text = LEFT_OUT.fill(lang, &[("count", &left_out)]);
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
            title: TITLE.get(lang).to_owned(),
            columns: vec![
                column("request", &REQUEST, Kind::Number),
                column("time", &TIME, Kind::Number),
                column("len", &LEN, Kind::Number),
                column("text", &TEXT, Kind::Text),
                column("result", &RESULT, Kind::Text),
                column("answer", &ANSWER, Kind::Number),
                column("rtt", &RTT, Kind::Number),
            ],
            lines,
        };
        vec![Part::Table(table), Part::Facts(facts)]
    }
}

impl Exchange {
    fn cells(&self, lang: Lang) -> Row {
        let mut sent = Vec::new();
        if let Some(span) = self.sent {
            crate::report::columns::time::seconds(span, self.decimals, &mut sent);
        }
        let result = match (self.refused, self.reply) {
            (true, _) => &REFUSED,
            (false, Some(_)) => &REPLY,
            (false, None) => &NO_REPLY,
        };
        Row {
            cells: vec![
                Cell::int(self.request),
                Cell::written(Kind::Number, &sent),
                self.len.map_or(Cell::Empty, Cell::int),
                Cell::code(self.text.clone()),
                Cell::text(result.get(lang)),
                self.reply.map_or(Cell::Empty, Cell::int),
                self.rtt.map_or(Cell::Empty, super::seconds),
            ],
            ..Row::default()
        }
    }
}
