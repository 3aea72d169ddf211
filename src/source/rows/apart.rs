//! Lines to rows: which of the two kinds a line is, and what is glued together.

use std::net::Ipv4Addr;

use super::line::{Front, Read, address, clock, seconds};
use super::{Broken, Row, tcpdump, wireshark};
use crate::model::frame::FrameNo;

/// The rows of a text, each with its line from 1. What is no row at all is passed over.
pub(super) fn rows(text: &str) -> Vec<(usize, Result<Row, Broken>)> {
    let mut read: Vec<(usize, Read)> = Vec::new();
    let mut numbered = false;
    let mut dump = tcpdump::Reader::default();
    for (place, line) in text.lines().enumerate() {
        let line = plain(line);
        let found = dump.line(&line).or_else(|| wireshark::line(&line));
        match found {
            Some(row) => read.push((place + 1, row)),
            None if is_part(&line) => read.push((place + 1, Err(Broken::Part))),
            None => numbered |= is_numbered(&line),
        }
    }
    let fronts: Vec<Front> = (read.iter())
        .map(|(_, row)| row.as_ref().map(|it| it.0.clone()).unwrap_or_default())
        .collect();
    let fronts = apart(fronts, numbered);
    let joined = read.into_iter().zip(fronts).map(|((line, row), front)| {
        let row = row.map(|(_, row)| Row {
            no: front.no,
            time: front.time,
            decimals: front.decimals,
            ..row
        });
        (line, row)
    });
    joined.collect()
}

/// A line without what pasting brings in: other spaces, quotes of CSV, bars of tables.
fn plain(line: &str) -> String {
    let line = line.trim_start_matches('\u{feff}');
    let quoted = line.starts_with('"');
    let line = if quoted {
        line.replace("\",\"", "\t")
    } else {
        line.to_owned()
    };
    let changed = line.chars().filter_map(|it| match it {
        '"' if quoted => None,
        '|' => Some(' '),
        '\u{200b}' | '\u{200e}' | '\u{200f}' => None,
        it if it != '\t' && it.is_whitespace() => Some(' '),
        it => Some(it),
    });
    changed.collect()
}

/// Whether a line that is no row begins as one: with a time, behind a number or not, and an address.
fn is_part(line: &str) -> bool {
    let mut words = line.split_whitespace().peekable();
    let _ = words.next_if(|word| word.parse::<FrameNo>().is_ok());
    let time = |word: &str| clock(word).is_some() || word.contains('.') && seconds(word).is_some();
    let port = |word: &str| {
        let address = word.rsplit_once('.');
        address
            .is_some_and(|(ip, port)| ip.parse::<Ipv4Addr>().is_ok() && port.parse::<u16>().is_ok())
    };
    words.next().is_some_and(time) && words.any(|word| address(word).is_some() || port(word))
}

/// Whether headings have a column of numbers: `No. Time Source`, also where its beginning is lost.
fn is_numbered(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    let time = words.next().unwrap_or_default().to_lowercase();
    let number = ["no.", "no", "o.", "lo.", "#", "n.", "nº", "num", "number"];
    number.contains(&first.as_str()) && (time.starts_with("time") || time.starts_with("tempo"))
}

/// Takes numbers and times apart that stand in one word, as in `10.0000`, by what the rows before
/// say: numbers rise, and times do not fall. Where that fails for one row, the words are times.
fn apart(fronts: Vec<Front>, numbered: bool) -> Vec<Front> {
    let glued = fronts.iter().any(|it| it.glued.is_some());
    let split = |fronts: &[Front]| -> Option<Vec<Front>> {
        let (mut last, mut since) = (0, i128::MIN);
        let mut all = Vec::new();
        for front in fronts {
            let mut front = front.clone();
            if let Some(word) = front.glued.take() {
                let splits = (1..word.len()).filter_map(|at| {
                    let (no, time) = word.split_at_checked(at)?;
                    let no: FrameNo = no.parse().ok().filter(|no| *no > last)?;
                    let time = seconds(time).filter(|time| *time >= since)?;
                    Some((time, no))
                });
                let (time, no) = splits.min()?;
                (front.no, front.time) = (Some(no), Some(time));
            }
            last = front.no.unwrap_or(last);
            since = front.time.unwrap_or(since);
            all.push(front);
        }
        Some(all)
    };
    let own = fronts.iter().any(|it| it.no.is_some());
    if glued
        && (numbered || own || fronts.iter().all(|it| it.glued.is_some()))
        && let Some(fronts) = split(&fronts)
    {
        return fronts;
    }
    let times = fronts.into_iter().map(|mut front| {
        if let Some(word) = front.glued.take() {
            front.time = seconds(&word);
        }
        front
    });
    times.collect()
}
