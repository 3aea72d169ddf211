//! How a record takes a TCP segment.

use super::end::{End, Fin, Syn};
use super::groups::Numbers;
use super::latest::{Before, Latest};
use super::options::{self, Options};
use super::sent::{self, Sent};
use super::totals::{Quiet, Silence, Wait};
use super::{Record, Seen};
use crate::analysis::lifecycle::{Meaning, Segment, phase::Phase};
use crate::analysis::moment::Moment;
use crate::analysis::tcp::marks::Marks;
use crate::analysis::tcp::{Scale, TcpAnalysis};
use crate::analysis::twin::Print;
use crate::model::side::Side;
use crate::model::tcp::{Header, Segment as Wire};

/// A segment on its way through the steps.
struct Input<'a> {
    at: Moment,
    side: Side,
    /// Whose numbers it acknowledges.
    peer: Side,
    header: Header,
    segment: &'a Segment,
    meaning: &'a Meaning,
    tcp: &'a TcpAnalysis,
    options: Options,
    from_text: bool,
    split: bool,
}

impl Record {
    /// Takes a TCP segment with a whole header, after the analysis and the states did.
    #[inline(never)]
    pub(in crate::analysis) fn segment(
        &mut self,
        seen: &Seen<'_>,
        wire: &Wire<'_>,
        segment: &Segment,
        meaning: &Meaning,
        tcp: &TcpAnalysis,
    ) {
        let Some(header) = wire.header else {
            return;
        };
        let input = Input {
            at: seen.at(),
            side: seen.event.side,
            peer: seen.peer(),
            header,
            segment,
            meaning,
            tcp,
            options: options::read(wire, tcp),
            from_text: seen.from_text,
            split: wire.transport.len > seen.wire_len,
        };
        self.count(seen, &input);
        self.renumber(&input);
        let offset = 4 * usize::from(header.offset);
        let payload = wire.transport.bytes.get(offset..).unwrap_or_default();
        let payload_print = self.twins.payload(payload);
        let mut latest = self.look(&input, payload, payload_print);
        let print = self.twins.print(wire, offset, payload_print);
        let numbered = segment.len > 0 || header.flags.syn() || header.flags.fin();
        let id = seen.packet.identification();
        latest.twin = self.twins.of((input.at, input.side), print, id, numbered);
        if latest.twin.is_some() {
            self.ends[input.side.index()].twice += 1;
            let copies = &mut self.totals.copies;
            copies.take(seen.wire_len, header.offset, segment.len);
        } else if latest.taken && !latest.strange {
            self.hush(&input, &latest);
            latest.fresh = self.learn(&input, &latest);
        } else {
            self.ends[input.side.index()].strange |= latest.strange;
            latest.fresh = segment.len.into();
        }
        let numbers = Numbers {
            start: latest.data,
            peer: input.peer,
            ack: latest.ack,
            highest_ack: self.ends[input.side.other().index()].highest_ack,
            fresh: latest.fresh,
            below: latest.below,
            soon: latest.soon,
            twin: latest.twin.and_then(|twin| twin.place),
        };
        let story = self.story.as_mut();
        let place = story.and_then(|story| story.segment(seen, segment, meaning, &numbers));
        self.twins.push(input.at, print, id, place);
        self.ends[input.side.index()].heard = true;
        self.latest = latest;
        self.states = seen.states;
    }

    /// Takes a segment whose header cannot be read to its end.
    pub(in crate::analysis) fn unread(&mut self, seen: &Seen<'_>) {
        self.begin(seen);
        self.totals.unread += 1;
        if let Some(story) = &mut self.story {
            story.groups.unread(&seen.event);
        }
        self.ends[seen.event.side.index()].heard = true;
    }

    fn begin(&mut self, seen: &Seen<'_>) {
        let totals = &mut self.totals;
        totals.first.get_or_insert(seen.event.frame);
        totals.last = Some(seen.at());
        let absolute = seen.event.time.map(|time| time.nanos_clamped());
        let origin = absolute.zip(seen.now);
        let origin = origin.map(|(now, since)| now.saturating_sub(since.0));
        totals.origin = totals.origin.or(origin);
    }

    fn count(&mut self, seen: &Seen<'_>, input: &Input<'_>) {
        self.begin(seen);
        let totals = &mut self.totals;
        if input.meaning.completes {
            totals.opened = Some(input.at);
        }
        let Some(len) = input.tcp.len else {
            totals.unread += 1;
            return;
        };
        if input.header.flags.fin() || input.header.flags.rst() {
            totals.closing.get_or_insert(input.at.frame);
        }
        totals.packets += 1;
        totals.wire = totals.wire.saturating_add(seen.wire_len.into());
        totals.headers += 4 * u64::from(input.header.offset);
        totals.payload += u64::from(len);
        totals.split |= input.split;
        totals.mixed |= input.tcp.marks.any(Marks::PORT_REUSED);
        totals.unscaled |= input.tcp.scale == Scale::Unknown && !input.header.flags.syn();
    }

