//! What must hold of everything that is said about bytes, in every capture of the corpus. What was
//! sent is worked out here again from the raw numbers of the segments, by other means.
//!
//! Two things have no one right count and are left out: a SYN with bytes that were captured before
//! (what it holds is said of it, and again of them), and an end with FINs of different numbers (the
//! packets do not tell which of them ends its data).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use netlab::analysis::AnalyzerOptions;
use netlab::analysis::row::Row;
use netlab::model::packet::Content;
use netlab::model::side::Side;
use netlab::pipeline::Pipeline;
use netlab::report::explain::Explainer;
use netlab::report::summary;
use netlab::text::Lang;

use crate::support::{corpus, sources};
use crate::sweep_raw::{broken, cases};

const FIN: u16 = 1;
const SYN: u16 = 2;
const RST: u16 = 4;
const ACK: u16 = 16;
const KEEP_ALIVE: u16 = 1 << 5;

/// What one end of a connection sent: bytes by their places on a line.
#[derive(Default)]
struct Way {
    last: Option<(u32, i64)>,
    held: BTreeMap<i64, i64>,
    bytes: u64,
    fin: Option<u32>,
    odd: bool,
}

impl Way {
    /// The place of a number, next to the highest one.
    fn place(&mut self, number: u32) -> i64 {
        let (known, at) = *self.last.get_or_insert((number, 0));
        let place = at + i64::from(number.wrapping_sub(known).cast_signed());
        self.odd |= (place - at).abs() > 1 << 30;
        if place > at {
            self.last = Some((number, place));
        }
        place
    }

    /// Adds a range and returns how many of its bytes are new.
    fn add(&mut self, start: i64, len: i64) -> i64 {
        let (mut from, mut to) = (start, start + len);
        let mut fresh = len;
        let near: Vec<(i64, i64)> = self
            .held
            .range(..=to)
            .rev()
            .take_while(|(_, b)| **b >= from)
            .map(|(a, b)| (*a, *b))
            .collect();
        for (a, b) in near {
            fresh -= (b.min(start + len) - a.max(start)).max(0);
            from = from.min(a);
            to = to.max(b);
            self.held.remove(&a);
        }
        self.held.insert(from, to);
        self.bytes += fresh.unsigned_abs();
        fresh
    }
}

#[derive(Default)]
struct Talk {
    ways: [Way; 2],
    frames: BTreeSet<u32>,
    odd: bool,
}

#[derive(Default)]
struct Counts {
    sentences: u64,
    again: u64,
    bytes: u64,
    groups: u64,
    broken: Vec<String>,
}

#[test]
#[ignore = "needs ../shared"]
fn what_is_said_of_bytes_is_what_was_sent() {
    let mut counts = Counts::default();
    for (path, source) in sources() {
        one_file(&path, source, &mut counts);
    }
    assert!(counts.tell() > 10_000);
    assert!(counts.again > 100 && counts.bytes > 1000 && counts.groups > 1000);
}

#[test]
fn what_is_said_of_broken_captures_is_what_was_sent_too() {
    let mut counts = Counts::default();
    for (path, source) in broken(cases(), 1..40) {
        one_file(&path, source, &mut counts);
    }
    assert!(counts.tell() > 10_000);
}

#[test]
#[ignore = "needs ../shared"]
fn what_is_said_of_broken_captures_of_the_corpus_is_what_was_sent_too() {
    let mut counts = Counts::default();
    for (path, source) in broken(corpus(), 1..3) {
        one_file(&path, source, &mut counts);
    }
    assert!(counts.tell() > 100_000);
}

impl Counts {
    /// Says how much was checked, and what is broken: how many sentences it was.
    #[expect(clippy::print_stdout, reason = "a test says how much it checked")]
    fn tell(&self) -> u64 {
        let Counts {
            sentences,
            again,
            bytes,
            groups,
            broken,
        } = self;
        println!(
            "checked {sentences} sentences, {again} that something is sent again, the bytes of {bytes} conversations, the groups of {groups}"
        );
        assert!(
            broken.is_empty(),
            "{} broken:\n{}",
            broken.len(),
            broken[..broken.len().min(40)].join("\n")
        );
        *sentences
    }
}

/// A segment whose bytes are counted: how many of them are new, how many there are, whether it has
/// SYN or FIN, and whether its end has no one right count.
type Fresh = (i64, u32, bool, bool);

