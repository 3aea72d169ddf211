//! Lengths of time, rates, sizes and shares for people: rounded, never truncated, with the decimal
//! sign of the language. Columns that copy a field of tshark's are written elsewhere, as tshark
//! writes them.

use std::fmt::{Display, Formatter, Result};
use std::time::Duration;

use super::Lang;
use super::phrase::{Written, phrase};

phrase! {
    /// `1 byte`, `55 bytes`.
    pub bytes(count;): "1 byte" | "{count} bytes", "1 byte" | "{count} bytes";
    /// `1 packet`, `11 packets`.
    pub packets(count;): "1 packet" | "{count} packets", "1 pacote" | "{count} pacotes";
    /// `1 conversation`, `4 conversations`.
    pub conversations(count;): "1 conversation" | "{count} conversations",
        "1 conversa" | "{count} conversas";
    /// `1 segment`, `3 segments`.
    pub segments(count;): "1 segment" | "{count} segments", "1 segmento" | "{count} segmentos";
    /// `1 time`, `3 times`.
    pub times(count;): "1 time" | "{count} times", "1 vez" | "{count} vezes";
}

const MICROSECOND: u64 = 1_000;
const MILLISECOND: u64 = 1_000_000;
const SECOND: u64 = 1_000_000_000;

/// A length of time in nanoseconds: `2.694 µs`, `28 µs`, `206.123 ms`, `1.004 s`. Below a
/// millisecond it has the decimals that it needs, from there on three.
pub fn span(nanos: i64, lang: Lang) -> impl Display {
    Written(move |f: &mut Formatter<'_>| {
        let sign = if nanos < 0 { "-" } else { "" };
        let size = nanos.unsigned_abs();
        let (unit, name) = match size {
            0..MILLISECOND => (MICROSECOND, "µs"),
            // Rounded to three decimals it would be a second.
            MILLISECOND..999_999_500 => (MILLISECOND, "ms"),
            _ => (SECOND, "s"),
        };
        f.write_str(sign)?;
        fixed(f, thousandths(size.into(), unit), name == "µs", lang)?;
        write!(f, " {name}")
    })
}

/// A length of time that somebody chose: `100 ms`, `1.5 s`, with the decimals that it needs.
pub fn given(time: Duration, lang: Lang) -> impl Display {
    let (number, unit) = match time < Duration::from_secs(1) {
        true => (time.as_secs_f64() * 1000.0, "ms"),
        false => (time.as_secs_f64(), "s"),
    };
    Written(move |f: &mut Formatter<'_>| write!(f, "{} {unit}", lang.decimal(number.to_string())))
}

/// A measured length of time.
pub fn lasted(time: Duration, lang: Lang) -> impl Display {
    span(i64::try_from(time.as_nanos()).unwrap_or(i64::MAX), lang)
}

/// A length of time in seconds, as pictures measure it.
pub fn seconds(seconds: f64, lang: Lang) -> impl Display {
    let size = Duration::try_from_secs_f64(seconds.abs()).unwrap_or(Duration::MAX);
    let nanos = i64::try_from(size.as_nanos()).unwrap_or(i64::MAX);
    span(if seconds < 0.0 { -nanos } else { nanos }, lang)
}

/// Bits a second, as pictures measure them.
pub fn bits_per_second(bits: f64, lang: Lang) -> impl Display {
    let whole = Duration::try_from_secs_f64(bits.round().max(0.0)).unwrap_or(Duration::MAX);
    rate(whole.as_secs().into(), lang)
}

/// Bits a second: `980 bit/s`, `2.75 Mbit/s`.
pub fn rate(bits: u128, lang: Lang) -> impl Display {
    scaled(
        bits,
        &["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"],
        lang,
    )
}

/// A size in decimal units: `980 B`, `2.75 MB`.
pub fn size(bytes: u128, lang: Lang) -> impl Display {
    scaled(bytes, &["B", "kB", "MB", "GB", "TB"], lang)
}

/// A number at the tick of an axis: three digits and a prefix that fits, `14.6 ms`, `2.50 Mbit/s`.
pub fn tick(value: f64, unit: &str, lang: Lang) -> String {
    const PREFIXES: [(f64, &str); 7] = [
        (1e9, "G"),
        (1e6, "M"),
        (1e3, "k"),
        (1.0, ""),
        (1e-3, "m"),
        (1e-6, "µ"),
        (1e-9, "n"),
    ];
    // Seconds have no larger prefixes, and bits no smaller ones.
    let usual = |size: f64| {
        if unit == "s" {
            size <= 1.0
        } else {
            size >= 1.0
        }
    };
    if value == 0.0 {
        return format!("0 {unit}");
    }
    let least = if unit == "s" {
        PREFIXES[6]
    } else {
        PREFIXES[3]
    };
    let (size, prefix) = PREFIXES
        .into_iter()
        .find(|(size, _)| usual(*size) && value.abs() >= *size * 0.9995)
        .unwrap_or(least);
    let scaled = value / size;
    let digits = match scaled.abs() {
        small if small < 9.995 => 2,
        middle if middle < 99.95 => 1,
        _ => 0,
    };
    lang.decimal(format!("{scaled:.digits$} {prefix}{unit}"))
}

/// `part` of `whole` in per cent with one decimal: `20.0 %`; nothing where `whole` is 0.
pub fn percent(part: u64, whole: u64, lang: Lang) -> impl Display {
    Written(move |f: &mut Formatter<'_>| {
        let tenths = (u128::from(part) * 1000 + u128::from(whole) / 2).checked_div(whole.into());
        tenths.map_or(Ok(()), |tenths| {
            write!(f, "{}{}{} %", tenths / 10, lang.point(), tenths % 10)
        })
    })
}

