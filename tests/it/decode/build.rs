//! Packets from their parts.

/// A link-layer header with an EtherType in front of a packet.
pub(super) fn ethernet(kind: u16, packet: &[u8]) -> Vec<u8> {
    let addresses: &[u8] = &[2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1];
    [addresses, &kind.to_be_bytes(), packet].concat()
}

/// What is told about an IPv4 packet besides its payload.
pub(super) struct V4 {
    pub(super) protocol: u8,
    pub(super) total: Option<u16>,
    pub(super) id: u16,
    pub(super) flags: u16,
    pub(super) source: [u8; 4],
}

impl Default for V4 {
    fn default() -> Self {
        Self {
            protocol: 6,
            total: None,
            id: 1,
            flags: 0,
            source: [10, 0, 0, 1],
        }
    }
}

impl V4 {
    /// The packet, to 10.0.0.2.
    pub(super) fn packet(&self, payload: &[u8]) -> Vec<u8> {
        let len = u16::try_from(20 + payload.len()).unwrap();
        let total = self.total.unwrap_or(len);
        let head: &[u8] = &[0x45, 0];
        [
            head,
            &total.to_be_bytes(),
            &self.id.to_be_bytes(),
            &self.flags.to_be_bytes(),
            &[64, self.protocol, 0, 0],
            &self.source,
            &[10, 0, 0, 2],
            payload,
        ]
        .concat()
    }
}

/// An IPv4 packet from 10.0.0.1 to 10.0.0.2.
pub(super) fn v4(protocol: u8, payload: &[u8]) -> Vec<u8> {
    V4 {
        protocol,
        ..V4::default()
    }
    .packet(payload)
}

/// An IPv6 packet from 2001:db8::1 to 2001:db8::2.
pub(super) fn v6(next: u8, payload: &[u8]) -> Vec<u8> {
    let len = u16::try_from(payload.len()).unwrap();
    let head: &[u8] = &[0x60, 0, 0, 0];
    let address = |last| [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last];
    [
        head,
        &len.to_be_bytes(),
        &[next, 64],
        &address(1),
        &address(2),
        payload,
    ]
    .concat()
}

/// A SYN from port 1000 to port 2000.
pub(super) fn syn() -> Vec<u8> {
    vec![
        0x03, 0xe8, 0x07, 0xd0, 0, 0, 0, 100, 0, 0, 0, 0, 0x50, 2, 3, 0xe8, 0, 0, 0, 0,
    ]
}

/// A datagram from port 5000 to port 6000.
pub(super) fn datagram(payload: &[u8]) -> Vec<u8> {
    let len = u16::try_from(8 + payload.len()).unwrap();
    let ports: &[u8] = &[0x13, 0x88, 0x17, 0x70];
    [ports, &len.to_be_bytes(), &[0, 0], payload].concat()
}

/// Numbers without a pattern, the same each time (xorshift64*).
pub(super) struct Random(pub(super) u64);

impl Random {
    /// The next number.
    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap()
    }
}
