//! What one screen shows, made again of the capture for every step: rows or the ladder, what is said
//! of the packet at hand, its header fields and bytes.

use ratatui::layout::Rect;

use super::Options;
use super::areas::Areas;
use super::capture::{Calls, Capture, Stop};
use super::predict::Facts;
use crate::analysis::clock::RowTimes;
use crate::analysis::conversation::Conversation;
use crate::analysis::row::Row;
use crate::model::call::SocketCall;
use crate::model::frame::FrameNo;
use crate::model::tcp::TcpState;
use crate::render::details;
use crate::render::explanation::{Explained, Layout};
use crate::render::hex;
use crate::render::ladder::{self, TextOptions};
use crate::render::rows::{self, RowOptions, RowWriter};
use crate::report::call::{self, CallRecord};
use crate::report::columns::{CellOptions, PacketRecord, READING};
use crate::report::explain::Explainer;
use crate::report::ladder::{Choice, Item, Ladder, LadderBuilder, LadderOptions};
use crate::report::moment::{Moment, Part};

/// What a page depends on beside the capture.
#[derive(Clone, Copy)]
pub(super) struct Form<'a> {
    pub(super) options: &'a Options,
    pub(super) areas: Areas,
    /// The main pane shows rows, not the ladder.
    pub(super) table: bool,
    /// The place of the stop at hand.
    pub(super) at: usize,
    /// What comes after it is not shown.
    pub(super) hidden: bool,
}

/// The columns of a pane beside its marks or margin.
fn columns(area: Rect, margin: u16) -> usize {
    area.width.saturating_sub(margin).into()
}

/// One screen.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// What stands above the lines of the main pane.
    pub(super) head: Vec<String>,
    /// They, each with the place of its stop.
    pub(super) lines: Vec<(Option<usize>, String)>,
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
    form: Form<'a>,
    writer: Box<dyn RowWriter>,
    out: Vec<u8>,
    builder: LadderBuilder,
    cells: CellOptions,
    /// The stops that have a row, and how many of them have been written.
    stops: &'a [Stop],
    written: usize,
    times: RowTimes,
    decimals: u8,
    current: Option<Stop>,
    /// It has been written.
    passed: bool,
    next: Option<FrameNo>,
    page: Page,
}

/// How many stops before the one at hand a screen has at most.
fn height(form: Form<'_>) -> usize {
    usize::from(form.areas.main.height).max(2)
}

/// Makes the page of a capture in this form.
pub(super) fn make(capture: &mut Capture, form: Form<'_>) -> Page {
    let height = height(form);
    let first = form.at.saturating_sub(height);
    let last = form.at + if form.hidden { 1 } else { height };
    let stops: Vec<Stop> = (first..last).map_while(|at| capture.stop(at)).collect();
    let mut later = (form.at + 1..capture.len()).filter_map(|at| capture.stop(at));
    let next = later.find_map(Stop::packet);
    let mut wanted: Vec<FrameNo> = stops.iter().filter_map(|it| it.packet()).collect();
    let known = wanted.last().copied();
    wanted.extend(next.filter(|next| known < Some(*next)));
    let mut making = Making::begin(form, &stops, next);
    let mut calls: Vec<SocketCall> = Vec::new();
    for call in stops.iter().filter_map(|stop| capture.call_at(*stop)) {
        if !calls.contains(&call) {
            making.builder.call(&call);
            calls.push(call);
        }
    }
    let conversations = capture.rows(&wanted, |row, calls| making.row(row, calls));
    making.calls(&capture.calls);
    let (mut page, ladders) = making.finish(&conversations);
    let place = |item: &Item| match item {
        Item::Arrow(arrow) => Some(capture.place(arrow.frame)),
        Item::Call(call) => {
            let mut known = (first..).zip(&stops);
            let its = known.find(|(_, stop)| capture.call_at(**stop) == Some(call.call));
            its.map(|(place, _)| place)
        }
        _ => None,
    };
    let holds = |it: &&Ladder| it.items.iter().any(|item| place(item) == Some(form.at));
    let ladder = ladders.iter().find(holds).or(ladders.first());
    match ladder.filter(|_| form.options.large || !form.table) {
        Some(ladder) => draw(ladder, form, place, &mut page),
        None => page.table(first, stops.len()),
    }
    page
}

/// Draws a ladder into the page; `place` says where the stop of an item is.
fn draw(ladder: &Ladder, form: Form<'_>, place: impl Fn(&Item) -> Option<usize>, page: &mut Page) {
    let options = TextOptions {
        lang: form.options.lang,
        width: columns(form.areas.main, 2),
        letters: form.options.letters,
        color: form.options.color,
    };
    let parts = match form.options.large {
        true => ladder::large_parts(ladder, &options),
        false => ladder::parts(ladder, &options),
    };
    let mut parts = parts.into_iter();
    // The heading says what the title does.
    let above = parts.next().unwrap_or_default();
    let names = above.lines().skip_while(|line| !line.is_empty());
    let names = names.filter(|line| !line.is_empty());
    page.head = names.map(str::to_owned).collect();
    let stops = ladder.items.iter().map(place);
    for (part, stop) in parts.zip(stops.chain(std::iter::repeat(None))) {
        let lines = part.lines().map(|line| (stop, line.to_owned()));
        page.lines.extend(lines);
    }
}