fn one_file(path: &str, mut source: netlab::source::file::FileSource, counts: &mut Counts) {
    let mut pipeline = Pipeline::new(AnalyzerOptions {
        summaries: usize::MAX,
        ..AnalyzerOptions::default()
    });
    let explainers = [Lang::En, Lang::PtBr].map(Explainer::new);
    let mut talks: HashMap<u32, Talk> = HashMap::new();
    let mut largest = 0;
    while let Ok(Some(frame)) = source.next_frame() {
        let row = pipeline.push(&frame);
        let both = explainers.each_ref().map(|it| it.row(&row).sentence);
        largest = largest.max(u64::from(frame.no));
        let believed = match (row.analysis.conversation, row.analysis.side) {
            (Some(id), Some(side)) => {
                let talk = talks.entry(id.0).or_default();
                talk.frames.insert(frame.no);
                talk.add(&row, side, &mut largest)
            }
            _ => Some(None),
        };
        counts.sentences += 1;
        let Some(fresh) = believed else {
            continue;
        };
        for what in wrong_of_packet(&both, fresh, largest, counts) {
            let (no, texts) = (frame.no, both.join("\n    "));
            counts
                .broken
                .push(format!("{path}: #{no}: {what}\n    {texts}"));
        }
    }
    for (place, conversation) in (0_u32..).zip(pipeline.analyzer().conversations()) {
        let Some(talk) = talks.get(&place) else {
            continue;
        };
        let both = [Lang::En, Lang::PtBr].map(|lang| {
            let summary = summary::of(conversation, lang).expect("it was asked for");
            summary.lines
        });
        for what in wrong_of_summary(&both, talk, counts) {
            let lines: Vec<String> = both[0]
                .iter()
                .map(|it| format!("{} {}", it.frames, it.text))
                .collect();
            counts.broken.push(format!(
                "{path}: {place}: {what}\n    {}",
                lines.join("\n    ")
            ));
        }
    }
}

impl Talk {
    /// Adds the packet of an end, and takes note of the `largest` number in it. Where it counts, how
    /// much of it is new; `None` where its header is not believed, and no number of it is.
    fn add(&mut self, row: &Row<'_>, side: Side, largest: &mut u64) -> Option<Option<Fresh>> {
        let (Content::Tcp(segment), Some(tcp)) = (&row.packet.content, row.analysis.tcp) else {
            self.odd = true;
            return Some(None);
        };
        let Some(header) = segment.header else {
            self.odd = true;
            return None;
        };
        // A header that claims less than its own length.
        if header.offset < 5 {
            return None;
        }
        let (flags, len) = (header.flags.0, segment.payload_len());
        self.odd |= len.is_none() || tcp.marks.0 & (1 << 14) != 0;
        let len = len.unwrap_or(0);
        let syn = u32::from(flags & SYN != 0);
        for number in [tcp.seq, tcp.ack, header.seq.0, header.ack.0, tcp.window] {
            *largest = (*largest).max(u64::from(number));
        }
        *largest = (*largest).max(u64::from(tcp.seq) + u64::from(len) + 2);
        if flags & RST != 0 || flags & (SYN | ACK) == 0 {
            return Some(None);
        }
        let way = &mut self.ways[side.index()];
        let fin = header.seq.0.wrapping_add(len);
        // What a SYN holds is said of it, also where it was captured before.
        way.odd |= syn == 1 && len > 0 && way.bytes > 0;
        // Which of several FINs ends the data is not told.
        way.odd |= flags & FIN != 0 && way.fin.replace(fin).is_some_and(|it| it != fin);
        let place = way.place(header.seq.0.wrapping_add(syn));
        let probe = tcp.marks.0 & KEEP_ALIVE != 0 && len <= 1;
        let new = (!probe).then(|| way.add(place, i64::from(len)));
        way.place(header.seq.0.wrapping_add(syn + len));
        Some(new.map(|new| (new, len, flags & (SYN | FIN) != 0, way.odd)))
    }
}

/// What is wrong with the sentence about a packet, in both languages.
fn wrong_of_packet(
    both: &[String; 2],
    fresh: Option<Fresh>,
    largest: u64,
    counts: &mut Counts,
) -> Vec<&'static str> {
    let mut wrong = Vec::new();
    if let Some((new, len, control, odd)) = fresh
        && both[0].contains(" repeats byte")
        && !odd
    {
        counts.again += 1;
        if new != 0 || len == 0 || control && new > 0 {
            wrong.push("says that new bytes are sent again");
        }
    }
    if numbers(&both[0]) != numbers(&both[1]) {
        wrong.push("the languages differ");
    }
    for sentence in both {
        wrong.extend(sound(sentence, largest));
    }
    wrong
}

