//! A row of Wireshark's packet list, or of tshark: number, time, addresses, protocol, length, Info.
//! Columns may be missing or changed in order up to Info.

use super::line::{Front, Read, address, clock, date, decimals, seconds};
use super::{Broken, Row, Tcp, What};
use crate::model::tcp::TcpFlags;

/// The flags as Wireshark names them, with their bits.
const FLAGS: &[(&str, u16)] = &[
    ("FIN", 0x001),
    ("SYN", 0x002),
    ("RST", 0x004),
    ("PSH", 0x008),
    ("ACK", 0x010),
    ("URG", 0x020),
    ("ECE", 0x040),
    ("ECN", 0x040),
    ("CWR", 0x080),
    ("NS", 0x100),
    ("AE", 0x100),
];

/// Reads a line; `None` where it is no row.
pub(super) fn line(line: &str) -> Option<Read> {
    let segment = flags(line);
    let (front, ports) = match segment {
        Some((_, start, _)) => ports(line.get(..start)?)?,
        None => match udp(line) {
            Some((front, ports, _)) => (front, ports),
            None => return other(line),
        },
    };
    let Some((front, ends, length)) = head(front) else {
        // Prose may have brackets too; a row has its numbers.
        return line.contains("Len=").then_some(Err(Broken::Addresses));
    };
    let what = match segment {
        Some((flags, _, end)) => match tcp(line.get(end..)?, flags, ports) {
            Some(tcp) => What::Tcp(tcp),
            None => return Some(Err(Broken::Numbers)),
        },
        None => What::Udp {
            ports,
            len: udp(line)?.2,
        },
    };
    let row = Row {
        no: None,
        time: None,
        decimals: 0,
        ends,
        wire_len: length,
        what,
    };
    Some(Ok((front, row)))
}

/// The brackets with flags: the flags, where they begin and where they end.
fn flags(line: &str) -> Option<(u16, usize, usize)> {
    for (start, _) in line.match_indices('[') {
        let inside = line.get(start + 1..)?;
        let Some(len) = inside.find(']') else {
            continue;
        };
        let names = inside.get(..len)?.split(',').map(str::trim);
        let bits = names.map(|name| match name {
            "<None>" => Some(0),
            name => FLAGS
                .iter()
                .find(|(known, _)| *known == name)
                .map(|it| it.1),
        });
        if let Some(bits) = bits.sum::<Option<u16>>() {
            return Some((bits, start, start + len + 2));
        }
    }
    None
}

/// Two ports at the end of a text, with an arrow of any kind between them or none, and what stands
/// before them.
fn ports(text: &str) -> Option<(&str, [u16; 2])> {
    let digit = |it: char| it.is_ascii_digit();
    let text = text.trim_end();
    let before = text.trim_end_matches(digit);
    let second = text.get(before.len()..)?;
    let between = before.trim_end_matches(|it: char| !digit(it));
    let arrow = before.get(between.len()..)?;
    let front = between.trim_end_matches(digit);
    let first = between.get(front.len()..)?;
    let sound = !arrow.is_empty() && arrow.chars().count() <= 6 && !arrow.contains([':', '.']);
    let ports = [first.parse().ok()?, second.parse().ok()?];
    sound.then_some((front, ports))
}

/// A UDP row: what stands before the ports, the ports, the length.
fn udp(line: &str) -> Option<(&str, [u16; 2], u32)> {
    let at = line.rfind("Len=")?;
    let (front, ports) = ports(line.get(..at)?)?;
    let len = line
        .get(at + 4..)?
        .split_whitespace()
        .next()?
        .parse()
        .ok()?;
    let named = front.split_whitespace().any(|it| it.starts_with("UDP"));
    named.then_some((front, ports, len))
}

