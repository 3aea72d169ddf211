//! What one screen shows, made again of the capture for every step: rows, the ladder, what is said
//! of the packet at hand, its header fields and bytes.

use std::ops::Range;

use super::capture::{Capture, Stop};
use super::predict::Facts;
use crate::analysis::clock::RowTimes;
use crate::analysis::row::Row;
use crate::model::call::SocketCall;
use crate::model::frame::FrameNo;
use crate::model::tcp::TcpState;
use crate::render::ascii::Letters;
use crate::render::details;
use crate::render::explanation::Layout;
use crate::render::hex;
use crate::render::ladder::{self, TextOptions};
use crate::render::rows::{self, RowOptions, RowWriter};
use crate::report::call::{self, CallRecord};
use crate::report::columns::{CellOptions, PacketRecord, READING};
use crate::report::explain::{Explainer, Explanation};
use crate::report::ladder::{Choice, Item, Ladder, LadderBuilder, LadderOptions};
use crate::report::moment::{Moment, Part};
use crate::text::Lang;

/// What a page depends on beside the capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) lang: Lang,
    pub(super) letters: Letters,
    pub(super) color: bool,
    /// The columns of the rows or the ladder, and of the explanation.
    pub(super) main: usize,
    pub(super) beside: usize,
    /// The columns of header fields, and how many bytes stand in a line.
    pub(super) fields: usize,
    pub(super) each: usize,
    /// How many lines there are for rows.
    pub(super) height: usize,
    /// The place of the stop at hand.
    pub(super) at: usize,
    /// What comes after it is not shown.
    pub(super) hidden: bool,
}

/// One screen.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The stops that have a row, by their places.
    pub(super) stops: Range<usize>,
    /// What stands above the rows, and the rows.
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<String>,
    pub(super) ladder: Option<Ladder>,
    /// Lines of the ladder, each with the place of its stop.
    pub(super) lines: Vec<(Option<usize>, String)>,
    /// How many of them stand above its first arrow.
    pub(super) above: usize,
    pub(super) explanation: Vec<String>,
    pub(super) fields: Vec<String>,
    pub(super) bytes: Vec<String>,
    /// Of client and server after the packet at hand; `None` where it is not of TCP.
    pub(super) states: Option<[Option<TcpState>; 2]>,
    /// The packet that they are of.
    pub(super) after: FrameNo,
    pub(super) this: Facts,
    pub(super) next: Option<Facts>,
}

/// A page in the making.
struct Making<'a> {
    form: Form,
    writer: Box<dyn RowWriter>,
    out: Vec<u8>,
    builder: LadderBuilder,
    cells: CellOptions,
    /// The stops that have a row, in order.
    stops: &'a [Stop],
    /// How many of them have been written.
    written: usize,
    times: RowTimes,
    decimals: u8,
    current: Option<Stop>,
    /// It has been written.
    passed: bool,
    next: Option<FrameNo>,
    page: Page,
    label: Option<(FrameNo, Explanation)>,
}

/// Makes the page of a capture in this form.
pub(super) fn make(capture: &mut Capture, form: Form) -> Page {
    let before = form.height.min(form.at);
    let first = form.at - before;
    let last = match form.hidden {
        true => form.at + 1,
        false => capture.len().min(form.at + form.height.max(2)),
    };
    let stops: Vec<Stop> = (first..last).filter_map(|at| capture.stop(at)).collect();
    let mut later = (form.at + 1..capture.len()).filter_map(|at| capture.stop(at));
    let next = later.find_map(|stop| match stop {
        Stop::Packet(no) => Some(no),
        Stop::Call(_) => None,
    });
    let mut wanted: Vec<FrameNo> = stops
        .iter()
        .filter_map(|stop| match stop {
            Stop::Packet(no) => Some(*no),
            Stop::Call(_) => None,
        })
        .collect();
    if let Some(next) = next.filter(|next| !wanted.contains(next)) {
        wanted.push(next);
    }
    let moments: Vec<Moment> = capture.calls.iter().map(|(_, moment)| *moment).collect();
    let mut entries: Vec<SocketCall> = wanted
        .iter()
        .filter_map(|no| capture.entry(*no).copied())
        .collect();
    entries.extend(stops.iter().filter_map(|stop| match stop {
        Stop::Call(at) => moments.get(*at).map(|it| it.call),
        Stop::Packet(_) => None,
    }));
    let mut making = Making::begin(form, &stops, capture.stop(form.at), next);
    entries.dedup();
    entries.iter().for_each(|call| making.builder.call(call));
    let conversations = capture.rows(&wanted, |row| making.row(row, &moments));
    making.calls_before(None, &moments);
    making.writer.end(&mut making.out);
    let packets = |streams: &[u32]| -> u64 {
        let talks = capture.index.talks().iter();
        let of = talks.filter(|talk| streams.contains(&talk.stream));
        of.map(|talk| u64::from(talk.packets)).sum()
    };
    let ladders =
        std::mem::replace(&mut making.builder, LadderBuilder::new(usual())).finish(&conversations);
    let current = making.current;
    let mut ladders = ladders.ladders;
    for ladder in &mut ladders {
        ladder.packets = packets(&ladder.streams).max(1);
    }
    let holds = |ladder: &&Ladder| place_in(ladder, current, &moments).is_some();
    let found = ladders.iter().find(holds).or(ladders.first()).cloned();
    let mut page = making.finish(first..first + stops.len(), &moments);
    if let Some(ladder) = found {
        draw(
            ladder,
            form,
            (first, &stops),
            (capture, &moments),
            &mut page,
        );
    }
    page
}

