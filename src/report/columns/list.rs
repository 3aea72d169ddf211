//! The columns of packets: the name, heading and description of each in both languages beside what
//! it writes.

use std::io::Write;

use super::{CellKind, CellOptions, Column, time};
use crate::analysis::row::Row;
use crate::analysis::tcp::TcpAnalysis;
use crate::analysis::tcp::marks::Marks;
use crate::analysis::tcp::rules;
use crate::model::frame::LinkType;
use crate::model::packet::Content;
use crate::model::side::Direction;
use crate::model::tcp::Header;
use crate::model::time::Nanos;
use crate::report::info;
use crate::report::payload;
use crate::report::phase;
use crate::report::text_address;
use crate::text::Text;
use crate::text::digits;

macro_rules! columns {
    ($($name:ident = $id:literal, $kind:ident: $en:literal, $pt_br:literal,
       $about_en:literal, $about_pt_br:literal, $write:expr;)*) => {
        $(static $name: Column = Column {
            id: $id,
            header: Text { en: $en, pt_br: $pt_br },
            about: Text { en: $about_en, pt_br: $about_pt_br },
            kind: CellKind::$kind,
            write: $write,
        };)*
        /// Every column, in the order of the default table and the tsv, then the ones by name.
        pub static COLUMNS: &[&Column] = &[$(&$name),*];
    };
}

