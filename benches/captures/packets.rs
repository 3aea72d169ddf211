//! Packets with right lengths and checksums, into a pcap file.

use std::io::Write;

/// The microseconds since 1970 of the first packet: 2024-01-01 00:00:00 UTC.
const EPOCH: u64 = 1_704_067_200_000_000;

pub(crate) const FIN: u8 = 1;
pub(crate) const SYN: u8 = 2;
pub(crate) const PSH: u8 = 8;
pub(crate) const ACK: u8 = 16;

/// The two ends of a flow; which one is the client is up to the shape.
#[derive(Clone, Copy)]
pub(crate) struct Ends {
    pub(crate) hosts: [u32; 2],
    pub(crate) ports: [u16; 2],
    pub(crate) ipv6: bool,
    /// The VLAN of its frames; 0 for none.
    pub(crate) vlan: u16,
}

/// A TCP segment that end `from` (0 or 1) of a flow sends.
pub(crate) struct Segment<'a> {
    pub(crate) from: usize,
    pub(crate) flags: u8,
    pub(crate) seq: u32,
    pub(crate) ack: u32,
    /// The timestamps option.
    pub(crate) times: (u32, u32),
    /// The edges of a SACK block.
    pub(crate) sack: Option<(u32, u32)>,
    pub(crate) payload: &'a [u8],
}

/// A capture that is being written.
pub(crate) struct Capture<W: Write> {
    out: W,
    /// Microseconds since the first packet.
    pub(crate) now: u64,
    /// How many packets there are.
    pub(crate) written: u64,
    frame: Vec<u8>,
}

impl<W: Write> Capture<W> {
    pub(crate) fn new(mut out: W) -> Self {
        let mut header = vec![0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0];
        header.extend([0; 8]);
        header.extend(262_144_u32.to_le_bytes());
        header.extend(1_u32.to_le_bytes());
        out.write_all(&header).unwrap();
        Self {
            out,
            now: 0,
            written: 0,
            frame: Vec::new(),
        }
    }

    pub(crate) fn into_inner(self) -> W {
        self.out
    }

    fn finish(&mut self) {
        let time = EPOCH + self.now;
        let length = u32::try_from(self.frame.len()).unwrap();
        let mut record = [0; 16];
        record[..4].copy_from_slice(&u32::try_from(time / 1_000_000).unwrap().to_le_bytes());
        record[4..8].copy_from_slice(&u32::try_from(time % 1_000_000).unwrap().to_le_bytes());
        record[8..12].copy_from_slice(&length.to_le_bytes());
        record[12..].copy_from_slice(&length.to_le_bytes());
        self.out.write_all(&record).unwrap();
        self.out.write_all(&self.frame).unwrap();
        self.written += 1;
    }

    fn ethernet(&mut self, ends: &Ends, from: usize, kind: u16) {
        self.frame.clear();
        for end in [1 - from, from] {
            self.frame.extend([2, 0]);
            self.frame.extend(ends.hosts[end].to_be_bytes());
        }
        if ends.vlan != 0 {
            self.frame.extend([0x81, 0]);
            self.frame.extend(ends.vlan.to_be_bytes());
        }
        self.frame.extend(kind.to_be_bytes());
    }

    /// The headers below the transport layer, with the sum that its checksum begins with.
    fn network(&mut self, ends: &Ends, from: usize, protocol: u8, length: usize) -> u64 {
        let length = u16::try_from(length).unwrap();
        let mut sum = u64::from(protocol) + u64::from(length);
        if ends.ipv6 {
            self.ethernet(ends, from, 0x86dd);
            self.frame.extend([0x60, 0, 0, 0]);
            self.frame.extend(length.to_be_bytes());
            self.frame.extend([protocol, 64]);
            for end in [from, 1 - from] {
                let start = self.frame.len();
                self.frame
                    .extend([0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0]);
                self.frame.extend(ends.hosts[end].to_be_bytes());
                sum += words(&self.frame[start..]);
            }
            return sum;
        }
        self.ethernet(ends, from, 0x0800);
        let start = self.frame.len();
        self.frame.extend([0x45, 0]);
        self.frame.extend((length + 20).to_be_bytes());
        let id = u16::try_from(self.written & 0xffff).unwrap();
        self.frame.extend(id.to_be_bytes());
        self.frame.extend([0x40, 0, 64, protocol, 0, 0]);
        for end in [from, 1 - from] {
            self.frame.extend(ends.hosts[end].to_be_bytes());
        }
        sum += words(&self.frame[start + 12..]);
        let checksum = fold(words(&self.frame[start..]));
        self.frame[start + 10..start + 12].copy_from_slice(&checksum.to_be_bytes());
        sum
    }

