//! The columns of the list of conversations.

use super::{Column, Entry, close, phases};
use crate::analysis::conversation::Protocol;
use crate::model::side::Side;
use crate::model::time::Nanos;
use crate::report::columns::time;
use crate::report::record::Kind;
use crate::report::text_address;
use crate::text::digits;
use crate::text::{Lang, Text, ui};

const fn number(
    id: &'static str,
    header: Text,
    write: fn(&Entry<'_>, Lang, &mut Vec<u8>),
) -> Column {
    Column {
        id,
        header,
        kind: Kind::Number,
        write,
    }
}

const fn text(id: &'static str, header: Text, write: fn(&Entry<'_>, Lang, &mut Vec<u8>)) -> Column {
    Column {
        id,
        header,
        kind: Kind::Text,
        write,
    }
}

static PROTOCOL: Column = text(
    "protocol",
    Text {
        en: "Protocol",
        pt_br: "Protocolo",
    },
    |entry, _, out| out.extend_from_slice(protocol(entry).as_bytes()),
);
static STREAM: Column = number(
    "stream",
    Text {
        en: "Stream",
        pt_br: "Fluxo",
    },
    |entry, _, out| integer(entry.conversation.stream.into(), out),
);
static CLIENT: Column = text(
    "client",
    Text {
        en: "Client",
        pt_br: "Cliente",
    },
    |entry, _, out| endpoint(entry, entry.client, out),
);
static SERVER: Column = text(
    "server",
    Text {
        en: "Server",
        pt_br: "Servidor",
    },
    |entry, _, out| endpoint(entry, entry.client.other(), out),
);
static PACKETS: Column = number(
    "packets",
    Text {
        en: "Packets",
        pt_br: "Pacotes",
    },
    |entry, _, out| {
        integer(
            entry
                .conversation
                .traffic
                .packets
                .map(u64::from)
                .iter()
                .sum(),
            out,
        )
    },
);
static BYTES: Column = number(
    "bytes",
    Text {
        en: "Bytes",
        pt_br: "Bytes",
    },
    |entry, _, out| integer(entry.conversation.traffic.bytes.iter().sum(), out),
);
static PACKETS_TO_SERVER: Column = number(
    "packets_to_server",
    Text {
        en: "Packets →",
        pt_br: "Pacotes →",
    },
    |entry, _, out| integer(packets(entry, entry.client), out),
);
static BYTES_TO_SERVER: Column = number(
    "bytes_to_server",
    Text {
        en: "Bytes →",
        pt_br: "Bytes →",
    },
    |entry, _, out| integer(bytes(entry, entry.client), out),
);
static PACKETS_TO_CLIENT: Column = number(
    "packets_to_client",
    Text {
        en: "Packets ←",
        pt_br: "Pacotes ←",
    },
    |entry, _, out| integer(packets(entry, entry.client.other()), out),
);
static BYTES_TO_CLIENT: Column = number(
    "bytes_to_client",
    Text {
        en: "Bytes ←",
        pt_br: "Bytes ←",
    },
    |entry, _, out| integer(bytes(entry, entry.client.other()), out),
);
static START: Column = number(
    "start",
    Text {
        en: "Start (s)",
        pt_br: "Início (s)",
    },
    |entry, _, out| {
        if let Some([start, _]) = entry.conversation.times() {
            seconds(start, out);
        }
    },
);
static DURATION: Column = number(
    "duration",
    Text {
        en: "Duration (s)",
        pt_br: "Duração (s)",
    },
    |entry, _, out| {
        if let Some(duration) = entry.conversation.duration() {
            seconds(duration, out);
        }
    },
);
static PHASES: Column = text(
    "phases",
    Text {
        en: "Phases",
        pt_br: "Fases",
    },
    |entry, lang, out| phases::write(entry.conversation, lang, out),
);
static CLOSE: Column = text(
    "close",
    Text {
        en: "Close",
        pt_br: "Encerramento",
    },
    |entry, lang, out| {
        if entry.conversation.protocol == Protocol::Tcp {
            let words = close::words(entry.close.shape, entry.close.reset.map(|reset| reset.kind));
            out.extend_from_slice(words.get(lang).as_bytes());
        }
    },
);
static CLOSED_BY: Column = text(
    "closed_by",
    Text {
        en: "Closed first by",
        pt_br: "Encerrou primeiro",
    },
    |entry, lang, out| {
        let roles = entry.conversation.lifecycle.roles();
        let (Some(client), Some(closer)) = (roles.client(), entry.close.started_by) else {
            return;
        };
        let who = if closer == client {
            &ui::CLIENT
        } else {
            &ui::SERVER
        };
        out.extend_from_slice(who.get(lang).as_bytes());
    },
);
static RETRANSMISSIONS: Column = number(
    "retransmissions",
    Text {
        en: "Retr.",
        pt_br: "Retr.",
    },
    |entry, _, out| {
        if entry.conversation.protocol == Protocol::Tcp {
            integer(entry.conversation.retransmissions.into(), out);
        }
    },
);
static RTT_MIN: Column = number(
    "rtt_min",
    Text {
        en: "RTT min (s)",
        pt_br: "RTT mín. (s)",
    },
    |entry, _, out| rtt(entry, entry.conversation.rtt.min, out),
);
static RTT_AVG: Column = number(
    "rtt_avg",
    Text {
        en: "RTT avg (s)",
        pt_br: "RTT méd. (s)",
    },
    |entry, _, out| {
        if let Some(mean) = entry.conversation.rtt.mean() {
            seconds(mean, out);
        }
    },
);
static RTT_MAX: Column = number(
    "rtt_max",
    Text {
        en: "RTT max (s)",
        pt_br: "RTT máx. (s)",
    },
    |entry, _, out| rtt(entry, entry.conversation.rtt.max, out),
);
static INITIAL_RTT: Column = number(
    "initial_rtt",
    Text {
        en: "Initial RTT (s)",
        pt_br: "RTT inicial (s)",
    },
    |entry, _, out| {
        if let Some(rtt) = entry.conversation.initial_rtt() {
            seconds(rtt, out);
        }
    },
);
static COMPLETENESS: Column = number(
    "completeness",
    Text {
        en: "Completeness",
        pt_br: "Completude",
    },
    |entry, _, out| {
        if entry.conversation.protocol == Protocol::Tcp {
            integer(entry.conversation.completeness.0.into(), out);
        }
    },
);
static COMPLETENESS_TEXT: Column = text(
    "completeness_text",
    Text {
        en: "Completeness, named",
        pt_br: "Completude, por extenso",
    },
    |entry, _, out| {
        if entry.conversation.protocol == Protocol::Tcp {
            out.extend_from_slice(entry.conversation.completeness.name().as_bytes());
        }
    },
);
static ROLES: Column = text(
    "roles",
    Text {
        en: "Roles known from",
        pt_br: "Papéis conhecidos por",
    },
    |entry, lang, out| {
        let evidence = entry.conversation.lifecycle.roles().evidence();
        out.extend_from_slice(close::evidence(evidence).get(lang).as_bytes());
    },
);