columns! {
    NO = "no", Number: "No.", "Nº",
        "The number of the frame in the capture, from 1.",
        "O número do quadro na captura, a partir de 1.",
        |row, _, out| digits::number(row.frame.no, out);
    TIME = "time", Number: "Time", "Tempo",
        "The time of the frame, as -t says.",
        "O tempo do quadro, como -t indica.",
        |row, options, out| {
            if !(row.frame.link == LinkType::ROWS && time::has_no_date(&row.times, options)) {
                time::write_times(&row.times, row.frame.decimals, options, out);
            }
        };
    SOURCE = "source", Text: "Source", "Origem",
        "The innermost source address.",
        "O endereço de origem mais interno.",
        |row, _, out| text_address::write(row.packet.source, out);
    DESTINATION = "destination", Text: "Destination", "Destino",
        "The innermost destination address.",
        "O endereço de destino mais interno.",
        |row, _, out| text_address::write(row.packet.destination, out);
    PROTOCOL = "protocol", Text: "Protocol", "Protocolo",
        "The protocol, as Wireshark names it.",
        "O protocolo, com o nome que o Wireshark usa.",
        protocol;
    LENGTH = "length", Number: "Length", "Tamanho",
        "The length of the frame on the wire, in bytes.",
        "O tamanho do quadro na rede, em bytes.",
        |row, _, out| digits::number(row.frame.wire_len, out);
    INFO = "info", Text: "Info", "Info",
        "Flags, numbers, window and options, in Wireshark's words.",
        "Flags, números, janela e opções, nas palavras do Wireshark.",
        |row, _, out| info::write(row, out);
    STREAM = "stream", Number: "Stream", "Fluxo",
        "The number of the TCP or UDP stream, as tshark counts.",
        "O número do fluxo TCP ou UDP, como o tshark conta.",
        |row, _, out| number(row.analysis.stream, out);
    PHASE = "phase", Text: "Phase", "Fase",
        "What the packet does for its conversation.",
        "O que o pacote faz na sua conversa.",
        |row, options, out| {
            if let Some(phase) = row.analysis.phase {
                phase::write(phase, options.lang, out);
            }
        };
    WAY = "way", Text: "", "",
        "Which way the packet goes: → from the client to the server, ← back.",
        "Sentido do pacote: → do cliente para o servidor, ← de volta.",
        way;
    STATES = "states", Text: "Client / server", "Cliente / servidor",
        "The states of client and server after the packet (RFC 9293).",
        "Os estados do cliente e do servidor depois do pacote (RFC 9293).",
        states;
    FLAGS = "flags", Text: "Flags", "Flags",
        "TCP flags in hexadecimal, as tshark prints tcp.flags.",
        "Flags TCP em hexadecimal, como o tshark imprime tcp.flags.",
        |row, _, out| {
            if let Some(header) = sound_header(row) {
                let _ = write!(out, "0x{:04x}", header.flags.0);
            }
        };
    SEQ = "seq", Number: "Seq", "Seq",
        "Sequence number as Wireshark shows it: relative where the first one is known.",
        "Número de sequência como o Wireshark mostra: relativo quando o primeiro é conhecido.",
        |row, _, out| number(tcp(row).map(|tcp| tcp.seq), out);
    ACK = "ack", Number: "Ack", "Ack",
        "Acknowledgment number as Wireshark shows it; empty without the ACK flag.",
        "Número de reconhecimento como o Wireshark mostra; vazio sem a flag ACK.",
        |row, _, out| {
            let acknowledges = sound_header(row).is_some_and(|header| header.flags.ack());
            number(tcp(row).filter(|_| acknowledges).map(|tcp| tcp.ack), out);
        };
    LEN = "len", Number: "Len", "Len",
        "Payload bytes of the TCP segment.",
        "Bytes de dados do segmento TCP.",
        |row, _, out| number(tcp(row).and_then(|tcp| tcp.len), out);
    WINDOW = "window", Number: "Window", "Janela",
        "Receive window in bytes, scaled where the scale is known.",
        "Janela de recepção em bytes, com a escala aplicada quando é conhecida.",
        |row, _, out| number(window_field(row).and(tcp(row)).map(|tcp| tcp.window), out);
    SEQ_RAW = "seq_raw", Number: "Seq (raw)", "Seq (bruto)",
        "Sequence number as it stands in the header.",
        "Número de sequência como está no cabeçalho.",
        |row, _, out| number(captured(row).and(row.tcp_header()).map(|header| header.seq.0), out);
    ACK_RAW = "ack_raw", Number: "Ack (raw)", "Ack (bruto)",
        "Acknowledgment number as it stands in the header.",
        "Número de reconhecimento como está no cabeçalho.",
        |row, _, out| number(captured(row).and(sound_header(row)).map(|header| header.ack.0), out);
    WINDOW_RAW = "window_raw", Number: "Window (raw)", "Janela (bruta)",
        "Window field as it stands in the header.",
        "Campo de janela como está no cabeçalho.",
        |row, _, out| number(captured(row).and(window_field(row)).map(u32::from), out);
    SCALE = "scale", Number: "Scale", "Escala",
        "What the window field is multiplied with; -1 not known, -2 not in use \
         (tcp.window_size_scalefactor).",
        "Pelo que o campo de janela é multiplicado; -1 desconhecido, -2 não usado \
         (tcp.window_size_scalefactor).",
        scale;
    NEXT_SEQ = "next_seq", Number: "Next seq", "Próx. seq",
        "The sequence number after the segment, as Wireshark shows it (tcp.nxtseq).",
        "O número de sequência depois do segmento, como o Wireshark mostra (tcp.nxtseq).",
        |row, _, out| number(tcp(row).and_then(|tcp| tcp.next_seq), out);
    ACKS_FRAME = "acks_frame", Number: "Acks frame", "Reconhece",
        "The frame whose last byte this one acknowledges (tcp.analysis.acks_frame).",
        "O quadro cujo último byte este reconhece (tcp.analysis.acks_frame).",
        |row, _, out| number(tcp(row).and_then(|tcp| tcp.acks_frame), out);
    ACK_RTT = "ack_rtt", Number: "ACK RTT", "RTT do ACK",
        "Seconds between that frame and this acknowledgment (tcp.analysis.ack_rtt).",
        "Segundos entre aquele quadro e este reconhecimento (tcp.analysis.ack_rtt).",
        |row, _, out| seconds(tcp(row).and_then(|tcp| tcp.ack_rtt), out);
    INITIAL_RTT = "initial_rtt", Number: "Initial RTT", "RTT inicial",
        "Seconds between the SYN and the first ACK after it (tcp.analysis.initial_rtt).",
        "Segundos entre o SYN e o primeiro ACK depois dele (tcp.analysis.initial_rtt).",
        |row, _, out| seconds(tcp(row).and_then(|tcp| tcp.initial_rtt), out);
    BYTES_IN_FLIGHT = "bytes_in_flight", Number: "In flight", "Em trânsito",
        "Bytes sent and not yet acknowledged, with this segment (tcp.analysis.bytes_in_flight).",
        "Bytes enviados e ainda não reconhecidos, com este segmento \
         (tcp.analysis.bytes_in_flight).",
        |row, _, out| number(tcp(row).and_then(|tcp| tcp.bytes_in_flight), out);
    PUSH_BYTES = "push_bytes", Number: "Since PSH", "Desde PSH",
        "Bytes since the last PSH, with this segment (tcp.analysis.push_bytes_sent).",
        "Bytes desde o último PSH, com este segmento (tcp.analysis.push_bytes_sent).",
        |row, _, out| number(tcp(row).and_then(|tcp| tcp.push_bytes), out);
    RTO = "rto", Number: "RTO", "RTO",
        "A retransmission: seconds since the oldest unacknowledged segment (tcp.analysis.rto).",
        "Uma retransmissão: segundos desde o segmento não reconhecido mais antigo \
         (tcp.analysis.rto).",
        |row, _, out| seconds(tcp(row).and_then(|tcp| Some(tcp.timeout?.waited)), out);
    RTO_FRAME = "rto_frame", Number: "RTO frame", "Quadro RTO",
        "The frame of that segment (tcp.analysis.rto_frame).",
        "O quadro desse segmento (tcp.analysis.rto_frame).",
        |row, _, out| number(tcp(row).and_then(|tcp| Some(tcp.timeout?.of)), out);
    DUP_ACK_FRAME = "dup_ack_frame", Number: "Dup of", "Dup de",
        "A duplicate ACK: the frame that acknowledged the same first \
         (tcp.analysis.duplicate_ack_frame).",
        "Um ACK duplicado: o quadro que reconheceu o mesmo primeiro \
         (tcp.analysis.duplicate_ack_frame).",
        |row, _, out| number(tcp(row).and_then(|tcp| Some(tcp.duplicate?.of)), out);
    DUP_ACK_NUM = "dup_ack_num", Number: "Dup no.", "Nº dup",
        "Its number among the duplicates (tcp.analysis.duplicate_ack_num).",
        "O seu número entre os duplicados (tcp.analysis.duplicate_ack_num).",
        |row, _, out| number(tcp(row).and_then(|tcp| Some(tcp.duplicate?.number)), out);
    MARKS = "marks", Text: "Marks", "Marcas",
        "The analysis flags of the packet, by tshark's field names without tcp.analysis.",
        "As marcas de análise do pacote, pelos nomes do tshark sem tcp.analysis.",
        marks;
    COMPLETENESS = "completeness", Number: "Complete", "Completude",
        "What was seen of the conversation before this packet, as tshark counts it \
         (tcp.completeness).",
        "O que se viu da conversa antes deste pacote, como o tshark conta (tcp.completeness).",
        |row, _, out| number(tcp(row).map(|tcp| tcp.completeness.0.into()), out);
    COMPLETENESS_TEXT = "completeness_text", Text: "Completeness", "Completude",
        "The same in words.",
        "O mesmo em palavras.",
        |row, _, out| text(tcp(row).map_or("", |tcp| tcp.completeness.name()), out);
    STREAM_TIME = "stream_time", Number: "Stream time", "Tempo no fluxo",
        "Seconds since the first packet of its stream (tcp.time_relative).",
        "Segundos desde o primeiro pacote do seu fluxo (tcp.time_relative).",
        |row, _, out| seconds(row.analysis.since_first, out);
    STREAM_DELTA = "stream_delta", Number: "Stream delta", "Delta no fluxo",
        "Seconds since the packet before it in its stream (tcp.time_delta).",
        "Segundos desde o pacote anterior do seu fluxo (tcp.time_delta).",
        |row, _, out| seconds(row.analysis.since_previous, out);
    PAYLOAD = "payload", Text: "Payload", "Dados",
        "The payload of a TCP segment or UDP datagram as text: UTF-8 as it is, else escaped.",
        "Os dados do segmento TCP ou datagrama UDP como texto: UTF-8 como está, senão com escapes.",
        |row, _, out| payload::preview(payload::of(row), MOST_CHARACTERS, out);
    KERNEL = "kernel", Text: "Kernel", "Kernel",
        "Of a program's call: what the kernel says of its socket right after it (state, queues, rtt, cwnd).",
        "De uma chamada de programa: o que o kernel diz do socket logo depois dela (estado, filas, rtt, cwnd).",
        |_, _, _| {};
}