/// Number, time, addresses and length.
fn head(text: &str) -> Option<(Front, [std::net::IpAddr; 2], Option<u32>)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut places =
        (0..words.len()).filter(|at| words.get(*at).is_some_and(|it| address(it).is_some()));
    let (first, second) = (places.next()?, places.next()?);
    let ends = [address(words.get(first)?)?, address(words.get(second)?)?];
    let length = words.get(second + 1..)?.iter().find_map(|it| {
        let it = it.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
        it.parse().ok()
    });
    Some((front(words.get(..first)?), ends, length))
}

/// What the words before the addresses say.
fn front(words: &[&str]) -> Front {
    let mut front = Front::default();
    let mut day = 0;
    let mut zero = None;
    for (place, word) in words.iter().enumerate() {
        if let Some(found) = date(word) {
            day = found;
        } else if let Some(time) = clock(word) {
            zero = Some(day + time);
            front.decimals = decimals(word);
        } else if word.contains(['.', ',']) && seconds(word).is_some() {
            front.decimals = decimals(word);
            match front.no {
                Some(_) => front.time = seconds(word),
                None => front.glued = Some((*word).to_owned()),
            }
        } else if place == 0 {
            front.no = word.parse().ok();
        } else if front.no.is_some() && place == 1 {
            front.time = seconds(word);
        }
    }
    front.time = zero.or(front.time);
    front
}

/// What stands behind the flags.
fn tcp(text: &str, flags: u16, ports: [u16; 2]) -> Option<Tcp> {
    let mut tcp = Tcp {
        ports,
        flags: TcpFlags(flags),
        scaled: true,
        ..Tcp::default()
    };
    let (mut window, mut len, mut ack, mut left) = (None, None, None, None);
    let mut times = [None, None];
    for word in text.split_whitespace() {
        if word == "SACK_PERM" {
            tcp.sack_permitted = true;
        }
        let Some((key, value)) = word.split_once('=') else {
            continue;
        };
        let number: Option<u32> = value.parse().ok();
        match key {
            "Seq" => tcp.seq = tcp.seq.or(number),
            "Ack" => ack = ack.or(number),
            "Win" => window = window.or(number),
            "Len" => len = len.or(number),
            "MSS" => tcp.mss = value.parse().ok(),
            "SACK_PERM" => tcp.sack_permitted = true,
            "WS" => {
                tcp.shift = number
                    .and_then(u32::checked_ilog2)
                    .and_then(|it| it.try_into().ok())
            }
            "TSval" => times[0] = number,
            "TSecr" => times[1] = number,
            "SLE" => left = number,
            "SRE" => tcp
                .sacks
                .extend(left.take().zip(number).map(|(left, right)| [left, right])),
            _ => {}
        }
    }
    if let [Some(value), Some(echo)] = times {
        tcp.times = Some([value, echo]);
    }
    tcp.seq?;
    tcp.window = window?;
    tcp.len = len?;
    tcp.ack = match tcp.flags.ack() {
        true => ack?,
        false => ack.unwrap_or(0),
    };
    Some(tcp)
}

/// A row that tells neither ports nor flags: its columns as they stand. What has no time, two
/// addresses, a protocol and a length is prose.
fn other(line: &str) -> Option<Read> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut places =
        (0..words.len()).filter(|at| words.get(*at).is_some_and(|it| address(it).is_some()));
    let (first, second) = (places.next()?, places.next()?);
    let front = front(words.get(..first)?);
    let protocol = words
        .get(second + 1)
        .filter(|_| first > 0 && second - first <= 2)?;
    let length = words.get(second + 2)?.parse().ok()?;
    if front.time.is_none() && front.glued.is_none() {
        return None;
    }
    // The rest of the line as it stands, behind the length.
    let info = words.get(second + 3..).unwrap_or_default().join(" ");
    let row = Row {
        no: None,
        time: None,
        decimals: 0,
        ends: [address(words.get(first)?)?, address(words.get(second)?)?],
        wire_len: Some(length),
        what: What::Other {
            protocol: (*protocol).to_owned(),
            info,
        },
    };
    Some(Ok((front, row)))
}