/// A quotient with one decimal: `8.5`; nothing where it is divided by 0.
pub fn quotient(sum: u64, by: u64, lang: Lang) -> impl Display {
    Written(move |f: &mut Formatter<'_>| {
        let tenths = (u128::from(sum) * 10 + u128::from(by) / 2).checked_div(by.into());
        tenths.map_or(Ok(()), |tenths| {
            write!(f, "{}{}{}", tenths / 10, lang.point(), tenths % 10)
        })
    })
}

/// The rate of so many bytes in so many nanoseconds, in bits; nothing where they took no time.
pub fn rate_of(bytes: u64, nanos: u64, lang: Lang) -> impl Display {
    let bits = a_second(u128::from(bytes) * 8, nanos);
    Written(move |f: &mut Formatter<'_>| bits.map_or(Ok(()), |it| rate(it, lang).fmt(f)))
}

fn a_second(count: u128, nanos: u64) -> Option<u128> {
    (count * u128::from(SECOND) + u128::from(nanos) / 2).checked_div(nanos.into())
}

/// How many a second, where `count` took `nanos`: `54364`, `21.5`, `1.29`; nothing where they took no
/// time.
pub fn per_second(count: u64, nanos: u64, lang: Lang) -> impl Display {
    Written(move |f: &mut Formatter<'_>| {
        let times = |factor: u128| a_second(u128::from(count) * factor, nanos);
        match (times(1), times(10), times(100)) {
            (_, _, Some(small @ ..1_000)) => {
                write!(f, "{}{}{:02}", small / 100, lang.point(), small % 100)
            }
            (_, Some(middle @ ..1_000), _) => {
                write!(f, "{}{}{}", middle / 10, lang.point(), middle % 10)
            }
            (Some(whole), ..) => write!(f, "{whole}"),
            _ => Ok(()),
        }
    })
}

fn scaled(value: u128, names: &'static [&'static str], lang: Lang) -> impl Display {
    Written(move |f: &mut Formatter<'_>| {
        let mut unit = 1;
        let mut place = 0;
        // From 999.995 on, two decimals would make it 1000.00.
        while value * 1000 >= unit * 999_995 && place + 1 < names.len() {
            unit *= 1000;
            place += 1;
        }
        let name = names.get(place).copied().unwrap_or_default();
        if place == 0 {
            return write!(f, "{value} {name}");
        }
        let hundredths = (value * 100 + unit / 2) / unit;
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        write!(f, "{whole}{}{rest:02} {name}", lang.point())
    })
}