    /// Forgets the numbers of an end that begins anew.
    fn renumber(&mut self, input: &Input<'_>) {
        if input.header.flags.syn() && input.tcp.marks.any(Marks::PORT_REUSED) {
            let (own, other) = pair(&mut self.ends, input.side);
            own.restart(input.header.seq, input.tcp.seq);
            other.highest_ack = None;
        }
    }

    /// Places the numbers of a segment, before anything is learned from it.
    fn look(&mut self, input: &Input<'_>, payload: &[u8], print: Print) -> Latest {
        let first = self.ends.iter().all(|end| !end.heard);
        let (own, other) = pair(&mut self.ends, input.side);
        let flags = input.header.flags;
        let plain = !flags.syn() && !flags.rst();
        if own.next.is_none()
            && let Some(start) = own.line.place(input.header.seq)
            && own.line.far(start)
        {
            // What was acknowledged before is of another numbering.
            own.line = super::line::Line::default();
            other.highest_ack = None;
        }
        let start = own.line.place_or(input.header.seq, input.tcp.seq);
        // Where a socket talks to itself, the other end keeps what it acknowledges of its own.
        let itself = input.peer == input.side;
        let of_peer = if itself { &mut *own } else { &mut *other };
        let ack = flags
            .ack()
            .then(|| of_peer.line.place_or(input.header.ack, input.tcp.ack));
        let far = of_peer.next.is_some() && ack.is_some_and(|ack| of_peer.line.far(ack));
        let strange = plain && ((own.next.is_some() && own.line.far(start)) || far);
        let on_syn = own.syn_at(start).filter(|_| plain);
        let low = on_syn.is_none() && own.next.is_some_and(|next| start < next);
        let whole = u32::try_from(payload.len()).is_ok_and(|len| len == input.segment.len);
        Latest {
            at: input.at,
            side: input.side,
            peer: input.peer,
            first,
            twin: None,
            strange,
            taken: input.tcp.len.is_some(),
            start,
            data: start + i64::from(flags.syn()),
            len: input.segment.len,
            ack,
            echo: input.options.echo.filter(|_| flags.ack()),
            fresh: 0,
            below: low && input.segment.len > 0,
            split: input.split,
            on_syn,
            soon: own.overtakes(input.at),
            probe: input.meaning.probe,
            answers: other.probes.latest.filter(|_| input.meaning.answers),
            print: (whole && !payload.is_empty()).then_some(print),
            head: sent::head(payload),
            before: Before {
                heard: own.heard,
                next: own.next,
                lowest: own.lowest,
                highest_ack: [&*own, &*other][usize::from(itself)].highest_ack,
                window: own.windows.latest,
                states: self.states,
            },
        }
    }

    /// Learns what a segment says of both ends; how many of its payload bytes are new.
    fn learn(&mut self, input: &Input<'_>, latest: &Latest) -> u64 {
        let (own, other) = pair(&mut self.ends, input.side);
        let (header, at) = (input.header, input.at);
        let flags = header.flags;
        own.first.get_or_insert(at);
        if flags.rst() {
            own.reset(latest);
            return 0;
        }
        if !flags.syn() && !flags.ack() {
            // No connection takes it (RFC 9293, 3.10.7.4), and no answer counts its numbers.
            own.strange |= flags.fin() || latest.len > 0;
            return 0;
        }
        if flags.syn() {
            self.totals.mixed |= call(own, latest.start, input);
        }
        let (syn, fin) = (i64::from(flags.syn()), i64::from(flags.fin()));
        let end = latest.data_end() + fin;
        if flags.fin() && own.fin.is_none() {
            own.fin = Some(Fin {
                at,
                seq: input.tcp.seq,
                len: latest.len,
                number: header.seq.plus(u32::from(flags.syn())).plus(latest.len),
                place: latest.data_end(),
                ack: None,
            });
        }
        let mut fresh = 0;
        let takes = latest.len > 0 || syn + fin > 0;
        if input.meaning.probe && own.next.is_some_and(|next| end <= next) {
            own.probes.with_byte += u64::from(latest.len > 0);
        } else if takes {
            let sent = Sent {
                at,
                start: latest.start,
                data: latest.data,
                len: latest.len,
                end,
                split: latest.split,
                stamp: input.options.stamp,
                refused: false,
                print: latest.print,
                head: latest.head,
            };
            let marked = input.tcp.marks.any(Marks::SENT_AGAIN);
            fresh = own.send(&sent, flags.fin(), marked, other);
        } else {
            own.extend(latest.start);
        }
        if let Some(timing) = other.timing.as_mut().filter(|_| latest.len > 0) {
            timing.nagle.interrupted();
        }
        if input.meaning.probe {
            own.probes.count += 1;
            own.probes.window += u64::from(input.meaning.phase == Phase::Window);
            own.probes.latest = Some(at.frame);
        }
        if input.meaning.answers && input.meaning.phase == Phase::Window {
            other.probes.window_answered += 1;
        }
        if let Some(ack) = latest.ack {
            let (by, of) = match input.peer == input.side {
                true => (&mut *other, &mut *own),
                false => (&mut *own, &mut *other),
            };
            acknowledge(by, of, input, latest, ack, !takes);
        }
        own.windows.offer(input.tcp.window, at);
        let duplicate = input.tcp.duplicate;
        let duplicate = duplicate.filter(|_| input.tcp.marks.any(Marks::DUP_ACK));
        if let Some((duplicate, ack)) = duplicate.zip(latest.ack) {
            own.duplicate = Some((ack, duplicate.number, at.frame));
        }
        fresh
    }

