//! The packet table in terminals of usual widths, to the letter: what gives way, and in which
//! order. The expected tables stand in `widths/`, one file a capture.

use crate::support::{Folder, root};
use crate::terminal::{plain, shown};

/// The table of a capture in each width and language.
fn tables(capture: &str) -> String {
    let mut all = String::new();
    for columns in [80, 100, 120, 200] {
        for lang in ["en", "pt-BR"] {
            let args = format!("replay '{capture}' -c 16 --lang {lang}");
            let text = plain(&shown(columns, "X=1", &args));
            let table = text.split("\n\n").next().unwrap_or_default();
            all.push_str(&format!("== {columns} {lang}\n{table}\n"));
        }
    }
    all
}

fn assert_tables(capture: &str, name: &str) {
    let tables = tables(capture);
    let path = root().join("tests/it/widths").join(name);
    let expected = std::fs::read_to_string(path).unwrap();
    for (line, expected) in tables.lines().zip(expected.lines()) {
        assert_eq!(line, expected, "{name}");
    }
    assert_eq!(tables.lines().count(), expected.lines().count(), "{name}");
}

#[test]
fn one_connection_on_the_loopback() {
    assert_tables("captures/echo.pcapng", "echo.txt");
}

#[test]
fn several_conversations_and_a_retransmission() {
    assert_tables("captures/multi.pcapng", "multi.txt");
    assert_tables("captures/retransmission.pcapng", "retransmission.txt");
}

#[test]
fn datagrams_need_less_room() {
    assert_tables("captures/udp-closed-port.pcapng", "udp.txt");
}

#[test]
fn two_hosts_with_ipv6_addresses() {
    let folder = Folder::new("widths-v6");
    let path = folder.file("v6.pcap");
    std::fs::write(&path, over_ipv6(&["2001:db8:1::10"])).unwrap();
    assert_tables(&path, "v6.txt");
}

#[test]
fn many_hosts_with_ipv6_addresses() {
    let folder = Folder::new("widths-v6-many");
    let path = folder.file("v6.pcap");
    std::fs::write(&path, over_ipv6(&["2001:db8:1::10", "2001:db8:2::20"])).unwrap();
    assert_tables(&path, "v6-many.txt");
}

/// The published log once for each client, carried by IPv6 instead of IPv4.
fn over_ipv6(clients: &[&str]) -> Vec<u8> {
    let log = std::fs::read(root().join("captures/echo-log.pcap")).unwrap();
    let server: std::net::Ipv6Addr = "2001:db8::5050".parse().unwrap();
    let mut out = log[..24].to_vec();
    for client in clients {
        let client: std::net::Ipv6Addr = client.parse().unwrap();
        let mut rest = &log[24..];
        while let Some((header, after)) = rest.split_first_chunk::<16>() {
            let len = u32::from_le_bytes([header[8], header[9], header[10], header[11]]) as usize;
            let (packet, next) = after.split_at(len);
            rest = next;
            let tcp = &packet[20..];
            let from_client = tcp[2..4] == 5050_u16.to_be_bytes();
            let ends = if from_client {
                [client, server]
            } else {
                [server, client]
            };
            let len = u16::try_from(tcp.len()).unwrap();
            out.extend_from_slice(&header[..8]);
            out.extend_from_slice(&(u32::from(len) + 40).to_le_bytes().repeat(2));
            out.extend_from_slice(&[0x60, 0, 0, 0]);
            out.extend_from_slice(&len.to_be_bytes());
            out.extend_from_slice(&[6, 64]);
            out.extend(ends.iter().flat_map(|end| end.octets()));
            out.extend_from_slice(tcp);
        }
    }
    out
}

#[test]
fn what_was_said_once_is_shown_again_when_it_changes() {
    let folder = Folder::new("widths-change");
    let path = folder.file("change.pcap");
    // The same exchange over IPv4, then over IPv6: 211 rows are more than wait for their widths.
    let log = std::fs::read(root().join("captures/echo-log.pcap")).unwrap();
    let mut bytes = log[..24].to_vec();
    bytes.extend(log[24..].repeat(20));
    bytes.extend_from_slice(&over_ipv6(&["2001:db8:1::10"])[24..]);
    std::fs::write(&path, bytes).unwrap();
    // Live, nobody knows yet which options there will be.
    let cases = [
        (
            "",
            "not shown: SACK_PERM,",
            "  Length (--wide shows all)",
            "No.     Time Info                                                      Phase",
        ),
        (
            "--pace 1000000x",
            "not shown: TSval, TSecr,",
            "  WS, SACK_PERM, Length (--wide shows all)",
            "No.     Time Info                                                   Phase",
        ),
    ];
    for (args, first, second, headings) in cases {
        let text = shown(80, "X=1", &format!("replay '{path}' {args} --color never"));
        let table = text.split("\n\n").next().unwrap_or_default();
        let heads: Vec<&str> = table.lines().filter(|line| !line.contains('[')).collect();
        let same = "Source 127.0.0.1, Destination 127.0.0.1, Protocol TCP; ";
        assert_eq!(
            heads[..3],
            [&format!("{same}{first}"), second, headings],
            "{args}"
        );
        assert_eq!(heads.len(), 6, "{args}: {heads:?}");
        let at = table.lines().position(|line| line.starts_with("221 "));
        let before = table.lines().nth(at.unwrap() - 1).unwrap();
        assert!(before.starts_with("No. "), "{before}");
    }
}
