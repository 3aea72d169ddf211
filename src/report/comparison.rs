//! Two captures side by side: their totals in the terms of sheets, and their packets in pairs by
//! who sent them and what they are for.

use super::document::{Cell, Column, Line, Part, Row as Record, Section, Table};
use super::info::flags;
use super::phase;
use super::record::{CellKind, Heading};
use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::lifecycle::close::Shape;
use crate::analysis::row::Row;
use crate::model::frame::FrameNo;
use crate::model::packet::Content;
use crate::model::side::Direction;
use crate::model::time::Timestamp;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

/// How many packets of each capture are put in pairs.
const PAIRED: usize = 600;

phrase! {
    TITLE: "Compared", "Comparação";
    TOTALS: "In numbers", "Em números";
    PACKETS: "Packet by packet", "Pacote a pacote";
    WHAT: "What", "O quê";
    SAVED: "B − A", "B − A";
    PERCENT: "B − A (% of A)", "B − A (% de A)";
    CONVERSATIONS: "TCP connections", "conexões TCP";
    UDP: "UDP conversations", "conversas UDP";
    HANDSHAKES: "complete handshakes", "apresentações completas";
    COUNT: "packets", "pacotes";
    HEADERS: "header bytes", "bytes de cabeçalhos";
    PAYLOAD: "payload bytes", "bytes de dados";
    DURATION: "duration (s)", "duração (s)";
    CLOSES: "closes by FIN of both ends", "encerramentos por FIN dos dois lados";
    RESETS: "ended by RST", "encerradas por RST";
    AGAIN: "segments sent again", "segmentos enviados de novo";
    UNANSWERED: "UDP requests without a reply", "pedidos UDP sem resposta";
    NUMBER_A: "A No.", "A Nº";
    NUMBER_B: "B No.", "B Nº";
    FIRST: "first difference", "primeira diferença";
    ONLY_A: "only in A", "só em A";
    ONLY_B: "only in B", "só em B";
    NO_DIFFERENCE: "Both have the same packets, by who sends them and what they are for.",
        "As duas têm os mesmos pacotes, por quem os envia e para quê.";
    not_paired(count): "Of each capture the first {count} packets are put in pairs.",
        "De cada captura, os primeiros {count} pacotes são postos em pares.";
}

/// Takes the rows of one capture.
#[derive(Debug, Default)]
pub struct Watched {
    steps: Vec<Step>,
    times: Option<[Timestamp; 2]>,
    packets: u64,
    headers: u64,
    payload: u64,
}

/// A packet in a pair.
#[derive(Clone, Debug)]
struct Step {
    no: FrameNo,
    /// What has to be equal in a pair.
    key: String,
    /// What a reader sees.
    label: String,
}

/// One capture, whole.
#[derive(Debug)]
pub struct Compared {
    steps: Vec<Step>,
    /// Every packet is in `steps`.
    whole: bool,
    /// Its numbers, in the order of [`NUMBERS`].
    numbers: [u64; 10],
    duration: Option<crate::model::time::Span>,
}

/// What is counted of each capture.
static NUMBERS: [(&str, Text); 10] = [
    ("connections", CONVERSATIONS),
    ("udp_conversations", UDP),
    ("handshakes", HANDSHAKES),
    ("packets", COUNT),
    ("header_bytes", HEADERS),
    ("payload_bytes", PAYLOAD),
    ("closes", CLOSES),
    ("resets", RESETS),
    ("sent_again", AGAIN),
    ("unanswered", UNANSWERED),
];

