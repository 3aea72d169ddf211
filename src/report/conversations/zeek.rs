//! The columns of a conn.log, as Zeek writes it.

use std::io::Write;

use super::{Column, Entry};
use crate::analysis::conversation::Protocol;
use crate::model::side::Side;
use crate::model::time::Nanos;
use crate::report::record::CellKind;
use crate::report::text_address;
use crate::report::zeek;
use crate::text::Text;
use crate::text::digits;

macro_rules! columns {
    ($($name:ident = $id:literal, $type:literal: $write:expr;)*) => {
        $(static $name: Column = Column {
            id: $id,
            header: Text { en: $id, pt_br: $id },
            kind: CellKind::Text,
            write: $write,
        };)*
        /// Every column of a conn.log, in its order.
        pub static ZEEK: &[&Column] = &[$(&$name),*];
        /// The types of these, in the same order.
        pub static ZEEK_TYPES: &[(&str, &str)] = &[$(($id, $type)),*];
    };
}

columns! {
    TS = "ts", "time": |entry, _, out| {
        if let (Some(origin), Some([start, _])) = (entry.origin, entry.conversation.times()) {
            let _ = micros(origin.nanos_clamped().saturating_add(start.0), out);
        }
    };
    // Zeek's are drawn by lot; these are the same for the same file.
    UID = "uid", "string": |entry, _, out| {
        let letter = if entry.conversation.protocol == Protocol::Tcp { 't' } else { 'u' };
        let _ = write!(out, "C{letter}{}", entry.conversation.stream);
    };
    ORIG_H = "id.orig_h", "addr": |entry, _, out| address(entry, entry.client, out);
    ORIG_P = "id.orig_p", "port": |entry, _, out| digits::number(entry.end(entry.client).port, out);
    RESP_H = "id.resp_h", "addr": |entry, _, out| address(entry, entry.client.other(), out);
    RESP_P = "id.resp_p", "port":
        |entry, _, out| digits::number(entry.end(entry.client.other()).port, out);
    PROTO = "proto", "enum": |entry, _, out| {
        let tcp = entry.conversation.protocol == Protocol::Tcp;
        out.extend_from_slice(if tcp { b"tcp" } else { b"udp" });
    };
    SERVICE = "service", "string": |_, _, _| ();
    DURATION = "duration", "interval": |entry, _, out| {
        if let Some(duration) = lasted(entry) {
            let _ = micros(duration.0, out);
        }
    };
    ORIG_BYTES = "orig_bytes", "count": |entry, _, out| bytes(entry, entry.client, out);
    RESP_BYTES = "resp_bytes", "count": |entry, _, out| bytes(entry, entry.client.other(), out);
    CONN_STATE = "conn_state", "string": |entry, _, out| {
        let state = entry.talk.map_or("", |talk| talk.state(entry.client));
        out.extend_from_slice(state.as_bytes());
    };
    LOCAL_ORIG = "local_orig", "bool": |_, _, _| ();
    LOCAL_RESP = "local_resp", "bool": |_, _, _| ();
    MISSED = "missed_bytes", "count": |entry, _, out| {
        let missed = entry.talk.map(|talk| zeek::missed(entry.conversation, talk));
        digits::number(missed.unwrap_or(0), out);
    };
    HISTORY = "history", "string": |entry, _, out| {
        let history = entry.talk.map(|talk| talk.history(entry.client));
        out.extend_from_slice(history.unwrap_or_default().as_bytes());
    };
    ORIG_PKTS = "orig_pkts", "count":
        |entry, _, out| end(entry, entry.client, |it| it.packets, out);
    ORIG_IP_BYTES = "orig_ip_bytes", "count":
        |entry, _, out| end(entry, entry.client, |it| it.ip_bytes, out);
    RESP_PKTS = "resp_pkts", "count":
        |entry, _, out| end(entry, entry.client.other(), |it| it.packets, out);
    RESP_IP_BYTES = "resp_ip_bytes", "count":
        |entry, _, out| end(entry, entry.client.other(), |it| it.ip_bytes, out);
    TUNNEL_PARENTS = "tunnel_parents", "set[string]": |_, _, _| ();
}

/// Appends seconds with six decimals.
fn micros(nanos: i64, out: &mut Vec<u8>) -> std::io::Result<()> {
    let sign = if nanos < 0 { "-" } else { "" };
    let nanos = nanos.unsigned_abs();
    let (secs, rest) = (nanos / 1_000_000_000, nanos % 1_000_000_000 / 1_000);
    write!(out, "{sign}{secs}.{rest:06}")
}

fn address(entry: &Entry<'_>, side: Side, out: &mut Vec<u8>) {
    text_address::write(entry.end(side).ip.into(), out);
}

/// How long it lasted; Zeek leaves that empty where it is one moment, and the bytes too.
fn lasted(entry: &Entry<'_>) -> Option<Nanos> {
    entry.conversation.duration().filter(|it| *it > Nanos::ZERO)
}

fn bytes(entry: &Entry<'_>, side: Side, out: &mut Vec<u8>) {
    if lasted(entry).is_some() {
        end(entry, side, |it| it.bytes, out);
    }
}

fn end(entry: &Entry<'_>, side: Side, field: fn(&zeek::End) -> u64, out: &mut Vec<u8>) {
    if let Some(talk) = entry.talk {
        digits::number(field(&talk.ends[side.index()]), out);
    }
}

/// The state in which a conversation ended, by Zeek's name.
pub(super) fn state(entry: &Entry<'_>, out: &mut Vec<u8>) {
    (CONN_STATE.write)(entry, crate::text::Lang::En, out);
}

/// What each side sent, in Zeek's letters.
pub(super) fn history(entry: &Entry<'_>, out: &mut Vec<u8>) {
    (HISTORY.write)(entry, crate::text::Lang::En, out);
}

/// Whether one of the columns needs what [`zeek::Talks`] knows.
pub fn needs_talks(columns: &[&Column]) -> bool {
    let ids = [CONN_STATE.id, HISTORY.id];
    columns.iter().any(|column| ids.contains(&column.id))
}
