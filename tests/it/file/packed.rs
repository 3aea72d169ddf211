//! Compressed captures and standard input.

use std::fs::File;
use std::io::{Cursor, Write};
use std::process::Stdio;

use flate2::Compression as Level;
use flate2::write::GzEncoder;
use netlab::source::error::SourceError;
use netlab::source::file::{Compression, Ending, FileSource};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::build::{Order, UDP, enhanced, interface, packet, section, usual};
use super::{Kept, drain, open, read, whole};
use crate::support::{netlab, root};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Level::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(Cursor::new(bytes.to_vec()), CompressionLevel::Fastest)
}

fn lz4(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = lz4_flex::frame::FrameEncoder::new(Vec::new());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

type Packer = fn(&[u8]) -> Vec<u8>;

const PACKERS: [(Packer, Compression); 3] = [
    (gzip, Compression::Gzip),
    (zstd, Compression::Zstd),
    (lz4, Compression::Lz4),
];

/// A pcap and a pcapng file, both larger than any buffer between.
fn samples() -> [Vec<u8>; 2] {
    let order = Order::Little;
    let mut classic = usual();
    let mut blocks = section(order, (1, 0), &[]);
    blocks.extend(interface(order, 1, 0, &[]));
    for count in 0..8000_u32 {
        let len = 20 + (count as usize * 7) % 23;
        classic.extend(packet(order, count, 0, &[], &UDP[..len]));
        blocks.extend(enhanced(order, 0, u64::from(count), &UDP[..len]));
    }
    [classic, blocks]
}

#[test]
fn each_compression_is_recognized_and_unpacked() {
    for file in samples() {
        let expected = whole(&file);
        for (pack, compression) in PACKERS {
            let packed = pack(&file);
            let mut source = open(&packed).unwrap();
            assert_eq!(source.facts().compression, compression);
            let (frames, ending) = drain(&mut source).unwrap();
            assert_eq!(ending, Ending::Complete, "{compression:?}");
            assert!(frames == expected, "{compression:?}");
            // Parts that were packed one by one.
            let (left, right) = file.split_at(file.len() / 3);
            let parts = [pack(left), pack(right)].concat();
            assert!(whole(&parts) == expected, "{compression:?} in two parts");
        }
    }
}

#[test]
fn a_packed_file_that_is_cut_keeps_what_can_be_unpacked() {
    for file in samples() {
        let expected = whole(&file);
        for (pack, compression) in PACKERS {
            let packed = pack(&file);
            for len in [packed.len() / 2, packed.len() - 20, packed.len() - 1] {
                let Ok(mut source) = open(&packed[..len]) else {
                    // A single zstd block may hold all of it.
                    assert!(len < packed.len() - 1, "{compression:?}");
                    continue;
                };
                let (frames, ending) = drain(&mut source).unwrap();
                assert_eq!(frames, expected[..frames.len()], "{compression:?}");
                let whole_but_checksum = frames.len() == expected.len();
                assert!(
                    matches!(ending, Ending::CutAt { .. }) || whole_but_checksum,
                    "{compression:?} cut at {len}: {ending:?}"
                );
            }
        }
    }
}

#[test]
fn rubbish_in_a_packed_file_is_damage() {
    for (pack, compression) in PACKERS {
        let mut packed = pack(&samples()[0]);
        packed.extend_from_slice(b"something else after the end");
        let (frames, ending) = read(&packed);
        assert_eq!(frames.len(), 8000, "{compression:?}");
        assert!(
            matches!(ending, Ending::DamagedAt { .. }),
            "{compression:?}"
        );
        let error = open(&pack(b"this is no capture at all")).err();
        assert!(matches!(error, Some(SourceError::NotACapture { .. })));
        let twice = open(&pack(&pack(&samples()[0]))).err();
        assert!(matches!(twice, Some(SourceError::NotACapture { .. })));
    }
}

#[test]
fn standard_input_is_read_as_a_file_is() {
    let path = root().join("captures/echo-log.pcap");
    let original = std::fs::read(&path).unwrap();
    let rows = |input: Stdio| {
        let output = netlab()
            .args(["replay", "-", "-T", "tsv"])
            .stdin(input)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        output.stdout
    };
    let expected = rows(File::open(&path).unwrap().into());
    assert!(expected.iter().filter(|byte| **byte == b'\n').count() == 12);
    for bytes in [
        original.clone(),
        gzip(&original),
        zstd(&original),
        lz4(&original),
    ] {
        let mut child = netlab()
            .args(["replay", "-", "-T", "tsv"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(&bytes).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.stdout, expected);
    }
}

/// A pipe whose writer waits for the answer to each packet: no frame may wait for the next one.
#[test]
fn a_frame_does_not_wait_for_the_one_after_it() {
    let (reader, mut writer) = std::io::pipe().unwrap();
    writer.write_all(&usual()).unwrap();
    let mut source = FileSource::from_reader("-", Box::new(reader), None).unwrap();
    for secs in 1..4 {
        let record = packet(Order::Little, secs, 0, &[], &UDP);
        writer.write_all(&record).unwrap();
        let frame = source.next_frame().unwrap().expect("a frame");
        assert_eq!(frame.time.unwrap().secs(), i64::from(secs));
    }
    drop(writer);
    let rest: (Vec<Kept>, Ending) = drain(&mut source).unwrap();
    assert_eq!(rest, (vec![], Ending::Complete));
}
