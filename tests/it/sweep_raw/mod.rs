//! What sentences and summaries claim, held against the bytes of the frames. The frames are read
//! here by a reader of a few lines, which has nothing in common with netlab's: what it does not read
//! (fragments, tunnels, rare links, options of IPv6) is not checked, and counted as that.
//!
//! The same is asked of captures that are broken on purpose, where packets are lost, moved, doubled,
//! cut and changed.

mod http;
pub(crate) mod raw;

use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;

use netlab::analysis::AnalyzerOptions;
use netlab::pipeline::Pipeline;
use netlab::report::document::{CaptureFacts, Collector, Options, Sections};
use netlab::report::explain::Explainer;
use netlab::report::summary;
use netlab::source::file::FileSource;
use netlab::text::Lang;

use self::raw::{ACK, RST, Raw, SYN, Talk};
use crate::support::{corpus, files, root, sources};

/// The largest capture that is broken, in bytes.
const LARGEST: usize = 200_000;

#[derive(Default)]
struct Counts {
    again: u64,
    unseen: u64,
    sent_in: u64,
    twice: u64,
    syn: u64,
    lines: u64,
    http: u64,
    skipped: u64,
    broken: Vec<String>,
}

/// The number behind `word` in a text.
fn after(text: &str, word: &str) -> Option<u32> {
    let (_, rest) = text.split_once(word)?;
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    rest[..end].parse().ok()
}

/// Every `#7` of a text.
fn frames(text: &str) -> Vec<u32> {
    let parts = text.split('#').skip(1);
    parts
        .filter_map(|part| after(&format!("#{part}"), "#"))
        .collect()
}

/// A segment that a sentence is about.
struct Said<'a> {
    frame: u32,
    now: &'a Raw,
    /// What the shown numbers of its sender and of the other end are counted from.
    base: [u32; 2],
    talk: &'a Talk,
}

impl Said<'_> {
    /// What is wrong with a sentence about it.
    fn wrong(&self, said: &str, counts: &mut Counts) -> Vec<String> {
        let mut wrong = Vec::new();
        for clause in said.split("; ") {
            wrong.extend(self.twin(clause, counts));
            wrong.extend(self.no_syn(clause, counts));
            wrong.extend(self.repeats(clause, counts));
            wrong.extend(self.unseen(clause, counts));
            wrong.extend(self.sent_in(clause, counts));
        }
        wrong
    }

    /// `this is #7 once more`
    fn twin(&self, clause: &str, counts: &mut Counts) -> Option<String> {
        let of = after(clause, "is #").filter(|_| clause.contains(" once more ("))?;
        counts.twice += 1;
        let other = self.talk.segments.get(&of);
        let same = other.is_some_and(|it| it.bytes == self.now.bytes);
        (!same || of >= self.frame).then(|| format!("#{of} is another packet"))
    }

    fn no_syn(&self, clause: &str, counts: &mut Counts) -> Option<String> {
        if !clause.contains("the SYN that it answers has not been captured so far") {
            return None;
        }
        counts.syn += 1;
        let syn = |it: &Raw| {
            let calls = it.flags & (SYN | ACK) == SYN;
            self.now.goes_to(it) && calls && it.seq.wrapping_add(1) == self.now.ack
        };
        let found = self.talk.before(self.frame).any(syn);
        found.then(|| "the SYN is there".to_owned())
    }

    /// `first captured in #7`
    fn repeats(&self, clause: &str, counts: &mut Counts) -> Option<String> {
        let of = after(clause, "first captured in #")?;
        counts.again += 1;
        let now = self.now;
        let held = |it: &Raw| it.from == now.from && it.holds(now.data(), now.len);
        let other = self.talk.segments.get(&of);
        (!other.is_some_and(held)).then(|| "what it repeats is not there".to_owned())
    }

    /// Numbers that are in no segment before: of the other end where they are acknowledged.
    fn unseen(&self, clause: &str, counts: &mut Counts) -> Option<String> {
        let unseen = [
            " in no segment captured before",
            " in no segment captured so far",
        ];
        let end = unseen.iter().find_map(|it| clause.find(it))?;
        let start = clause[..end].rfind("number")?;
        // How many come before a number, and not which.
        if clause[..start].ends_with("before ") {
            return None;
        }
        let range = clause[start..end].trim_start_matches("numbers");
        let range = range.trim_start_matches("number").trim_start();
        let first = after(range, "")?;
        counts.unseen += 1;
        let last = range.split_once('–').and_then(|(_, it)| after(it, ""));
        let count = last.unwrap_or(first).wrapping_sub(first).wrapping_add(1);
        let of_other = clause.contains("acknowledges ");
        let from = self.base[usize::from(of_other)].wrapping_add(first);
        let held = |it: &Raw| {
            let side = match of_other {
                true => self.now.goes_to(it),
                false => it.from == self.now.from,
            };
            // A RST has no data, and without ACK no connection takes any (RFC 9293, 3.10.7.4).
            side && !it.has(RST) && it.has(SYN | ACK) && it.holds(from, count)
        };
        let found = self.talk.before(self.frame).any(held);
        found.then(|| "the numbers are in a segment before".to_owned())
    }

    /// `acknowledges bytes 1–5 of the client, sent in #4`
    fn sent_in(&self, clause: &str, counts: &mut Counts) -> Option<String> {
        let (what, list) = clause.split_once(", sent in #")?;
        let first = after(what, "acknowledges bytes ").or(after(what, "acknowledges byte "))?;
        counts.sent_in += 1;
        let last = what.split_once('–').and_then(|(_, it)| after(it, ""));
        let count = last.unwrap_or(first).wrapping_sub(first).wrapping_add(1);
        let from = self.base[1].wrapping_add(first);
        let held = |it: &Raw| self.now.goes_to(it) && it.holds(from, count);
        let list = list.split(", and ").next().unwrap_or(list);
        let wrong = |of: &u32| *of >= self.frame || !self.talk.segments.get(of).is_some_and(held);
        let found = frames(&format!("#{list}")).into_iter().find(wrong)?;
        Some(format!("#{found} has none of these bytes"))
    }
}

