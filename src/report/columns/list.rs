//! The columns of packets: the name, heading and description of each in both languages beside what
//! it writes.

use super::cells::{
    captured, marks, number, protocol, scale, sound_header, states, tcp, text, way, window_field,
};
use super::headers;
use super::time::optional as seconds;
use super::{CellKind, Column, time};
use crate::model::frame::LinkType;
use crate::model::tcp::TcpFlags;
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
    ETH_SRC = "eth_src", Text: "Eth. source", "Origem Eth.",
        "Ethernet source address (eth.src).", "Endereço Ethernet de origem (eth.src).",
        |row, _, out| headers::mac(row, 6, out);
    ETH_DST = "eth_dst", Text: "Eth. dest.", "Destino Eth.",
        "Ethernet destination address (eth.dst).", "Endereço Ethernet de destino (eth.dst).",
        |row, _, out| headers::mac(row, 0, out);
    ETH_TYPE = "eth_type", Text: "Eth. type", "Tipo Eth.",
        "Ethernet type (eth.type).", "Tipo Ethernet (eth.type).",
        |row, _, out| headers::ether_type(row, out);
    IP_VERSION = "ip_version", Number: "IP", "IP",
        "IP version, of the innermost IP header as all that follow.",
        "Versão do IP, do cabeçalho IP mais interno, como nas próximas.",
        |row, _, out| headers::ip(row, |ip| Some(ip.version.into()), out);
    IP_HEADER_LENGTH = "ip_header_length", Number: "IP hdr", "Cab. IP",
        "Length of the IP header in bytes.", "Tamanho do cabeçalho IP em bytes.",
        |row, _, out| headers::ip(row, |ip| u16::try_from(ip.header_len).ok(), out);
    IP_LENGTH = "ip_length", Number: "IP len", "Tam. IP",
        "Length field of IP: with its header in IPv4 (ip.len), without in IPv6 (ipv6.plen).",
        "Campo de tamanho do IP: com o cabeçalho no IPv4 (ip.len), sem no IPv6 (ipv6.plen).",
        |row, _, out| headers::ip(row, |ip| Some(ip.length), out);
    IP_ID = "ip_id", Number: "IP id", "Id. IP",
        "Identification of IPv4 (ip.id).", "Identificação do IPv4 (ip.id).",
        |row, _, out| headers::ip(row, |ip| ip.fragment.map(|it| it.0), out);
    IP_FLAGS = "ip_flags", Text: "IP flags", "Flags IP",
        "Flags of IPv4: DF (don't fragment), MF (more fragments).",
        "Flags do IPv4: DF (não fragmentar), MF (mais fragmentos).",
        |row, _, out| headers::ip_flags(row, out);
    IP_OFFSET = "ip_offset", Number: "Offset", "Deslocamento",
        "Offset of the fragment in bytes (ip.frag_offset).",
        "Deslocamento do fragmento em bytes (ip.frag_offset).",
        |row, _, out| headers::ip(row, |ip| ip.fragment.map(|it| it.2), out);
    IP_TTL = "ip_ttl", Number: "TTL", "TTL",
        "Time to live, the hop limit of IPv6.", "Tempo de vida (TTL), o limite de saltos do IPv6.",
        |row, _, out| headers::ip(row, |ip| Some(ip.ttl.into()), out);
    IP_PROTOCOL = "ip_protocol", Text: "IP proto", "Prot. IP",
        "Number and name of what the IP header says comes next (ip.proto, ipv6.nxt).",
        "Número e nome do que o cabeçalho IP diz que vem depois (ip.proto, ipv6.nxt).",
        |row, _, out| headers::ip_protocol(row, out);
    IP_CHECKSUM = "ip_checksum", Text: "IP checksum", "Checksum IP",
        "Checksum of the IPv4 header.", "Checksum do cabeçalho IPv4.",
        |row, _, out| headers::ip_checksum(row, out);
    IP_CHECKSUM_STATE = "ip_checksum_state", Text: "IP sum", "Soma IP",
        "Whether it is right: right or wrong.", "Se está certo: right ou wrong.",
        |row, _, out| headers::ip_checksum_state(row, out);
    SOURCE_PORT = "source_port", Number: "Src port", "Porta orig.",
        "Source port of TCP or UDP.", "Porta de origem TCP ou UDP.",
        |row, _, out| headers::port(row, true, out);
    DESTINATION_PORT = "destination_port", Number: "Dst port", "Porta dest.",
        "Destination port of TCP or UDP.", "Porta de destino TCP ou UDP.",
        |row, _, out| headers::port(row, false, out);
    UDP_LENGTH = "udp_length", Number: "UDP len", "Tam. UDP",
        "Length field of UDP: header and payload (udp.length).",
        "Campo de tamanho do UDP: cabeçalho e dados (udp.length).",
        |row, _, out| headers::udp_length(row, out);
    CHECKSUM = "checksum", Text: "Checksum", "Checksum",
        "Checksum of TCP or UDP.", "Checksum TCP ou UDP.",
        |row, _, out| headers::checksum(row, out);
    CHECKSUM_STATE = "checksum_state", Text: "Sum", "Soma",
        "Whether it is right: right, wrong, offloaded (left to the network card), not used, not checked.",
        "Se está certo: right, wrong, offloaded (deixado para a placa de rede), not used, not checked.",
        |row, _, out| headers::checksum_state(row, out);
    TCP_HEADER_LENGTH = "tcp_header_length", Number: "TCP hdr", "Cab. TCP",
        "Length of the TCP header in bytes, options included (tcp.hdr_len).",
        "Tamanho do cabeçalho TCP em bytes, com as opções (tcp.hdr_len).",
        |row, _, out| headers::tcp_header_length(row, out);
    TCP_RESERVED = "tcp_reserved", Number: "Reserved", "Reservado",
        "The three reserved bits of TCP (tcp.flags.res).", "Os três bits reservados do TCP (tcp.flags.res).",
        |row, _, out| headers::flag(row, TcpFlags::RESERVED, out);
    FLAG_AE = "flag_ae", Number: "AE", "AE",
        "Flag AE, 0 or 1: Accurate ECN.", "Flag AE, 0 ou 1: Accurate ECN.",
        |row, _, out| headers::flag(row, TcpFlags::AE, out);
    FLAG_CWR = "flag_cwr", Number: "CWR", "CWR",
        "Flag CWR, 0 or 1: congestion window reduced.", "Flag CWR, 0 ou 1: janela de congestionamento reduzida.",
        |row, _, out| headers::flag(row, TcpFlags::CWR, out);
    FLAG_ECE = "flag_ece", Number: "ECE", "ECE",
        "Flag ECE, 0 or 1: ECN echo.", "Flag ECE, 0 ou 1: eco de ECN.",
        |row, _, out| headers::flag(row, TcpFlags::ECE, out);
    FLAG_URG = "flag_urg", Number: "URG", "URG",
        "Flag URG, 0 or 1: urgent pointer counts.", "Flag URG, 0 ou 1: ponteiro de urgência vale.",
        |row, _, out| headers::flag(row, TcpFlags::URG, out);
    FLAG_ACK = "flag_ack", Number: "ACK", "ACK",
        "Flag ACK, 0 or 1: acknowledgment number counts.", "Flag ACK, 0 ou 1: número de reconhecimento vale.",
        |row, _, out| headers::flag(row, TcpFlags::ACK, out);
    FLAG_PSH = "flag_psh", Number: "PSH", "PSH",
        "Flag PSH, 0 or 1: push.", "Flag PSH, 0 ou 1: push.",
        |row, _, out| headers::flag(row, TcpFlags::PSH, out);
    FLAG_RST = "flag_rst", Number: "RST", "RST",
        "Flag RST, 0 or 1: reset.", "Flag RST, 0 ou 1: reset.",
        |row, _, out| headers::flag(row, TcpFlags::RST, out);
    FLAG_SYN = "flag_syn", Number: "SYN", "SYN",
        "Flag SYN, 0 or 1: synchronize sequence numbers.", "Flag SYN, 0 ou 1: sincroniza números de sequência.",
        |row, _, out| headers::flag(row, TcpFlags::SYN, out);
    FLAG_FIN = "flag_fin", Number: "FIN", "FIN",
        "Flag FIN, 0 or 1: no more data from the sender.", "Flag FIN, 0 ou 1: não há mais dados do remetente.",
        |row, _, out| headers::flag(row, TcpFlags::FIN, out);
    URGENT_POINTER = "urgent_pointer", Number: "Urgent", "Urgente",
        "Urgent pointer of TCP (tcp.urgent_pointer).", "Ponteiro de urgência do TCP (tcp.urgent_pointer).",
        |row, _, out| headers::urgent_pointer(row, out);
    TCP_OPTIONS = "tcp_options", Text: "Options", "Opções",
        "TCP options one by one, as they stand.", "Opções TCP uma a uma, como estão.",
        headers::tcp_options;
    FLAGS = "flags", Text: "Flags", "Flags",
        "TCP flags in hexadecimal, as tshark prints tcp.flags.",
        "Flags TCP em hexadecimal, como o tshark imprime tcp.flags.",
        |row, _, out| {
            if let Some(header) = sound_header(row) {
                digits::hex16(header.flags.0, out);
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
        |row, options, out| payload::preview(payload::of(row), options.most.unwrap_or(usize::MAX), out);
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
