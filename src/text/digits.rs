//! Numbers into a buffer of bytes, many of them for every row.
//!
//! Three digits come from a table, eight are made at once in one 64-bit word, and what is appended
//! has a fixed size, so that no copying function is called for a handful of bytes. Texts are put
//! together in registers by shifting: in memory, the whole could only be loaded once all its parts
//! have been stored, and a row would wait for that five times.

const ONES: u64 = 0x0101_0101_0101_0101;
const ZEROS: u64 = ONES * b'0' as u64;

/// Appends a number in decimal.
#[inline]
pub fn number(value: impl Into<u64>, out: &mut Vec<u8>) {
    let value = value.into();
    match u32::try_from(value) {
        Ok(value @ ..1_000_000) => short(value, out),
        Ok(value @ ..100_000_000) => long(value, out),
        Ok(value) => longer(value, out),
        Err(_) => longest(value, out),
    }
}

/// A number of at most six digits.
fn short(value: u32, out: &mut Vec<u8>) {
    if !has_room(out) {
        return after_growing(short, value, out);
    }
    let (high, low) = (value / 1_000, value % 1_000);
    if high == 0 {
        let (text, len) = leading(low);
        append(text.to_le_bytes(), len, out);
    } else {
        let (text, len) = leading(high);
        let word = u64::from(text) | u64::from(PADDED[low as usize]) << (8 * len);
        append(word.to_le_bytes(), len + 3, out);
    }
}

/// A number of at most eight digits.
fn long(value: u32, out: &mut Vec<u8>) {
    if !has_room(out) {
        return after_growing(long, value, out);
    }
    let digits = digits(value);
    let zeros = digits.trailing_zeros() / 8;
    let word = (digits | ZEROS) >> (8 * zeros);
    append(word.to_le_bytes(), 8 - zeros as usize, out);
}

/// A number of nine or ten digits, as most time stamps are.
fn longer(value: u32, out: &mut Vec<u8>) {
    if !has_room(out) {
        return after_growing(longer, value, out);
    }
    let (first, len) = leading(value / 100_000_000);
    let eight = u128::from(digits(value % 100_000_000) | ZEROS);
    let text = u128::from(first) | eight << (8 * len);
    append(text.to_le_bytes(), len + 8, out);
}

/// A number that takes more than 32 bits.
fn longest(value: u64, out: &mut Vec<u8>) {
    let (high, low) = (value / 100_000_000, value % 100_000_000);
    number(high, out);
    let digits = digits(u32::try_from(low).unwrap_or_default());
    out.extend_from_slice(&(digits | ZEROS).to_le_bytes());
}

/// Appends seconds and, behind a point, the first `decimals` (at most 9) of the nine digits of
/// `nanos` (below 1,000,000,000), cut off, not rounded. No decimals, no point.
pub fn seconds(whole: u64, nanos: u32, decimals: u8, out: &mut Vec<u8>) {
    match u32::try_from(whole) {
        Ok(whole @ ..1_000) if decimals > 0 => few_seconds((whole, nanos, decimals), out),
        _ => {
            number(whole, out);
            if decimals > 0 {
                out.push(b'.');
                fraction(nanos, decimals, out);
            }
        }
    }
}

/// Fewer than 1,000 of them, with decimals: one word holds all.
fn few_seconds((whole, nanos, decimals): (u32, u32, u8), out: &mut Vec<u8>) {
    if !has_room(out) {
        return after_growing(few_seconds, (whole, nanos, decimals), out);
    }
    let (seconds, len) = leading(whole);
    let eight = u128::from(digits(nanos / 10) | ZEROS);
    let last = u128::from(u32::from(b'0') + nanos % 10);
    let below = u128::from(b'.') | eight << 8 | last << 72;
    let text = u128::from(seconds) | below << (8 * len);
    append(
        text.to_le_bytes(),
        len + 1 + usize::from(decimals.min(9)),
        out,
    );
}

/// Appends `nanos` (below 1,000,000,000) as the first `decimals` (at most 9) of nine digits, cut
/// off, not rounded.
pub fn fraction(nanos: u32, decimals: u8, out: &mut Vec<u8>) {
    parts((nanos, decimals), out);
}

fn parts((nanos, decimals): (u32, u8), out: &mut Vec<u8>) {
    if !has_room(out) {
        return after_growing(parts, (nanos, decimals), out);
    }
    let last = u8::try_from(nanos % 10).unwrap_or_default();
    let eight = digits(nanos / 10) | ZEROS;
    append(eight.to_le_bytes(), usize::from(decimals.min(8)), out);
    if decimals > 8 {
        out.push(b'0' + last);
    }
}

/// Appends a byte as two hexadecimal digits.
#[inline]
pub fn hex(byte: u8, out: &mut Vec<u8>) {
    out.extend_from_slice(&HEX[usize::from(byte)]);
}

/// The two hexadecimal digits of every byte.
pub static HEX: [[u8; 2]; 256] = {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let mut texts = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        texts[byte] = [DIGITS[byte >> 4], DIGITS[byte & 0xf]];
        byte += 1;
    }
    texts
};

