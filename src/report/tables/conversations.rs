//! The table of conversations.

use super::columns;
use crate::analysis::conversation::Protocol;
use crate::model::side::Side;
use crate::report::conversations::{COLUMNS, Entry};
use crate::report::text_address;
use crate::text::Lang;

columns! {
    /// The columns of conversations.
    pub CONVERSATIONS, conversation(entry: &Entry<'_>):
    "protocol" written |out| cell(entry, "protocol", out);
    "stream" int Some(entry.conversation.stream);
    "client" written |out| text_address::write(entry.end(entry.client).ip.into(), out);
    "client_port" int Some(entry.end(entry.client).port);
    "server" written |out| text_address::write(entry.end(entry.client.other()).ip.into(), out);
    "server_port" int Some(entry.end(entry.client.other()).port);
    "roles" written |out| cell(entry, "roles", out);
    "packets_to_server" int Some(entry.conversation.traffic.packets[entry.client.index()]);
    "bytes_to_server" count Some(entry.conversation.traffic.bytes[entry.client.index()]);
    "packets_to_client" int Some(entry.conversation.traffic.packets[back(entry)]);
    "bytes_to_client" count Some(entry.conversation.traffic.bytes[back(entry)]);
    "start_ns" int entry.conversation.times().map(|[start, _]| start.0);
    "duration_ns" int entry.conversation.duration().map(|it| it.0);
    "close" written |out| cell(entry, "close", out);
    "closed_by" written |out| cell(entry, "closed_by", out);
    "retransmissions" int tcp(entry).map(|()| entry.conversation.retransmissions);
    "rtt_min_ns" int measured(entry).map(|()| entry.conversation.rtt().min.0);
    "rtt_avg_ns" int entry.conversation.rtt().mean().map(|it| it.0);
    "rtt_max_ns" int measured(entry).map(|()| entry.conversation.rtt().max.0);
    "initial_rtt_ns" int entry.conversation.initial_rtt().map(|it| it.0);
    "completeness" int tcp(entry).map(|()| entry.conversation.completeness.0);
    "completeness_text" written |out| cell(entry, "completeness_text", out);
    "phases" written |out| cell(entry, "phases", out);
}

/// What the list of conversations says in English.
fn cell(entry: &Entry<'_>, id: &str, out: &mut Vec<u8>) {
    if let Some(column) = COLUMNS.iter().find(|column| column.id == id) {
        (column.write)(entry, Lang::En, out);
    }
}

fn back(entry: &Entry<'_>) -> usize {
    Side::other(entry.client).index()
}

fn tcp(entry: &Entry<'_>) -> Option<()> {
    (entry.conversation.protocol == Protocol::Tcp).then_some(())
}

fn measured(entry: &Entry<'_>) -> Option<()> {
    (entry.conversation.rtt().count > 0).then_some(())
}