/// The columns that a reader gets: Wireshark's seven, the direction, the phase.
pub static READING: &[&Column] = &[
    &NO,
    &TIME,
    &SOURCE,
    &DESTINATION,
    &PROTOCOL,
    &LENGTH,
    &INFO,
    &WAY,
    &PHASE,
];

/// Every column that a packet can have: only calls have the last one.
pub static OF_PACKETS: &[&Column] = match COLUMNS.split_last() {
    Some((_, rest)) => rest,
    None => COLUMNS,
};

/// The columns of the tsv contract: fixed, since other programs rely on them.
pub static EXCHANGE: &[&Column] = &[
    &NO,
    &TIME,
    &SOURCE,
    &DESTINATION,
    &PROTOCOL,
    &LENGTH,
    &INFO,
    &STREAM,
    &PHASE,
];

/// How many characters of the payload are shown.
const MOST_CHARACTERS: usize = 120;

fn number(value: Option<u32>, out: &mut Vec<u8>) {
    if let Some(value) = value {
        digits::number(value, out);
    }
}

/// Seconds with nine decimals.
fn seconds(value: Option<Nanos>, out: &mut Vec<u8>) {
    if let Some(value) = value {
        time::nanos(value, out);
    }
}

fn text(value: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(value.as_bytes());
}

