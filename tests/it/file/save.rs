//! Captures that netlab writes are read back frame by frame, by netlab and by others.

use std::io::{self, Write};
use std::process::Command;
use std::sync::{Arc, Mutex};

use netlab::model::frame::{Frame, LinkType};
use netlab::model::time::Timestamp;
use netlab::source::file::{Ending, FileSource, Format};
use netlab::source::save::{Input, Inputs, SaveError, SaveFormat, Saver};
use netlab::text::Lang;

use super::build::UDP;
use super::malformed::Folder;
use super::{Kept, corpus, drain, open, read, whole};
use crate::support::root;

/// A writer whose bytes can be looked at, and which is full at some point.
#[derive(Clone)]
struct Shared {
    bytes: Arc<Mutex<Vec<u8>>>,
    room: usize,
}

impl Shared {
    fn new(room: usize) -> Self {
        Self {
            bytes: Arc::default(),
            room,
        }
    }

    fn bytes(&self) -> Vec<u8> {
        self.bytes.lock().unwrap().clone()
    }
}

impl Write for Shared {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let mut bytes = self.bytes.lock().unwrap();
        let count = buffer.len().min(self.room - bytes.len());
        if count == 0 && !buffer.is_empty() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        bytes.extend_from_slice(&buffer[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn frame(no: u32, time: Option<Timestamp>, decimals: u8, link: LinkType) -> Frame<'static> {
    Frame {
        no,
        time,
        decimals,
        link,
        interface: 0,
        wire_len: 42,
        bytes: &UDP,
    }
}

fn at(nanos: u32) -> Option<Timestamp> {
    Some(Timestamp::new(1_700_000_000, nanos))
}

const FILE: Input = Input::File { link: None };

fn saved(frames: &[Kept], format: SaveFormat) -> Result<Vec<u8>, SaveError> {
    let out = Shared::new(usize::MAX);
    let mut saver = Saver::to_writer("test", Box::new(out.clone()), format, FILE)?;
    for kept in frames {
        saver.write(&Frame {
            no: kept.no,
            time: kept.time,
            decimals: kept.decimals,
            link: kept.link,
            interface: kept.interface,
            wire_len: kept.wire_len,
            bytes: &kept.bytes,
        })?;
    }
    saver.finish()?;
    Ok(out.bytes())
}

/// What must survive being written: everything but the interface's number.
fn lasting(frames: &[Kept]) -> Vec<(Option<Timestamp>, LinkType, u32, &[u8])> {
    frames
        .iter()
        .filter(|frame| frame.link.0 <= 0xffff)
        .map(|frame| (frame.time, frame.link, frame.wire_len, &frame.bytes[..]))
        .collect()
}

#[test]
#[ignore = "needs ../shared"]
fn the_corpus_survives_being_written() {
    let files = corpus();
    for path in files {
        let name = path.display().to_string();
        let (frames, _) = drain(&mut FileSource::open(&name).unwrap()).unwrap();
        // What the reader takes off in front of a packet is not written again.
        let again = whole(&saved(&frames, SaveFormat::Pcapng).unwrap());
        assert!(lasting(&again) == lasting(&frames), "{name} as pcapng");
        match saved(&frames, SaveFormat::Pcap) {
            Ok(bytes) => {
                let again = whole(&bytes);
                assert!(lasting(&again) == lasting(&frames), "{name} as pcap");
            }
            Err(error) => {
                let several = frames.iter().any(|frame| frame.link != frames[0].link);
                let odd = frames.iter().any(|frame| frame.time.is_none())
                    || frames
                        .iter()
                        .any(|frame| frame.decimals != frames[0].decimals);
                assert!(several || odd, "{name}: {error}");
            }
        }
    }
}

#[test]
fn pcap_takes_one_link_type_and_says_so() {
    let out = Shared::new(usize::MAX);
    let mut saver =
        Saver::to_writer("x.pcap", Box::new(out.clone()), SaveFormat::Pcap, FILE).unwrap();
    saver
        .write(&frame(1, at(5000), 6, LinkType::ETHERNET))
        .unwrap();
    let cases = [
        (frame(2, at(0), 6, LinkType::RAW), "link type"),
        (frame(3, at(1), 9, LinkType::ETHERNET), "nanoseconds"),
        (frame(4, None, 6, LinkType::ETHERNET), "no time"),
        (
            frame(5, Some(Timestamp::new(-1, 0)), 6, LinkType::ETHERNET),
            "1970",
        ),
    ];
    for (unfit, word) in cases {
        let error = saver.write(&unfit).unwrap_err();
        assert!(error.message(Lang::En).contains(word), "{error}");
        assert_ne!(error.message(Lang::En), error.message(Lang::PtBr));
        assert!(error.hint(Lang::En).contains(".pcapng"));
    }
    // What was written before, and what comes after, is there.
    saver
        .write(&frame(6, at(7000), 6, LinkType::ETHERNET))
        .unwrap();
    saver.finish().unwrap();
    assert_eq!(whole(&out.bytes()).len(), 2);
}

#[test]
fn pcapng_takes_every_link_type_resolution_and_packets_without_a_time() {
    let out = Shared::new(usize::MAX);
    let mut saver = Saver::to_writer("x", Box::new(out.clone()), SaveFormat::Pcapng, FILE).unwrap();
    let mut cut = frame(5, None, 6, LinkType::ETHERNET);
    cut.bytes = &UDP[..30];
    let frames = [
        frame(1, at(5000), 6, LinkType::ETHERNET),
        frame(2, at(7), 9, LinkType::RAW),
        frame(3, None, 6, LinkType::ETHERNET),
        frame(4, None, 6, LinkType::RAW),
        cut,
        frame(6, at(5000), 6, LinkType::ETHERNET),
        frame(7, at(999_999_999), 6, LinkType(113)),
    ];
    for frame in &frames {
        saver.write(frame).unwrap();
    }
    saver.finish().unwrap();
    let again = whole(&out.bytes());
    assert_eq!(again.len(), frames.len());
    for (kept, frame) in again.iter().zip(&frames) {
        assert_eq!((kept.time, kept.link), (frame.time, frame.link));
        assert_eq!(kept.wire_len, frame.wire_len);
        assert_eq!(kept.bytes, frame.bytes);
    }
    assert_eq!([again[0].decimals, again[1].decimals], [6, 9]);
}

#[test]
fn a_live_capture_is_whole_after_every_packet() {
    for format in [SaveFormat::Pcap, SaveFormat::Pcapng] {
        let out = Shared::new(usize::MAX);
        let input = Input::Live {
            link: LinkType::LINUX_SLL,
            decimals: 6,
        };
        let mut saver = Saver::to_writer("x", Box::new(out.clone()), format, input).unwrap();
        assert_eq!(whole(&out.bytes()).len(), 0);
        for no in 1..4 {
            saver
                .write(&frame(no, at(no * 1000), 6, LinkType::LINUX_SLL))
                .unwrap();
            assert_eq!(whole(&out.bytes()).len(), no as usize);
        }
        // A program that ends without a word leaves the same.
        std::mem::forget(saver);
        assert_eq!(whole(&out.bytes()).len(), 3);
    }
}

#[test]
fn a_file_without_packets_is_a_capture() {
    let out = Shared::new(usize::MAX);
    let input = Input::File {
        link: Some(LinkType::RAW),
    };
    let saver = Saver::to_writer("x", Box::new(out.clone()), SaveFormat::Pcap, input).unwrap();
    saver.finish().unwrap();
    let source = open(&out.bytes()).unwrap();
    assert_eq!(source.facts().interfaces[0].link, Some(LinkType::RAW));
    assert_eq!(source.facts().format, Format::Pcap);
}

#[test]
fn blocks_that_are_no_packets_are_left_out() {
    let out = Shared::new(usize::MAX);
    let mut saver = Saver::to_writer("x", Box::new(out.clone()), SaveFormat::Pcapng, FILE).unwrap();
    saver
        .write(&frame(1, None, 6, LinkType::PCAPNG_BLOCK))
        .unwrap();
    saver
        .write(&frame(2, at(0), 6, LinkType::ETHERNET))
        .unwrap();
    saver.finish().unwrap();
    assert_eq!(whole(&out.bytes()).len(), 1);
}

#[test]
fn a_full_disk_leaves_what_was_written() {
    // On a pipe nothing can be taken back: the cut packet is the reader's to bear.
    let out = Shared::new(24 + 58 * 2 + 30);
    let input = Input::Live {
        link: LinkType::ETHERNET,
        decimals: 6,
    };
    let mut saver =
        Saver::to_writer("x.pcap", Box::new(out.clone()), SaveFormat::Pcap, input).unwrap();
    let result = (1..9).try_for_each(|no| saver.write(&frame(no, at(0), 6, LinkType::ETHERNET)));
    let error = result.unwrap_err();
    assert!(matches!(error, SaveError::Full { .. }), "{error}");
    let (frames, ending) = read(&out.bytes());
    assert_eq!(frames.len(), 2);
    assert!(matches!(ending, Ending::CutAt { .. }));
}

#[cfg(target_os = "linux")]
#[test]
fn the_full_device_is_told_as_such() {
    let input = Input::Live {
        link: LinkType::ETHERNET,
        decimals: 6,
    };
    let error = Saver::create("/dev/full", input).err().expect("it is full");
    assert!(matches!(error, SaveError::Full { .. }), "{error}");
}

#[test]
fn names_decide_the_format() {
    assert_eq!(SaveFormat::of("a.PCAPNG").unwrap(), SaveFormat::Pcapng);
    assert_eq!(SaveFormat::of("a.pcap").unwrap(), SaveFormat::Pcap);
    assert_eq!(SaveFormat::of("-").unwrap(), SaveFormat::Pcap);
    assert!(matches!(
        SaveFormat::of("a.pcap.gz"),
        Err(SaveError::Compressed { .. })
    ));
    let missing = Saver::create("/nonexistent/x.pcap", FILE).err();
    assert!(matches!(missing, Some(SaveError::Create { .. })));
}

#[cfg(unix)]
#[test]
fn a_file_is_known_by_another_name() {
    let folder = Folder::new("names");
    let (one, link, other) = (folder.file("a"), folder.file("b"), folder.file("c"));
    std::fs::write(&one, b"x").unwrap();
    std::fs::hard_link(&one, &link).unwrap();
    std::fs::write(&other, b"x").unwrap();
    let roundabout = format!("{}/./a", folder.0.display());
    let read = Inputs::of(&[&one]);
    assert!(read.has(&link) && read.has(&roundabout));
    assert!(!read.has(&other) && !read.has("-"));
    assert!(!Inputs::of(&["/dev/null"]).has("/dev/null"));
}

fn output(program: &str, args: &[&str]) -> Vec<u8> {
    let output = Command::new(program)
        .args(args)
        .env("TZ", "UTC")
        .output()
        .unwrap();
    assert!(output.status.success(), "{program} {args:?}: {output:?}");
    output.stdout
}

/// What others see in a copy is what they see in the original.
#[test]
#[ignore = "needs tshark, tcpdump"]
fn tshark_and_tcpdump_read_the_copies() {
    let folder = Folder::new("copies");
    let original = root().join("captures/echo-log.pcap").display().to_string();
    let (frames, _) = drain(&mut FileSource::open(&original).unwrap()).unwrap();
    for (name, format) in [
        ("copy.pcap", SaveFormat::Pcap),
        ("copy.pcapng", SaveFormat::Pcapng),
    ] {
        let copy = folder.file(name);
        std::fs::write(&copy, saved(&frames, format).unwrap()).unwrap();
        let tcpdump = |path: &str| output("tcpdump", &["-n", "-tt", "-xx", "-r", path]);
        assert!(tcpdump(&original) == tcpdump(&copy), "tcpdump, {name}");
        let tshark = |path: &str| {
            let fields = [
                "frame.number",
                "frame.time_epoch",
                "frame.len",
                "frame.cap_len",
            ];
            let mut args = vec!["-n", "-T", "fields", "-r", path];
            for field in &fields {
                args.extend(["-e", field]);
            }
            let mut seen = output("tshark", &args);
            seen.extend(output("tshark", &["-n", "-x", "-r", path]));
            seen
        };
        assert!(tshark(&original) == tshark(&copy), "tshark, {name}");
    }
}
