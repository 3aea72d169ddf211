//! Captures that are built packet by packet: raw IPv4 with TCP, without checksums that anybody reads.

/// One TCP segment.
#[derive(Clone, Copy)]
pub(super) struct Segment<'a> {
    /// Microseconds since the first one.
    pub(super) time: u32,
    /// The ports from and to; from the larger one it comes from the client.
    pub(super) ports: (u16, u16),
    pub(super) flags: u8,
    pub(super) seq: u32,
    pub(super) ack: u32,
    pub(super) payload: &'a [u8],
}

pub(super) const SYN: u8 = 0x02;
pub(super) const ACK: u8 = 0x10;
pub(super) const PSH: u8 = 0x08;

/// A capture of these segments.
pub(super) fn pcap(segments: &[Segment<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    for word in [0xa1b2_c3d4_u32, 0x0004_0002, 0, 0, 65535, 101] {
        out.extend_from_slice(&word.to_le_bytes());
    }
    for (id, it) in (1_u16..).zip(segments) {
        let packet = packet(id, it);
        let len = u32::try_from(packet.len()).unwrap();
        for word in [
            1_700_000_000 + it.time / 1_000_000,
            it.time % 1_000_000,
            len,
            len,
        ] {
            out.extend_from_slice(&word.to_le_bytes());
        }
        out.extend_from_slice(&packet);
    }
    out
}

fn packet(id: u16, it: &Segment<'_>) -> Vec<u8> {
    let len = u16::try_from(40 + it.payload.len()).unwrap();
    let mut out = vec![0x45, 0];
    out.extend_from_slice(&len.to_be_bytes());
    out.extend_from_slice(&id.to_be_bytes());
    out.extend_from_slice(&[0, 0, 64, 6, 0, 0]);
    let (client, server) = ([192, 0, 2, 1], [192, 0, 2, 80]);
    let ends = match it.ports.0 > it.ports.1 {
        true => [client, server],
        false => [server, client],
    };
    out.extend_from_slice(&ends.concat());
    out.extend_from_slice(&it.ports.0.to_be_bytes());
    out.extend_from_slice(&it.ports.1.to_be_bytes());
    out.extend_from_slice(&it.seq.to_be_bytes());
    out.extend_from_slice(&it.ack.to_be_bytes());
    out.extend_from_slice(&[0x50, it.flags, 0xff, 0xff, 0, 0, 0, 0]);
    out.extend_from_slice(it.payload);
    out
}

/// A connection from port 50000 that is opened and carries each text to the server.
pub(super) fn talk<'a>(server: u16, texts: &[&'a [u8]]) -> Vec<Segment<'a>> {
    let to = (50000, server);
    let back = (server, 50000);
    let segment = |time, ports, flags, seq, ack, payload| Segment {
        time,
        ports,
        flags,
        seq,
        ack,
        payload,
    };
    let mut all = vec![
        segment(0, to, SYN, 100, 0, &b""[..]),
        segment(10, back, SYN | ACK, 900, 101, b""),
        segment(20, to, ACK, 101, 901, b""),
    ];
    let (mut time, mut seq) = (100, 101);
    for text in texts {
        all.push(segment(time, to, PSH | ACK, seq, 901, text));
        seq += u32::try_from(text.len()).unwrap();
        all.push(segment(time + 10, back, ACK, 901, seq, b""));
        time += 100;
    }
    all
}
