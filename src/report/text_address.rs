//! Addresses as text, spelled as tshark spells them.

use std::io::Write;

use crate::model::address::Address;

/// Appends an address as the Source and Destination columns show it.
pub fn write(address: Address, out: &mut Vec<u8>) {
    match address {
        Address::None => {}
        Address::Mac([a, b, c, d, e, f]) => {
            let _ = write!(out, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{f:02x}");
        }
        Address::V4(ip) => {
            let mut text = itoa::Buffer::new();
            for (place, octet) in ip.octets().into_iter().enumerate() {
                if place > 0 {
                    out.push(b'.');
                }
                out.extend_from_slice(text.format(octet).as_bytes());
            }
        }
        Address::V6(ip) => {
            let _ = write!(out, "{ip}");
        }
    }
}