impl Page {
    /// Shows its rows, which are its head so far; the first is that of the stop at the place `first`.
    fn table(&mut self, first: usize, count: usize) {
        let rows = self.head.split_off(self.head.len().saturating_sub(count));
        // What every row has in common stands in the title and among the fields.
        self.head = self.head.pop().into_iter().collect();
        self.lines = (first..).map(Some).zip(rows).collect();
    }
}

impl<'a> Making<'a> {
    fn begin(form: Form<'a>, stops: &'a [Stop], next: Option<FrameNo>) -> Self {
        // Arrows take two characters in ASCII.
        let arrows = if form.options.letters.plain() { 6 } else { 0 };
        let options = RowOptions {
            headings: READING.iter().map(|column| column.heading()).collect(),
            lang: form.options.lang,
            width: Some(columns(form.areas.main, 2 + arrows)),
            color: form.options.color,
            // All rows decide together what fits.
            sniff: usize::MAX,
            list: false,
        };
        let mut making = Self {
            form,
            writer: rows::table(options),
            out: Vec::new(),
            builder: LadderBuilder::new(LadderOptions {
                choice: Choice::First,
                conversations: 64,
                arrows: 4096,
                together: true,
            }),
            cells: CellOptions {
                lang: form.options.lang,
                ..CellOptions::default()
            },
            stops,
            written: 0,
            times: RowTimes::default(),
            decimals: 9,
            current: stops.get(form.at.min(height(form))).copied(),
            passed: false,
            next,
            page: Page::default(),
        };
        making.writer.begin(&mut making.out);
        making
    }

    /// Takes the row of the next packet that is wanted.
    fn row(&mut self, row: &Row<'_>, calls: &Calls) {
        self.times = row.times;
        self.decimals = row.frame.decimals;
        if self.next == Some(row.frame.no) {
            self.page.next = Some(Facts::of(row));
        }
        self.calls(calls);
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

    /// Writes the calls that stand before the next packet.
    fn calls(&mut self, calls: &Calls) {
        while let Some(Stop::Call(at)) = self.stops.get(self.written) {
            self.written += 1;
            let Some((_, moment)) = calls.get(*at) else {
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
            if self.current == Some(Stop::Call(*at)) {
                self.passed = true;
                self.call_at_hand(moment);
            }
        }
    }

    fn call_at_hand(&mut self, moment: &Moment) {
        let whole = Moment {
            part: Part::Whole,
            ..*moment
        };
        let said = call::info(&whole, self.form.options.lang);
        let layout = layout(self.form.areas.explanation);
        self.page.explanation = lines(|out| layout.wrapped(&said, "", 0, out));
        self.page.fields = self.fields(|out| details::call(&moment.call, out));
        self.page.this.time = Some(moment.time());
    }

    fn packet_at_hand(&mut self, row: &Row<'_>) {
        let said = Explained {
            no: row.frame.no,
            explanation: Explainer::new(self.form.options.lang).row(row),
        };
        let areas = &self.form.areas;
        let each = if areas.of_bytes().width < 72 { 8 } else { 16 };
        self.page.explanation = lines(|out| layout(areas.explanation).packet(&said, 0, out));
        self.page.bytes = lines(|out| hex::dump(row.frame.bytes, 0, each, out));
        self.page.fields = self.fields(|out| details::fields(row, &self.cells, out));
        self.page.this = Facts::of(row);
    }

    /// Fields, wrapped where there is little room.
    fn fields(&self, write: impl FnOnce(&mut Vec<u8>)) -> Vec<String> {
        let area = self.form.areas.fields;
        lines(|out| {
            for line in lines(write) {
                // One blank between name and value is enough there.
                let (name, value) = line.split_once("  ").unwrap_or((&line, ""));
                let line = match line.chars().count() >= area.width.into() {
                    true => &format!("{name}  {}", value.trim()),
                    false => &line,
                };
                layout(area).wrapped(line, "", 2, out);
            }
        })
    }

    fn finish(mut self, conversations: &[Conversation]) -> (Page, Vec<Ladder>) {
        self.writer.end(&mut self.out);
        let text = String::from_utf8_lossy(&self.out);
        self.page.head = text.lines().map(str::to_owned).collect();
        (self.page, self.builder.finish(conversations).ladders)
    }
}

/// Lines that fit a pane.
fn layout(area: Rect) -> Layout {
    Layout {
        width: Some(columns(area, 1)),
        why: true,
    }
}

/// The lines that `write` writes, without the margin that stands before fields and bytes.
fn lines(write: impl FnOnce(&mut Vec<u8>)) -> Vec<String> {
    let mut out = Vec::new();
    write(&mut out);
    let text = String::from_utf8_lossy(&out);
    let bare = |line: &str| line.strip_prefix("    ").unwrap_or(line).to_owned();
    text.lines().map(bare).collect()
}
