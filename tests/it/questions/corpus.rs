//! No answer to a question may be false for a capture of the corpus, as far as a machine can tell.
//!
//! The captures lie beside the repository (`../shared/corpus`).

use std::collections::BTreeMap;
use std::path::Path;

use netlab::analysis::AnalyzerOptions;
use netlab::analysis::conversation::Protocol;
use netlab::pipeline::Pipeline;
use netlab::report::document::{CaptureFacts, Collector, Options, Part, Sections};
use netlab::source::file::FileSource;
use netlab::text::Lang;

use super::seen::{ACK, FIN, RST, SYN, Seen, Segment};
use super::{facts, frames, number, said};
use crate::support::corpus;

/// What is checked of answers. Each has to be claimed by some answer of the corpus.
const CLAIMS: &[&str] = &[
    "none",
    "repeats",
    "fin",
    "syn_ack",
    "window",
    "throughput",
    "flags",
    "numbers",
    "zero_window",
];
/// Answers that hold text from packets.
const QUOTING: &[&str] = &["http_errors", "http_segments"];

#[test]
#[ignore = "needs ../shared"]
fn no_answer_about_a_capture_of_the_corpus_is_false() {
    let paths = corpus();
    let mut broken = Vec::new();
    let mut asked = BTreeMap::new();
    for path in paths {
        one_file(&path, &mut asked, &mut broken);
    }
    let count = broken.len();
    broken.truncate(40);
    assert!(count == 0, "{count} broken:\n{}", broken.join("\n"));
    for claim in CLAIMS {
        assert!(
            asked.contains_key(*claim),
            "nobody claims {claim}: {asked:?}"
        );
    }
}

fn collector(lang: Lang) -> Collector {
    Collector::new(Options {
        lang,
        sections: Sections::QUESTIONS,
        conversations: usize::MAX,
        ..Options::default()
    })
}

fn one_file(path: &Path, asked: &mut BTreeMap<&'static str, u64>, broken: &mut Vec<String>) {
    let Ok(mut source) = FileSource::open(path.to_str().expect("UTF-8")) else {
        return;
    };
    let mut pipeline = Pipeline::new(AnalyzerOptions {
        summaries: usize::MAX,
        ..AnalyzerOptions::default()
    });
    let mut collectors = [collector(Lang::En), collector(Lang::PtBr)];
    let mut seen = Seen::default();
    while let Ok(Some(frame)) = source.next_frame() {
        let row = pipeline.push(&frame);
        let of = row.conversation.map(|it| match it.protocol {
            Protocol::Tcp => ("tcp", it.stream),
            Protocol::Udp => ("udp", it.stream),
        });
        seen.push(&row, of);
        for collector in &mut collectors {
            collector.row(&row, true);
        }
    }
    let conversations = pipeline.analyzer().conversations();
    let [english, portuguese] =
        collectors.map(|it| it.finish(&CaptureFacts::default(), conversations));
    let (mut one, mut other) = (Vec::new(), Vec::new());
    english.iter().for_each(|it| facts(it, &mut one));
    for section in english.iter().flat_map(|it| &it.sections) {
        if section
            .parts
            .iter()
            .any(|part| matches!(part, Part::Text(_)))
        {
            broken.push(format!(
                "{}: {} is not answered",
                path.display(),
                section.id
            ));
        }
    }
    portuguese.iter().for_each(|it| facts(it, &mut other));
    assert_eq!(one.len(), other.len(), "{}", path.display());
    for ((section, fact), (_, fato)) in one.iter().zip(&other) {
        let section = section.trim_end_matches("-questions");
        let (text, texto) = (said(fact), said(fato));
        let mut wrong = Vec::new();
        if fact.id != fato.id || frames(text) != frames(texto) {
            wrong.push("the languages differ");
        }
        for text in [text, texto] {
            wrong.extend(well_formed(text, QUOTING.contains(&fact.id)).err());
        }
        let own = |no: &u32| seen.section.get(no).is_some_and(|it| it == section);
        let known = |no: &u32| seen.section.contains_key(no);
        // The SYN that uses the ports again ends the states of this connection and opens another.
        let next = |no: &u32| fact.id == "states" && text.contains(&reused(*no));
        if !QUOTING.contains(&fact.id)
            && !frames(text)
                .iter()
                .all(|no| own(no) || next(no) || section == "questions" && known(no))
        {
            wrong.push("it names a frame of something else");
        }
        let mut claim = Claim {
            text,
            section,
            segments: seen.of(section),
            seen: &seen,
            counts: asked,
        };
        wrong.extend(claims(fact.id, &mut claim));
        for what in wrong {
            broken.push(format!(
                "{}: {section} {}: {what}\n    {text}\n    {texto}",
                path.display(),
                fact.id
            ));
        }
    }
}

