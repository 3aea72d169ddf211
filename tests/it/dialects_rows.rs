//! The rows that no rule of a version reads are the same whichever version they follow: what decoding
//! makes of every frame of the corpus, in all of them side by side.

use netlab::decode::Decoder;
use netlab::model::dialect::Dialect;
use netlab::model::packet::{Content, Packet};

use crate::support::{netlab, sources, stdout};

/// Frames whose own type says that versions read them differently: MACsec, Cisco FabricPath.
fn read_differently(bytes: &[u8]) -> bool {
    matches!(bytes.get(12..14), Some([0x88, 0xe5] | [0x89, 0x03]))
}

/// A packet without what is said of the bytes behind it, which 4.0 did not look at.
fn told(packet: &Packet<'_>) -> String {
    let behind = "[Malformed Packet]";
    match &packet.content {
        Content::Other(other) => {
            let info = other.info.strip_suffix(behind).unwrap_or(other.info);
            let addresses = (packet.source, packet.destination);
            // Of a code of ICMPv6 the first letter is small or a capital.
            let info = match other.protocol {
                "ICMPv6" => info.to_lowercase(),
                _ => info.to_owned(),
            };
            format!("{addresses:?} {} {info}", other.protocol)
        }
        content => format!("{:?} {content:?}", (packet.source, packet.destination)),
    }
}

#[test]
fn what_is_read_of_a_frame_is_the_same_in_every_version() {
    let mut compared = 0_u32;
    for (path, mut source) in sources() {
        let mut decoders = Dialect::ALL.map(Decoder::of);
        while let Ok(Some(frame)) = source.next_frame() {
            if read_differently(frame.bytes) {
                continue;
            }
            let [old, middle, new] = decoders.each_mut().map(|it| told(&it.decode(&frame)));
            assert_eq!(old, middle, "{path} {}", frame.no);
            assert_eq!(middle, new, "{path} {}", frame.no);
            compared += 1;
        }
    }
    assert!(compared > 100_000, "{compared}");
}

/// A capture of two frames, of which the second has this fraction of a second, in nanoseconds.
fn broken_fraction(nanos: u32) -> Vec<u8> {
    let mut file = Vec::new();
    for word in [0xa1b2_3c4d, 0x0004_0002, 0, 0, 65535, 1] {
        file.extend_from_slice(&u32::to_le_bytes(word));
    }
    for (seconds, nanos) in [(1, 0), (2, nanos)] {
        for word in [seconds, nanos, 14, 14] {
            file.extend_from_slice(&u32::to_le_bytes(word));
        }
        file.extend_from_slice(&[2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x90, 0]);
    }
    file
}

#[test]
fn a_fraction_that_is_none_stands_apart_since_4_4() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.pcap");
    std::fs::write(&path, broken_fraction(1_147_483_649)).unwrap();
    for (version, expected) in [
        ("4.0", "1.1147483649"),
        ("4.4", "1.(1147483649 nanoseconds)"),
        ("4.6", "1.(1147483649 nanoseconds)"),
    ] {
        let mut command = netlab();
        command.args([
            "replay",
            "-T",
            "tsv",
            "--columns",
            "time",
            "--wireshark",
            version,
        ]);
        let output = command.arg(&path).output().unwrap();
        assert_eq!(stdout(&output).lines().last(), Some(expected), "{version}");
    }
}
