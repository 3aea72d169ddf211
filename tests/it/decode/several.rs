//! Frames that hold several packets side by side, or none: aggregates of wireless frames, messages of
//! netfilter, entries of the journal.

use netlab::analysis::conversation::Conversation;
use netlab::decode::Decoder;
use netlab::model::frame::{Frame, LinkType};
use netlab::pipeline::Pipeline;

use super::build::{datagram, ethernet, syn, v4, v6};
use super::{cut, decoded, frame, line};

const TCP_ROW: &str = "10.0.0.1 > 10.0.0.2 TCP 1000 2000 L=20";
const UDP_ROW: &str = "10.0.0.1 > 10.0.0.2 UDP 5000 6000 L=13";

/// The last packet is the row, the one before it is found when asked for, and both count.
fn assert_holds_both(frame: &Frame<'_>) {
    let mut decoder = Decoder::new();
    assert_eq!(line(&decoder.decode(frame)), UDP_ROW);
    assert_eq!(netlab::decode::parts(frame), 2);
    assert_eq!(line(&decoder.decode_part(frame, Some(0))), TCP_ROW);
    let mut pipeline = Pipeline::new(Default::default());
    pipeline.observe(frame);
    let packets = |it: &Conversation| it.traffic.packets.iter().sum::<u32>();
    let counted = pipeline.analyzer().conversations().iter().map(packets);
    assert_eq!(counted.collect::<Vec<_>>(), [1, 1]);
}

/// A wireless frame with an aggregate of a TCP segment and a UDP datagram.
fn aggregate() -> Vec<u8> {
    let mut bytes = vec![0x88, 2, 0, 0];
    bytes.extend_from_slice(&[
        2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 3, 0x10, 0,
    ]);
    bytes.extend_from_slice(&[0x80, 0]);
    for packet in [v4(6, &syn()), v4(17, &datagram(b"data!"))] {
        bytes.resize((bytes.len() - 26).next_multiple_of(4) + 26, 0);
        let len = u8::try_from(8 + packet.len()).unwrap();
        bytes.extend_from_slice(&[2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0, len]);
        bytes.extend_from_slice(&[0xaa, 0xaa, 3, 0, 0, 0, 8, 0]);
        bytes.extend_from_slice(&packet);
    }
    bytes
}

#[test]
fn every_packet_of_a_wireless_aggregate_counts_and_the_last_is_the_row() {
    assert_holds_both(&frame(105, &aggregate()));
}

#[test]
fn an_aggregate_in_gre_counts_as_one_in_the_air() {
    let gre = [&[0, 0, 0x82, 0], &aggregate()[..]].concat();
    for bytes in [
        ethernet(0x0800, &v4(47, &gre)),
        ethernet(0x86dd, &v6(47, &gre)),
        ethernet(0x8100, &[&[0, 5, 8, 0], &v4(47, &gre)[..]].concat()),
    ] {
        assert_holds_both(&frame(1, &bytes));
    }
}

/// A message of Netlink in this machine's order of bytes, or the other one's.
fn message(big: bool, kind: u16, body: &[u8]) -> Vec<u8> {
    let word = |number: u32| match big {
        true => number.to_be_bytes(),
        false => number.to_le_bytes(),
    };
    let len = u32::try_from(16 + body.len()).unwrap();
    let kind = match big {
        true => [kind.to_be_bytes(), [0, 0]],
        false => [kind.to_le_bytes(), [0, 0]],
    };
    [&word(len), kind.as_flattened(), &word(1), &word(5), body].concat()
}

