//! What answers claim of segments, held against the segments themselves.

use std::collections::BTreeMap;

use super::seen::{ACK, FIN, RST, SYN, Seen, Segment};
use super::{frames, number};

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
pub(super) struct Claim<'a> {
    pub(super) text: &'a str,
    pub(super) section: &'a str,
    pub(super) segments: &'a [Segment],
    pub(super) seen: &'a Seen,
    pub(super) counts: &'a mut BTreeMap<&'static str, u64>,
}

impl<'a> Claim<'a> {
    fn count(&mut self, claim: &'static str) {
        *self.counts.entry(claim).or_default() += 1;
    }

    /// The sentences that hold `part`.
    fn sentences(&self, part: &'static str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.text.split(". ").filter(move |it| it.contains(part))
    }

    fn at(&self, no: u64) -> Option<&'a Segment> {
        self.seen.segment(self.section, u32::try_from(no).ok()?)
    }
}

/// Checks what an answer claims against the segments themselves.
pub(super) fn claims(id: &str, asked: &mut Claim<'_>) -> Option<&'static str> {
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
    for sentence in asked.sentences(" for its SYN, ") {
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
    for sentence in asked.sentences("offers no window from") {
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
    for sentence in asked.sentences(" repeats numbers of #") {
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
    for sentence in asked.sentences(" bytes, in #") {
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
