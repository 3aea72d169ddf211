//! What both kinds of lines are made of: times, dates, addresses.

use std::net::IpAddr;

use super::{Broken, Row};
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
