//! The fields that a display filter can ask for, by Wireshark's names.

use std::net::IpAddr;

use super::Value;
use crate::analysis::lifecycle::phase::Phase;
use crate::analysis::row::Row;
use crate::analysis::tcp::DuplicateAck;
use crate::analysis::tcp::marks::Marks;
use crate::analysis::tcp::rules;
use crate::model::address::Address;
use crate::model::packet::{Content, OtherKind};
use crate::model::tcp::{Segment, TcpFlags};
use crate::report::info;
use crate::report::phase;

/// A field, found by its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: FieldKind,
}

/// What a field holds, and where it is found.
#[derive(Clone, Copy, Debug)]
pub(super) enum FieldKind {
    /// A protocol: there or not.
    Protocol(fn(&Row<'_>) -> bool),
    Number(fn(&Row<'_>) -> [Option<u32>; 2]),
    Address(fn(&Row<'_>) -> [Option<IpAddr>; 4]),
    Flag(TcpFlags),
    /// An analysis flag: there or not.
    Mark(Marks),
    Phase,
}

/// Every field but the analysis flags, which stand with their rules.
static FIELDS: &[Field] = &[
    number("frame.number", |row| [Some(row.frame.no), None]),
    number("frame.len", |row| [Some(row.frame.wire_len), None]),
    protocol("arp", |row| is_other(row, &[OtherKind::Arp])),
    protocol("icmp", |row| info::protocol(row) == "ICMP"),
    protocol("icmpv6", |row| info::protocol(row) == "ICMPv6"),
    protocol("ip", |row| v4(row).iter().any(Option::is_some)),
    address("ip.addr", v4),
    address("ip.src", |row| {
        let [source, _, quoted, _] = v4(row);
        [source, quoted, None, None]
    }),
    address("ip.dst", |row| {
        let [_, destination, _, quoted] = v4(row);
        [destination, quoted, None, None]
    }),
    protocol("ipv6", |row| v6(row).iter().any(Option::is_some)),
    address("ipv6.addr", v6),
    address("ipv6.src", |row| {
        let [source, _, quoted, _] = v6(row);
        [source, quoted, None, None]
    }),
    address("ipv6.dst", |row| {
        let [_, destination, _, quoted] = v6(row);
        [destination, quoted, None, None]
    }),
    protocol("tcp", |row| ports(row, true).is_some()),
    number("tcp.port", |row| both(ports(row, true))),
    number("tcp.srcport", |row| [ports(row, true).map(|it| it.0), None]),
    number("tcp.dstport", |row| [ports(row, true).map(|it| it.1), None]),
    number("tcp.stream", |row| {
        let stream = row.analysis.stream;
        [stream.filter(|_| ports(row, true).is_some()), None]
    }),
    number("tcp.seq", |row| [row.analysis.tcp.map(|it| it.seq), None]),
    number("tcp.ack", |row| [row.analysis.tcp.map(|it| it.ack), None]),
    number("tcp.len", |row| {
        [row.analysis.tcp.and_then(|it| it.len), None]
    }),
    number("tcp.window_size", |row| {
        [row.analysis.tcp.map(|it| it.window), None]
    }),
    number("tcp.analysis.duplicate_ack_num", |row| {
        [duplicate(row).map(|it| it.number), None]
    }),
    number("tcp.analysis.duplicate_ack_frame", |row| {
        [duplicate(row).map(|it| it.of), None]
    }),
    number("tcp.flags", |row| [flags(row).map(|it| it.0.into()), None]),
    flag("tcp.flags.fin", TcpFlags::FIN),
    flag("tcp.flags.syn", TcpFlags::SYN),
    flag("tcp.flags.reset", TcpFlags::RST),
    flag("tcp.flags.push", TcpFlags::PSH),
    flag("tcp.flags.ack", TcpFlags::ACK),
    flag("tcp.flags.urg", TcpFlags::URG),
    flag("tcp.flags.ece", TcpFlags::ECE),
    flag("tcp.flags.cwr", TcpFlags::CWR),
    flag("tcp.flags.ae", TcpFlags::AE),
    protocol("udp", |row| ports(row, false).is_some()),
    number("udp.port", |row| both(ports(row, false))),
    number("udp.srcport", |row| {
        [ports(row, false).map(|it| it.0), None]
    }),
    number("udp.dstport", |row| {
        [ports(row, false).map(|it| it.1), None]
    }),
    number("udp.stream", |row| {
        let stream = row.analysis.stream;
        [stream.filter(|_| ports(row, false).is_some()), None]
    }),
    Field {
        name: "phase",
        kind: FieldKind::Phase,
    },
];

/// Any analysis flag.
const ANY_MARK: &str = "tcp.analysis.flags";

const fn number(name: &'static str, read: fn(&Row<'_>) -> [Option<u32>; 2]) -> Field {
    let kind = FieldKind::Number(read);
    Field { name, kind }
}

const fn address(name: &'static str, read: fn(&Row<'_>) -> [Option<IpAddr>; 4]) -> Field {
    let kind = FieldKind::Address(read);
    Field { name, kind }
}

const fn protocol(name: &'static str, read: fn(&Row<'_>) -> bool) -> Field {
    let kind = FieldKind::Protocol(read);
    Field { name, kind }
}

const fn flag(name: &'static str, flag: TcpFlags) -> Field {
    let kind = FieldKind::Flag(flag);
    Field { name, kind }
}

/// The field called `name`.
pub(super) fn find(name: &str) -> Option<Field> {
    if let Some(field) = FIELDS.iter().find(|field| field.name == name) {
        return Some(*field);
    }
    let mut marks = Marks::NONE;
    let mut known = None;
    for rule in rules::all() {
        let field = rule.fields.iter().find(|field| **field == name);
        if name == ANY_MARK || field.is_some() {
            marks = marks.with(rule.mark);
            known = known.or(Some(field.copied().unwrap_or(ANY_MARK)));
        }
    }
    known.map(|name| Field {
        name,
        kind: FieldKind::Mark(marks),
    })
}

/// The names of all fields, those of the analysis flags at the end.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let marks = rules::all().flat_map(|rule| rule.fields.iter().copied());
    let own = FIELDS.iter().map(|field| field.name);
    own.chain(std::iter::once(ANY_MARK)).chain(marks)
}

impl Field {
    /// Its values in a row, none where the row does not have it.
    pub(super) fn values(&self, row: &Row<'_>) -> impl Iterator<Item = Value> + use<> {
        let mut values = [None; 4];
        match self.kind {
            FieldKind::Protocol(there) => values[0] = there(row).then_some(Value::Number(1)),
            FieldKind::Number(read) => {
                for (value, number) in values.iter_mut().zip(read(row)) {
                    *value = number.map(|number| Value::Number(number.into()));
                }
            }
            FieldKind::Address(read) => {
                for (value, address) in values.iter_mut().zip(read(row)) {
                    *value = address.map(|address| Value::Address(address, 0));
                }
            }
            FieldKind::Flag(flag) => {
                let flags = flags(row);
                values[0] = flags.map(|flags| Value::Number(flags.any(flag).into()));
            }
            FieldKind::Mark(marks) => {
                let there = row.analysis.tcp.is_some_and(|tcp| tcp.marks.any(marks));
                values[0] = there.then_some(Value::Number(1));
            }
            FieldKind::Phase => values[0] = row.analysis.phase.map(Value::Phase),
        }
        values.into_iter().flatten()
    }
}

/// The phase that a word of either language names.
pub(super) fn phase_called(name: &str) -> Option<Phase> {
    let name = name.to_lowercase();
    let called = |phase: &Phase| {
        let word = phase::word(*phase);
        [word.en, word.pt_br]
            .iter()
            .any(|it| it.to_lowercase() == name)
    };
    Phase::ALL.into_iter().find(called)
}

fn is_other(row: &Row<'_>, kinds: &[OtherKind]) -> bool {
    matches!(&row.packet.content, Content::Other(other) if kinds.contains(&other.kind))
}

/// Source, destination, and those of the datagram that is quoted.
fn addresses(row: &Row<'_>) -> [Option<IpAddr>; 4] {
    let quoted = match &row.packet.content {
        Content::Other(other) => other.quoted.map(|it| [it.source, it.destination]),
        _ => None,
    };
    let [source, destination] = quoted.unwrap_or([Address::None; 2]);
    [
        row.packet.source,
        row.packet.destination,
        source,
        destination,
    ]
    .map(Address::ip)
}

fn v4(row: &Row<'_>) -> [Option<IpAddr>; 4] {
    addresses(row).map(|ip| ip.filter(IpAddr::is_ipv4))
}

fn v6(row: &Row<'_>) -> [Option<IpAddr>; 4] {
    addresses(row).map(|ip| ip.filter(IpAddr::is_ipv6))
}

/// The ports of a TCP segment or of a UDP datagram, quoted ones too.
fn ports(row: &Row<'_>, tcp: bool) -> Option<(u32, u32)> {
    let (source, destination) = match &row.packet.content {
        Content::Tcp(segment) if tcp => (segment.source_port, segment.destination_port),
        Content::Udp(it) if !tcp => (it.source_port, it.destination_port),
        Content::Other(other) => {
            let quoted = other.quoted.filter(|quoted| quoted.tcp == tcp)?;
            let [s0, s1, d0, d1] = *quoted.transport.bytes.first_chunk::<4>()?;
            (u16::from_be_bytes([s0, s1]), u16::from_be_bytes([d0, d1]))
        }
        _ => return None,
    };
    Some((source.into(), destination.into()))
}

fn duplicate(row: &Row<'_>) -> Option<DuplicateAck> {
    row.analysis.tcp?.duplicate
}

fn both(ports: Option<(u32, u32)>) -> [Option<u32>; 2] {
    [ports.map(|it| it.0), ports.map(|it| it.1)]
}

/// The flags of a TCP segment, a quoted one too.
fn flags(row: &Row<'_>) -> Option<TcpFlags> {
    let segment = match &row.packet.content {
        Content::Tcp(segment) => Some(*segment),
        Content::Other(other) => {
            let quoted = other.quoted.filter(|quoted| quoted.tcp)?;
            Segment::read(quoted.transport)
        }
        Content::Udp(_) => None,
    };
    Some(segment?.header?.flags)
}
