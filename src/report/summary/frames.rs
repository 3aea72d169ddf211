//! Frame numbers in brackets: `[1, 2, 3]`, `[4–17, 20]`.

use std::fmt::Write;

use crate::analysis::record::groups::frames::FrameSet;

/// Longer brackets push their text to the right instead of widening the column for every line.
pub(super) const WIDEST: usize = 32;

/// Up to this many frames are always listed one by one.
const LISTED: u32 = 4;

/// The frames in brackets. Of a list that was too long to keep, the last one follows an ellipsis.
pub(super) fn list(frames: &FrameSet) -> String {
    let mut out = String::from("[");
    let mut put = |text: std::fmt::Arguments<'_>| {
        if out.len() > 1 {
            out.push_str(", ");
        }
        let _ = out.write_fmt(text);
    };
    for (first, last) in frames.runs().iter().copied() {
        if frames.count() > LISTED && last - first >= 2 {
            put(format_args!("{first}–{last}"));
        } else {
            for frame in first..=last {
                put(format_args!("{frame}"));
            }
        }
    }
    if !frames.complete() {
        let _ = write!(out, ", … {}", frames.last());
    }
    out.push(']');
    out
}