/// An attribute, filled up to a multiple of four bytes.
fn attribute(big: bool, kind: u16, value: &[u8]) -> Vec<u8> {
    let len = u16::try_from(4 + value.len()).unwrap();
    let half = |number: u16| match big {
        true => number.to_be_bytes(),
        false => number.to_le_bytes(),
    };
    let mut bytes = [&half(len), &half(kind), value].concat();
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

fn netlink(family: u16, messages: &[Vec<u8>]) -> Vec<u8> {
    let header = [0, 4, 3, 0x38, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    [&header[..], &family.to_be_bytes(), &messages.concat()].concat()
}

/// A packet that waits for a program's verdict.
fn queued(big: bool, kind: u16, packet: &[u8]) -> Vec<u8> {
    let [k0, k1] = kind.to_be_bytes();
    let body = [
        vec![2, 0, 0, 0],
        attribute(big, 1, &[0, 0, 0, 1, k0, k1, 0]),
        attribute(big, 10, packet),
    ];
    message(big, 0x0300, &body.concat())
}

/// A packet that a rule logs.
fn logged(packet: &[u8]) -> Vec<u8> {
    let body = [
        vec![2, 0, 0, 0],
        attribute(false, 1, &[8, 0, 0, 0]),
        attribute(false, 9, packet),
    ];
    message(false, 0x0400, &body.concat())
}

#[test]
fn packets_in_netfilter_messages_are_the_rows() {
    let (tcp, udp) = (v4(6, &syn()), v4(17, &datagram(b"data!")));
    let tcp6 = v6(6, &syn());
    for (what, messages, row) in [
        ("queue", vec![queued(false, 0x0800, &tcp)], TCP_ROW),
        ("big-endian", vec![queued(true, 0x0800, &tcp)], TCP_ROW),
        (
            "IPv6",
            vec![queued(false, 0x86dd, &tcp6)],
            "2001:db8::1 > 2001:db8::2 TCP 1000 2000 L=20",
        ),
        ("log", vec![logged(&tcp)], TCP_ROW),
        (
            "no EtherType",
            vec![queued(false, 0x1234, &tcp)],
            " >  Netlink netfilter ",
        ),
        (
            "conntrack",
            vec![message(
                false,
                0x0100,
                &[2, 0, 0, 0, 5, 0, 1, 0, 1, 0, 0, 0],
            )],
            " >  Netlink netfilter ",
        ),
        (
            "acknowledgment",
            vec![message(false, 2, &[0; 20])],
            " >  Netlink ",
        ),
    ] {
        assert_eq!(decoded(253, &netlink(12, &messages)), row, "{what}");
        assert_eq!(decoded(113, &netlink(12, &messages)), row, "{what}, cooked");
    }
    for (family, name) in [
        (0, "Netlink route"),
        (4, "Netlink sock diag"),
        (16, "Netlink generic"),
        (6, "Netlink"),
    ] {
        let bytes = netlink(family, &[message(false, 32, &[0; 20])]);
        assert_eq!(decoded(253, &bytes), format!(" >  {name} "));
    }
    let both = netlink(12, &[logged(&tcp), logged(&udp)]);
    assert_holds_both(&frame(253, &both));
    assert_holds_both(&frame(113, &both));
    // What the capture cut, tshark names as far as it goes.
    let whole = netlink(12, &[queued(false, 0x0800, &tcp)]);
    for (kept, row) in [
        (3, " >   [Packet size limited during capture]"),
        (16, " >  Netlink [Packet size limited during capture]"),
        (
            whole.len() - 1,
            " >  Netlink netfilter [Packet size limited during capture]",
        ),
    ] {
        let cut = cut(253, &whole[..kept], whole.len());
        assert_eq!(line(&Decoder::new().decode(&cut)), row, "{kept}");
    }
}

#[test]
fn a_journal_entry_is_its_message() {
    let entry = |text: &[u8]| {
        let bytes = [b"__REALTIME_TIMESTAMP=1700000000000000\n", text].concat();
        let LinkType(link) = LinkType::SYSTEMD_JOURNAL;
        decoded(link, &bytes)
    };
    let binary =
        |len: u64, text: &[u8]| entry(&[b"MESSAGE\n", &len.to_le_bytes()[..], text].concat());
    for (row, info) in [
        (
            entry(b"MESSAGE=hello \xc3\xa9 \xff\n_PID=1\n"),
            "hello é \u{fffd}",
        ),
        (entry(b"MESSAGE=a\nMESSAGE=b\r\n"), "b"),
        (entry(b"MESSAGE=no end"), "no end"),
        (entry(b"MESSAGE=\n"), ""),
        (entry(b"MESSAGE=until\0here\n"), "until"),
        (
            entry(b"MESSAGE_ID=5\nFOO=MESSAGE=y\n=MESSAGE=z\n"),
            "Journal Entry",
        ),
        (binary(7, b"a\nb\tc\x01\x7f\n"), "a\\nb\\tc\\001\\177"),
        (binary(3, b"abc"), "abc"),
        (binary(1 << 40, b"abc\n"), ""),
        (binary(500, b"abc\n"), "Journal Entry[Malformed Packet]"),
        (
            entry(b"_EXE\n\x0c\0\0\0\0\0\0\0\nMESSAGE=in\n\nMESSAGE=out\n"),
            "out",
        ),
        (
            entry(&[&b"MESSAGE="[..], &[b'x'; 5000]].concat()),
            &"x".repeat(4095),
        ),
    ] {
        assert_eq!(row, format!(" >  systemd Journal {info}"));
    }
}

#[test]
fn mobility_headers_are_named_and_the_home_address_is_the_source() {
    let mobility = |kind: u8, len: usize| {
        let mut bytes = vec![59, u8::try_from(len / 8 - 1).unwrap(), kind, 0, 0, 0];
        bytes.resize(len, 0);
        bytes
    };
    let row = |payload: &[u8], next| decoded(1, &ethernet(0x86dd, &v6(next, payload)));
    for (payload, words) in [
        (mobility(1, 16), "Home Test Init"),
        (mobility(5, 16), "Binding Update"),
        (mobility(5, 8), "Binding Update[Malformed Packet]"),
        (mobility(6, 32), "Binding Acknowledgement"),
        (mobility(16, 8), "Binding Revocation"),
        (mobility(19, 8), "Unknown Mobility Header (19)"),
        (mobility(5, 16)[..4].to_vec(), "[Malformed Packet]"),
    ] {
        let expected = format!("2001:db8::1 > 2001:db8::2 MIPv6 {words}");
        assert_eq!(row(&payload, 135), expected);
    }
    let home = [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x99];
    let carried =
        |next, payload: &[u8]| [&[next, 2, 1, 2, 0, 0, 0xc9, 16], &home[..], payload].concat();
    assert_eq!(
        row(&carried(6, &syn()), 60),
        "2001:db8::99 > 2001:db8::2 TCP 1000 2000 L=20"
    );
    assert_eq!(
        row(&carried(135, &mobility(5, 16)), 60),
        "2001:db8::99 > 2001:db8::2 MIPv6 Binding Update"
    );
    // tshark takes the address whatever length the option claims.
    let mut short = carried(6, &syn());
    short[7] = 8;
    assert!(row(&short, 60).starts_with("2001:db8::99 > "));
}