impl Watched {
    /// Takes the next row; what belongs to no conversation is left out.
    pub fn take(&mut self, row: &Row<'_>, lang: Lang) {
        if row.analysis.conversation.is_none() {
            return;
        }
        let (what, len) = match &row.packet.content {
            Content::Tcp(segment) => {
                let mut out = Vec::new();
                if let Some(header) = row.whole_header() {
                    flags::write(header.flags, false, &mut out);
                }
                (
                    String::from_utf8_lossy(&out).into_owned(),
                    segment.payload_len(),
                )
            }
            Content::Udp(datagram) => ("UDP".to_owned(), datagram.payload_len()),
            Content::Other(_) => ("ICMP".to_owned(), None),
        };
        let len = len.unwrap_or(0);
        self.packets += 1;
        self.payload += u64::from(len);
        self.headers += u64::from(row.frame.wire_len.saturating_sub(len));
        if let Some(time) = row.frame.time {
            let [first, last] = self.times.unwrap_or([time, time]);
            self.times = Some([first.min(time), last.max(time)]);
        }
        if self.steps.len() < PAIRED {
            let way = match row.analysis.direction {
                Some(Direction::ToServer) => "→",
                Some(Direction::ToClient) => "←",
                None => "·",
            };
            let word = row
                .analysis
                .phase
                .map_or("", |it| phase::word(it).get(lang));
            let bytes = if len > 0 {
                format!(" {len} B")
            } else {
                String::new()
            };
            self.steps.push(Step {
                no: row.frame.no,
                key: format!("{way}{word}{what}{}", u8::from(len > 0)),
                label: format!("{way} {what}{bytes} · {word}"),
            });
        }
    }

    /// The whole, with the conversations that the rows came from.
    pub fn finish(self, conversations: &[Conversation]) -> Compared {
        let count = |fits: &dyn Fn(&Conversation) -> bool| {
            conversations.iter().filter(|it| fits(it)).count() as u64
        };
        let tcp = |it: &Conversation| it.protocol == Protocol::Tcp;
        let shape = |it: &Conversation| it.lifecycle.close().shape;
        let closed = |it: &Conversation| {
            let fins = it.lifecycle.close().fins;
            tcp(it) && fins.iter().all(Option::is_some) && shape(it) != Shape::Reset
        };
        let records = conversations.iter().filter_map(Conversation::record);
        let lost = conversations.iter().filter_map(|it| it.record()?.udp());
        Compared {
            whole: self.packets <= PAIRED as u64,
            numbers: [
                count(&tcp),
                count(&|it| !tcp(it)),
                count(&|it| tcp(it) && it.lifecycle.opening().complete),
                self.packets,
                self.headers,
                self.payload,
                count(&closed),
                count(&|it| tcp(it) && shape(it) == Shape::Reset),
                records.map(|it| it.sent_again()).sum(),
                lost.map(|udp| udp.outcome().unanswered).sum(),
            ],
            duration: self.times.map(|[first, last]| last.since(first)),
            steps: self.steps,
        }
    }
}

/// Both captures as a section of two tables, with their names as headings.
pub fn section(names: [&str; 2], sides: &[Compared; 2], lang: Lang) -> Section {
    let (pairs, differs) = pairs(sides, lang);
    let mut parts = vec![Part::Table(totals(names, sides, lang)), Part::Table(pairs)];
    // Of packets that are in no pair nothing is known.
    if sides.iter().any(|it| !it.whole) {
        parts.push(Part::Text(not_paired(lang, PAIRED).to_string()));
    } else if !differs {
        parts.push(Part::Text(NO_DIFFERENCE.get(lang).to_owned()));
    }
    Section::plain("diff", "diff", TITLE.get(lang), parts)
}

fn column(id: &'static str, title: &str, kind: CellKind, lang: Lang) -> Column {
    let header = WHAT;
    let mut column = Column::new(Heading { id, header, kind }, lang);
    title.clone_into(&mut column.title);
    column
}

