//! What is said of the datagrams of every capture of the corpus, held against the datagrams.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::net::IpAddr;

use netlab::analysis::AnalyzerOptions;
use netlab::analysis::facts::udp::Stream;
use netlab::model::packet::Content;
use netlab::model::time::Timestamp;
use netlab::pipeline::Pipeline;
use netlab::source::file::FileSource;

use crate::support::{corpus, sources};
use crate::sweep_raw::broken;
use crate::sweep_raw::raw::Ip;

/// An address and a port.
type End = (IpAddr, u16);

/// The sender, the receiver, the identification and the bytes of the UDP datagram in a frame.
fn datagram(link: u32, frame: &[u8]) -> Option<([End; 2], u16, &[u8])> {
    let ip = Ip::read(u16::try_from(link).ok()?, frame, 17)?;
    let address = |bytes: &[u8]| match bytes.len() {
        4 => Some(IpAddr::from(<[u8; 4]>::try_from(bytes).ok()?)),
        _ => Some(IpAddr::from(<[u8; 16]>::try_from(bytes).ok()?)),
    };
    let port = |at: usize| {
        Some(u16::from_be_bytes([
            *ip.bytes.get(at)?,
            *ip.bytes.get(at + 1)?,
        ]))
    };
    let ends = [(address(ip.from)?, port(0)?), (address(ip.to)?, port(2)?)];
    (ip.bytes.len() >= 8).then_some((ends, ip.id, ip.bytes))
}

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
    let [conversations, unanswered] = never_more(sources());
    assert!(conversations > 1000 && unanswered > 100);
}

#[test]
#[ignore = "needs ../shared"]
fn the_same_holds_of_broken_captures() {
    let [conversations, unanswered] = never_more(broken(corpus(), 1..3));
    assert!(conversations > 1000 && unanswered > 100);
}

/// Checks it in all captures: how many conversations that were, and requests without a reply.
#[expect(clippy::print_stdout, reason = "a test says how much it checked")]
fn never_more(sources: impl Iterator<Item = (String, FileSource)>) -> [u64; 2] {
    let (mut conversations, mut unanswered, mut twice) = (0_u64, 0_u64, 0_u64);
    let mut streams = 0_u64;
    for (path, mut source) in sources {
        let mut pipeline = Pipeline::new(AnalyzerOptions {
            summaries: usize::MAX,
            ..AnalyzerOptions::default()
        });
        // Who sent each datagram, counted here from the bytes of the packets alone.
        let mut sent: HashMap<[End; 2], Vec<(End, u8)>> = HashMap::new();
        let mut copies = Copies::default();
        let mut odd = HashSet::new();
        while let Ok(Some(frame)) = source.next_frame() {
            let row = pipeline.push(&frame);
            let id = row.analysis.conversation;
            let Some(id) = id.filter(|_| matches!(row.packet.content, Content::Udp(_))) else {
                continue;
            };
            // A fragment, a tunnel, a rare link: nothing is said here of its conversation.
            let Some((mut ends, number, bytes)) = datagram(frame.link.0, frame.bytes) else {
                odd.insert(id.0);
                continue;
            };
            let from = ends[0];
            ends.sort_unstable();
            if !copies.is_one(ends, (number, bytes), frame.time) {
                let first = bytes.get(8).copied().unwrap_or(0);
                sent.entry(ends).or_default().push((from, first));
            }
        }
        let all = (0_u32..).zip(pipeline.analyzer().conversations());
        for (_, conversation) in all.filter(|(id, _)| !odd.contains(id)) {
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
            if let Some(stream) = udp.stream() {
                // RTP, RTCP and long headers of QUIC have the first bit set in their first byte.
                let headers = sent.iter().filter(|(_, first)| first & 0x80 != 0).count();
                let needed = if stream == Stream::Rtp { 3 } else { 1 };
                assert!(headers >= needed, "{path}: {stream:?}");
                assert_eq!(outcome.requests + outcome.replies, 0, "{path}: {stream:?}");
                streams += 1;
                continue;
            }
            let sent: Vec<End> = sent.iter().map(|(end, _)| *end).collect();
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
        "{conversations} UDP conversations, {unanswered} requests without a reply, {twice} datagrams captured twice, {streams} streams"
    );
    [conversations, unanswered]
}