/// What is wrong with the summary of a conversation, in both languages.
fn wrong_of_summary(
    both: &[Vec<summary::Line>; 2],
    talk: &Talk,
    counts: &mut Counts,
) -> Vec<String> {
    let [said, dito] = both;
    let mut wrong = Vec::new();
    for (line, linha) in said.iter().zip(dito) {
        counts.sentences += 1;
        if numbers(&line.text) != numbers(&linha.text) {
            wrong.push(format!(
                "the languages differ: {} | {}",
                line.text, linha.text
            ));
        }
        for text in [&line.text, &linha.text] {
            wrong.extend(sound(text, u64::MAX).map(|what| format!("{what}: {text}")));
        }
    }
    wrong.extend(grouped(said, talk, counts));
    let odd = talk.odd || talk.ways.iter().any(|way| way.odd);
    if !odd {
        counts.bytes += 1;
        let sent: u64 = talk.ways.iter().map(|way| way.bytes).sum();
        let told = told(said);
        if sent != told {
            wrong.push(format!("{told} bytes are said, {sent} were sent"));
        }
    }
    wrong
}

/// Whether every frame is in one group.
fn grouped(lines: &[summary::Line], talk: &Talk, counts: &mut Counts) -> Option<String> {
    let lists: Vec<&str> = lines.iter().map(|line| line.frames.as_str()).collect();
    if lists.iter().any(|list| list.contains('…')) {
        return None;
    }
    counts.groups += 1;
    let mut seen = BTreeSet::new();
    for list in lists.iter().filter(|list| !list.is_empty()) {
        for part in list.trim_matches(['[', ']']).split(", ") {
            let (first, last) = part.split_once('–').unwrap_or((part, part));
            let (first, last): (u32, u32) = (first.parse().ok()?, last.parse().ok()?);
            for frame in first..=last {
                if !seen.insert(frame) {
                    return Some(format!("#{frame} is in two groups"));
                }
            }
        }
    }
    if let Some(frame) = talk.frames.difference(&seen).next() {
        return Some(format!("#{frame} is in no group"));
    }
    let strange = seen.difference(&talk.frames).next();
    strange.map(|frame| format!("#{frame} is of another conversation"))
}

/// How many bytes the lines of a summary say.
fn told(lines: &[summary::Line]) -> u64 {
    let mut sum = 0;
    for line in lines {
        let clauses: Vec<&str> = line.text.split([';', '(', ')']).collect();
        for clause in clauses {
            let clause = clause.trim();
            let clause = match clause.rsplit_once(": ") {
                Some((before, rest)) if !before.contains(" → ") => rest,
                _ => clause,
            };
            let count = clause
                .split_once(": ")
                .filter(|(way, _)| way.contains(" → "))
                .map(|(_, rest)| rest)
                .or_else(|| clause.strip_prefix("the SYN, ACK carries "))
                .or_else(|| clause.strip_prefix("a SYN sent again carries "))
                .or_else(|| clause.strip_prefix("a FIN sent again carries "))
                .or_else(|| clause.strip_prefix("SYN with "))
                .or_else(|| clause.strip_prefix("FIN with "))
                .or_else(|| clause.strip_prefix("ACK with "))
                .or_else(|| clause.strip_prefix("FIN, ACK with "));
            let Some((number, unit)) = count.and_then(|rest| rest.split_once(' ')) else {
                continue;
            };
            let unit = unit.split(',').next().unwrap_or_default().trim();
            let unit = unit.trim_end_matches(" that no segment before it holds");
            if matches!(unit, "byte" | "bytes") {
                sum += number.parse::<u64>().unwrap_or(0);
            }
        }
    }
    sum
}

/// What is wrong with any sentence.
fn sound(sentence: &str, largest: u64) -> Option<&'static str> {
    if sentence.contains('{') || sentence.contains('}') {
        return Some("a value is missing");
    }
    for unit in [" µs", " ms", " s,", " s)", " s."] {
        for (before, _) in sentence
            .match_indices(unit)
            .map(|(at, _)| sentence.split_at(at))
        {
            let digits = before.trim_end_matches(|c: char| c.is_ascii_digit() || ".,".contains(c));
            if digits.len() < before.len() && (digits.ends_with(" -") || digits.ends_with(" −")) {
                return Some("a span is negative");
            }
        }
    }
    let most = numbers(sentence)
        .into_iter()
        .filter_map(|it| it.parse::<u64>().ok())
        .max();
    match most.is_some_and(|most| most > largest.max(65_535) && most != u64::from(u32::MAX)) {
        true => Some("a number is above the largest one"),
        false => None,
    }
}

/// The numbers of a sentence, in order of their size.
fn numbers(sentence: &str) -> Vec<String> {
    let mut found: Vec<String> = sentence
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(str::to_owned)
        .collect();
    found.sort_unstable();
    found
}
