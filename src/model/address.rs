//! Addresses as the Source and Destination columns show them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// An address of a packet, of the innermost layer that has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Address {
    /// The packet has none, or none that netlab reads.
    #[default]
    None,
    /// A link-layer address of six bytes (EUI-48).
    Mac([u8; 6]),
    /// An IPv4 address.
    V4(Ipv4Addr),
    /// An IPv6 address.
    V6(Ipv6Addr),
    /// A link-layer address of eight bytes (EUI-64).
    Eui64([u8; 8]),
    /// A link-layer address of six bytes with its part in a wireless exchange: `RA`, `TA`.
    Role([u8; 6], &'static str),
    /// The number of a station on an ARCNET.
    Arcnet(u8),
    /// Words that stand for an end that has no address: `N/A`, `DTE`, `DCE`.
    Name(&'static str),
}

impl Address {
    /// The IP address, where it is one.
    pub fn ip(self) -> Option<IpAddr> {
        match self {
            Address::V4(ip) => Some(IpAddr::V4(ip)),
            Address::V6(ip) => Some(IpAddr::V6(ip)),
            Address::None
            | Address::Mac(_)
            | Address::Eui64(_)
            | Address::Role(..)
            | Address::Arcnet(_)
            | Address::Name(_) => None,
        }
    }
}

impl From<IpAddr> for Address {
    fn from(ip: IpAddr) -> Self {
        match ip {
            IpAddr::V4(ip) => Address::V4(ip),
            IpAddr::V6(ip) => Address::V6(ip),
        }
    }
}

/// One end of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Endpoint {
    /// Its IP address.
    pub ip: IpAddr,
    /// Its TCP or UDP port.
    pub port: u16,
}

impl From<SocketAddr> for Endpoint {
    fn from(address: SocketAddr) -> Self {
        Self {
            ip: address.ip(),
            port: address.port(),
        }
    }
}

/// Room for the text of an IPv6 address, in bytes: at most 45, and a word that goes beyond it.
pub const V6_TEXT: usize = 48;

/// An IPv6 address as tshark spells it, which is RFC 5952 with one older habit: the last four
/// bytes read as IPv4 in `::ffff:a.b.c.d` and in addresses whose first 96 bits are zero and whose
/// next 16 are not. The text is written to `out`.
pub fn v6_text(address: Ipv6Addr, out: &mut [u8; V6_TEXT]) -> &str {
    std::str::from_utf8(v6_bytes(address, out)).unwrap_or_default()
}

/// The same as bytes, without any formatting machinery: rows of IPv6 traffic hold two of them.
pub fn v6_bytes(address: Ipv6Addr, out: &mut [u8; V6_TEXT]) -> &[u8] {
    let groups = address.segments();
    let mut text = Writer { out, len: 0 };
    let embedded = match groups {
        [0, 0, 0, 0, 0, 0xffff, ..] => true,
        [0, 0, 0, 0, 0, 0, high, _] => high != 0,
        _ => false,
    };
    let count = if embedded { 6 } else { 8 };
    let mut zeros = 0_u8;
    for (place, group) in groups.iter().enumerate().take(count) {
        zeros |= u8::from(*group == 0) << place;
    }
    let (gap, gap_len) = GAPS[usize::from(zeros)];
    let (gap, gap_end) = (usize::from(gap), usize::from(gap + gap_len));
    let (before, behind) = match gap_len {
        0 => (&groups[..count], &[][..]),
        _ => (
            groups.get(..gap).unwrap_or_default(),
            groups.get(gap_end..count).unwrap_or_default(),
        ),
    };
    text.groups(before, false);
    if gap_len > 0 {
        // The other colon stands in front of the next group.
        text.word(u64::from(b':'), 1);
        text.groups(behind, true);
        if gap_end == count {
            text.word(u64::from(b':'), 1);
        }
    }
    if embedded {
        let [.., a, b, c, d] = address.octets();
        // The colon before the dotted part is there already where zeros ended the groups.
        let colon = gap_len == 0 || gap_end < count;
        text.decimal(colon.then_some(b':'), a);
        for octet in [b, c, d] {
            text.decimal(Some(b'.'), octet);
        }
    }
    let len = text.len;
    out.get(..len).unwrap_or_default()
}