/// Every column, in the order of JSON.
pub static COLUMNS: &[&Column] = &[
    &PROTOCOL,
    &STREAM,
    &CLIENT,
    &SERVER,
    &PACKETS,
    &BYTES,
    &PACKETS_TO_SERVER,
    &BYTES_TO_SERVER,
    &PACKETS_TO_CLIENT,
    &BYTES_TO_CLIENT,
    &START,
    &DURATION,
    &CLOSE,
    &CLOSED_BY,
    &RETRANSMISSIONS,
    &RTT_MIN,
    &RTT_AVG,
    &RTT_MAX,
    &INITIAL_RTT,
    &COMPLETENESS,
    &COMPLETENESS_TEXT,
    &ROLES,
    &PHASES,
];

/// The columns that a reader gets.
pub static READING: &[&Column] = &[
    &PROTOCOL,
    &STREAM,
    &CLIENT,
    &SERVER,
    &PACKETS_TO_SERVER,
    &BYTES_TO_SERVER,
    &PACKETS_TO_CLIENT,
    &BYTES_TO_CLIENT,
    &START,
    &DURATION,
    &CLOSE,
    &CLOSED_BY,
    &RETRANSMISSIONS,
    &RTT_AVG,
];

/// Those of them that a terminal of 80 columns has room for.
pub static COMPACT: &[&Column] = &[
    &PROTOCOL, &STREAM, &CLIENT, &SERVER, &PACKETS, &DURATION, &CLOSE,
];

/// The columns of tsv and csv, which others rely on: without what came later.
pub static EXCHANGE: &[&Column] = match COLUMNS.split_last() {
    Some((_, contract)) => contract,
    None => COLUMNS,
};

fn protocol(entry: &Entry<'_>) -> &'static str {
    match entry.conversation.protocol {
        Protocol::Tcp => "TCP",
        Protocol::Udp => "UDP",
    }
}

/// `address:port`, an IPv6 address in brackets.
fn endpoint(entry: &Entry<'_>, side: Side, out: &mut Vec<u8>) {
    let end = entry.end(side);
    let bracketed = end.ip.is_ipv6();
    if bracketed {
        out.push(b'[');
    }
    text_address::write(end.ip.into(), out);
    if bracketed {
        out.push(b']');
    }
    out.push(b':');
    integer(end.port.into(), out);
}

fn packets(entry: &Entry<'_>, side: Side) -> u64 {
    entry.conversation.traffic.packets[side.index()].into()
}

fn bytes(entry: &Entry<'_>, side: Side) -> u64 {
    entry.conversation.traffic.bytes[side.index()]
}

fn rtt(entry: &Entry<'_>, value: Nanos, out: &mut Vec<u8>) {
    if entry.conversation.rtt.count > 0 {
        seconds(value, out);
    }
}

fn integer(value: u64, out: &mut Vec<u8>) {
    digits::number(value, out);
}

/// Seconds with nine decimals.
fn seconds(value: Nanos, out: &mut Vec<u8>) {
    time::nanos(value, out);
}
