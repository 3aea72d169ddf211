//! Whatever bytes come, there is a row.

use netlab::decode::Decoder;

use super::build::{Random, datagram, ethernet, syn, v4, v6};
use super::{cut, line};

/// Link types that are read, and one that is not.
const LINKS: [u32; 50] = [
    0, 1, 6, 7, 9, 10, 11, 12, 13, 14, 16, 50, 51, 99, 100, 101, 104, 105, 107, 108, 113, 117, 119,
    122, 123, 127, 129, 130, 137, 138, 149, 163, 167, 178, 179, 180, 181, 183, 192, 197, 204, 226,
    228, 229, 239, 242, 248, 258, 274, 276,
];

/// Packets with a bit of everything that is read.
fn seeds() -> Vec<Vec<u8>> {
    let tcp = v4(6, &syn());
    let inner = ethernet(0x0800, &tcp);
    let fragment = [&[17, 0, 0, 1, 0, 0, 0, 7], datagram(&[7; 80]).as_slice()].concat();
    let quote = [vec![3, 3, 0, 0, 0, 0, 0, 0], tcp.clone()].concat();
    let quote6 = [vec![1, 4, 0, 0, 0, 0, 0, 0], v6(6, &syn())].concat();
    let arp = [&[0, 1, 8, 0, 6, 4, 0, 2], [3; 20].as_slice()].concat();
    let neighbour = [&[136, 0, 0, 0, 0, 0, 0, 0], [2; 32].as_slice()].concat();
    vec![
        inner.clone(),
        tcp.clone(),
        ethernet(0x8100, &[&[0, 5, 8, 0], tcp.as_slice()].concat()),
        ethernet(
            0x0800,
            &v4(
                47,
                &[&[0x20, 0, 0x65, 0x58, 0, 0, 1, 0], inner.as_slice()].concat(),
            ),
        ),
        ethernet(0x86dd, &v6(44, &fragment)),
        ethernet(0x0800, &v4(1, &quote)),
        ethernet(0x86dd, &v6(58, &quote6)),
        ethernet(0x86dd, &v6(58, &neighbour)),
        ethernet(
            0x86dd,
            &v6(43, &[&[6, 4, 0, 2], [1; 36].as_slice()].concat()),
        ),
        ethernet(0x8847, &[&[0, 0x6, 0x41, 64], tcp.as_slice()].concat()),
        ethernet(
            0x8864,
            &[&[0x11, 0, 0, 1, 0, 42, 0, 0x21], tcp.as_slice()].concat(),
        ),
        ethernet(0x0806, &arp),
        ethernet(
            0x0800,
            &v4(
                2,
                &[[0x22, 0, 0, 0, 0, 0, 0, 2].as_slice(), &[4; 32]].concat(),
            ),
        ),
        ethernet(0x0800, &v4(51, &[4; 60])),
        ethernet(
            48,
            &[&[0xaa, 0xaa, 3, 0, 0, 0, 8, 0], tcp.as_slice()].concat(),
        ),
        vec![0; 120],
        vec![0xff; 120],
    ]
}

#[test]
fn cut_and_flipped_frames_give_rows() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let seeds = seeds();
    let mut decoder = Decoder::new();
    let mut text = 0;
    for round in 0..60_000 {
        let mut bytes = seeds[random.below(seeds.len())].clone();
        for _ in 0..random.below(6) {
            let place = random.below(bytes.len());
            bytes[place] = random.next().to_le_bytes()[0];
        }
        let wire = bytes.len();
        if round % 3 == 0 {
            bytes.truncate(random.below(wire));
        }
        let link = LINKS[random.below(LINKS.len())];
        let wire = if round % 2 == 0 { wire } else { bytes.len() };
        text += line(&decoder.decode(&cut(link, &bytes, wire))).len();
    }
    assert!(text > 0);
}

#[test]
fn hostile_fragments_leave_room_for_others() {
    let mut decoder = Decoder::new();
    let payload = [0x5a; 1400];
    // 64 times what may wait: no datagram is ever finished.
    for number in 0..1_500_000_u32 {
        let mut packet = super::build::V4 {
            protocol: 17,
            id: u16::try_from(number & 0xffff).unwrap(),
            flags: 0x2000 | 5,
            ..super::build::V4::default()
        }
        .packet(&payload);
        packet[12..16].copy_from_slice(&number.to_be_bytes());
        decoder.decode(&cut(101, &packet, packet.len()));
    }
    let bytes = datagram(&[1; 92]);
    let part = |flags, bytes: &[u8]| {
        super::build::V4 {
            protocol: 17,
            flags,
            ..super::build::V4::default()
        }
        .packet(bytes)
    };
    let (first, second) = (part(0x2000, &bytes[..40]), part(5, &bytes[40..]));
    decoder.decode(&cut(101, &first, first.len()));
    assert_eq!(
        line(&decoder.decode(&cut(101, &second, second.len()))),
        "10.0.0.1 > 10.0.0.2 UDP 5000 6000 L=100"
    );
}