fn tcp<'r>(row: &Row<'r>) -> Option<&'r TcpAnalysis> {
    row.analysis.tcp.as_ref()
}

/// Nothing where a row of text tells of the packet: then the header's own numbers are not known.
fn captured(row: &Row<'_>) -> Option<()> {
    (row.frame.link != LinkType::ROWS).then_some(())
}

/// The TCP header of a row where its length can be one: of others tshark shows the sequence number
/// alone.
fn sound_header(row: &Row<'_>) -> Option<Header> {
    row.tcp_header().filter(|header| header.offset >= 5)
}

/// The window field of a row, where its bytes are there.
fn window_field(row: &Row<'_>) -> Option<u16> {
    let header = row.whole_header();
    header.filter(|it| it.offset >= 5).map(|it| it.window)
}

fn protocol(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    // The names of nearly every row are constants, which are copied without a call.
    match &row.packet.content {
        Content::Tcp(_) => out.extend_from_slice(b"TCP"),
        Content::Udp(datagram) if !datagram.transport.lite => out.extend_from_slice(b"UDP"),
        _ => text(info::protocol(row), out),
    }
}

fn way(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    let arrow = match row.analysis.direction {
        Some(Direction::ToServer) => "→",
        Some(Direction::ToClient) => "←",
        None => "",
    };
    text(arrow, out);
}

fn states(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    let [client, server] = row.analysis.states;
    if client.is_some() || server.is_some() {
        text(client.map_or("?", |state| state.name()), out);
        text(" / ", out);
        text(server.map_or("?", |state| state.name()), out);
    }
}

fn scale(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    // A SYN's own window is never scaled.
    let scaled = sound_header(row).is_some_and(|header| !header.flags.syn());
    if let Some(tcp) = tcp(row).filter(|_| scaled) {
        let factor = tcp.scale.factor();
        if factor < 0 {
            out.push(b'-');
        }
        digits::number(factor.unsigned_abs(), out);
    }
}

fn marks(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    let marks = tcp(row).map_or(Marks::NONE, |tcp| tcp.marks);
    let start = out.len();
    for rule in rules::all().filter(|rule| marks.any(rule.mark)) {
        for field in rule.fields {
            if out.len() > start {
                out.push(b' ');
            }
            text(field.strip_prefix("tcp.analysis.").unwrap_or(field), out);
        }
    }
}