/// Draws a ladder into the page; the stops that have a row begin at the place `first`.
fn draw(
    ladder: Ladder,
    form: Form,
    (first, stops): (usize, &[Stop]),
    (capture, moments): (&Capture, &[Moment]),
    page: &mut Page,
) {
    let options = TextOptions {
        lang: form.lang,
        width: form.main,
        letters: form.letters,
        color: form.color,
    };
    let mut parts = ladder::parts(&ladder, &options).into_iter();
    for line in parts.next().unwrap_or_default().lines() {
        page.lines.push((None, line.to_owned()));
    }
    page.above = page.lines.len();
    let call_at = |call: &SocketCall| {
        let is_its = |stop: &Stop| call_of(*stop, moments, capture) == Some(*call);
        stops.iter().position(is_its).map(|at| first + at)
    };
    let items = ladder.items.iter().map(|item| match item {
        Item::Arrow(arrow) => Some(capture.place(arrow.frame)),
        Item::Call(call) => call_at(&call.call),
        _ => None,
    });
    for (part, stop) in parts.zip(items.chain(std::iter::repeat(None))) {
        for line in part.lines() {
            page.lines.push((stop, line.to_owned()));
        }
    }
    page.ladder = Some(ladder);
}

fn call_of(stop: Stop, moments: &[Moment], capture: &Capture) -> Option<SocketCall> {
    match stop {
        Stop::Call(at) => moments.get(at).map(|it| it.call),
        Stop::Packet(no) => capture.entry(no).copied(),
    }
}

/// The place of a stop among the items of a ladder.
pub(super) fn place_in(ladder: &Ladder, stop: Option<Stop>, moments: &[Moment]) -> Option<usize> {
    ladder.items.iter().position(|item| match (item, stop) {
        (Item::Arrow(arrow), Some(Stop::Packet(no))) => arrow.frame == no,
        (Item::Call(call), Some(Stop::Call(at))) => {
            moments.get(at).is_some_and(|it| it.call == call.call)
        }
        _ => false,
    })
}

fn usual() -> LadderOptions {
    LadderOptions {
        choice: Choice::First,
        conversations: 64,
        arrows: 4096,
        together: true,
    }
}

impl<'a> Making<'a> {
    fn begin(form: Form, stops: &'a [Stop], current: Option<Stop>, next: Option<FrameNo>) -> Self {
        let options = RowOptions {
            headings: READING.iter().map(|column| column.heading()).collect(),
            lang: form.lang,
            // Arrows take two characters there.
            width: Some(
                form.main
                    .saturating_sub(if form.letters.plain() { 6 } else { 0 }),
            ),
            color: form.color,
            // All rows decide together what fits.
            sniff: usize::MAX,
            list: false,
        };
        let mut making = Self {
            form,
            writer: rows::table(options),
            out: Vec::new(),
            builder: LadderBuilder::new(usual()),
            cells: CellOptions {
                lang: form.lang,
                ..CellOptions::default()
            },
            stops,
            written: 0,
            times: RowTimes::default(),
            decimals: 9,
            current,
            passed: false,
            next,
            page: Page::default(),
            label: None,
        };
        making.writer.begin(&mut making.out);
        making
    }

