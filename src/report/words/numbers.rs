//! Sequence numbers in sentences: as the columns show them, and never one that went round the
//! circle of 2^32 where it lies before the first one.

use std::fmt::Display;

use crate::analysis::record::line::low;
use crate::text::Lang;
use crate::text::phrase::{Written, phrase};
use crate::text::quantity;

phrase! {
    one(first): "byte {first}", "o byte {first}";
    many(first, last): "bytes {first}–{last}", "os bytes {first}–{last}";
    around(first, last): "bytes {first}–4294967295 and 0–{last}",
        "os bytes {first}–4294967295 e 0–{last}";
    just_before(count, number): "{count} just before number {number}",
        "{count} logo antes do número {number}";
    before(count): "{count} before number 0", "{count} antes do número 0";
}

/// A number of a line: `56`; `−3` where it lies before the one shown as 0.
pub(in crate::report) fn number(place: i64) -> impl Display {
    Written(move |f: &mut std::fmt::Formatter<'_>| match place {
        ..0 => write!(f, "−{}", place.unsigned_abs()),
        _ => write!(f, "{}", low(place)),
    })
}

/// From the first number to the last: `5`, `1–55`, `−3–0`.
pub(in crate::report) fn range(first: i64, last: i64) -> impl Display {
    Written(move |f: &mut std::fmt::Formatter<'_>| match first == last {
        true => write!(f, "{}", number(first)),
        false => write!(f, "{}–{}", number(first), number(last)),
    })
}

/// `byte 5`, `bytes 1–55`, `31 bytes just before number 1`; with its article in Portuguese.
pub(in crate::report) fn bytes(lang: Lang, first: i64, last: i64) -> impl Display {
    Written(move |f: &mut std::fmt::Formatter<'_>| {
        let count = quantity::bytes(lang, u64::try_from(last - first + 1).unwrap_or(0));
        match (first, last) {
            (..0, ..-1) => before(lang, count).fmt(f),
            (..0, _) => just_before(lang, count, number(last + 1)).fmt(f),
            _ if first == last => one(lang, low(first)).fmt(f),
            _ if low(first) > low(last) => around(lang, low(first), low(last)).fmt(f),
            _ => many(lang, low(first), low(last)).fmt(f),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_the_first_one_and_past_the_last_one_are_told_apart() {
        let en = |first, last| bytes(Lang::En, first, last).to_string();
        assert_eq!(en(5, 5), "byte 5");
        assert_eq!(en(1, 55), "bytes 1–55");
        assert_eq!(en(-30, 0), "31 bytes just before number 1");
        assert_eq!(en(-30, -10), "21 bytes before number 0");
        assert_eq!(
            en((1 << 32) - 2, 1 << 32),
            "bytes 4294967294–4294967295 and 0–0"
        );
        assert_eq!(en(3 << 32, (3 << 32) + 9), "bytes 0–9");
        assert_eq!(bytes(Lang::PtBr, 1, 2).to_string(), "os bytes 1–2");
        assert_eq!(range(-3, 0).to_string(), "−3–0");
    }
}
