//! Number, time and length of every frame of the corpus, as tshark 4.0.17 showed them.

use std::io::Read;
use std::path::Path;

use netlab::model::time::Timestamp;
use netlab::source::file::FileSource;

use super::{corpus, drain, shared};

/// The golden rows' columns `no`, `time` and `length`.
fn golden(path: &Path) -> Option<Vec<[String; 3]>> {
    let name = path
        .strip_prefix(shared("corpus"))
        .ok()?
        .display()
        .to_string();
    let packed = std::fs::File::open(shared("golden").join(name + ".tsv.gz")).ok()?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed)
        .read_to_string(&mut text)
        .ok()?;
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next()?.split('\t').collect();
    let place = |wanted: &str| names.iter().position(|name| *name == wanted).unwrap();
    let places = [place("no"), place("time"), place("length")];
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        places.map(|place| cells[place].to_owned())
    };
    Some(lines.map(row).collect())
}

/// Seconds since the first frame, cut off after `decimals`.
fn shown(time: Timestamp, first: Option<Timestamp>, decimals: u8) -> String {
    let nanos =
        |time: Timestamp| i128::from(time.secs()) * 1_000_000_000 + i128::from(time.nanos());
    let span = nanos(time) - first.map_or(0, nanos);
    let sign = if span < 0 { "-" } else { "" };
    let (secs, rest) = (span.abs() / 1_000_000_000, span.abs() % 1_000_000_000);
    let fraction = format!("{rest:09}");
    match decimals {
        0 => format!("{sign}{secs}"),
        decimals => format!("{sign}{secs}.{}", &fraction[..decimals.into()]),
    }
}

#[test]
#[ignore = "needs ../shared"]
fn frames_are_tsharks() {
    let files = corpus();
    let mut compared = 0;
    for path in files {
        let Some(expected) = golden(&path) else {
            continue;
        };
        let mut source = FileSource::open(&path.display().to_string()).unwrap();
        let (frames, _) = drain(&mut source).unwrap();
        let first = frames.first().and_then(|frame| frame.time);
        let found: Vec<[String; 3]> = frames
            .iter()
            .map(|frame| {
                let time = frame.time.map(|time| shown(time, first, frame.decimals));
                [
                    frame.no.to_string(),
                    time.unwrap_or_default(),
                    frame.wire_len.to_string(),
                ]
            })
            .collect();
        assert!(found == expected, "{}", path.display());
        compared += 1;
    }
    assert!(compared > 400, "only {compared} files were compared");
}
