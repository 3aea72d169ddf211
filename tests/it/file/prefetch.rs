//! Prefetching: the frames that are seen before they come are those that come, and no row depends on it.

use netlab::analysis::AnalyzerOptions;
use netlab::model::frame::Frame;
use netlab::pipeline::Pipeline;

use super::build::{Order, packet, usual};
use super::open;
use crate::support::sources;

/// What a frame is without its number, which is not known before it comes.
fn outline(frame: &Frame<'_>) -> String {
    format!("{:?}", Frame { no: 0, ..*frame })
}

#[test]
#[ignore = "needs ../shared"]
fn upcoming_frames_are_those_that_come() {
    const SEEN: usize = 5;
    let captures = sources();
    let mut compared = 0;
    for (path, mut source) in captures {
        for _ in 0..200 {
            let seen: Vec<String> = source
                .upcoming()
                .take(SEEN)
                .map(|it| outline(&it))
                .collect();
            let mut came = Vec::new();
            while came.len() < SEEN
                && let Ok(Some(frame)) = source.next_frame()
            {
                came.push(outline(&frame));
            }
            assert!(came.starts_with(&seen), "{path}");
            compared += seen.len();
        }
    }
    assert!(compared > 10_000, "only {compared} were compared");
}

/// A segment of one of many connections, each with numbers of its own.
fn segment(connection: u16, step: u32) -> Vec<u8> {
    let to_server = step.is_multiple_of(2);
    let (client, server) = ([10, 0, 0, 1], [10, 0, 0, 2]);
    let ends = if to_server {
        [client, server]
    } else {
        [server, client]
    };
    let ports = match to_server {
        true => [10_000 + connection, 7],
        false => [7, 10_000 + connection],
    };
    let base = u32::from(connection) * 1_000;
    // SYN, SYN-ACK, then a byte of data in each direction by turns.
    let sent = |to_server: bool| base + 1 + (step.saturating_sub(u32::from(to_server) + 1)) / 2;
    let (seq, ack, flags, payload): (u32, u32, u8, &[u8]) = match step {
        0 => (base, 0, 0x02, b""),
        1 => (base, base + 1, 0x12, b""),
        _ => (sent(to_server), sent(!to_server), 0x18, b"x"),
    };
    let total = u16::try_from(40 + payload.len()).unwrap();
    [
        &[2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0],
        total.to_be_bytes().as_slice(),
        &[0, 1, 0, 0, 64, 6, 0, 0],
        &ends[0],
        &ends[1],
        &ports[0].to_be_bytes(),
        &ports[1].to_be_bytes(),
        &seq.to_be_bytes(),
        &ack.to_be_bytes(),
        &[0x50, flags, 0x20, 0, 0, 0, 0, 0],
        payload,
    ]
    .concat()
}

#[test]
fn rows_and_conversations_are_the_same_with_a_prefetch() {
    const CONNECTIONS: u16 = 4_000;
    let mut file = usual();
    for step in 0..6 {
        for connection in 0..CONNECTIONS {
            let bytes = segment(connection, step);
            file.extend(packet(Order::Little, step, connection.into(), &[], &bytes));
        }
    }
    let mut source = open(&file).unwrap();
    let pipeline = || Pipeline::new(AnalyzerOptions::default());
    let (mut prefetching, mut plain) = (pipeline(), pipeline());
    let mut fetched = 0;
    loop {
        fetched += u32::from(prefetching.prefetch(|| source.upcoming()));
        let Some(frame) = source.next_frame().unwrap() else {
            break;
        };
        let (with, without) = (prefetching.push(&frame), plain.push(&frame));
        assert_eq!(format!("{with:?}"), format!("{without:?}"));
    }
    assert!(fetched > 500, "nothing was fetched: {fetched}");
    let conversations = plain.analyzer().conversations();
    assert_eq!(conversations.len(), usize::from(CONNECTIONS));
    assert_eq!(
        format!("{:?}", prefetching.analyzer().conversations()),
        format!("{conversations:?}")
    );
}
