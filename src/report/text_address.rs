//! Addresses as text, spelled as tshark spells them.

use crate::model::address::Address;
use crate::model::address::Endpoint;
use crate::model::address::{V6_TEXT, v6_bytes};
use crate::text::digits;

/// Appends an address as the Source and Destination columns show it.
#[inline]
pub fn write(address: Address, out: &mut Vec<u8>) {
    match address {
        Address::V4(ip) => digits::dotted(ip.octets(), out),
        _ => other(address, out),
    }
}

/// The same of an address that is not of IPv4: apart, so that those need no room for the text.
#[inline(never)]
fn other(address: Address, out: &mut Vec<u8>) {
    match address {
        Address::None => {}
        Address::Mac(bytes) => colons(&bytes, out),
        Address::Eui64(bytes) => colons(&bytes, out),
        Address::Role(bytes, role) => {
            colons(&bytes, out);
            out.extend_from_slice(b" (");
            out.extend_from_slice(role.as_bytes());
            out.push(b')');
        }
        Address::V4(ip) => digits::dotted(ip.octets(), out),
        Address::V6(ip) => {
            let mut text = [0; V6_TEXT];
            out.extend_from_slice(v6_bytes(ip, &mut text));
        }
        Address::Arcnet(station) => {
            out.extend_from_slice(b"0x");
            digits::hex(station, out);
        }
        Address::Name(words) => out.extend_from_slice(words.as_bytes()),
    }
}

/// An end as text: `127.0.0.1:5050`, `[::1]:5050`.
pub fn end(end: Endpoint) -> String {
    let mut ip = Vec::new();
    write(Address::from(end.ip), &mut ip);
    let ip = String::from_utf8_lossy(&ip);
    match end.ip.is_ipv6() {
        true => format!("[{ip}]:{}", end.port),
        false => format!("{ip}:{}", end.port),
    }
}

/// Appends bytes as `00:1a:2b`.
pub(super) fn colons(bytes: &[u8], out: &mut Vec<u8>) {
    for (place, byte) in bytes.iter().copied().enumerate() {
        if place > 0 {
            out.push(b':');
        }
        digits::hex(byte, out);
    }
}