/// For every set of groups that are zero, the lowest bit for the first one: where the first
/// longest run of them starts and how long it is. A single group is no run (RFC 5952, 4.2.2).
static GAPS: [(u8, u8); 256] = {
    let mut gaps = [(0, 0); 256];
    let mut zeros = 0;
    while zeros < 256 {
        let (mut place, mut len) = (0, 0);
        while place < 8 {
            len = if zeros >> place & 1 == 1 { len + 1 } else { 0 };
            if len > 1 && len > gaps[zeros].1 {
                gaps[zeros] = (place + 1 - len, len);
            }
            place += 1;
        }
        zeros += 1;
    }
    gaps
};

/// Digits into a buffer that is long enough for any address. Each write takes a whole word, of which
/// the next one covers what is too much.
struct Writer<'b> {
    out: &'b mut [u8; V6_TEXT],
    len: usize,
}

impl Writer<'_> {
    #[inline]
    fn word(&mut self, text: u64, len: usize) {
        if let Some(place) = self.out.get_mut(self.len..self.len + 8) {
            place.copy_from_slice(&text.to_le_bytes());
            self.len += len;
        }
    }

    /// Groups with colons between them, and one in front of the first where they come `behind`
    /// something.
    #[inline]
    fn groups(&mut self, groups: &[u16], behind: bool) {
        let mut colon = u32::from(behind);
        for group in groups {
            let [high, low] = group.to_be_bytes().map(|byte| HEX[usize::from(byte)]);
            let four = u64::from(high) | u64::from(low) << 16;
            let zeros = (group.leading_zeros() / 4).min(3);
            let word = (u64::from(b':') | four >> (8 * zeros) << 8) >> (8 * (1 - colon));
            self.word(word, (4 - zeros + colon) as usize);
            colon = 1;
        }
    }

    fn decimal(&mut self, separator: Option<u8>, octet: u8) {
        if let Some(separator) = separator {
            self.word(separator.into(), 1);
        }
        for (least, unit) in [(100, 100), (10, 10), (0, 1)] {
            if octet >= least {
                self.word((b'0' + octet / unit % 10).into(), 1);
            }
        }
    }
}

/// The two digits of every byte, the first one in the lower byte.
static HEX: [u16; 256] = {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let mut texts = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        texts[byte] = u16::from_le_bytes([DIGITS[byte >> 4], DIGITS[byte & 0xf]]);
        byte += 1;
    }
    texts
};

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;

    use super::{V6_TEXT, v6_text};

    #[test]
    fn ipv6_addresses_read_as_tshark_spells_them() {
        for text in [
            "::",
            "::1",
            "1::",
            "fe80::1",
            "2001:db8:1:0:306e:739d:dea6:99a4",
            "1:0:0:2::3",
            "0:1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:0",
            "1:2:3:4:5:6::",
            "::ffff:1.2.3.4",
            "::1.2.3.4",
            "::0.1.0.0",
            "::1234",
            "64:ff9b::102:304",
            "::ffff:0:102:304",
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        ] {
            let mut buffer = [0; V6_TEXT];
            assert_eq!(v6_text(text.parse().unwrap(), &mut buffer), text);
        }
    }

    #[test]
    fn zeros_are_left_out_where_the_standard_library_leaves_them_out() {
        for zeros in 0..256_u16 {
            for digit in [0x1, 0x23, 0x456, 0x789a] {
                let group = |place: u16| if zeros >> place & 1 == 1 { 0 } else { digit };
                let address = Ipv6Addr::from([0, 1, 2, 3, 4, 5, 6, 7].map(group));
                let embeds = matches!(address.segments(), [0, 0, 0, 0, 0, 0, high, _] if high > 0);
                let mut buffer = [0; V6_TEXT];
                if !embeds {
                    assert_eq!(v6_text(address, &mut buffer), address.to_string());
                }
            }
        }
    }
}
