//! The flags of a TCP header in brackets.

use super::number;
use crate::model::tcp::TcpFlags;

const NAMES: [(TcpFlags, &str); 9] = [
    (TcpFlags::FIN, "FIN"),
    (TcpFlags::SYN, "SYN"),
    (TcpFlags::RST, "RST"),
    (TcpFlags::PSH, "PSH"),
    (TcpFlags::ACK, "ACK"),
    (TcpFlags::URG, "URG"),
    (TcpFlags::ECE, "ECE"),
    (TcpFlags::CWR, "CWR"),
    (TcpFlags::AE, "AE"),
];

/// The flags with their bits, lowest first: `SYN 0x002 + ACK 0x010`.
pub(in crate::report) fn bits(flags: TcpFlags) -> String {
    let set = NAMES.iter().filter(|(bit, _)| flags.any(*bit));
    let set = set.map(|(bit, name)| format!("{name} 0x{:03x}", bit.0));
    set.collect::<Vec<_>>().join(" + ")
}

/// Appends the flags; `accurate_ecn` where ECE, CWR and AE are a counter (RFC 9768).
pub(in crate::report) fn write(flags: TcpFlags, accurate_ecn: bool, out: &mut Vec<u8>) {
    // Constants, each copied without a call.
    match flags.0 {
        _ if accurate_ecn => {}
        0x010 => return out.extend_from_slice(b"[ACK]"),
        0x018 => return out.extend_from_slice(b"[PSH, ACK]"),
        0x002 => return out.extend_from_slice(b"[SYN]"),
        0x012 => return out.extend_from_slice(b"[SYN, ACK]"),
        0x011 => return out.extend_from_slice(b"[FIN, ACK]"),
        0x014 => return out.extend_from_slice(b"[RST, ACK]"),
        0x004 => return out.extend_from_slice(b"[RST]"),
        0x000 => return out.extend_from_slice(b"[<None>]"),
        _ => {}
    }
    let shown = if accurate_ecn {
        &NAMES[..6]
    } else {
        &NAMES[..]
    };
    out.push(b'[');
    let mut some = false;
    let mut separate = |out: &mut Vec<u8>| {
        if std::mem::replace(&mut some, true) {
            out.extend_from_slice(b", ");
        }
    };
    for (flag, name) in shown {
        if flags.any(*flag) {
            separate(out);
            out.extend_from_slice(name.as_bytes());
        }
    }
    if accurate_ecn {
        // tshark separates the counter even where nothing stands before it.
        some = true;
        out.extend_from_slice(b", ACE=");
        number((flags.0 >> 6) & 7, out);
    }
    if flags.any(TcpFlags::RESERVED) {
        if some {
            out.extend_from_slice(b", ");
        }
        out.extend_from_slice(b"Reserved");
    }
    out.push(b']');
}
