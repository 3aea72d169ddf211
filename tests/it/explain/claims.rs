//! The claims of English sentences, read back and checked against the packets themselves: a
//! second opinion that remembers everything and shares no code with what wrote them.

use std::collections::HashMap;

use netlab::report::explain::Explanation;

use super::packets::{ACK, FIN, History, Packet, RST, SYN, Segment};

/// How often each claim was checked.
pub(super) type Counts = HashMap<&'static str, u64>;

/// A sentence begins with a capital or a number, ends with a full stop, holds nothing strange.
pub(super) fn well_formed(sentence: &str) -> Result<(), String> {
    let start = sentence.chars().next();
    let starts = start.is_some_and(|c| {
        c.is_uppercase() || c.is_ascii_digit() || c == '[' || c.is_ascii_hexdigit() || c == ':'
    });
    let ends = sentence.len() > 10 && sentence.ends_with('.') && !sentence.ends_with("..");
    let strange = sentence.chars().any(char::is_control)
        || ["{", "}", "; ;", ";;", "  ", " ,", ", ,", "()", "#0 "]
            .iter()
            .any(|bad| sentence.contains(bad));
    match starts && ends && !strange {
        true => Ok(()),
        false => Err(format!("not well formed: {sentence:?}")),
    }
}

/// The frames that a sentence names.
pub(super) fn named(sentence: &str) -> Vec<u32> {
    sentence.split('#').skip(1).filter_map(number).collect()
}

/// The claims that are looked for. Each has to be made by some packet of the corpus.
pub(super) const NAMES: &[&str] = &[
    "frames",
    "expects",
    "sends",
    "acknowledges",
    "sent-in",
    "fin",
    "syn",
    "repeats",
    "duplicate",
    "gap",
    "not-captured",
    "unseen",
    "handshake",
    "zero-window",
    "unacknowledged",
    "told",
    "states",
    "time-wait",
    "silence",
    "elsewhere",
    "unheard",
    "quotes",
];

/// Checks what a sentence says; what is wrong with it.
pub(super) fn check(
    said: &Explanation,
    packet: &Packet,
    history: &History,
    counts: &mut Counts,
) -> Vec<String> {
    let mut check = Check {
        text: &said.sentence,
        packet,
        history,
        counts,
        wrong: Vec::new(),
    };
    check.frames(&said.frames());
    if packet.datagram {
        check.silence();
    }
    if packet.icmp_error && said.sentence.contains("it quotes #") {
        check.count("quotes");
    }
    if let Some(segment) = packet.segment {
        check.numbers(segment);
        check.acknowledged(segment);
        check.repeated(segment);
        check.missing(segment);
        check.life(segment);
    }
    check.wrong
}

struct Check<'a> {
    text: &'a str,
    packet: &'a Packet,
    history: &'a History,
    counts: &'a mut Counts,
    wrong: Vec<String>,
}

impl<'a> Check<'a> {
    fn count(&mut self, name: &'static str) {
        *self.counts.entry(name).or_default() += 1;
    }

    fn must(&mut self, name: &'static str, holds: bool) {
        self.count(name);
        if !holds {
            self.wrong.push(format!("false: {name}"));
        }
    }

