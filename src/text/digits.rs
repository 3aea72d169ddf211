//! Numbers into a buffer of bytes, many of them for every row.
//!
//! Eight digits are made at once in one 64-bit word, and what is appended has a fixed size, so that
//! no copying function is called for a handful of bytes.

const ONES: u64 = 0x0101_0101_0101_0101;
const ZEROS: u64 = ONES * b'0' as u64;

/// Appends a number in decimal.
pub fn number(value: impl Into<u64>, out: &mut Vec<u8>) {
    let value = value.into();
    match u32::try_from(value) {
        Ok(value @ ..100_000_000) => unpadded(value, out),
        _ => long(value, out),
    }
}

/// A number of more than eight digits.
fn long(value: u64, out: &mut Vec<u8>) {
    let (high, rest) = (value / 100_000_000, value % 100_000_000);
    match u8::try_from(high) {
        Ok(high) => unpadded(high.into(), out),
        Err(_) => number(high, out),
    }
    first(padded(u32::try_from(rest).unwrap_or_default()), 8, out);
}

/// Appends `nanos` (below 1,000,000,000) as the first `decimals` (at most 9) of nine digits, cut
/// off, not rounded.
pub fn fraction(nanos: u32, decimals: u8, out: &mut Vec<u8>) {
    let last = u8::try_from(nanos % 10).unwrap_or_default();
    first(padded(nanos / 10), usize::from(decimals.min(8)), out);
    if decimals > 8 {
        out.push(b'0' + last);
    }
}

/// Appends an IPv4 address.
pub fn dotted(octets: [u8; 4], out: &mut Vec<u8>) {
    let (mut word, mut len) = (0, 0);
    for octet in octets {
        word |= u128::from(OCTETS[usize::from(octet)]) << (8 * len);
        len += octet_len(octet) + 1;
    }
    // Without the dot after the last one.
    let end = out.len() + len - 1;
    out.extend_from_slice(&word.to_le_bytes());
    out.truncate(end);
}

/// Every number of eight bits with a dot behind it, the first digit in the lowest byte.
static OCTETS: [u32; 256] = octets();

const fn octets() -> [u32; 256] {
    let mut texts = [0; 256];
    let mut octet = 0_u8;
    loop {
        let (mut text, mut rest) = (b'.' as u32, octet);
        let mut left = octet_len(octet);
        while left > 0 {
            text = text << 8 | (b'0' + rest % 10) as u32;
            rest /= 10;
            left -= 1;
        }
        texts[octet as usize] = text;
        if octet == u8::MAX {
            return texts;
        }
        octet += 1;
    }
}

const fn octet_len(octet: u8) -> usize {
    1 + (octet >= 10) as usize + (octet >= 100) as usize
}

/// A number of at most eight digits.
#[inline]
fn unpadded(value: u32, out: &mut Vec<u8>) {
    if let (0..10, Ok(digit)) = (value, u8::try_from(value)) {
        out.push(b'0' + digit);
        return;
    }
    let digits = digits(value);
    let zeros = digits.trailing_zeros() / 8;
    let len = 8_usize.saturating_sub(zeros as usize);
    first((digits | ZEROS) >> (8 * zeros), len, out);
}

/// Eight digits in ASCII, the first one in the lowest byte.
#[inline]
fn padded(value: u32) -> u64 {
    digits(value) | ZEROS
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

/// Appends the lowest `len` (at most 8) bytes of a word.
#[inline]
fn first(word: u64, len: usize, out: &mut Vec<u8>) {
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
