//! Numbers into a buffer of bytes, many of them for every row.
//!
//! Three digits come from a table, eight are made at once in one 64-bit word, and what is appended
//! has a fixed size, so that no copying function is called for a handful of bytes.

const ONES: u64 = 0x0101_0101_0101_0101;
const ZEROS: u64 = ONES * b'0' as u64;

/// Appends a number in decimal.
#[inline]
pub fn number(value: impl Into<u64>, out: &mut Vec<u8>) {
    let value = value.into();
    match u32::try_from(value) {
        Ok(value @ ..1_000) => {
            let text = LEADING[value as usize];
            append4(text, digit_count(value), out);
        }
        Ok(value @ ..1_000_000) => {
            let (high, low) = (value / 1_000, value % 1_000);
            let len = digit_count(high);
            let word =
                u64::from(LEADING[high as usize]) | u64::from(PADDED[low as usize]) << (8 * len);
            append8(word, len + 3, out);
        }
        Ok(value @ ..100_000_000) => {
            let digits = digits(value);
            let zeros = digits.trailing_zeros() / 8;
            append8((digits | ZEROS) >> (8 * zeros), 8 - zeros as usize, out);
        }
        _ => long(value, out),
    }
}

/// A number of more than eight digits.
fn long(value: u64, out: &mut Vec<u8>) {
    let (high, rest) = (value / 100_000_000, value % 100_000_000);
    number(high, out);
    let rest = u32::try_from(rest).unwrap_or_default();
    append8(digits(rest) | ZEROS, 8, out);
}

/// Appends `nanos` (below 1,000,000,000) as the first `decimals` (at most 9) of nine digits, cut
/// off, not rounded.
#[inline]
pub fn fraction(nanos: u32, decimals: u8, out: &mut Vec<u8>) {
    let last = u8::try_from(nanos % 10).unwrap_or_default();
    let eight = digits(nanos / 10) | ZEROS;
    append8(eight, usize::from(decimals.min(8)), out);
    if decimals > 8 {
        out.push(b'0' + last);
    }
}

/// Appends an IPv4 address.
#[inline]
pub fn dotted([a, b, c, d]: [u8; 4], out: &mut Vec<u8>) {
    let (first, first_len) = two_octets(a, b);
    append8(first, first_len, out);
    let (second, second_len) = two_octets(c, d);
    // Without the dot after the last one.
    append8(second, second_len - 1, out);
}

/// Two octets with a dot behind each, and how many bytes that is.
#[inline]
fn two_octets(high: u8, low: u8) -> (u64, usize) {
    let len = digit_count(high.into()) + 1;
    let text = |octet: u8| {
        LEADING[usize::from(octet)] | u32::from(b'.') << (8 * digit_count(octet.into()))
    };
    let word = u64::from(text(high)) | u64::from(text(low)) << (8 * len);
    (word, len + digit_count(low.into()) + 1)
}

/// How many digits a number below 1,000 has.
#[inline]
const fn digit_count(value: u32) -> usize {
    1 + (value >= 10) as usize + (value >= 100) as usize
}

/// The digits of every number below 1,000, the first one in the lowest byte, zero behind the last.
static LEADING: [u32; 1_000] = texts(false);
/// The same with zeros in front: three digits each.
static PADDED: [u32; 1_000] = texts(true);

const fn texts(padded: bool) -> [u32; 1_000] {
    let mut texts = [0; 1_000];
    let mut value = 0_u32;
    while value < 1_000 {
        let (mut text, mut rest) = (0, value);
        let mut left = if padded { 3 } else { digit_count(value) };
        while left > 0 {
            text = text << 8 | (b'0' as u32 + rest % 10);
            rest /= 10;
            left -= 1;
        }
        texts[value as usize] = text;
        value += 1;
    }
    texts
}

/// The eight digits of a number below 100,000,000, each in a byte, the first one in the lowest.
/// The number is halved into lanes of four, two and one digits, all lanes at once; dividing by 100
/// and by 10 are multiplications that are exact for such small numbers.
#[inline]
fn digits(value: u32) -> u64 {
    debug_assert!(value < 100_000_000);
    let value = u64::from(value);
    let lanes = (value / 10_000) | ((value % 10_000) << 32);
    let hundreds = ((lanes * 10_486) >> 20) & 0x0000_007f_0000_007f;
    let lanes = hundreds | ((lanes - 100 * hundreds) << 16);
    let tens = ((lanes * 103) >> 10) & 0x000f_000f_000f_000f;
    tens | ((lanes - 10 * tens) << 8)
}

/// Appends the lowest `len` (at most 4) bytes of a word.
#[inline]
fn append4(word: u32, len: usize, out: &mut Vec<u8>) {
    let end = out.len() + len;
    out.extend_from_slice(&word.to_le_bytes());
    out.truncate(end);
}

/// Appends the lowest `len` (at most 8) bytes of a word.
#[inline]
fn append8(word: u64, len: usize, out: &mut Vec<u8>) {
    let end = out.len() + len;
    out.extend_from_slice(&word.to_le_bytes());
    out.truncate(end);
}

#[cfg(test)]
mod tests {
    use super::{dotted, fraction, number};

    fn text(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = b"before ".to_vec();
        write(&mut out);
        String::from_utf8(out).unwrap().split_off(7)
    }

    #[test]
    fn numbers_read_as_the_standard_library_writes_them() {
        let powers = (0..20).map(|power| 10_u64.pow(power));
        let around = powers.flat_map(|power| [power - 1, power, power + 1]);
        for value in (0..100_000).chain(around).chain([u64::MAX]) {
            assert_eq!(text(|out| number(value, out)), value.to_string());
        }
    }

    #[test]
    fn every_lane_of_eight_digits_is_exact() {
        for part in 0..10_000_u32 {
            let value = part * 10_000 + (9_999 - part);
            assert_eq!(text(|out| number(value, out)), value.to_string());
        }
    }

    #[test]
    fn fractions_are_cut_off() {
        assert_eq!(text(|out| fraction(123_456_789, 9, out)), "123456789");
        assert_eq!(text(|out| fraction(123_456_789, 8, out)), "12345678");
        assert_eq!(text(|out| fraction(1_999, 6, out)), "000001");
        assert_eq!(text(|out| fraction(999_999_999, 0, out)), "");
    }

    #[test]
    fn addresses_have_no_leading_zeros() {
        assert_eq!(text(|out| dotted([0, 10, 200, 255], out)), "0.10.200.255");
    }
}
