//! Files that end too early or were changed: the whole packets before, never more, never a panic,
//! and no hang.

use std::io::{Cursor, Read, Result};

use netlab::source::error::SourceError;
use netlab::source::file::{Ending, FileSource};

use super::build::{Order, UDP, block, enhanced, interface, packet, section, usual};
use super::{corpus, drain, open, read, shared, whole};

/// Gives one byte at a time, as a slow pipe does.
struct Trickle(Cursor<Vec<u8>>);

impl Read for Trickle {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let room = buffer.len().min(1);
        self.0.read(&mut buffer[..room])
    }
}

/// The length of a part of a file, and whether it is a frame.
type Part = (usize, bool);

/// A file, the length of its header, and its other parts.
fn samples() -> Vec<(Vec<u8>, usize, Vec<Part>)> {
    let order = Order::Little;
    let mut file = usual();
    let mut parts = Vec::new();
    for secs in 1..5 {
        let record = packet(order, secs, 0, &[], &UDP[..30 + secs as usize]);
        parts.push((record.len(), true));
        file.extend(record);
    }
    let classic = (file, 24, parts);
    let mut file = section(order, (1, 0), &[]);
    let header = file.len();
    let mut parts = Vec::new();
    for (part, is_frame) in [
        (interface(order, 1, 0, &[]), false),
        (enhanced(order, 0, 1, &UDP), true),
        (block(order, 0x99, &[1; 10]), false),
        (enhanced(order, 0, 2, &UDP[..33]), true),
        (enhanced(order, 0, 3, &UDP), true),
    ] {
        parts.push((part.len(), is_frame));
        file.extend(part);
    }
    vec![classic, (file, header, parts)]
}

#[test]
fn cut_anywhere_the_whole_packets_before_remain() {
    for (file, header, parts) in samples() {
        let all = whole(&file);
        for len in 0..file.len() {
            let piece = &file[..len];
            if len < header {
                let error = open(piece).err().expect("no header, no capture");
                assert!(
                    matches!(
                        error,
                        SourceError::Empty { .. }
                            | SourceError::CutHeader { .. }
                            | SourceError::NotACapture { .. }
                    ),
                    "{len}: {error}"
                );
                continue;
            }
            let (mut at, mut frames) = (header, 0);
            for (size, is_frame) in &parts {
                if at + size > len {
                    break;
                }
                at += size;
                frames += usize::from(*is_frame);
            }
            let (found, ending) = read(piece);
            assert_eq!(found, all[..frames], "cut at {len}");
            let expected = if at == len {
                Ending::Complete
            } else {
                Ending::CutAt { offset: len as u64 }
            };
            assert_eq!(ending, expected, "cut at {len}");
        }
    }
}

#[test]
fn a_slow_pipe_gives_what_a_file_gives() {
    for (file, _, _) in samples() {
        let input = Box::new(Trickle(Cursor::new(file.clone())));
        let mut source = FileSource::from_reader("-", input, None).unwrap();
        assert_eq!(drain(&mut source).unwrap(), read(&file));
    }
}

/// What a file claims must not be believed: 128 MiB of a packet that is not there.
#[test]
fn a_claim_of_much_reserves_nothing() {
    let mut file = super::build::pcap(Order::Little, 0xa1b2_3c4d, (2, 4), 0, 249);
    file.extend(Order::Little.u32s(&[1, 0, 128 << 20, 128 << 20]));
    file.extend([0; 100]);
    let (frames, ending) = read(&file);
    assert!(frames.is_empty());
    assert_eq!(ending, Ending::CutAt { offset: 140 });
}

/// A generator of numbers that are the same in every run (Knuth's linear congruence).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

#[test]
#[ignore = "needs ../shared"]
fn changed_bytes_do_no_harm() {
    let mut files = corpus();
    files.extend(
        std::fs::read_dir(shared("malformed"))
            .unwrap()
            .map(|entry| entry.unwrap().path()),
    );
    let mut numbers = Numbers(1);
    for path in files {
        let original = std::fs::read(&path).unwrap();
        let original = &original[..original.len().min(20_000)];
        if original.is_empty() {
            continue;
        }
        for round in 0..12 {
            let mut file = original.to_vec();
            for _ in 0..=round {
                let place = numbers.below(file.len());
                // Headers and the start of a packed stream matter most.
                let place = if round % 3 == 0 {
                    place.min(numbers.below(200))
                } else {
                    place
                };
                let last = file.len() - 1;
                file[place.min(last)] = u8::try_from(numbers.below(256)).unwrap();
            }
            let Ok(mut source) = open(&file) else {
                continue;
            };
            let packed = source.facts().compression.name();
            let mut count = 0_usize;
            while let Ok(Some(frame)) = source.next_frame() {
                count += 1;
                assert!(frame.bytes.len() <= 128 << 20);
                // Twelve bytes are the least that a frame takes; packed ones may take fewer.
                let most = if packed.is_empty() {
                    file.len() / 12
                } else {
                    20_000_000
                };
                assert!(count <= most, "{}", path.display());
            }
        }
    }
}
