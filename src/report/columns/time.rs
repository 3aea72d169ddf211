//! Times as the columns show them.

use std::io::Write;

use jiff::tz::TimeZone;

use super::{CellOptions, TimeStyle};
use crate::analysis::clock::RowTimes;
use crate::model::dialect::Dialect;
use crate::model::time::{Nanos, Span, Timestamp};
use crate::text::digits;

const SECOND: u64 = 1_000_000_000;

/// Whether a date or a time of day is asked for, of rows that tell only how time goes on.
pub fn has_no_date(times: &RowTimes, options: &CellOptions) -> bool {
    let relative = matches!(
        options.time,
        TimeStyle::Relative | TimeStyle::Delta | TimeStyle::DeltaDisplayed
    );
    // Not even ten years after 1970.
    !relative && times.absolute.is_none_or(|time| time.secs() < 315_360_000)
}

/// Appends the one of `times` that the options ask for, with `decimals` decimals of a second.
pub fn write_times(times: &RowTimes, decimals: u8, options: &CellOptions, out: &mut Vec<u8>) {
    let zone = || options.zone.clone().unwrap_or(TimeZone::UTC);
    let earlier = match options.time {
        TimeStyle::Relative => times.first,
        TimeStyle::Delta => times.previous.or(times.absolute),
        TimeStyle::DeltaDisplayed => times.displayed.or(times.absolute),
        TimeStyle::Epoch => match times.absolute.and_then(Timestamp::damaged_parts) {
            Some(parts) => return signed(parts, times.dialect, decimals, out),
            None => Some(Timestamp::default()),
        },
        TimeStyle::Absolute => return calendar(times, decimals, (zone(), "%H:%M:%S"), out),
        TimeStyle::AbsoluteDate => {
            return calendar(times, decimals, (zone(), "%Y-%m-%d %H:%M:%S"), out);
        }
        TimeStyle::Utc => return calendar(times, decimals, (TimeZone::UTC, "%H:%M:%S"), out),
    };
    if let (Some(now), Some(earlier)) = (times.absolute, earlier) {
        between(now, earlier, times.dialect, decimals, out);
    }
}

/// Appends the seconds from `earlier` to `now`, without a division: most rows have them.
#[inline]
fn between(now: Timestamp, earlier: Timestamp, dialect: Dialect, decimals: u8, out: &mut Vec<u8>) {
    let (secs, nanos) = now.parts_since(earlier);
    match (u64::try_from(secs), u32::try_from(nanos)) {
        (Ok(whole), Ok(below)) if u64::from(below) < SECOND => {
            digits::seconds(whole, below, decimals, out);
        }
        _ => signed((secs, nanos), dialect, decimals, out),
    }
}

/// Appends seconds and a fraction, each of which may be negative. A fraction of a second or more stands
/// apart (since 4.4) or has more digits than there are decimals, and one of which nothing is shown has no sign,
/// as in tshark.
#[cold]
fn signed((secs, nanos): (i64, i32), dialect: Dialect, decimals: u8, out: &mut Vec<u8>) {
    let places = usize::from(decimals.min(9));
    let fraction = nanos / 10_i32.pow(9 - u32::from(decimals.min(9)));
    let sign = if fraction < 0 && secs >= 0 { "-" } else { "" };
    // Writing into a Vec cannot fail.
    let _ = match fraction.unsigned_abs() {
        _ if places == 0 => write!(out, "{secs}"),
        _ if dialect.tells_broken_fraction() && u64::from(nanos.unsigned_abs()) >= SECOND => {
            let sign = if nanos < 0 && secs >= 0 { "-" } else { "" };
            write!(out, "{sign}{secs}.({} nanoseconds)", nanos.unsigned_abs())
        }
        fraction => write!(out, "{sign}{secs}.{fraction:0places$}"),
    };
}

/// Appends a time of day. A time outside of the calendar (years -9999 to 9999) stays empty.
fn calendar(times: &RowTimes, decimals: u8, (zone, format): (TimeZone, &str), out: &mut Vec<u8>) {
    let Some(time) = times.absolute else {
        return;
    };
    let Ok(second) = jiff::Timestamp::from_second(time.secs()) else {
        return;
    };
    let text = second.to_zoned(zone).strftime(format).to_string();
    out.extend_from_slice(text.as_bytes());
    fraction(time.nanos(), decimals, out);
}

/// Appends seconds with nine decimals.
pub fn nanos(value: Nanos, out: &mut Vec<u8>) {
    if value.0 < 0 {
        out.push(b'-');
    }
    let nanos = value.0.unsigned_abs();
    let below = u32::try_from(nanos % SECOND).unwrap_or_default();
    digits::seconds(nanos / SECOND, below, 9, out);
}

/// Appends seconds with nine decimals, or nothing where there are none.
pub fn optional(value: Option<Nanos>, out: &mut Vec<u8>) {
    if let Some(value) = value {
        nanos(value, out);
    }
}

/// Appends seconds with `decimals` decimals (0 to 9), cut off, not rounded.
pub fn seconds(span: Span, decimals: u8, out: &mut Vec<u8>) {
    if span.0 < 0 {
        out.push(b'-');
    }
    let nanos = span.0.unsigned_abs();
    // 64 bits hold 584 years and divide many times faster than 128.
    let (whole, nanos) = match u64::try_from(nanos) {
        Ok(nanos) => (nanos / SECOND, nanos % SECOND),
        Err(_) => {
            let (whole, rest) = (nanos / u128::from(SECOND), nanos % u128::from(SECOND));
            // More seconds than any capture can hold: a difference of 64-bit ones fits.
            (
                u64::try_from(whole).unwrap_or(u64::MAX),
                u64::try_from(rest).unwrap_or_default(),
            )
        }
    };
    let below = u32::try_from(nanos).unwrap_or_default();
    digits::seconds(whole, below, decimals, out);
}

fn fraction(nanos: u32, decimals: u8, out: &mut Vec<u8>) {
    if decimals > 0 {
        out.push(b'.');
        digits::fraction(nanos, decimals, out);
    }
}
