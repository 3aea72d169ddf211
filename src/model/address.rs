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
}

impl Address {
    /// The IP address, where it is one.
    pub fn ip(self) -> Option<IpAddr> {
        match self {
            Address::V4(ip) => Some(IpAddr::V4(ip)),
            Address::V6(ip) => Some(IpAddr::V6(ip)),
            Address::None | Address::Mac(_) => None,
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