    /// Takes the row of the next packet that is wanted.
    fn row(&mut self, row: &Row<'_>, moments: &[Moment]) {
        self.times = row.times;
        self.decimals = row.frame.decimals;
        if self.next == Some(row.frame.no) {
            self.page.next = Some(Facts::of(row));
        }
        self.calls_before(Some(row.frame.no), moments);
        if self.stops.get(self.written) != Some(&Stop::Packet(row.frame.no)) {
            return;
        }
        self.written += 1;
        let record = PacketRecord {
            row,
            columns: READING,
            cells: &self.cells,
        };
        self.writer.row(&record, &mut self.out);
        self.builder.push(row);
        // Of a call they are those after the packet before it.
        if !self.passed {
            self.page.states = row.tcp_header().map(|_| row.analysis.states);
            self.page.after = row.frame.no;
        }
        if self.current == Some(Stop::Packet(row.frame.no)) {
            self.passed = true;
            self.packet_at_hand(row);
        }
    }

    /// Writes the calls that stand before a packet; all that are left where `None`.
    fn calls_before(&mut self, _: Option<FrameNo>, moments: &[Moment]) {
        while let Some(Stop::Call(at)) = self.stops.get(self.written) {
            self.written += 1;
            self.passed |= self.current == Some(Stop::Call(*at));
            let Some(moment) = moments.get(*at) else {
                continue;
            };
            let now = moment.time();
            let record = CallRecord {
                moment,
                times: RowTimes {
                    absolute: Some(now),
                    first: self.times.first.or(Some(now)),
                    ..self.times
                },
                decimals: self.decimals,
                stream: None,
                columns: READING,
                cells: &self.cells,
            };
            self.writer.row(&record, &mut self.out);
        }
    }

    fn packet_at_hand(&mut self, row: &Row<'_>) {
        let explanation = Explainer::new(self.form.lang).row(row);
        self.label = Some((row.frame.no, explanation));
        let mut out = Vec::new();
        details::fields(row, &self.cells, &mut out);
        self.page.fields = self.wrapped(&out);
        let mut out = Vec::new();
        hex::dump(row.frame.bytes, 0, self.form.each, &mut out);
        self.page.bytes = lines(&out);
        self.page.this = Facts::of(row);
    }

    /// Fields, wrapped where there is little room.
    fn wrapped(&self, fields: &[u8]) -> Vec<String> {
        let layout = Layout {
            width: Some(self.form.fields),
            why: false,
        };
        let mut out = Vec::new();
        for line in lines(fields) {
            // One blank between name and value is enough there.
            let (name, value) = line.split_once("  ").unwrap_or((&line, ""));
            match line.chars().count() > self.form.fields {
                true => layout.wrapped(&format!("{name}  {}", value.trim()), "", 2, &mut out),
                false => layout.wrapped(&line, "", 2, &mut out),
            }
        }
        lines(&out)
    }

    fn finish(mut self, stops: Range<usize>, moments: &[Moment]) -> Page {
        let text = String::from_utf8_lossy(&self.out).into_owned();
        let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
        self.page.rows = rows.split_off(rows.len().saturating_sub(stops.len()));
        // What every row has in common stands in the title and among the fields.
        self.page.head = rows.pop().into_iter().collect();
        self.page.stops = stops;
        let layout = Layout {
            width: Some(self.form.beside),
            why: true,
        };
        let mut out = Vec::new();
        match (&self.label, self.current) {
            (Some((no, said)), _) => {
                let label = match said.label.is_empty() {
                    true => format!("#{no}: "),
                    false => format!("#{no} ({}): ", said.label),
                };
                layout.wrapped(&format!("{label}{}", said.sentence), "", 0, &mut out);
                for why in &said.why {
                    let text = match why.source.is_empty() {
                        true => why.text.clone(),
                        false => format!("{} [{}]", why.text, why.source),
                    };
                    layout.wrapped(&text, "· ", 2, &mut out);
                }
            }
            (None, Some(Stop::Call(at))) => {
                if let Some(moment) = moments.get(at) {
                    let whole = Moment {
                        part: Part::Whole,
                        ..*moment
                    };
                    layout.wrapped(&call::info(&whole, self.form.lang), "", 0, &mut out);
                    let mut fields = Vec::new();
                    details::call(&moment.call, &mut fields);
                    self.page.fields = self.wrapped(&fields);
                    self.page.this.time = Some(moment.time());
                }
            }
            _ => {}
        }
        self.page.explanation = lines(&out);
        self.page
    }
}

/// The lines of a text, without the margin that stands before fields and bytes.
fn lines(text: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(text);
    let bare = |line: &str| line.strip_prefix("    ").unwrap_or(line).to_owned();
    text.lines().map(bare).collect()
}
