//! What each stage costs by itself, in packets per second.
//!
//! ```text
//! cargo bench --bench stages [-- NAME...]
//! ```
//!
//! Reading and decoding stand alone. Analysis and formats take what the stage before makes, so their
//! figures hold its cost too: subtract.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a measurement may fail, and has no users"
)]

#[path = "captures/packets.rs"]
mod packets;
#[path = "captures/random.rs"]
mod random;
#[path = "captures/shapes.rs"]
mod shapes;

use std::io::Cursor;

use divan::Bencher;
use divan::black_box;
use divan::counter::ItemsCount;

use netlab::analysis::AnalyzerOptions;
use netlab::decode::Decoder;
use netlab::model::frame::Frame;
use netlab::pipeline::Pipeline;
use netlab::pipeline::again::Again;
use netlab::pipeline::index::Index;
use netlab::render::rows::FORMATS;
use netlab::render::rows::RowOptions;
use netlab::report::columns::CellOptions;
use netlab::report::columns::EXCHANGE;
use netlab::report::columns::PacketRecord;
use netlab::source::file::FileSource;
use packets::Capture;
use packets::Ends;

const PACKETS: u64 = 50_000;
const SHAPES: [&str; 4] = ["many", "mixed", "bulk", "oneway"];

fn main() {
    divan::main();
}

/// The bytes of a capture.
fn capture(shape: &str) -> Vec<u8> {
    let mut out = Capture::new(Vec::new());
    match shape {
        "many" => shapes::many(PACKETS / 11, 64, &mut out),
        "mixed" => shapes::mixed(PACKETS, 5_000, &mut out),
        "bulk" => shapes::bulk(PACKETS, 4, true, &mut out),
        "oneway" => shapes::bulk(PACKETS, 4, false, &mut out),
        _ => shapes::syns(PACKETS, &mut out),
    }
    out.into_inner()
}

fn open(bytes: &[u8]) -> FileSource {
    let size = bytes.len() as u64;
    FileSource::from_reader("capture", Box::new(Cursor::new(bytes.to_vec())), Some(size)).unwrap()
}

/// The frames of a capture, to be handed out again and again.
struct Frames {
    frames: Vec<(Frame<'static>, usize)>,
    bytes: Vec<u8>,
}

impl Frames {
    fn of(capture: &[u8]) -> Self {
        let mut source = open(capture);
        let (mut frames, mut bytes) = (Vec::new(), Vec::new());
        while let Some(frame) = source.next_frame().unwrap() {
            bytes.extend_from_slice(frame.bytes);
            frames.push((
                Frame {
                    bytes: &[],
                    ..frame
                },
                bytes.len(),
            ));
        }
        Self { frames, bytes }
    }

    fn iter(&self) -> impl Iterator<Item = Frame<'_>> {
        let mut start = 0;
        self.frames.iter().map(move |(frame, end)| {
            let bytes = &self.bytes[start..*end];
            start = *end;
            Frame { bytes, ..*frame }
        })
    }

    fn count(&self) -> ItemsCount {
        ItemsCount::new(self.frames.len())
    }
}

#[divan::bench(args = SHAPES)]
fn read(bencher: Bencher<'_, '_>, shape: &str) {
    let bytes = capture(shape);
    let count = Frames::of(&bytes).count();
    bencher
        .counter(count)
        .with_inputs(|| open(&bytes))
        .bench_refs(|source| {
            while let Some(frame) = source.next_frame().unwrap() {
                black_box(frame.bytes);
            }
        });
}

#[divan::bench(args = SHAPES)]
fn decode(bencher: Bencher<'_, '_>, shape: &str) {
    let frames = Frames::of(&capture(shape));
    bencher.counter(frames.count()).bench(|| {
        let mut decoder = Decoder::new();
        for frame in frames.iter() {
            black_box(decoder.decode(&frame).content);
        }
    });
}