/// Appends `0x` and four hexadecimal digits.
pub fn hex16(value: u16, out: &mut Vec<u8>) {
    out.extend_from_slice(b"0x");
    for byte in value.to_be_bytes() {
        hex(byte, out);
    }
}

/// Appends an IPv4 address.
pub fn dotted(octets: [u8; 4], out: &mut Vec<u8>) {
    if !has_room(out) {
        return after_growing(dotted, octets, out);
    }
    let [a, b, c, d] = octets;
    let (first, first_len) = two_octets(a, b);
    let (second, second_len) = two_octets(c, d);
    let text = u128::from(first) | u128::from(second) << (8 * first_len);
    // Without the dot after the last one.
    append(text.to_le_bytes(), first_len + second_len - 1, out);
}

/// Two octets with a dot behind each, and how many bytes that is.
#[inline]
fn two_octets(high: u8, low: u8) -> (u64, usize) {
    let ((high, high_len), (low, low_len)) = (octet(high), octet(low));
    let word = u64::from(high) | u64::from(low) << (8 * high_len);
    (word, high_len + low_len)
}

/// An octet with a dot behind it, and how many bytes that is.
#[inline]
fn octet(octet: u8) -> (u32, usize) {
    let len = (LEADING[usize::from(octet)] >> 24) as usize;
    (OCTETS[usize::from(octet)], len + 1)
}

/// Every number of eight bits with a dot behind it.
static OCTETS: [u32; 256] = {
    let mut texts = [0; 256];
    let mut octet = 0;
    while octet < 256 {
        texts[octet as usize] = text(octet, count(octet)) | (b'.' as u32) << (8 * count(octet));
        octet += 1;
    }
    texts
};

/// The digits of a number below 1,000 with zero bytes behind them, and how many there are.
#[inline]
fn leading(value: u32) -> (u32, usize) {
    let entry = LEADING[value as usize];
    (entry & 0x00ff_ffff, (entry >> 24) as usize)
}

/// The digits of every number below 1,000, the first one in the lowest byte, and in the highest
/// byte how many there are.
static LEADING: [u32; 1_000] = texts(false);
/// The same with zeros in front: three digits each, and nothing in the highest byte.
static PADDED: [u32; 1_000] = texts(true);

const fn texts(padded: bool) -> [u32; 1_000] {
    let mut texts = [0; 1_000];
    let mut value = 0_u32;
    while value < 1_000 {
        texts[value as usize] = match padded {
            true => text(value, 3),
            false => text(value, count(value)) | count(value) << 24,
        };
        value += 1;
    }
    texts
}

/// The last `left` digits of a number, the first one in the lowest byte.
const fn text(value: u32, left: u32) -> u32 {
    let (mut text, mut rest, mut left) = (0, value, left);
    while left > 0 {
        text = text << 8 | (b'0' as u32 + rest % 10);
        rest /= 10;
        left -= 1;
    }
    text
}

/// How many digits a number below 1,000 has.
const fn count(value: u32) -> u32 {
    match value {
        100.. => 3,
        10.. => 2,
        _ => 1,
    }
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

/// Whether a word can be appended without growing the buffer. Asked first of all, it keeps the rare
/// call that grows it out of the way of the usual one, which then needs no stack.
#[inline]
fn has_room(out: &Vec<u8>) -> bool {
    out.capacity() - out.len() >= WORD
}

#[cold]
#[inline(never)]
fn after_growing<T>(write: fn(T, &mut Vec<u8>), value: T, out: &mut Vec<u8>) {
    out.reserve(WORD);
    write(value, out);
}

/// The most that is appended at once.
const WORD: usize = size_of::<u128>();

/// Appends the first `len` of a few bytes.
#[inline]
fn append<const N: usize>(bytes: [u8; N], len: usize, out: &mut Vec<u8>) {
    let end = out.len() + len;
    out.extend_from_slice(&bytes);
    out.truncate(end);
}

#[cfg(test)]
mod tests {
    use super::{dotted, fraction, number, seconds};

    fn text(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = b"before ".to_vec();
        write(&mut out);
        String::from_utf8(out).unwrap().split_off(7)
    }

    #[test]
    fn numbers_read_as_the_standard_library_writes_them() {
        let powers = (0..20).map(|power| 10_u64.pow(power));
        let around = powers.flat_map(|power| [power - 1, power, power + 1]);
        let others = [1_234_567_890, u64::from(u32::MAX), 1 << 32, u64::MAX];
        for value in (0..100_000).chain(around).chain(others) {
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
    fn seconds_have_a_point_only_in_front_of_decimals() {
        assert_eq!(text(|out| seconds(0, 14_940_000, 9, out)), "0.014940000");
        assert_eq!(text(|out| seconds(999, 123_456_789, 6, out)), "999.123456");
        assert_eq!(text(|out| seconds(1_000, 123_456_789, 1, out)), "1000.1");
        assert_eq!(text(|out| seconds(12, 999_999_999, 0, out)), "12");
        assert_eq!(
            text(|out| seconds(u64::MAX, 5, 9, out)),
            "18446744073709551615.000000005"
        );
    }

    #[test]
    fn addresses_have_no_leading_zeros() {
        assert_eq!(text(|out| dotted([0, 10, 200, 255], out)), "0.10.200.255");
    }
}