    /// A TCP segment.
    pub(crate) fn tcp(&mut self, ends: &Ends, segment: &Segment<'_>) {
        let mut options = Vec::with_capacity(40);
        if segment.flags & SYN != 0 {
            options.extend([2, 4, 5, 180, 4, 2]);
        } else {
            options.extend([1, 1]);
        }
        options.extend([8, 10]);
        options.extend(segment.times.0.to_be_bytes());
        options.extend(segment.times.1.to_be_bytes());
        if segment.flags & SYN != 0 {
            options.extend([1, 3, 3, 7]);
        }
        if let Some((left, right)) = segment.sack {
            options.extend([1, 1, 5, 10]);
            options.extend(left.to_be_bytes());
            options.extend(right.to_be_bytes());
        }
        let header = 20 + options.len();
        let sum = self.network(ends, segment.from, 6, header + segment.payload.len());
        let start = self.frame.len();
        self.frame.extend(ends.ports[segment.from].to_be_bytes());
        self.frame
            .extend(ends.ports[1 - segment.from].to_be_bytes());
        self.frame.extend(segment.seq.to_be_bytes());
        self.frame.extend(segment.ack.to_be_bytes());
        let offset = u8::try_from(header / 4 * 16).unwrap();
        self.frame
            .extend([offset, segment.flags, 1, 245, 0, 0, 0, 0]);
        self.frame.extend(options);
        self.frame.extend(segment.payload);
        let checksum = fold(sum + words(&self.frame[start..]));
        self.frame[start + 16..start + 18].copy_from_slice(&checksum.to_be_bytes());
        self.finish();
    }

    /// A UDP datagram.
    pub(crate) fn udp(&mut self, ends: &Ends, from: usize, payload: &[u8]) {
        let length = 8 + payload.len();
        let sum = self.network(ends, from, 17, length);
        let start = self.frame.len();
        self.frame.extend(ends.ports[from].to_be_bytes());
        self.frame.extend(ends.ports[1 - from].to_be_bytes());
        self.frame
            .extend(u16::try_from(length).unwrap().to_be_bytes());
        self.frame.extend([0, 0]);
        self.frame.extend(payload);
        let checksum = fold(sum + words(&self.frame[start..])).max(1);
        self.frame[start + 6..start + 8].copy_from_slice(&checksum.to_be_bytes());
        self.finish();
    }

    /// An ICMP echo request, or the reply where end 1 sends it.
    pub(crate) fn ping(&mut self, ends: &Ends, from: usize, number: u16, payload: &[u8]) {
        self.network(ends, from, 1, 8 + payload.len());
        let start = self.frame.len();
        let kind = if from == 0 { 8 } else { 0 };
        self.frame.extend([kind, 0, 0, 0]);
        self.frame.extend(ends.ports[0].to_be_bytes());
        self.frame.extend(number.to_be_bytes());
        self.frame.extend(payload);
        let checksum = fold(words(&self.frame[start..]));
        self.frame[start + 2..start + 4].copy_from_slice(&checksum.to_be_bytes());
        self.finish();
    }

    /// An ARP request, or the reply where end 1 sends it.
    pub(crate) fn arp(&mut self, ends: &Ends, from: usize) {
        self.ethernet(ends, from, 0x0806);
        let kind = if from == 0 { 1 } else { 2 };
        self.frame.extend([0, 1, 8, 0, 6, 4, 0, kind]);
        for end in [from, 1 - from] {
            self.frame.extend([2, 0]);
            self.frame.extend(ends.hosts[end].to_be_bytes());
            self.frame.extend(ends.hosts[end].to_be_bytes());
        }
        self.finish();
    }
}

/// The sum of 16-bit words (RFC 1071).
fn words(bytes: &[u8]) -> u64 {
    let pairs = bytes.chunks(2).map(|pair| match *pair {
        [high, low] => u64::from(u16::from_be_bytes([high, low])),
        [high] => u64::from(high) << 8,
        _ => 0,
    });
    pairs.sum()
}

fn fold(mut sum: u64) -> u16 {
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !u16::try_from(sum).unwrap()
}
