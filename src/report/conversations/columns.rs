//! The columns of the list of conversations: name and heading of each beside what it writes.

use super::{Column, Entry, evidence, phases, zeek};
use crate::analysis::conversation::Protocol;
use crate::analysis::lifecycle::close::Closer;
use crate::model::side::Side;
use crate::model::time::Nanos;
use crate::report::columns::time::optional as seconds;
use crate::report::record::CellKind;
use crate::report::text_address;
use crate::report::words;
use crate::text::digits;
use crate::text::{Text, ui};

macro_rules! columns {
    ($($name:ident = $id:literal, $kind:ident: $en:literal, $pt_br:literal, $write:expr;)*) => {
        $(static $name: Column = Column {
            id: $id,
            header: Text { en: $en, pt_br: $pt_br },
            kind: CellKind::$kind,
            write: $write,
        };)*
        /// Every column, in the order of JSON.
        pub static COLUMNS: &[&Column] = &[$(&$name),*];
    };
}

columns! {
    PROTOCOL = "protocol", Text: "Protocol", "Protocolo",
        |entry, _, out| out.extend_from_slice(protocol(entry).as_bytes());
    STREAM = "stream", Number: "Stream", "Fluxo",
        |entry, _, out| integer(entry.conversation.stream.into(), out);
    CLIENT = "client", Text: "Client", "Cliente",
        |entry, _, out| endpoint(entry, entry.client, out);
    SERVER = "server", Text: "Server", "Servidor",
        |entry, _, out| endpoint(entry, entry.client.other(), out);
    PACKETS = "packets", Number: "Packets", "Pacotes",
        |entry, _, out| integer(entry.conversation.traffic.packets.map(u64::from).iter().sum(), out);
    BYTES = "bytes", Number: "Bytes", "Bytes",
        |entry, _, out| integer(entry.conversation.traffic.bytes.iter().sum(), out);
    PACKETS_TO_SERVER = "packets_to_server", Number: "Packets →", "Pacotes →",
        |entry, _, out| integer(packets(entry, entry.client), out);
    BYTES_TO_SERVER = "bytes_to_server", Number: "Bytes →", "Bytes →",
        |entry, _, out| integer(bytes(entry, entry.client), out);
    PACKETS_TO_CLIENT = "packets_to_client", Number: "Packets ←", "Pacotes ←",
        |entry, _, out| integer(packets(entry, entry.client.other()), out);
    BYTES_TO_CLIENT = "bytes_to_client", Number: "Bytes ←", "Bytes ←",
        |entry, _, out| integer(bytes(entry, entry.client.other()), out);
    START = "start", Number: "Start (s)", "Início (s)",
        |entry, _, out| seconds(entry.conversation.times().map(|[start, _]| start), out);
    DURATION = "duration", Number: "Duration (s)", "Duração (s)",
        |entry, _, out| seconds(entry.conversation.duration(), out);
    CLOSE = "close", Text: "Close", "Encerramento",
        |entry, lang, out| {
            if entry.conversation.protocol == Protocol::Tcp {
                let words = words::close::cell(&entry.close);
                out.extend_from_slice(words.get(lang).as_bytes());
            }
        };
    CLOSED_BY = "closed_by", Text: "Closed first by", "Encerrou primeiro",
        |entry, lang, out| {
            let roles = entry.conversation.lifecycle.roles();
            let (Some(client), Some(closer)) = (roles.client(), entry.close.closer()) else {
                return;
            };
            let who = match closer {
                Closer::Both => &words::close::BOTH,
                Closer::One(side) if side == client => &ui::CLIENT,
                Closer::One(_) => &ui::SERVER,
            };
            out.extend_from_slice(who.get(lang).as_bytes());
        };
    RETRANSMISSIONS = "retransmissions", Number: "Retr.", "Retr.",
        |entry, _, out| {
            if entry.conversation.protocol == Protocol::Tcp {
                integer(entry.conversation.retransmissions.into(), out);
            }
        };
    RTT_MIN = "rtt_min", Number: "RTT min (s)", "RTT mín. (s)",
        |entry, _, out| rtt(entry, entry.conversation.rtt().min, out);
    RTT_AVG = "rtt_avg", Number: "RTT avg (s)", "RTT méd. (s)",
        |entry, _, out| seconds(entry.conversation.rtt().mean(), out);
    RTT_MAX = "rtt_max", Number: "RTT max (s)", "RTT máx. (s)",
        |entry, _, out| rtt(entry, entry.conversation.rtt().max, out);
    INITIAL_RTT = "initial_rtt", Number: "Initial RTT (s)", "RTT inicial (s)",
        |entry, _, out| seconds(entry.conversation.initial_rtt(), out);
    COMPLETENESS = "completeness", Number: "Completeness", "Completude",
        |entry, _, out| {
            if entry.conversation.protocol == Protocol::Tcp {
                integer(entry.conversation.completeness.0.into(), out);
            }
        };
    COMPLETENESS_TEXT = "completeness_text", Text: "Completeness, named", "Completude, por extenso",
        |entry, _, out| {
            if entry.conversation.protocol == Protocol::Tcp {
                out.extend_from_slice(entry.conversation.completeness.name().as_bytes());
            }
        };
    ROLES = "roles", Text: "Roles known from", "Papéis conhecidos por",
        |entry, lang, out| {
            let evidence = entry.conversation.lifecycle.roles().evidence();
            out.extend_from_slice(evidence::words(evidence).get(lang).as_bytes());
        };
    PHASES = "phases", Text: "Phases", "Fases",
        |entry, lang, out| phases::write(entry.conversation, lang, out);
    CONN_STATE = "conn_state", Text: "conn_state (Zeek)", "conn_state (Zeek)",
        |entry, _, out| zeek::state(entry, out);
    HISTORY = "history", Text: "history (Zeek)", "history (Zeek)",
        |entry, _, out| zeek::history(entry, out);
}

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
pub static EXCHANGE: &[&Column] = match COLUMNS.split_last_chunk::<3>() {
    Some((contract, _)) => contract,
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
    seconds((entry.conversation.rtt().count > 0).then_some(value), out);
}

fn integer(value: u64, out: &mut Vec<u8>) {
    digits::number(value, out);
}
