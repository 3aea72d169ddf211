//! Values beside the row, of packets that tshark reads only in part. What is expected is what
//! tshark has in its fields for the same bytes.

use netlab::analysis::AnalyzerOptions;
use netlab::analysis::row::Row;
use netlab::model::frame::Frame;
use netlab::model::time::Timestamp;
use netlab::pipeline::Pipeline;
use netlab::report::columns::{self, CellOptions};

use super::build::{datagram, ethernet, v4};
use super::frame;

const ACK: u8 = 0x10;

/// A row's cells in the columns asked for, separated by spaces; `-` for an empty one.
fn cells(row: &Row<'_>, names: &[&str]) -> String {
    let cell = |name: &&str| {
        let mut out = Vec::new();
        let column = columns::find(name).unwrap();
        (column.write)(row, &CellOptions::default(), &mut out);
        match out.is_empty() {
            true => "-".to_owned(),
            false => String::from_utf8(out).unwrap(),
        }
    };
    names.iter().map(cell).collect::<Vec<_>>().join(" ")
}

/// The cells of frames that come one second after the other.
fn told(frames: &[Vec<u8>], names: &[&str]) -> Vec<String> {
    let mut pipeline = Pipeline::new(AnalyzerOptions::default());
    let mut second = 0;
    let rows = frames.iter().map(|bytes| {
        second += 1;
        let frame = Frame {
            time: Some(Timestamp::new(second, 0)),
            ..frame(1, bytes)
        };
        cells(&pipeline.push(&frame), names)
    });
    rows.collect()
}

/// A TCP segment with ACK from 10.0.0.1 to 10.0.0.2, port 5050; with `back`, one the other way.
/// `offset` is the header length that it claims, in words.
fn segment(back: bool, (seq, ack): (u32, u32), offset: u8, behind: &[u8]) -> Vec<u8> {
    let ports: &[u8] = match back {
        false => &[0x9c, 0x40, 0x13, 0xba],
        true => &[0x13, 0xba, 0x9c, 0x40],
    };
    let rest: &[u8] = &[offset << 4, ACK, 2, 0, 0, 0, 0, 0];
    let tcp = [ports, &seq.to_be_bytes(), &ack.to_be_bytes(), rest, behind].concat();
    let mut packet = v4(6, &tcp);
    if back {
        packet[12..20].rotate_left(4);
    }
    ethernet(0x0800, &packet)
}

#[test]
fn a_quoted_datagram_does_not_count_in_the_times_of_its_stream() {
    let sent = ethernet(0x0800, &v4(17, &datagram(b"data")));
    let quoted = v4(17, &datagram(b"data"));
    let message = [&[3, 3, 0, 0, 0, 0, 0, 0], quoted.as_slice()].concat();
    let frames = [sent.clone(), ethernet(0x0800, &v4(1, &message)), sent];
    assert_eq!(
        told(&frames, &["stream", "stream_time", "stream_delta"]),
        [
            "0 0.000000000 0.000000000",
            "0 - -",
            "0 2.000000000 2.000000000"
        ]
    );
}

#[test]
fn sack_blocks_are_forgotten_with_the_next_packet_although_it_is_malformed() {
    let sack = |left: u32, right: u32| {
        let kind: &[u8] = &[1, 1, 5, 10];
        [kind, &left.to_be_bytes(), &right.to_be_bytes()].concat()
    };
    let frames = [
        segment(false, (1000, 1), 5, &[0; 100]),
        segment(true, (1, 1000), 8, &sack(1010, 1020)),
        segment(false, (1100, 1), 5, &[0; 50]),
        // Shorter than its header.
        segment(true, (1, 1000), 15, &[]),
        segment(false, (1150, 1), 5, &[0; 50]),
    ];
    assert_eq!(
        told(&frames, &["bytes_in_flight"]),
        ["-", "-", "140", "-", "200"]
    );
}

#[test]
fn behind_a_header_length_that_cannot_be_there_are_no_fields() {
    let frames = [
        segment(false, (1000, 1), 3, &[]),
        segment(false, (1000, 1), 5, &[]),
    ];
    let names = [
        "seq",
        "flags",
        "ack",
        "ack_raw",
        "window",
        "window_raw",
        "scale",
    ];
    assert_eq!(
        told(&frames, &names),
        ["1 - - - - - -", "1 0x0010 1 1 512 512 -1"]
    );
}