/// How an answer says that a later conversation begins at this frame.
fn reused(no: u32) -> String {
    format!("Until #{no}, which uses the same ports again:")
}

/// Sentences begin with a capital, a number or an address, end with a full stop, and hold nothing
/// strange.
fn well_formed(text: &str, quoting: bool) -> Result<(), &'static str> {
    let start = text.chars().next().is_some_and(|c| {
        c.is_uppercase()
            || c.is_ascii_hexdigit()
            || c == '#'
            || c == '['
            || c == '…'
            || c == '"' && quoting
    });
    let strange = ["{", "}", "  ", "#0 ", " .", "..", ", ,"];
    let strange = strange.iter().any(|bad| text.contains(bad)) && !quoting;
    match start && text.ends_with('.') && !strange && !text.chars().any(char::is_control) {
        true => Ok(()),
        false => Err("not well formed"),
    }
}

/// What stands behind a frame, the flags that it must have, and those that it must not have.
const FLAGS: &[(&str, u16, u16)] = &[
    (" (SYN)", SYN, ACK),
    (" (SYN, ACK)", SYN | ACK, 0),
    (" (ACK)", ACK, SYN | RST),
    (" (FIN)", FIN, 0),
    (" (the other FIN", FIN, 0),
    (" (RST", RST, 0),
    (" (its ACK)", ACK, SYN),
];

/// An answer that claims something of the segments of a conversation.
struct Claim<'a> {
    text: &'a str,
    section: &'a str,
    segments: &'a [Segment],
    seen: &'a Seen,
    counts: &'a mut BTreeMap<&'static str, u64>,
}

impl<'a> Claim<'a> {
    fn count(&mut self, claim: &'static str) {
        *self.counts.entry(claim).or_default() += 1;
    }

    fn at(&self, no: u64) -> Option<&'a Segment> {
        self.seen.segment(self.section, u32::try_from(no).ok()?)
    }
}

