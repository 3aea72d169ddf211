//! A line of `tcpdump -n`, with any of its `-t` options, `-S`, `-e`, and `-v` over two lines.
//! tcpdump shows sequence numbers as they stand in a connection's first segments, and from then on
//! counts from them; `build` brings them together.

use std::net::IpAddr;

use super::line::{Front, Read, address, clock, date, decimals, seconds};
use super::{Broken, Row, Tcp, What};
use crate::model::tcp::TcpFlags;

/// Reads line by line; what stands on the line before belongs to it with `-v`.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// A line of `-v` that goes on in the next one, without its parenthesis.
    pending: Option<String>,
    /// The time of the row before, which `-ttt` counts from.
    elapsed: i128,
    lines: usize,
}

impl Reader {
    /// Reads a line; `None` where it is no row of tcpdump.
    pub(super) fn line(&mut self, line: &str) -> Option<Read> {
        if let Some(before) = self.pending.take()
            && line.starts_with([' ', '\t'])
        {
            return self.whole(&format!("{before}{}", line.trim_start()));
        }
        let verbose = ["IP (", "IP6 ("]
            .iter()
            .find_map(|it| line.find(it).map(|at| at + it.len() - 1));
        if let Some(open) = verbose {
            let mut depth = 0_u32;
            let close = line.get(open..)?.find(|it| {
                depth += u32::from(it == '(');
                depth -= u32::from(it == ')');
                depth == 0
            })?;
            let front = line.get(..open)?;
            let rest = line.get(open + close + 1..)?.trim();
            if rest.is_empty() {
                self.pending = Some(front.to_owned());
                return None;
            }
            return self.whole(&format!("{front}{rest}"));
        }
        self.whole(line)
    }

    fn whole(&mut self, line: &str) -> Option<Read> {
        let (ends, rest) = ends(line)?;
        let Ends { first, .. } = ends;
        let delta = line.starts_with(' ');
        let (mut front, wire_len) = before(line.get(..first)?);
        self.lines += 1;
        // -ttt indents the time since the row before.
        if delta && let Some(time) = front.time {
            self.elapsed += time;
            front.time = Some(self.elapsed);
        }
        let what = match rest {
            text if text.starts_with("Flags [") => match segment(text, ends.ports) {
                Some(tcp) => What::Tcp(tcp),
                None => return Some(Err(Broken::Numbers)),
            },
            text if text.contains("UDP, length ") && ends.ports.is_some() => What::Udp {
                ports: ends.ports?,
                len: text.rsplit("length ").next()?.trim().parse().ok()?,
            },
            text => What::Other {
                protocol: text.split([' ', ',']).next()?.to_uppercase(),
                info: text.to_owned(),
            },
        };
        let row = Row {
            no: None,
            time: None,
            decimals: 0,
            ends: ends.addresses,
            wire_len,
            what,
        };
        Some(Ok((front, row)))
    }
}

/// `127.0.0.1.5050 > 127.0.0.1.38528:`
struct Ends {
    addresses: [IpAddr; 2],
    ports: Option<[u16; 2]>,
    /// Where it begins.
    first: usize,
}

/// Both ends of a line, and what stands behind them.
fn ends(line: &str) -> Option<(Ends, &str)> {
    for (arrow, _) in line.match_indices(" > ") {
        let before = line.get(..arrow)?;
        let first = before.rfind([' ', '\t']).map_or(0, |at| at + 1);
        let after = line.get(arrow + 3..)?;
        let Some(colon) = after.find(": ") else {
            continue;
        };
        let (one, other) = (end(before.get(first..)?), end(after.get(..colon)?));
        if let (Some((one, port)), Some((other, other_port))) = (one, other) {
            let ends = Ends {
                addresses: [one, other],
                ports: port.zip(other_port).map(|(one, other)| [one, other]),
                first,
            };
            return Some((ends, after.get(colon + 2..)?));
        }
    }
    None
}

/// An address with a port behind its last point, or without one.
fn end(word: &str) -> Option<(IpAddr, Option<u16>)> {
    if let Some((ip, port)) = word.rsplit_once('.')
        && let (Some(ip), Ok(port)) = (address(ip), port.parse())
        && (ip.is_ipv6() || word.matches('.').count() == 4)
    {
        return Some((ip, Some(port)));
    }
    address(word).map(|ip| (ip, None))
}

/// The time, and the length that `-e` shows.
fn before(text: &str) -> (Front, Option<u32>) {
    let mut front = Front::default();
    let mut day = 0;
    let mut length = None;
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        if let Some(found) = date(word) {
            day = found;
        } else if front.time.is_none()
            && let Some(time) = clock(word)
        {
            front.time = Some(day + time);
            front.decimals = decimals(word);
        } else if front.time.is_none()
            && word.contains('.')
            && let Some(time) = seconds(word)
        {
            front.time = Some(time);
            front.decimals = decimals(word);
        } else if word == "length" {
            let next = words.peek().map(|it| it.trim_end_matches(':'));
            length = next.and_then(|it| it.parse().ok());
        }
    }
    (front, length)
}

/// `Flags [P.], seq 1:56, ack 1, win 64, options […], length 55`
fn segment(text: &str, ports: Option<[u16; 2]>) -> Option<Tcp> {
    let (marks, rest) = text.strip_prefix("Flags [")?.split_once(']')?;
    let bits = marks.chars().map(|it| match it {
        'F' => 0x001,
        'S' => 0x002,
        'R' => 0x004,
        'P' => 0x008,
        '.' => 0x010,
        'U' => 0x020,
        'E' => 0x040,
        'W' => 0x080,
        'e' => 0x100,
        _ => 0,
    });
    let mut tcp = Tcp {
        ports: ports?,
        flags: TcpFlags(bits.sum()),
        ..Tcp::default()
    };
    let (rest, options) = match rest.split_once("options [") {
        Some((before, after)) => {
            let (options, after) = after.split_once(']')?;
            (format!("{before}{after}"), options)
        }
        None => (rest.to_owned(), ""),
    };
    let value = |name: &str| {
        let parts = rest.split(", ").map(str::trim);
        let found = parts.filter_map(|it| it.strip_prefix(name));
        found.map(str::trim).next()
    };
    let seq = value("seq ");
    tcp.seq = seq.and_then(|it| it.split(':').next()?.parse().ok());
    tcp.ack = match value("ack ") {
        Some(ack) => ack.parse().ok()?,
        None if tcp.flags.ack() => return None,
        None => 0,
    };
    tcp.window = value("win ")?.parse().ok()?;
    // What follows the length is the beginning of the payload, as tcpdump understands it.
    let length = value("length ")?;
    tcp.len = length.split([':', ' ']).next()?.parse().ok()?;
    for option in options.split(',') {
        let words: Vec<&str> = option.split_whitespace().collect();
        match words.as_slice() {
            ["mss", value] => tcp.mss = value.parse().ok(),
            ["sackOK"] => tcp.sack_permitted = true,
            ["wscale", value] => tcp.shift = value.parse().ok(),
            ["TS", "val", value, "ecr", echo] => {
                tcp.times = Some([value.parse().ok()?, echo.parse().ok()?]);
            }
            _ => {}
        }
    }
    // The blocks of a SACK count as the sequence numbers do, from where nobody sees: left out.
    Some(tcp)
}