/// Checks a line of a summary about data that nobody acknowledged.
fn line(frames: &str, text: &str, talk: &Talk, counts: &mut Counts) {
    // What was sent again is of other lines too, and may be acknowledged there.
    let mixed = frames.contains('…') || text.contains("retransmission");
    if !text.contains("not acknowledged in this capture") || mixed {
        return;
    }
    let listed = frames
        .trim_matches(['[', ']'])
        .split(", ")
        .filter_map(|part| {
            let (first, last) = part.split_once('–').unwrap_or((part, part));
            Some(first.parse::<u32>().ok()?..=last.parse().ok()?)
        });
    let data: Vec<&Raw> = listed
        .flatten()
        .filter_map(|frame| talk.segments.get(&frame))
        .filter(|it| it.len > 0)
        .collect();
    let Some(least) = data
        .iter()
        .min_by_key(|it| it.seq.wrapping_sub(data[0].seq).cast_signed())
    else {
        return;
    };
    counts.lines += 1;
    let covers = |it: &Raw| {
        let beyond = it.ack.wrapping_sub(least.data());
        // A SYN-ACK acknowledges the number of a SYN, also where data claims it.
        let least_beyond = if it.has(SYN) { 2 } else { 1 };
        let covers = (least_beyond..1 << 30).contains(&beyond);
        it.from != least.from && it.has(ACK) && !it.has(RST) && covers
    };
    if let Some((frame, _)) = talk.segments.iter().find(|(_, it)| covers(it)) {
        counts
            .broken
            .push(format!("#{frame} acknowledges it: {frames} {text}"));
    }
}

fn one_file(path: &str, mut source: FileSource, counts: &mut Counts) {
    let mut pipeline = Pipeline::new(AnalyzerOptions {
        summaries: usize::MAX,
        ..AnalyzerOptions::default()
    });
    let explainer = Explainer::new(Lang::En);
    let mut collector = Collector::new(Options {
        sections: Sections::HTTP,
        rows: usize::MAX,
        ..Options::default()
    });
    let mut talks: HashMap<u32, Talk> = HashMap::new();
    let known = counts.broken.len();
    while let Ok(Some(frame)) = source.next_frame() {
        let row = pipeline.push(&frame);
        collector.row(&row, true);
        let Some(id) = row.analysis.conversation else {
            continue;
        };
        let talk = talks.entry(id.0).or_default();
        let raw = u16::try_from(frame.link.0)
            .ok()
            .and_then(|link| Raw::read(link, frame.bytes));
        let (Some(raw), Some(tcp)) = (raw, row.analysis.tcp) else {
            talk.odd = true;
            continue;
        };
        talk.segments.insert(frame.no, raw.clone());
        talk.order.push(frame.no);
        let base = [raw.seq.wrapping_sub(tcp.seq), raw.ack.wrapping_sub(tcp.ack)];
        if talk.odd {
            counts.skipped += 1;
        } else {
            let said = explainer.row(&row).sentence;
            let about = Said {
                frame: frame.no,
                now: &raw,
                base,
                talk,
            };
            let wrong = about.wrong(&said, counts).into_iter();
            let wrong = wrong.map(|it| format!("#{}: {it}\n    {said}", frame.no));
            counts.broken.extend(wrong);
        }
    }
    let conversations = pipeline.analyzer().conversations();
    let exchanges = http::told(&collector.finish(&CaptureFacts::default(), conversations));
    for (place, conversation) in (0_u32..).zip(conversations) {
        let talk = talks.get(&place).filter(|talk| !talk.odd);
        if let Some(talk) = talk {
            let stream = conversation.stream.to_string();
            let own: Vec<_> = exchanges.iter().filter(|row| row[0] == stream).collect();
            let (checked, wrong) = http::wrong(talk, &own);
            counts.http += checked;
            let wrong = wrong.into_iter();
            counts
                .broken
                .extend(wrong.map(|it| format!("tcp {stream}: {it}")));
        }
        if let (Some(talk), Some(told)) = (talk, summary::of(conversation, Lang::En)) {
            for it in &told.lines {
                line(&it.frames, &it.text, talk, counts);
            }
        }
    }
    for broken in &mut counts.broken[known..] {
        *broken = format!("{path}: {broken}");
    }
}

