//! The latency ledger: where the time of each message went, from the send to the recv that
//! returned its last byte.

use super::facts::{Facts, moved};
use crate::analysis::conversation::Protocol;
use crate::lab::{Evidence, Seen, Talk};
use crate::model::call::SocketCall;
use crate::model::time::Timestamp;
use crate::text::phrase::phrase;
use crate::text::quantity::{bytes, span};
use crate::text::{Lang, ui};

/// The most messages that are listed.
const MESSAGES: usize = 1000;

/// A line for each message of which the send, the packets and the recv are known.
pub fn ledger(seen: &Evidence, lang: Lang) -> Vec<String> {
    let facts = Facts::new(seen, false, lang);
    let mut lines = Vec::new();
    for (index, talk) in seen.talks.iter().enumerate() {
        if talk.protocol == Protocol::Tcp && facts.is_only(talk) {
            for to_server in [true, false] {
                way(&facts, index, talk, to_server, &mut lines);
            }
        }
    }
    lines.sort_by_key(|(began, _)| *began);
    lines.truncate(MESSAGES);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The messages of one direction of a connection.
fn way(
    facts: &Facts<'_>,
    index: usize,
    talk: &Talk,
    to_server: bool,
    lines: &mut Vec<(Timestamp, String)>,
) {
    let [sends, recvs] = facts.moves(talk, to_server);
    let data = |it: &&Seen| it.to_server() == to_server && it.payload_len() > 0;
    let segments: Vec<&Seen> = facts.seen.of(index).filter(data).collect();
    // Bytes that went over twice cannot be told apart by counting.
    if segments.iter().any(|it| !it.marks().is_empty()) {
        return;
    }
    let size = |it: &&Seen| usize::try_from(it.payload_len()).unwrap_or(0);
    let segments = ends(segments.into_iter(), |it| size(it));
    let recvs = ends(recvs.into_iter(), |it| moved(it));
    for (end, send) in ends(sends.into_iter(), |it| moved(it)) {
        let first = segments.iter().find(|it| it.0 > end - moved(send));
        let last = segments.iter().find(|it| it.0 >= end);
        let recv = recvs.iter().find(|it| it.0 >= end);
        if let (Some((_, first)), Some((_, last)), Some((_, recv))) = (first, last, recv) {
            let acks =
                |it: &&Seen| it.to_server() != to_server && it.acks.is_some_and(|no| no >= last.no);
            let ack = facts.seen.of(index).find(acks);
            let message = Message {
                to_server,
                send,
                first,
                last,
                recv,
                ack,
            };
            lines.push((send.began, message.line(facts)));
        }
    }
}

/// Each thing with the place in the stream at which it ends.
fn ends<T>(things: impl Iterator<Item = T>, size: impl Fn(&T) -> usize) -> Vec<(usize, T)> {
    let mut end = 0_usize;
    things
        .map(|it| {
            end = end.saturating_add(size(&it));
            (end, it)
        })
        .collect()
}

struct Message<'a> {
    to_server: bool,
    send: &'a SocketCall,
    first: &'a Seen,
    last: &'a Seen,
    recv: &'a SocketCall,
    ack: Option<&'a Seen>,
}

impl Message<'_> {
    fn line(&self, facts: &Facts<'_>) -> String {
        let lang = facts.lang;
        let since = |later: Timestamp, earlier: Timestamp| later.since(earlier).nanos_clamped();
        let (first, last) = (facts.time(self.first), facts.time(self.last));
        let (client, server) = (ui::CLIENT.get(lang), ui::SERVER.get(lang));
        let (from, to) = match self.to_server {
            true => (client, server),
            false => (server, client),
        };
        let place = |call: &SocketCall| {
            let place = call.origin.and_then(|it| it.place);
            let place = place.map(|it| format!(" {it}")).unwrap_or_default();
            format!("{}{place}", call.call.name())
        };
        let mut line = format!(
            "{from} → {to}, {}: {}",
            bytes(lang, moved(self.send) as u64),
            place(self.send),
        );
        line.push_str(&step(self.first.no, since(first, self.send.began), lang));
        if self.last.no != self.first.no {
            line.push_str(&step(self.last.no, since(last, first), lang));
        }
        let woken = span(since(self.recv.ended, last), lang);
        let whole = span(since(self.recv.ended, self.send.began), lang);
        line.push_str(&format!(" → +{woken} {} = {whole}", place(self.recv)));
        if let Some(ack) = self.ack {
            let after = span(since(facts.time(ack), last), lang);
            line.push_str(&format!("; {}", acknowledged(lang, ack.no, after)));
        }
        line
    }
}

/// `→ +16 µs #4`
fn step(no: u32, nanos: i64, lang: Lang) -> String {
    format!(" → +{} #{no}", span(nanos, lang))
}

phrase! {
    acknowledged(no, after): "acknowledged by #{no} {after} after its last packet",
        "reconhecido por #{no} {after} depois do seu último pacote";
}
