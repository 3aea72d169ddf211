//! What is said of the datagrams of every capture of the corpus, held against the datagrams.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::IpAddr;

use netlab::analysis::AnalyzerOptions;
use netlab::model::packet::Content;
use netlab::model::time::Timestamp;
use netlab::pipeline::Pipeline;

use crate::support::sources;

/// An address and a port.
type End = (IpAddr, u16);

/// Datagrams by their ends, identification and bytes, to know those that are in a capture twice.
#[derive(Default)]
struct Copies(HashMap<([End; 2], u16, Vec<u8>), i128>);

impl Copies {
    /// Whether a datagram is an earlier one once more: the same identification, which is not 0,
    /// and the same bytes within 10 ms.
    fn is_one(
        &mut self,
        ends: [End; 2],
        (id, bytes): (u16, &[u8]),
        time: Option<Timestamp>,
    ) -> bool {
        let time = time.map_or(0, |time| time.since(Timestamp::default()).0);
        let bytes = [&bytes[..6], &bytes[8..]].concat();
        match self.0.entry((ends, id, bytes)) {
            Entry::Occupied(first) => id != 0 && (time - first.get()).abs() <= 10_000_000,
            Entry::Vacant(place) => {
                place.insert(time);
                false
            }
        }
    }
}

#[test]
#[ignore = "needs ../shared"]
fn never_are_more_requests_without_a_reply_than_requests_more_than_replies() {
    let sources = sources();
    let (mut conversations, mut unanswered, mut twice) = (0_u64, 0_u64, 0_u64);
    for (path, mut source) in sources {
        let mut pipeline = Pipeline::new(AnalyzerOptions {
            summaries: usize::MAX,
            ..AnalyzerOptions::default()
        });
        // Who sent each datagram, counted here from the bytes of the packets alone.
        let mut sent: HashMap<[End; 2], Vec<End>> = HashMap::new();
        let mut copies = Copies::default();
        while let Ok(Some(frame)) = source.next_frame() {
            let row = pipeline.push(&frame);
            if let (Content::Udp(udp), Some(from), Some(to)) = (
                &row.packet.content,
                row.packet.source.ip(),
                row.packet.destination.ip(),
            ) && row.analysis.conversation.is_some()
            {
                let from = (from, udp.source_port);
                let mut ends = [from, (to, udp.destination_port)];
                ends.sort_unstable();
                let id = row.packet.identification().unwrap_or_default();
                if copies.is_one(ends, (id, udp.transport.bytes), frame.time) {
                    continue;
                }
                sent.entry(ends).or_default().push(from);
            }
        }
        for conversation in pipeline.analyzer().conversations() {
            let udp = conversation.record().and_then(|record| record.udp());
            let client = conversation.lifecycle.roles().client();
            let (Some(udp), Some(client)) = (udp, client) else {
                continue;
            };
            let outcome = udp.outcome();
            let mut ends = conversation.ends().map(|end| (end.ip, end.port));
            let client = ends[client.index()];
            ends.sort_unstable();
            let Some(sent) = sent.get(&ends) else {
                continue;
            };
            // What came before the first request answers none.
            let first = sent.iter().position(|end| *end == client);
            let sent = &sent[first.unwrap_or(sent.len())..];
            let requests = sent.iter().filter(|end| **end == client).count() as u64;
            let replies = sent.len() as u64 - requests;
            let stream = conversation.stream;
            assert_eq!(outcome.requests, requests, "{path} udp:{stream}");
            twice += outcome.twice;
            assert!(
                outcome.unanswered <= (requests + outcome.doubled).saturating_sub(replies),
                "{path} udp:{stream}: {outcome:?}, {replies} replies"
            );
            conversations += 1;
            unanswered += outcome.unanswered;
        }
    }
    println!(
        "{conversations} UDP conversations, {unanswered} requests without a reply, {twice} datagrams captured twice"
    );
    assert!(conversations > 1000 && unanswered > 100);
}
