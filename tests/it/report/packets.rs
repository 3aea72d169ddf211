//! Captures made by hand for reports: raw IPv4 in pcap, with microseconds.

/// A capture with a packet a millisecond.
pub(super) fn capture(packets: &[Vec<u8>]) -> Vec<u8> {
    let mut file = Vec::new();
    for field in [0xa1b2_c3d4_u32, 0x0004_0002, 0, 0, 65_535, 101] {
        file.extend_from_slice(&field.to_le_bytes());
    }
    for (place, packet) in (0_u32..).zip(packets) {
        let len = u32::try_from(packet.len()).unwrap();
        let (secs, micros) = (1_700_000_000 + place / 1000, place % 1000 * 1000);
        for field in [secs, micros, len, len] {
            file.extend_from_slice(&field.to_le_bytes());
        }
        file.extend_from_slice(packet);
    }
    file
}

/// IPv4 from 10.0.0.`from` to 10.0.0.`to`.
fn ipv4(protocol: u8, from: u8, to: u8, inside: &[u8]) -> Vec<u8> {
    let len = u16::try_from(20 + inside.len()).unwrap().to_be_bytes();
    let mut packet = vec![0x45, 0, len[0], len[1], 0, 1, 0, 0, 64, protocol, 0, 0];
    packet.extend_from_slice(&[10, 0, 0, from, 10, 0, 0, to]);
    packet.extend_from_slice(inside);
    packet
}

/// A datagram; the address ends are 1 for the lower port's end and 2 for the other.
pub(super) fn udp(from: u16, to: u16, payload: &[u8]) -> Vec<u8> {
    let len = u16::try_from(8 + payload.len()).unwrap();
    let mut datagram: Vec<u8> = [from, to, len, 0]
        .iter()
        .flat_map(|field| field.to_be_bytes())
        .collect();
    datagram.extend_from_slice(payload);
    let (source, destination) = ends(from, to);
    ipv4(17, source, destination, &datagram)
}

/// An ICMP error "port unreachable" that answers a datagram.
pub(super) fn unreachable(quoted: &[u8]) -> Vec<u8> {
    let mut message = vec![3, 3, 0, 0, 0, 0, 0, 0];
    message.extend_from_slice(quoted);
    ipv4(1, quoted[19], quoted[15], &message)
}

/// A segment of flags, sequence and acknowledgment number.
pub(super) fn tcp(from: u16, to: u16, flags: u8, seq: u32, ack: u32, payload: &[u8]) -> Vec<u8> {
    let mut segment: Vec<u8> = [from, to]
        .iter()
        .flat_map(|field| field.to_be_bytes())
        .collect();
    segment.extend_from_slice(&seq.to_be_bytes());
    segment.extend_from_slice(&ack.to_be_bytes());
    segment.extend_from_slice(&[0x50, flags, 0xff, 0xff, 0, 0, 0, 0]);
    segment.extend_from_slice(payload);
    let (source, destination) = ends(from, to);
    ipv4(6, source, destination, &segment)
}

fn ends(from: u16, to: u16) -> (u8, u8) {
    if from < to { (1, 2) } else { (2, 1) }
}

pub(super) const SYN: u8 = 0x02;
pub(super) const ACK: u8 = 0x10;
pub(super) const PSH: u8 = 0x18;
pub(super) const FIN: u8 = 0x11;
pub(super) const RST: u8 = 0x04;

/// A connection from `client` to port 80 that asks and is answered, and closes.
pub(super) fn exchange(client: u16, request: &[u8], response: &[u8]) -> Vec<Vec<u8>> {
    let (asked, told) = (
        u32::try_from(request.len()).unwrap(),
        u32::try_from(response.len()).unwrap(),
    );
    vec![
        tcp(client, 80, SYN, 0, 0, b""),
        tcp(80, client, SYN | ACK, 0, 1, b""),
        tcp(client, 80, ACK, 1, 1, b""),
        tcp(client, 80, PSH, 1, 1, request),
        tcp(80, client, PSH, 1, 1 + asked, response),
        tcp(80, client, FIN, 1 + told, 1 + asked, b""),
        tcp(client, 80, FIN, 1 + asked, 2 + told, b""),
        tcp(80, client, ACK, 2 + told, 2 + asked, b""),
    ]
}
