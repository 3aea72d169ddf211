//! The column `time`.

use super::{CellOptions, Column, Kind, TimeStyle};
use crate::analysis::row::Row;
use crate::model::time::Span;
use crate::text::Text;

/// The time of the frame, as `-t` says.
pub(super) static COLUMN: Column = Column {
    id: "time",
    header: Text {
        en: "Time",
        pt_br: "Tempo",
    },
    about: Text {
        en: "The time of the frame, as -t says.",
        pt_br: "O tempo do quadro, como -t indica.",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, options: &CellOptions, out: &mut Vec<u8>) {
    let span = match options.time {
        TimeStyle::Delta => row.times.since_previous,
        _ => row.times.relative,
    };
    if let Some(span) = span {
        seconds(span, row.frame.decimals, out);
    }
}

/// Appends seconds with `decimals` decimals (0 to 9), cut off, not rounded.
pub(crate) fn seconds(span: Span, decimals: u8, out: &mut Vec<u8>) {
    let nanos = span.0.unsigned_abs();
    if span.0 < 0 {
        out.push(b'-');
    }
    let mut text = itoa::Buffer::new();
    out.extend_from_slice(text.format(nanos / 1_000_000_000).as_bytes());
    let decimals = usize::from(decimals.min(9));
    if decimals > 0 {
        out.push(b'.');
        let fraction = text.format(nanos % 1_000_000_000).as_bytes();
        let mut digits = [b'0'; 9];
        digits[9 - fraction.len()..].copy_from_slice(fraction);
        out.extend_from_slice(&digits[..decimals]);
    }
}