/// Thousandths of `unit`, rounded.
fn thousandths(value: u128, unit: u64) -> u128 {
    (value * 1000 + u128::from(unit) / 2) / u128::from(unit)
}

/// A number of thousandths with three decimals, or with as many as it needs.
fn fixed(f: &mut Formatter<'_>, thousandths: u128, short: bool, lang: Lang) -> Result {
    let (whole, rest) = (thousandths / 1000, thousandths % 1000);
    if short && rest == 0 {
        return write!(f, "{whole}");
    }
    let digits = format!("{rest:03}");
    let digits = match short {
        true => digits.trim_end_matches('0'),
        false => &digits,
    };
    write!(f, "{whole}{}{digits}", lang.point())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_rounded_and_have_the_unit_that_fits() {
        let en = |nanos| span(nanos, Lang::En).to_string();
        assert_eq!(en(0), "0 µs");
        assert_eq!(en(2_694), "2.694 µs");
        assert_eq!(en(28_000), "28 µs");
        assert_eq!(en(131_500), "131.5 µs");
        assert_eq!(en(999_999), "999.999 µs");
        assert_eq!(en(1_000_000), "1.000 ms");
        assert_eq!(en(206_123_000), "206.123 ms");
        assert_eq!(en(206_123_500), "206.124 ms");
        assert_eq!(en(999_999_499), "999.999 ms");
        assert_eq!(en(999_999_500), "1.000 s");
        assert_eq!(en(1_003_639_000), "1.004 s");
        assert_eq!(en(-5_000_000), "-5.000 ms");
        assert_eq!(en(i64::MIN), "-9223372036.855 s");
        assert_eq!(span(1_020_400_000, Lang::PtBr).to_string(), "1,020 s");
    }

    #[test]
    fn ticks_have_three_digits_and_a_usual_prefix() {
        let shown = [
            (0.0146, "s", "14.6 ms"),
            (0.99951, "s", "1.00 s"),
            (3600.0, "s", "3600 s"),
            (2.5e6, "bit/s", "2.50 Mbit/s"),
            (0.25, "bit/s", "0.25 bit/s"),
            (0.000_000_25, "s", "250 ns"),
            (0.0, "s", "0 s"),
        ];
        for (value, unit, text) in shown {
            assert_eq!(tick(value, unit, Lang::En), text);
        }
        assert_eq!(tick(2.5e6, "bit/s", Lang::PtBr), "2,50 Mbit/s");
        assert_eq!(seconds(0.014_6, Lang::PtBr).to_string(), "14,600 ms");
        assert_eq!(seconds(f64::NAN, Lang::En).to_string(), "9223372036.855 s");
        assert_eq!(
            bits_per_second(16_000.4, Lang::En).to_string(),
            "16.00 kbit/s"
        );
    }

    #[test]
    fn rates_sizes_and_shares_are_rounded() {
        assert_eq!(rate(999, Lang::En).to_string(), "999 bit/s");
        assert_eq!(rate(1_234, Lang::PtBr).to_string(), "1,23 kbit/s");
        assert_eq!(rate(999_995, Lang::En).to_string(), "1.00 Mbit/s");
        assert_eq!(size(2_750_000, Lang::En).to_string(), "2.75 MB");
        assert_eq!(percent(1, 3, Lang::PtBr).to_string(), "33,3 %");
        assert_eq!(percent(2, 3, Lang::En).to_string(), "66.7 %");
        assert_eq!(percent(0, 0, Lang::En).to_string(), "");
        assert_eq!(quotient(17, 2, Lang::En).to_string(), "8.5");
        let each = |count, nanos| per_second(count, nanos, Lang::PtBr).to_string();
        assert_eq!(each(49_152, 904_121_000), "54364");
        assert_eq!(each(43, 2_000_000_000), "21,5");
        assert_eq!(each(120, 93_000_000_000), "1,29");
        assert_eq!(each(9_996, 1_000_000_000_000), "10,0");
        assert_eq!(each(1, 0), "");
    }
}
