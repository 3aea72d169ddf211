//! Lines to rows: which of the two kinds a line is, and what is glued together.

use std::net::IpAddr;

use super::{Broken, Row, tcpdump, wireshark};
use crate::model::frame::FrameNo;

/// What stands before the addresses of a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Front {
    pub(super) no: Option<FrameNo>,
    pub(super) time: Option<i128>,
    /// How many decimals of a second it has.
    pub(super) decimals: u8,
    /// The number and the time as one word, which only the other rows take apart.
    pub(super) glued: Option<String>,
}

/// A line as it was read, before numbers and times are taken apart.
pub(super) type Read = Result<(Front, Row), Broken>;

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

/// Seconds as they are written, with point or comma, in nanoseconds.
pub(super) fn seconds(word: &str) -> Option<i128> {
    let (whole, part) = word.split_once(['.', ',']).unwrap_or((word, ""));
    let (sign, whole) = whole.strip_prefix('-').map_or((1, whole), |it| (-1, it));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    if !digits(whole) || whole.len() > 12 || (word.len() > whole.len() + 1 && !digits(part)) {
        return None;
    }
    let nanos: String = part.chars().chain("000000000".chars()).take(9).collect();
    let whole: i128 = whole.parse().ok()?;
    let nanos: i128 = nanos.parse().ok()?;
    Some(sign * (whole * 1_000_000_000 + nanos))
}

/// How many decimals a time has, at most nine.
pub(super) fn decimals(word: &str) -> u8 {
    let part = word.rsplit_once(['.', ',']).map_or("", |(_, part)| part);
    u8::try_from(part.len().min(9)).unwrap_or(9)
}

/// `10:00:00.5` as nanoseconds since midnight.
pub(super) fn clock(word: &str) -> Option<i128> {
    let mut parts = word.split(':');
    let (hours, minutes, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let hours: i128 = hours.parse().ok().filter(|it| (0..=9999).contains(it))?;
    let minutes: i128 = minutes.parse().ok().filter(|it| (0..60).contains(it))?;
    let rest = seconds(rest).filter(|_| parts.next().is_none())?;
    Some((hours * 60 + minutes) * 60_000_000_000 + rest)
}

/// `2024-05-01` as nanoseconds since 1970.
pub(super) fn date(word: &str) -> Option<i128> {
    let mut parts = word.split(['-', '/']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let year: i128 = year.parse().ok().filter(|it| (1970..10_000).contains(it))?;
    let month: i128 = month.parse().ok().filter(|it| (1..=12).contains(it))?;
    let day: i128 = day.parse().ok().filter(|it| (1..=31).contains(it))?;
    // Days since 1970, counting years from March, after which the leap day comes.
    let (years, months) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days =
        365 * years + years / 4 - years / 100 + years / 400 + (153 * months + 2) / 5 + day - 1;
    Some((days - 719_468) * 86_400_000_000_000)
}

/// An address, also one in the brackets of IPv6 or with a zone.
pub(super) fn address(word: &str) -> Option<IpAddr> {
    let word = word.trim_matches(|it| matches!(it, '[' | ']' | ','));
    word.split('%').next()?.parse().ok()
}