/// Checks what an answer claims against the segments themselves.
fn claims(id: &str, asked: &mut Claim<'_>) -> Option<&'static str> {
    flags(asked).or_else(|| match id {
        "numbers" => number_sentences(asked),
        "zero_window" => closed_windows(asked),
        "retransmissions" if asked.text.starts_with("None") => nothing_repeated(asked),
        "retransmissions" => repeats(asked),
        "fin" => fin_sums(asked),
        "syn_ack" => syn_ack_sum(asked),
        "window" => smallest_windows(asked),
        "throughput" => throughputs(asked),
        _ => None,
    })
}

fn flags(asked: &mut Claim<'_>) -> Option<&'static str> {
    let text = asked.text;
    for (label, must, not) in FLAGS {
        for (place, _) in text.match_indices(label) {
            let before = text[..place].rsplit('#').next().unwrap_or_default();
            let Some(segment) = number(before)
                .filter(|_| before.chars().all(|c| c.is_ascii_digit()))
                .and_then(|no| asked.at(no))
            else {
                continue;
            };
            asked.count("flags");
            if segment.flags & must != *must || segment.flags & not != 0 {
                return Some("the flags are not those");
            }
        }
    }
    None
}

fn number_sentences(asked: &mut Claim<'_>) -> Option<&'static str> {
    for sentence in asked
        .text
        .split(". ")
        .filter(|it| it.contains(" for its SYN, "))
    {
        asked.count("numbers");
        let bytes = sentence.split(" for ").nth(2);
        let bytes = bytes.filter(|it| it.contains(" bytes")).and_then(number);
        let ends = asked.segments.iter().map(|it| it.from);
        let ends: std::collections::BTreeSet<_> = ends.collect();
        let known = ends.iter().any(|end| {
            let own = asked.segments.iter().filter(|it| it.from == *end);
            let own = own.filter(|it| it.flags & RST == 0 && it.len > 0 && !it.keep_alive);
            Some(union(&own.collect::<Vec<_>>())) == bytes
        });
        if bytes.is_some() && !known {
            return Some("nobody sends so many bytes");
        }
    }
    None
}

fn closed_windows(asked: &mut Claim<'_>) -> Option<&'static str> {
    for sentence in asked
        .text
        .split(". ")
        .filter(|it| it.contains("offers no window from"))
    {
        asked.count("zero_window");
        let named = frames(sentence);
        let windows: Option<Vec<u32>> = named
            .iter()
            .map(|no| Some(asked.at((*no).into())?.window))
            .collect();
        let windows = windows?;
        if windows[0] != 0 || windows.get(1) == Some(&0) {
            return Some("the windows are not those");
        }
    }
    None
}

fn nothing_repeated(asked: &mut Claim<'_>) -> Option<&'static str> {
    asked.count("none");
    let taking = asked
        .segments
        .iter()
        .filter(|it| it.flags & RST == 0 && !it.keep_alive);
    let taking: Vec<&Segment> = taking.filter(|it| it.takes() > 0).collect();
    // What the capture has twice is said to be there twice.
    let twice = asked
        .text
        .split(". ")
        .find_map(|it| it.contains("in this capture twice").then(|| number(it))?);
    let copies = usize::try_from(twice.unwrap_or(0)).unwrap();
    (repeated(&taking) > copies).then_some("something is repeated")
}

fn repeats(asked: &mut Claim<'_>) -> Option<&'static str> {
    let repeats = asked
        .text
        .split(". ")
        .filter(|it| it.contains(" repeats numbers of #"));
    for sentence in repeats {
        asked.count("repeats");
        let named = frames(sentence);
        let pair = (asked.at(named[0].into())?, asked.at(named[1].into())?);
        if !(pair.0.overlaps(pair.1) && pair.0.from == pair.1.from && pair.1.no < pair.0.no) {
            return Some("it repeats nothing of that");
        }
    }
    None
}

fn fin_sums(asked: &mut Claim<'_>) -> Option<&'static str> {
    for sentence in asked.text.split("The FIN ").skip(1) {
        asked.count("fin");
        let named = frames(sentence);
        let (fin, ack) = (asked.at(named[0].into())?, asked.at(named[1].into())?);
        let numbers = fin.seq.wrapping_add(fin.len).wrapping_add(1) == ack.ack;
        let shown = sentence.contains(&format!("Seq={} in", fin.shown_seq))
            && sentence.contains(&format!("Ack={} in", ack.shown_ack));
        if !(numbers && shown && fin.from != ack.from) {
            return Some("the sum is wrong");
        }
    }
    None
}

fn syn_ack_sum(asked: &mut Claim<'_>) -> Option<&'static str> {
    asked.count("syn_ack");
    let named = frames(asked.text);
    let (answer, call) = (asked.at(named[0].into())?, asked.at(named[1].into())?);
    (answer.ack != call.seq.wrapping_add(1)).then_some("the sum is wrong")
}

fn smallest_windows(asked: &mut Claim<'_>) -> Option<&'static str> {
    for sentence in asked
        .text
        .split(". ")
        .filter(|it| it.contains(" bytes, in #"))
    {
        asked.count("window");
        let named = frames(sentence);
        let segment = asked.at(named[0].into())?;
        let own = asked
            .segments
            .iter()
            .filter(|it| it.from == segment.from && it.flags & RST == 0);
        let least = own.map(|it| it.window).min();
        let stated = sentence
            .split(" bytes, in #")
            .next()
            .and_then(|it| it.rsplit(' ').next())
            .and_then(number);
        if least.map(u64::from) != stated || segment.window != least.unwrap_or_default() {
            return Some("it is not the smallest");
        }
    }
    None
}

fn throughputs(asked: &mut Claim<'_>) -> Option<&'static str> {
    let text = asked.text.replace(" byte from #", " bytes from #");
    for sentence in text.split("s).").filter(|it| it.contains(" bytes from #")) {
        asked.count("throughput");
        let named = frames(sentence);
        let first = asked.at(named[0].into())?;
        let own = asked
            .segments
            .iter()
            .filter(|it| it.from == first.from && it.flags & RST == 0);
        let own: Vec<&Segment> = own.filter(|it| it.len > 0 && !it.keep_alive).collect();
        let bytes = sentence
            .split(" bytes from #")
            .next()
            .and_then(|it| it.rsplit(' ').next())
            .and_then(number);
        if bytes != Some(union(&own)) {
            return Some("the bytes are not so many");
        }
    }
    None
}

/// How many segments take numbers that their sender took before.
fn repeated(segments: &[&Segment]) -> usize {
    let mut ends: BTreeMap<_, Vec<&Segment>> = BTreeMap::new();
    for segment in segments {
        ends.entry(segment.from).or_default().push(segment);
    }
    let lists = ends.values_mut().map(|list| {
        let base = list[0].seq.wrapping_sub(1 << 30);
        list.sort_by_key(|it| it.seq.wrapping_sub(base));
        let pairs = list.windows(2);
        pairs.filter(|pair| pair[0].overlaps(pair[1])).count()
    });
    lists.sum()
}

/// How many payload bytes there are, each once.
fn union(segments: &[&Segment]) -> u64 {
    let Some(first) = segments.first() else {
        return 0;
    };
    let base = first.seq.wrapping_sub(1 << 30);
    let data = |it: &&Segment| {
        let start = it.seq.wrapping_add(u32::from(it.flags & SYN != 0));
        u64::from(start.wrapping_sub(base))
    };
    let mut ranges: Vec<(u64, u64)> = segments
        .iter()
        .map(|it| (data(it), data(it) + u64::from(it.len)))
        .collect();
    ranges.sort_unstable();
    let mut end = 0;
    let mut total = 0;
    for (a, b) in ranges {
        total += b.saturating_sub(a.max(end));
        end = end.max(b);
    }
    total
}