fn totals(names: [&str; 2], [a, b]: &[Compared; 2], lang: Lang) -> Table {
    let number = |id, title: &str| column(id, title, CellKind::Number, lang);
    let mut lines = Vec::new();
    for ((_, name), (one, other)) in NUMBERS.iter().zip(a.numbers.iter().zip(&b.numbers)) {
        // What neither has says nothing.
        if (*one, *other) == (0, 0) {
            continue;
        }
        let change = i128::from(*other) - i128::from(*one);
        let share = (*one > 0).then(|| {
            let sign = if change < 0 { "-" } else { "" };
            // Rounded: half of what it is divided by is added.
            let whole = i128::from(*one);
            let tenths = (change.abs() * 2000 + whole) / (2 * whole);
            format!("{sign}{}.{}", tenths / 10, tenths % 10)
        });
        let cells = vec![
            Cell::text(name.get(lang)),
            Cell::int(*one),
            Cell::int(*other),
            Cell::Number(change.to_string().into()),
            share.map_or(Cell::Empty, |it| Cell::Number(it.into())),
        ];
        lines.push(Line::Row(Record {
            cells,
            ..Record::default()
        }));
    }
    let time = |it: &Compared| it.duration.map_or(Cell::Empty, Cell::seconds);
    lines.push(Line::Row(Record {
        cells: vec![
            Cell::text(DURATION.get(lang)),
            time(a),
            time(b),
            Cell::Empty,
            Cell::Empty,
        ],
        ..Record::default()
    }));
    Table {
        id: "totals",
        title: TOTALS.get(lang).to_owned(),
        columns: vec![
            column("what", WHAT.get(lang), CellKind::Text, lang),
            number("a", &format!("A: {}", names[0])),
            number("b", &format!("B: {}", names[1])),
            number("change", SAVED.get(lang)),
            number("percent", PERCENT.get(lang)),
        ],
        lines,
    }
}

/// The packets in pairs, and whether they differ.
fn pairs([a, b]: &[Compared; 2], lang: Lang) -> (Table, bool) {
    let mut lines = Vec::new();
    let mut differs = false;
    for (one, other) in aligned(&a.steps, &b.steps) {
        let mark = match (one, other) {
            (Some(_), Some(_)) => "",
            (Some(_), None) => ONLY_A.get(lang),
            _ => ONLY_B.get(lang),
        };
        let mark = match !mark.is_empty() && !differs {
            true => format!("◀ {}: {mark}", FIRST.get(lang)),
            false => mark.to_owned(),
        };
        differs |= !mark.is_empty();
        let no = |it: Option<&Step>| it.map_or(Cell::Empty, |it| Cell::int(it.no));
        let label = |it: Option<&Step>| it.map_or(Cell::Empty, |it| Cell::text(it.label.as_str()));
        lines.push(Line::Row(Record {
            cells: vec![
                no(one),
                label(one),
                no(other),
                label(other),
                Cell::text(mark),
            ],
            ..Record::default()
        }));
    }
    let text = |id, title: &str| column(id, title, CellKind::Text, lang);
    let number = |id, title: &Text| column(id, title.get(lang), CellKind::Number, lang);
    let table = Table {
        id: "pairs",
        title: PACKETS.get(lang).to_owned(),
        columns: vec![
            number("a_no", &NUMBER_A),
            text("a", "A"),
            number("b_no", &NUMBER_B),
            text("b", "B"),
            text("mark", ""),
        ],
        lines,
    };
    (table, differs)
}

/// The longest common sequence of both, with what each has besides.
fn aligned<'s>(a: &'s [Step], b: &'s [Step]) -> Vec<(Option<&'s Step>, Option<&'s Step>)> {
    let width = b.len() + 1;
    let mut longest = vec![0_u16; (a.len() + 1) * width];
    let at = |longest: &[u16], one: usize, other: usize| {
        longest.get(one * width + other).copied().unwrap_or(0)
    };
    for (one, step) in a.iter().enumerate().rev() {
        for (other, candidate) in b.iter().enumerate().rev() {
            let best = match step.key == candidate.key {
                true => at(&longest, one + 1, other + 1) + 1,
                false => at(&longest, one + 1, other).max(at(&longest, one, other + 1)),
            };
            if let Some(place) = longest.get_mut(one * width + other) {
                *place = best;
            }
        }
    }
    let (mut one, mut other) = (0, 0);
    let mut pairs = Vec::new();
    loop {
        match (a.get(one), b.get(other)) {
            (None, None) => return pairs,
            (Some(step), Some(candidate)) if step.key == candidate.key => {
                pairs.push((Some(step), Some(candidate)));
                (one, other) = (one + 1, other + 1);
            }
            (Some(step), candidate)
                if candidate.is_none()
                    || at(&longest, one + 1, other) >= at(&longest, one, other + 1) =>
            {
                pairs.push((Some(step), None));
                one += 1;
            }
            (_, candidate) => {
                pairs.push((None, candidate));
                other += 1;
            }
        }
    }
}
