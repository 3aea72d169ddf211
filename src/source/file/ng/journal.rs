//! systemd's journal entries, lines of `FIELD=value`
//! (<https://systemd.io/JOURNAL_EXPORT_FORMATS/>).

use crate::model::time::Timestamp;

/// The field with the time, in microseconds since 1970.
const TIME: &[u8] = b"__REALTIME_TIMESTAMP=";

/// The shortest entry that tshark accepts: a time of one digit and the line's end.
pub(super) const LEAST: usize = TIME.len() + 2;

/// An entry without the zero bytes that fill its block up.
pub(super) fn without_padding(entry: &[u8]) -> &[u8] {
    let mut rest = entry;
    while let [shorter @ .., 0] = rest {
        rest = shorter;
    }
    rest
}

/// When the entry was made; `None` where it does not say.
pub(super) fn time(entry: &[u8]) -> Option<Timestamp> {
    let value = entry
        .split(|byte| *byte == b'\n')
        .find_map(|line| line.strip_prefix(TIME))?;
    let micros: u64 = std::str::from_utf8(value).ok()?.trim().parse().ok()?;
    Some(Timestamp::new(
        (micros / 1_000_000).cast_signed(),
        u32::try_from(micros % 1_000_000 * 1000).ok()?,
    ))
}
