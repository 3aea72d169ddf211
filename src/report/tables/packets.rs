//! The table of packets.

use super::{Batch, Column, Kind, Table, columns};
use crate::analysis::row::Row;
use crate::analysis::tcp::TcpAnalysis;
use crate::analysis::tcp::marks::Marks;
use crate::analysis::tcp::rules;
use crate::model::packet::Content;
use crate::model::side::Direction;
use crate::model::tcp::{Header, TcpFlags};
use crate::report::columns::cells::{captured, sound_header, window_field};
use crate::report::info;
use crate::report::phase;
use crate::report::text_address;
use crate::text::Lang;

columns! {
    /// The columns of every packet but its marks.
    pub(super) FIRST, first(packet: &Row<'_>):
    "no" int Some(packet.frame.no);
    "time_ns" count packet.frame.time.map(|it| it.total_nanos());
    "relative_ns" int packet.frame.time.zip(packet.times.first)
        .map(|(time, first)| time.since(first).nanos_clamped());
    "source" written |out| text_address::write(packet.packet.source, out);
    "source_port" int ports(packet).map(|it| it.0);
    "destination" written |out| text_address::write(packet.packet.destination, out);
    "destination_port" int ports(packet).map(|it| it.1);
    "protocol" text Some(info::protocol(packet));
    "length" int Some(packet.frame.wire_len);
    "stream" int packet.analysis.stream;
    "phase" word packet.analysis.phase.map(|it| phase::word(it).get(Lang::En));
    "direction" word packet.analysis.direction.map(|it| match it {
        Direction::ToServer => "to server",
        Direction::ToClient => "to client",
    });
    "client_state" word packet.analysis.states[0].map(|it| it.name());
    "server_state" word packet.analysis.states[1].map(|it| it.name());
    "seq" int tcp(packet).map(|it| it.seq);
    "ack" int acking(packet).and(tcp(packet)).map(|it| it.ack);
    "len" int tcp(packet).and_then(|it| it.len);
    "next_seq" int tcp(packet).and_then(|it| it.next_seq);
    "window" int window_field(packet).and(tcp(packet)).map(|it| it.window);
    "seq_raw" int captured(packet).and(packet.tcp_header()).map(|it| it.seq.0);
    "ack_raw" int captured(packet).and(sound_header(packet)).map(|it| it.ack.0);
    "window_raw" int captured(packet).and(window_field(packet));
    "udp_length" int udp_length(packet);
    "flags" int sound_header(packet).map(|it| it.flags.0);
    "flag_syn" flag flag(packet, TcpFlags::SYN);
    "flag_ack" flag flag(packet, TcpFlags::ACK);
    "flag_psh" flag flag(packet, TcpFlags::PSH);
    "flag_fin" flag flag(packet, TcpFlags::FIN);
    "flag_rst" flag flag(packet, TcpFlags::RST);
    "flag_urg" flag flag(packet, TcpFlags::URG);
    "flag_ece" flag flag(packet, TcpFlags::ECE);
    "flag_cwr" flag flag(packet, TcpFlags::CWR);
    "acks_frame" int tcp(packet).and_then(|it| it.acks_frame);
    "ack_rtt_ns" int tcp(packet).and_then(|it| it.ack_rtt).map(|it| it.0);
    "bytes_in_flight" int tcp(packet).and_then(|it| it.bytes_in_flight);
}

/// The table, and which marks stand behind its other columns.
#[derive(Clone, Debug)]
pub struct Packets {
    /// The table.
    pub table: Table,
    marks: Vec<Marks>,
}

/// The table of packets: a column for each of tshark's analysis flags stands at its end.
pub fn packets() -> Packets {
    let mut columns = FIRST.to_vec();
    let mut marks: Vec<Marks> = Vec::new();
    for rule in rules::all() {
        for field in rule.fields {
            let id = field.strip_prefix("tcp.analysis.").unwrap_or(field);
            // Numbers that come with a mark are none.
            if id.ends_with("_num") || id.ends_with("_frame") {
                continue;
            }
            let known = columns.iter().skip(FIRST.len());
            match known.clone().position(|column| column.id == id) {
                Some(at) => marks[at] = marks[at].with(rule.mark),
                None => {
                    marks.push(rule.mark);
                    columns.push(Column {
                        id,
                        kind: Kind::Mark,
                    });
                }
            }
        }
    }
    let table = Table {
        id: "packets",
        columns,
    };
    Packets { table, marks }
}

impl Packets {
    /// Appends a packet.
    pub fn row(&self, packet: &Row<'_>, batch: &mut Batch) {
        let found = tcp(packet).map_or(Marks::NONE, |it| it.marks);
        batch.add(|row| {
            first(row, packet);
            for mark in &self.marks {
                row.mark(found.any(*mark));
            }
        });
    }
}

fn tcp<'r>(row: &Row<'r>) -> Option<&'r TcpAnalysis> {
    row.analysis.tcp.as_ref()
}

fn acking(row: &Row<'_>) -> Option<Header> {
    sound_header(row).filter(|header| header.flags.ack())
}

fn flag(row: &Row<'_>, flag: TcpFlags) -> Option<bool> {
    sound_header(row).map(|header| header.flags.any(flag))
}

fn ports(row: &Row<'_>) -> Option<(u16, u16)> {
    match &row.packet.content {
        Content::Tcp(segment) => Some((segment.source_port, segment.destination_port)),
        Content::Udp(datagram) => Some((datagram.source_port, datagram.destination_port)),
        Content::Other(_) => None,
    }
}

fn udp_length(row: &Row<'_>) -> Option<u16> {
    match &row.packet.content {
        Content::Udp(datagram) => captured(row).and(datagram.length_field),
        _ => None,
    }
}