/// Datagrams need hardly more than their conversation to be found.
#[divan::bench(args = [1, 1_000, 25_000])]
fn decode_and_look_up(bencher: Bencher<'_, '_>, conversations: u32) {
    let mut out = Capture::new(Vec::new());
    for packet in 0..u32::try_from(PACKETS).unwrap() {
        let number = packet % conversations;
        let ends = Ends {
            hosts: [0x0a00_0001 + number, 0xc0a8_0001],
            ports: [40_000, 7],
            ipv6: false,
            vlan: 0,
        };
        out.udp(&ends, 0, &[0; 32]);
    }
    analyse_frames(bencher, &Frames::of(&out.into_inner()));
}

#[divan::bench(args = SHAPES)]
fn decode_and_analyse(bencher: Bencher<'_, '_>, shape: &str) {
    analyse_frames(bencher, &Frames::of(&capture(shape)));
}

fn analyse_frames(bencher: Bencher<'_, '_>, frames: &Frames) {
    bencher.counter(frames.count()).bench(|| {
        let mut pipeline = Pipeline::new(AnalyzerOptions::default());
        for frame in frames.iter() {
            black_box(pipeline.push(&frame).analysis.stream);
        }
        pipeline
    });
}

#[divan::bench(args = SHAPES)]
fn decode_analyse_and_format_tsv(bencher: Bencher<'_, '_>, shape: &str) {
    format(bencher, shape, "tsv");
}

#[divan::bench(args = SHAPES)]
fn decode_analyse_and_format_table(bencher: Bencher<'_, '_>, shape: &str) {
    format(bencher, shape, "table");
}

fn format(bencher: Bencher<'_, '_>, shape: &str, format: &str) {
    let frames = Frames::of(&capture(shape));
    let format = FORMATS.iter().find(|it| it.id == format).unwrap();
    let cells = CellOptions::default();
    bencher.counter(frames.count()).bench(|| {
        let mut writer = (format.open)(RowOptions {
            headings: EXCHANGE.iter().map(|column| column.heading()).collect(),
            lang: cells.lang,
            width: None,
            color: false,
            sniff: 0,
            list: false,
        });
        let mut pipeline = Pipeline::new(AnalyzerOptions::default());
        let mut out = Vec::with_capacity(1 << 16);
        for frame in frames.iter() {
            let record = PacketRecord {
                row: &pipeline.push(&frame),
                columns: EXCHANGE,
                cells: &cells,
            };
            writer.row(&record, &mut out);
            if out.len() >= 1 << 15 {
                black_box(&mut out).clear();
            }
        }
        pipeline
    });
}

/// Indexing a capture as the view does, with the memory a frame takes.
#[divan::bench(args = SHAPES)]
fn index(bencher: Bencher<'_, '_>, shape: &str) {
    let frames = Frames::of(&capture(shape));
    let indexed = || {
        let mut index = Index::new(AnalyzerOptions::default());
        for frame in frames.iter() {
            index.push(&frame, 0, |_| false);
        }
        index.close();
        index
    };
    let index = indexed();
    let each = index.size() as u64 / u64::from(index.count());
    assert!(each <= 32, "{each} bytes a frame");
    bencher
        .counter(ItemsCount::new(index.count()))
        .bench_local(|| black_box(indexed()));
}

/// A screen at the end of a capture, made again: the first one, which copies analyzers on its way,
/// and one after it.
#[divan::bench(args = SHAPES)]
fn screen_at_the_end(bencher: Bencher<'_, '_>, shape: &str) {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), capture(shape)).unwrap();
    let path = file.path().to_str().unwrap();
    let (mut source, kept) = FileSource::open_kept(path).unwrap();
    let mut index = Index::new(AnalyzerOptions::default());
    while let Some((frame, place)) = source.next_placed().unwrap() {
        index.push(&frame, place, |_| false);
    }
    index.close();
    let mut again = Again::new(AnalyzerOptions::default().dialect);
    let mut revisit = source.revisit(&kept);
    let wanted: Vec<u32> = (index.count() - 50..=index.count()).collect();
    bencher.bench_local(|| {
        let mut rows = 0;
        again.rows(&index, &mut revisit, &wanted, |_| rows += 1);
        assert_eq!(rows, wanted.len());
    });
}