    /// What follows the first `phrase`.
    fn after(&self, phrase: &str) -> Option<&'a str> {
        self.text.split_once(phrase).map(|(_, rest)| rest)
    }

    fn same_end(&self, no: u32) -> bool {
        let other = self.history.frame(no).and_then(|it| it.from);
        other.is_some() && other == self.packet.from
    }

    fn segment(&self, no: u32) -> Option<Segment> {
        self.history.frame(no)?.segment
    }

    /// Named frames exist, are not later, and belong to the conversation.
    fn frames(&mut self, named: &[u32]) {
        for &no in named {
            let own = no == self.packet.no;
            let known = self.history.frame(no);
            let conversation = known.and_then(|it| it.conversation);
            let echo = self.packet.conversation.is_none();
            let fits = own || known.is_some() && (echo || conversation == self.packet.conversation);
            if self.text.contains("which went to another port or address") {
                // The one that is answered asked from the port that the answer goes to.
                let asked = known.filter(|it| it.from == self.packet.to && it.datagram);
                self.must("elsewhere", asked.is_some() && !fits);
                continue;
            }
            self.must("frames", fits);
        }
    }

    fn numbers(&mut self, segment: Segment) {
        for phrase in ["expects is number ", "expects is ", "expects number "] {
            if let Some(number) = self.after(phrase).and_then(number) {
                self.must("expects", segment.has(ACK) && number == segment.shown_ack);
            }
        }
        if self.text.contains(" of data)")
            && let Some(rest) = self.after(" sends byte")
        {
            let (a, b) = range(rest).unwrap_or((0, 0));
            let count = b.wrapping_sub(a).wrapping_add(1);
            let stated = self.after(" (").and_then(number);
            let fits = segment.raw(a) == segment.start() && count == segment.len;
            self.must("sends", fits && stated == Some(segment.len));
        }
    }

    fn acknowledged(&mut self, segment: Segment) {
        if let Some(rest) = self.after("cknowledges byte").or(self.after(" and bytes ")) {
            let (a, b) = range(rest).unwrap_or((1, 0));
            let ends = segment.ack.wrapping_sub(segment.raw_other(b));
            let unseen = self.text.contains(" in no segment captured before");
            self.must("acknowledges", ends == 1 || ends == 2 || unseen);
            let clause = rest.split(" and its ").next().unwrap_or(rest);
            let clause = clause.split(';').next().unwrap_or(clause);
            if let Some((_, list)) = clause.split_once(", sent in ") {
                let list = list.split(" and the FIN").next().unwrap_or(list);
                self.sent_in(segment, (a, b), list);
            }
        }
        for (phrase, flag, name) in [("the FIN of ", FIN, "fin"), ("the SYN of ", SYN, "syn")] {
            let Some(rest) = self
                .after(phrase)
                .filter(|_| self.text.contains("which counts 1"))
            else {
                continue;
            };
            let Some(no) = rest.split_once("(#").and_then(|(_, rest)| number(rest)) else {
                continue;
            };
            let fits = self.segment(no).is_some_and(|it| {
                let at = if flag == FIN { it.end() } else { it.seq };
                it.has(flag) && segment.ack.wrapping_sub(at).cast_signed() > 0
            });
            self.must(name, fits && !self.same_end(no));
        }
    }

    /// The listed frames hold every byte of the range, and come from the other end.
    fn sent_in(&mut self, segment: Segment, (a, b): (u32, u32), list: &str) {
        let (start, end) = (segment.raw_other(a), segment.raw_other(b).wrapping_add(1));
        if let Some(rest) = list.split_once(" segments from #") {
            let (first, last) = (
                number(rest.1),
                rest.1.split_once('#').and_then(|it| number(it.1)),
            );
            let (Some(first), Some(last)) = (first, last) else {
                return self.must("sent-in", false);
            };
            let sent = self.history.sent(self.packet, false);
            let between = sent.filter(|it| (first..=last).contains(&it.no));
            let segments: Vec<Segment> = between.filter_map(|it| it.segment).collect();
            return self.must("sent-in", covers(&segments, start, end));
        }
        let frames: Vec<u32> = list.split('#').skip(1).filter_map(number).collect();
        let others = frames.iter().all(|no| !self.same_end(*no));
        let segments: Vec<Segment> = frames.iter().filter_map(|no| self.segment(*no)).collect();
        self.must("sent-in", others && covers(&segments, start, end));
    }

    fn repeated(&mut self, segment: Segment) {
        if let Some(rest) = self.after("first captured in ") {
            let rest = rest.split([';', '.']).next().unwrap_or(rest);
            if !rest.contains(" segments from ") {
                let frames: Vec<u32> = rest.split('#').skip(1).filter_map(number).collect();
                let own = frames.iter().all(|no| self.same_end(*no));
                let held: Vec<Segment> = frames.iter().filter_map(|no| self.segment(*no)).collect();
                self.must(
                    "repeats",
                    own && covers(&held, segment.start(), segment.end()),
                );
            }
        }
        if let Some((ack, of)) = self
            .after("repeats Ack=")
            .and_then(|rest| Some((number(rest)?, number(rest.split_once('#')?.1)?)))
        {
            let fits = self.segment(of).is_some_and(|it| it.ack == segment.ack);
            self.must(
                "duplicate",
                fits && ack == segment.shown_ack && self.same_end(of),
            );
        }
        if self.text.contains("nothing of it has been acknowledged") {
            let first = self.after("first captured in #").and_then(number);
            let since = self.history.sent(self.packet, false);
            let since = since.filter(|it| first.is_some_and(|first| it.no > first));
            let none = since.filter_map(|it| it.segment).all(|it| {
                let ahead = it.ack.wrapping_sub(segment.start()).cast_signed();
                !it.has(ACK) || it.has(RST) || ahead <= 0
            });
            self.must("unacknowledged", none);
        }
        if let Some(rest) = self.after("everything before number ")
            && let (Some(told), Some(no)) = (
                number(rest),
                rest.split_once('#').and_then(|it| number(it.1)),
            )
            && self.text.contains("spurious")
        {
            let fits = self
                .segment(no)
                .is_some_and(|it| it.ack == segment.raw(told));
            let enough = segment.raw(told).wrapping_sub(segment.end()).cast_signed() >= 0;
            self.must("told", fits && enough && !self.same_end(no));
        }
    }

    fn missing(&mut self, segment: Segment) {
        let overlaps = |same: bool, start: u32, end: u32| {
            let mut sent = self
                .history
                .sent(self.packet, same)
                .filter_map(|it| it.segment);
            sent.any(|it| {
                it.len > 0
                    && it.start().wrapping_sub(end).cast_signed() < 0
                    && start.wrapping_sub(it.end()).cast_signed() < 0
            })
        };
        if let Some((before, _)) = self.text.split_once(", just before this segment") {
            let clause = before.rsplit("; ").next().unwrap_or(before);
            let numbers = clause
                .find(|c: char| c.is_ascii_digit())
                .map(|at| &clause[at..]);
            let (a, b) = numbers.and_then(range).unwrap_or((1, 0));
            let (start, end) = (segment.raw(a), segment.raw(b).wrapping_add(1));
            let free = !overlaps(true, start, end);
            self.must("gap", free && end == segment.start());
        }
        if self.text.contains("were in no segment captured so far") {
            let free = !overlaps(true, segment.start(), segment.end());
            self.must("not-captured", free);
        }
        let numbers = self
            .after("cknowledges number ")
            .or(self.after(", and number "));
        let numbers = numbers.or(self.after("cknowledges the numbers "));
        let numbers = numbers.or(self.after(", and the numbers "));
        if let Some((a, b)) = numbers.and_then(range) {
            let (start, end) = (segment.raw_other(a), segment.raw_other(b).wrapping_add(1));
            let free = !overlaps(false, start, end);
            self.must("unseen", free && end == segment.ack);
        }
        if self.text.contains("has been captured so far") && self.text.contains("no segment of") {
            let none = self.history.sent(self.packet, false).next().is_none();
            self.must("unheard", none);
        }
        if let Some(no) = self.after(" was 0 in #").and_then(number) {
            let fits = self.segment(no).is_some_and(|it| it.window == 0);
            self.must("zero-window", fits && !self.same_end(no));
        }
    }

    fn life(&mut self, segment: Segment) {
        if let Some(rest) = self.after("completes the three-way handshake (#") {
            let answer = rest.split_once('#').and_then(|it| number(it.1));
            let (Some(syn), Some(answer)) = (number(rest), answer) else {
                return self.must("handshake", false);
            };
            let flags = |no| {
                self.segment(no)
                    .map_or(0, |it| it.flags & (SYN | ACK | RST))
            };
            let fits = flags(syn) == SYN && flags(answer) == SYN | ACK;
            let covers = self
                .segment(answer)
                .is_some_and(|it| segment.ack.wrapping_sub(it.seq).cast_signed() > 0);
            self.must("handshake", fits && covers && self.packet.completes);
        }
        for phrase in [" is then in ", "once this arrives, ", "it shows "] {
            if let Some(rest) = self.after(phrase) {
                let state = rest.split([';', ',']).next().unwrap_or(rest);
                let state = state.trim_end_matches('.');
                let state = state.rsplit(' ').next().unwrap_or(state);
                let found = self
                    .packet
                    .states
                    .iter()
                    .any(|it| rest.starts_with(it.as_str()) && !it.is_empty() || it == state);
                self.must("states", found);
            }
        }
        if self.text.contains("stays in TIME-WAIT") || self.text.contains("stay in TIME-WAIT") {
            let waits = self.packet.states.iter().any(|it| it == "TIME-WAIT");
            self.must("time-wait", waits);
        }
    }

    fn silence(&mut self) {
        if let Some(no) = self.after("ince #").and_then(number) {
            let later = self
                .history
                .sent(self.packet, false)
                .any(|it| it.no > no && it.datagram);
            self.must("silence", !later && self.same_end(no));
        }
    }
}

/// Whether the segments hold every number from `start` up to but without `end`.
fn covers(segments: &[Segment], start: u32, end: u32) -> bool {
    let mut at = start;
    while at != end {
        let next = segments
            .iter()
            .find(|it| it.len > 0 && at.wrapping_sub(it.start()) < it.len);
        let Some(next) = next else { return false };
        let step = next.end().wrapping_sub(at);
        at = match step > end.wrapping_sub(at) {
            true => end,
            false => next.end(),
        };
    }
    true
}

/// The number that a text begins with.
fn number(text: &str) -> Option<u32> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    text[..digits].parse().ok()
}

/// `s 1–55`, ` 7`, `1–55`: the first and the last.
fn range(text: &str) -> Option<(u32, u32)> {
    let text = text.trim_start_matches(['s', ' ']);
    let first = number(text)?;
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    Some((
        first,
        rest.strip_prefix('–').and_then(number).unwrap_or(first),
    ))
}
