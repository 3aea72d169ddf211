//! UDP exchanges: which datagram answers which, as far as the packets let one tell.
//!
//! UDP itself does not say it. A reply is put to the request whose text it repeats (without regard
//! to upper and lower case) further than that of any other open request, or else to the only open
//! request there is. Everything else stays open, and is said to.

use std::collections::VecDeque;

use super::table::{Cell, Column, Gap, Line, Row, Table};
use super::{Fact, Part};
use crate::analysis;
use crate::analysis::conversation::Direction;
use crate::analysis::lifecycle::phase::Phase;
use crate::model::frame::FrameNo;
use crate::model::packet::Content;
use crate::model::time::{Span, Timestamp};
use crate::report::payload;
use crate::report::record::{Heading, Kind};
use crate::text::{Lang, Text};

/// How many bytes of a request are kept to compare replies with.
const KEPT: usize = 64;
/// How many requests may wait for a reply. Older ones count as not answered.
const OPEN: usize = 64;
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

    /// The counts and the table.
    pub(super) fn parts(self, lang: Lang) -> Vec<Part> {
        let Totals {
            requests,
            answered,
            refused,
            rtt_min,
            rtt_max,
            rtt_sum,
        } = self.totals;
        let open = requests - answered - refused;
        let seconds = |span: Option<Span>| span.map_or(Cell::Empty, super::seconds);
        let mean = i128::from(answered)
            .checked_sub(0)
            .filter(|count| *count > 0)
            .map(|count| Span(rtt_sum.0 / count));
        let tenths = (u128::from(open) * 1000 + u128::from(requests) / 2)
            .checked_div(requests.into())
            .unwrap_or(0);
        let percent = format!("{}.{}", tenths / 10, tenths % 10);
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
            Fact::new("rtt_min", RTT_MIN.get(lang), seconds(rtt_min)),
            Fact::new("rtt_avg", RTT_AVG.get(lang), seconds(mean)),
            Fact::new("rtt_max", RTT_MAX.get(lang), seconds(rtt_max)),
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

static TITLE: Text = Text {
    en: "Requests and replies",
    pt_br: "Requisições e respostas",
};
static REQUEST: Text = Text {
    en: "Request",
    pt_br: "Requisição",
};
static TIME: Text = Text {
    en: "Time",
    pt_br: "Tempo",
};
static LEN: Text = Text {
    en: "Bytes",
    pt_br: "Bytes",
};
static TEXT: Text = Text {
    en: "Payload",
    pt_br: "Dados",
};
static RESULT: Text = Text {
    en: "Result",
    pt_br: "Resultado",
};
static ANSWER: Text = Text {
    en: "Answer",
    pt_br: "Resposta",
};
static RTT: Text = Text {
    en: "RTT (s)",
    pt_br: "RTT (s)",
};
static REPLY: Text = Text {
    en: "reply",
    pt_br: "respondida",
};
static NO_REPLY: Text = Text {
    en: "no reply in this capture",
    pt_br: "sem resposta nesta captura",
};
static REFUSED: Text = Text {
    en: "refused (ICMP)",
    pt_br: "recusada (ICMP)",
};
static REQUESTS: Text = Text {
    en: "Requests",
    pt_br: "Requisições",
};
static ANSWERED: Text = Text {
    en: "Answered",
    pt_br: "Respondidas",
};
static REFUSED_COUNT: Text = Text {
    en: "Refused",
    pt_br: "Recusadas",
};
static UNANSWERED: Text = Text {
    en: "Without a reply",
    pt_br: "Sem resposta",
};
static PERCENT: Text = Text {
    en: "Without a reply, in per cent",
    pt_br: "Sem resposta, em porcentagem",
};
static RTT_MIN: Text = Text {
    en: "Shortest RTT in seconds",
    pt_br: "Menor RTT em segundos",
};
static RTT_AVG: Text = Text {
    en: "Mean RTT in seconds",
    pt_br: "RTT médio em segundos",
};
static RTT_MAX: Text = Text {
    en: "Longest RTT in seconds",
    pt_br: "Maior RTT em segundos",
};
static STRAY: Text = Text {
    en: "Datagrams to the client that the packets put to no single request",
    pt_br: "Datagramas para o cliente que os pacotes não atribuem a uma única requisição",
};
static LEFT_OUT: Text = Text {
    en: "… and {count} more requests, counted below",
    pt_br: "… e mais {count} requisições, contadas abaixo",
};
