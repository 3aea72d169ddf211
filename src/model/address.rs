//! Addresses as the Source and Destination columns show them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

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

/// Room for the text of an IPv6 address, in bytes: at most 45, and a word that goes beyond it.
pub const V6_TEXT: usize = 48;

/// An IPv6 address as tshark spells it, which is RFC 5952 with one older habit: the last four
/// bytes read as IPv4 in `::ffff:a.b.c.d` and in addresses whose first 96 bits are zero and whose
/// next 16 are not. The text is written to `out` and needs no formatting machinery: rows of IPv6
/// traffic hold two of them.
pub fn v6_text(address: Ipv6Addr, out: &mut [u8; V6_TEXT]) -> &str {
    let groups = address.segments();
    let mut text = Writer { out, len: 0 };
    let embedded = match groups {
        [0, 0, 0, 0, 0, 0xffff, ..] => true,
        [0, 0, 0, 0, 0, 0, high, _] => high != 0,
        _ => false,
    };
    let count = if embedded { 6 } else { 8 };
    let (gap, gap_len) = match groups.contains(&0) {
        true => longest_zeros(&groups[..count]),
        false => (0, 0),
    };
    let mut place = 0;
    while place < count {
        if place == gap && gap_len > 1 {
            text.push(b':');
            place += gap_len;
            if place == count {
                text.push(b':');
            }
            continue;
        }
        if place > 0 {
            text.push(b':');
        }
        text.hex(groups[place]);
        place += 1;
    }
    if embedded {
        // The colon before the dotted part is there already where zeros ended the groups.
        if !(gap_len > 1 && gap + gap_len == count) {
            text.push(b':');
        }
        let [.., a, b, c, d] = address.octets();
        text.decimal(a);
        for octet in [b, c, d] {
            text.push(b'.');
            text.decimal(octet);
        }
    }
    let len = text.len;
    out.get(..len)
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .unwrap_or_default()
}

/// Start and length of the first longest run of zero groups.
fn longest_zeros(groups: &[u16]) -> (usize, usize) {
    let (mut best, mut best_len) = (0, 0);
    let (mut start, mut len) = (0, 0);
    for (place, group) in groups.iter().enumerate() {
        if *group != 0 {
            len = 0;
            continue;
        }
        if len == 0 {
            start = place;
        }
        len += 1;
        if len > best_len {
            (best, best_len) = (start, len);
        }
    }
    (best, best_len)
}

/// Digits into a buffer that is long enough for any address. Each write takes a whole word, of which
/// the next one covers what is too much.
struct Writer<'b> {
    out: &'b mut [u8; V6_TEXT],
    len: usize,
}

impl Writer<'_> {
    #[inline]
    fn word(&mut self, bytes: [u8; 4], len: usize) {
        if let Some(place) = self.out.get_mut(self.len..self.len + 4) {
            place.copy_from_slice(&bytes);
            self.len += len;
        }
    }

    fn push(&mut self, byte: u8) {
        self.word([byte, 0, 0, 0], 1);
    }

    #[inline]
    fn hex(&mut self, group: u16) {
        let [high, low] = group.to_be_bytes().map(|byte| HEX[usize::from(byte)]);
        let four = u32::from(high) | u32::from(low) << 16;
        let zeros = (group.leading_zeros() / 4).min(3);
        self.word((four >> (8 * zeros)).to_le_bytes(), 4 - zeros as usize);
    }

    fn decimal(&mut self, octet: u8) {
        if octet >= 100 {
            self.push(b'0' + octet / 100);
        }
        if octet >= 10 {
            self.push(b'0' + octet / 10 % 10);
        }
        self.push(b'0' + octet % 10);
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
}
