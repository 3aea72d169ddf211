//! Capture files by hand.

/// A byte order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

impl Order {
    pub(super) const BOTH: [Order; 2] = [Order::Little, Order::Big];

    pub(super) fn u16(self, value: u16) -> [u8; 2] {
        match self {
            Order::Little => value.to_le_bytes(),
            Order::Big => value.to_be_bytes(),
        }
    }

    pub(super) fn u32(self, value: u32) -> [u8; 4] {
        match self {
            Order::Little => value.to_le_bytes(),
            Order::Big => value.to_be_bytes(),
        }
    }

    pub(super) fn u32s(self, values: &[u32]) -> Vec<u8> {
        values.iter().flat_map(|value| self.u32(*value)).collect()
    }
}

/// An Ethernet frame with an empty UDP datagram from 127.0.0.1:5000 to :5001.
pub(super) const UDP: [u8; 42] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0x45, 0, 0, 28, 0, 1, 0, 0, 64, 17, 0, 0, 127, 0, 0,
    1, 127, 0, 0, 1, 0x13, 0x88, 0x13, 0x89, 0, 8, 0, 0,
];

/// A pcap file header.
pub(super) fn pcap(order: Order, magic: u32, version: (u16, u16), snap: u32, link: u32) -> Vec<u8> {
    [
        order.u32(magic).as_slice(),
        &order.u16(version.0),
        &order.u16(version.1),
        &order.u32s(&[0, 0, snap, link]),
    ]
    .concat()
}

/// The usual pcap header.
pub(super) fn usual() -> Vec<u8> {
    pcap(Order::Little, 0xa1b2_c3d4, (2, 4), 65_535, 1)
}

/// A pcap packet with `extra` bytes in its header.
pub(super) fn packet(order: Order, secs: u32, fraction: u32, extra: &[u8], data: &[u8]) -> Vec<u8> {
    let len = u32::try_from(data.len()).unwrap();
    [&order.u32s(&[secs, fraction, len, len]), extra, data].concat()
}

/// A pcapng block.
pub(super) fn block(order: Order, kind: u32, body: &[u8]) -> Vec<u8> {
    let padded = body.len().next_multiple_of(4);
    let len = order.u32(u32::try_from(padded + 12).unwrap());
    let mut out = [order.u32(kind), len].concat();
    out.extend_from_slice(body);
    out.resize(8 + padded, 0);
    out.extend_from_slice(&len);
    out
}

/// A pcapng option.
pub(super) fn option(order: Order, code: u16, value: &[u8]) -> Vec<u8> {
    let len = u16::try_from(value.len()).unwrap();
    let mut out = [order.u16(code), order.u16(len)].concat();
    out.extend_from_slice(value);
    out.resize(4 + value.len().next_multiple_of(4), 0);
    out
}

/// A section header block.
pub(super) fn section(order: Order, version: (u16, u16), options: &[u8]) -> Vec<u8> {
    let body = [
        order.u32(0x1a2b_3c4d).as_slice(),
        &order.u16(version.0),
        &order.u16(version.1),
        &[0xff; 8],
        options,
    ]
    .concat();
    block(order, 0x0a0d_0d0a, &body)
}

/// An interface description block.
pub(super) fn interface(order: Order, link: u16, snap: u32, options: &[u8]) -> Vec<u8> {
    let body = [
        order.u16(link).as_slice(),
        &[0, 0],
        &order.u32(snap),
        options,
    ]
    .concat();
    block(order, 1, &body)
}

/// An enhanced packet block.
pub(super) fn enhanced(order: Order, interface: u32, stamp: u64, data: &[u8]) -> Vec<u8> {
    enhanced_with(order, interface, stamp, data, &[])
}

/// An enhanced packet block with options.
pub(super) fn enhanced_with(
    order: Order,
    interface: u32,
    stamp: u64,
    data: &[u8],
    options: &[u8],
) -> Vec<u8> {
    let len = u32::try_from(data.len()).unwrap();
    let (high, low) = (stamp >> 32, stamp & 0xffff_ffff);
    let head = [
        interface,
        u32::try_from(high).unwrap(),
        u32::try_from(low).unwrap(),
        len,
        len,
    ];
    let mut body = order.u32s(&head);
    body.extend_from_slice(data);
    body.resize(body.len().next_multiple_of(4), 0);
    body.extend_from_slice(options);
    block(order, 6, &body)
}

/// A simple packet block.
pub(super) fn simple(order: Order, wire_len: u32, data: &[u8]) -> Vec<u8> {
    block(order, 3, &[order.u32(wire_len).as_slice(), data].concat())
}