#[expect(clippy::print_stdout, reason = "a test says how much it checked")]
fn tell(counts: &Counts) -> u64 {
    let Counts {
        again,
        unseen,
        sent_in,
        twice,
        syn,
        lines,
        http,
        skipped,
        broken,
    } = counts;
    let all = again + unseen + sent_in + twice + syn + lines + http;
    println!(
        "checked {all} claims: {again} that bytes come again, {unseen} that none of them came before, \
         {sent_in} where acknowledged bytes were sent, {twice} that a packet is there twice, {syn} \
         that a SYN is missing, {lines} that nothing is acknowledged, {http} of HTTP; {skipped} sentences left out"
    );
    assert!(
        broken.is_empty(),
        "{} broken:\n{}",
        broken.len(),
        broken[..broken.len().min(30)].join("\n")
    );
    all
}

#[test]
#[ignore = "needs ../shared"]
fn what_is_claimed_of_segments_is_in_their_bytes() {
    let mut counts = Counts::default();
    for (path, source) in sources() {
        one_file(&path, source, &mut counts);
    }
    assert!(tell(&counts) > 10_000);
}

/// A pcap file with some of its packets lost, moved, doubled, cut or changed.
fn mutated(file: &[u8], mut seed: u64) -> Vec<u8> {
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % (below as u64)).expect("small")
    };
    let (head, mut rest) = file.split_at(24);
    let mut records: Vec<Vec<u8>> = Vec::new();
    while let Some(len) = rest.get(8..12) {
        let len = u32::from_le_bytes(len.try_into().expect("four bytes"));
        let end = 16 + usize::try_from(len).expect("small");
        if rest.len() < end {
            break;
        }
        records.push(rest[..end].to_vec());
        rest = &rest[end..];
    }
    for _ in 0..3 {
        if records.len() < 3 {
            break;
        }
        let at = random(records.len() - 1);
        match random(5) {
            0 => drop(records.remove(at)),
            1 => records.swap(at, at + 1),
            2 => records.insert(at, records[at].clone()),
            3 => {
                let kept = records[at].len() - 16;
                let kept = kept - random(kept.min(24));
                records[at].truncate(16 + kept);
                let len = u32::try_from(kept).expect("small");
                records[at][8..12].copy_from_slice(&len.to_le_bytes());
            }
            _ => {
                let place = 16 + random(records[at].len() - 16);
                records[at][place] ^= 1 << random(8);
            }
        }
    }
    [head.to_vec(), records.concat()].concat()
}

/// Classic captures among `paths`, each broken in several ways, with a name for each.
pub(crate) fn broken(
    paths: Vec<PathBuf>,
    seeds: Range<u64>,
) -> impl Iterator<Item = (String, FileSource)> {
    let captures = paths.into_iter().filter_map(|path| {
        let bytes = std::fs::read(&path).expect("a capture");
        let classic = bytes.starts_with(&[0xd4, 0xc3, 0xb2, 0xa1]);
        (classic && bytes.len() < LARGEST).then_some((path, bytes))
    });
    captures.flat_map(move |(path, bytes)| {
        let seeds = seeds.clone();
        seeds.map(move |seed| {
            let name = format!("{} {seed}", path.display());
            let file = mutated(&bytes, seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let source = FileSource::from_reader(&name, Box::new(std::io::Cursor::new(file)), None);
            (name, source.expect("a capture"))
        })
    })
}

/// The captures of the reported cases.
pub(crate) fn cases() -> Vec<PathBuf> {
    files(&root().join("tests/it/cases"), "pcap")
}

#[test]
fn what_is_claimed_of_broken_captures_is_in_their_bytes_too() {
    let mut counts = Counts::default();
    let mut files = 0;
    for (name, source) in broken(cases(), 1..60) {
        one_file(&name, source, &mut counts);
        files += 1;
    }
    assert!(tell(&counts) > 5000 && files > 2000, "{files} files");
}

#[test]
#[ignore = "needs ../shared"]
fn what_is_claimed_of_broken_captures_of_the_corpus_is_in_their_bytes_too() {
    let mut counts = Counts::default();
    for (name, source) in broken(corpus(), 1..3) {
        one_file(&name, source, &mut counts);
    }
    assert!(tell(&counts) > 20_000);
}