    /// Notes how long it was still before a segment, and what is waited for after it.
    fn hush(&mut self, input: &Input<'_>, latest: &Latest) {
        let quiet = self.totals.quiet;
        // What data ends was a wait for a user or a program, which the packets do not show.
        let flags = input.header.flags;
        let given_up = latest.len == 0 && (flags.fin() || flags.rst() || latest.probe);
        let idle = quiet.wait != Wait::Unknown && given_up;
        if let Some(from) = quiet.at.filter(|_| idle)
            && let Some(lasted) = input.at.since(from)
            && self.totals.silence.is_none_or(|it| lasted > it.lasted)
        {
            self.totals.silence = Some(Silence {
                from,
                to: input.at,
                lasted,
                wait: quiet.wait,
            });
        }
        self.totals.quiet = Quiet {
            at: Some(input.at),
            wait: self.awaited(input, latest),
        };
    }

    /// What is waited for after a segment.
    fn awaited(&self, input: &Input<'_>, latest: &Latest) -> Wait {
        let totals = &self.totals;
        let flags = input.header.flags;
        if latest.len > 0 || flags.syn() || totals.closing.is_some() || totals.opened.is_none() {
            return Wait::Unknown;
        }
        let side = input.side;
        let (own, other) = (self.end(side), self.end(side.other()));
        let Some(asked) = other.data.last else {
            return match own.data.last {
                None => Wait::Both,
                Some(_) => Wait::Unknown,
            };
        };
        let latest_data = own.data.last.is_none_or(|own| own.frame < asked.frame);
        let settled = own
            .data
            .end
            .is_none_or(|end| other.highest_ack.is_some_and(|(number, _)| number >= end));
        match latest_data && settled && other.next == latest.ack {
            true => Wait::Answer(side.other()),
            false => Wait::Unknown,
        }
    }
}

/// The end that sent a segment, and the other one.
fn pair([first, second]: &mut [End; 2], side: Side) -> (&mut End, &mut End) {
    match side {
        Side::First => (first, second),
        Side::Second => (second, first),
    }
}

/// Takes a SYN or SYN-ACK at its place; whether it belongs to another connection than the first one.
fn call(own: &mut End, place: i64, input: &Input<'_>) -> bool {
    let (header, tcp) = (input.header, input.tcp);
    own.asked = Some(input.at.frame);
    let found = Syn {
        frame: input.at.frame,
        time: input.at.time.map(|time| time.0),
        isn: header.seq,
        place,
        seq: tcp.seq,
        ack: tcp.ack,
        raw_ack: header.ack,
        flags: header.flags,
        mss: input.options.mss,
        complete: tcp.complete,
        from_text: input.from_text,
    };
    if own.syn.get_or_insert(found).isn != header.seq {
        return true;
    }
    if own.calls.len() < super::end::COPIES {
        own.calls.push(input.at);
    }
    false
}

fn acknowledge(
    own: &mut End,
    other: &mut End,
    input: &Input<'_>,
    latest: &Latest,
    ack: i64,
    pure: bool,
) {
    if input.header.flags.syn()
        && let Some(syn) = other.syn
        && ack == syn.place + 1
    {
        other.log.refuse(syn.place);
    }
    let covered = other.acknowledged((ack, input.tcp.ack), latest.echo, input.at, pure);
    if let Some(timing) = &mut own.timing {
        let lowest = other.lowest.unwrap_or(ack);
        let from = own.highest_ack.map_or(lowest, |it| it.0);
        let bytes = other.held.held(from, ack);
        timing.acks.note(covered, bytes, input.at, pure);
    }
    if own.highest_ack.is_none_or(|(number, _)| ack > number) {
        own.highest_ack = Some((ack, input.at.frame));
    }
}
