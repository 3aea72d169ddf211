//! Sockets as the kernel has them: cells of their list, changes, and what each state means.

use std::net::SocketAddr;

use super::coloring::Coloring;
use super::columns::CellOptions;
use super::columns::Column;
use super::columns::time;
use super::record::Record;
use crate::analysis::clock::RowTimes;
use crate::model::address::Endpoint;
use crate::model::kernel::KernelSocket;
use crate::model::kernel::Timer;
use crate::model::kernel::TimerKind;
use crate::model::tcp::TcpState;
use crate::text::Lang;
use crate::text::Text;
use crate::text::phrase::phrase;
use crate::text::quantity::span;

/// The name of the protocol of a socket.
pub fn protocol(tcp: bool) -> &'static str {
    if tcp { "TCP" } else { "UDP" }
}

/// The state as `ss` shows it: UDP has none, and its sockets have a peer or not.
pub fn state(tcp: bool, state: TcpState) -> &'static str {
    match (tcp, state) {
        (true, state) => state.name(),
        (false, TcpState::Established) => "ESTAB",
        (false, _) => "UNCONN",
    }
}

/// An end, `*` for any.
pub fn end(end: Option<Endpoint>) -> String {
    end.map_or_else(
        || "*".to_owned(),
        |end| SocketAddr::new(end.ip, end.port).to_string(),
    )
}

/// The timer in words, with the time that is left; nothing where none runs.
pub fn timer(timer: Option<Timer>, lang: Lang) -> String {
    let Some(timer) = timer else {
        return String::new();
    };
    let kind = match timer.kind {
        TimerKind::Retransmit => &RETRANSMIT,
        TimerKind::KeepAlive => &KEEP_ALIVE,
        TimerKind::TimeWait => &WAIT,
        TimerKind::Probe => &PROBE,
    };
    let left = span(i64::from(timer.left) * 1_000_000, lang);
    let times = match timer.times {
        0 => String::new(),
        times => format!(" ×{times}"),
    };
    format!("{} {left}{times}", kind.get(lang))
}

/// What a change says: `5050 – 40000: ESTABLISHED → CLOSE-WAIT`, with the whole addresses or with
/// the ports alone.
pub fn change(
    socket: &KernelSocket,
    from: Option<TcpState>,
    to: Option<TcpState>,
    whole: bool,
    lang: Lang,
) -> String {
    let name = |it: TcpState| state(socket.tcp, it);
    let shown = |it: Endpoint| match whole {
        true => end(Some(it)),
        false => it.port.to_string(),
    };
    let peer = socket.peer.map(|peer| format!(" – {}", shown(peer)));
    let ends = shown(socket.local) + &peer.unwrap_or_default();
    let from = from.map(|it| format!("{} → ", name(it)));
    let to = to.map_or(GONE.get(lang), name);
    let protocol = protocol(socket.tcp);
    let protocol = if whole {
        format!("{protocol} ")
    } else {
        String::new()
    };
    format!("{protocol}{ends}: {}{to}", from.unwrap_or_default())
}

/// What stands where packets have their protocol.
pub const PROTOCOL: &str = "kernel";

/// A change as a row between packets.
#[derive(Clone, Copy, Debug)]
pub struct ChangeRecord<'r> {
    /// What the change says.
    pub text: &'r str,
    /// Its times, as those of a packet.
    pub times: RowTimes,
    /// How many decimals its times are shown with.
    pub decimals: u8,
    /// The columns in order.
    pub columns: &'r [&'static Column],
    /// What the cells have in common.
    pub cells: &'r CellOptions,
}

impl Record for ChangeRecord<'_> {
    fn cell(&self, place: usize, out: &mut Vec<u8>) {
        match self.columns.get(place).map(|column| column.id) {
            Some("time") => time::write_times(&self.times, self.decimals, self.cells, out),
            Some("protocol") => out.extend_from_slice(PROTOCOL.as_bytes()),
            Some("info") => out.extend_from_slice(self.text.as_bytes()),
            _ => {}
        }
    }

    fn coloring(&self) -> Coloring {
        Coloring::Call
    }
}

/// What a state means and how it ends, in one sentence.
pub fn meaning(tcp: bool, state: TcpState) -> &'static Text {
    match (tcp, state) {
        (false, TcpState::Established) => &UDP_CONNECTED,
        (false, _) => &UDP_OPEN,
        (true, TcpState::Listen) => &LISTEN,
        (true, TcpState::SynSent) => &SYN_SENT,
        (true, TcpState::SynReceived) => &SYN_RECEIVED,
        (true, TcpState::Established) => &ESTABLISHED,
        (true, TcpState::FinWait1) => &FIN_WAIT_1,
        (true, TcpState::FinWait2) => &FIN_WAIT_2,
        (true, TcpState::CloseWait) => &CLOSE_WAIT,
        (true, TcpState::Closing) => &CLOSING,
        (true, TcpState::LastAck) => &LAST_ACK,
        (true, TcpState::TimeWait) => &TIME_WAIT,
        (true, TcpState::Closed) => &CLOSED,
    }
}

phrase! {
    GONE:
        "gone",
        "não existe mais";
    RETRANSMIT:
        "retransmission in",
        "retransmissão em";
    KEEP_ALIVE:
        "keep-alive in",
        "keep-alive em";
    WAIT:
        "ends in",
        "acaba em";
    PROBE:
        "window probe in",
        "sonda de janela em";
    LISTEN:
        "waits for clients; ends when the program closes the socket",
        "espera por clientes; acaba quando o programa fecha o socket";
    SYN_SENT:
        "sent a SYN and waits for its answer; ends with the SYN, ACK, with a RST, or when connect gives up",
        "enviou um SYN e espera a resposta; acaba com o SYN, ACK, com um RST ou quando o connect desiste";
    SYN_RECEIVED:
        "answered a SYN and waits for the ACK that ends the handshake; ends with it, or after some retransmissions",
        "respondeu a um SYN e espera o ACK que completa a abertura; acaba com ele, ou após algumas retransmissões";
    ESTABLISHED:
        "open: both ends may send; ends when a program closes its end or a RST comes",
        "aberta: as duas pontas podem enviar; acaba quando um programa fecha a sua ponta ou chega um RST";
    FIN_WAIT_1:
        "this end closed and its FIN is not acknowledged yet; ends with that ACK",
        "esta ponta fechou e o seu FIN ainda não foi reconhecido; acaba com esse ACK";
    FIN_WAIT_2:
        "this end closed and waits for the other end's FIN; ends when the other program closes, or by a timer of the kernel once no program here has the socket",
        "esta ponta fechou e espera o FIN da outra; acaba quando o outro programa fecha, ou por um temporizador do kernel quando nenhum programa daqui tem mais o socket";
    CLOSE_WAIT:
        "the other end closed and this program has not: recv returns 0 here; ends only when this program calls close",
        "a outra ponta fechou e este programa não: aqui o recv retorna 0; só acaba quando este programa chama close";
    CLOSING:
        "both ends closed at the same time; ends when this end's FIN is acknowledged",
        "as duas pontas fecharam ao mesmo tempo; acaba quando o FIN desta ponta é reconhecido";
    LAST_ACK:
        "both ends closed, the other one first; ends when this end's FIN is acknowledged",
        "as duas pontas fecharam, a outra primeiro; acaba quando o FIN desta ponta é reconhecido";
    TIME_WAIT:
        "both ends closed, this one first or at the same time; no program has the socket, and the kernel keeps it for 60 s so that late segments meet no new connection",
        "as duas pontas fecharam, esta primeiro ou ao mesmo tempo; nenhum programa tem o socket, e o kernel o guarda por 60 s para que segmentos atrasados não encontrem uma conexão nova";
    CLOSED:
        "no connection",
        "nenhuma conexão";
    UDP_OPEN:
        "UDP knows no connections: this socket takes datagrams from anybody; ends when the program closes it",
        "o UDP não tem conexões: este socket recebe datagramas de qualquer um; acaba quando o programa o fecha";
    UDP_CONNECTED:
        "connect gave this UDP socket a peer, and it takes datagrams from that one alone; ends when the program closes it",
        "o connect deu um par a este socket UDP, e ele só recebe datagramas desse par; acaba quando o programa o fecha";
    /// How many connections wait for accept.
    pub waiting(count; most):
        "1 connection waits for accept, at most {most} may" | "{count} connections wait for accept, at most {most} may",
        "1 conexão espera pelo accept, no máximo {most} podem" | "{count} conexões esperam pelo accept, no máximo {most} podem";
    /// Bytes that nobody has read.
    pub unread(count;):
        "1 byte has arrived and no program has read it" | "{count} bytes have arrived and no program has read them",
        "1 byte chegou e nenhum programa o leu" | "{count} bytes chegaram e nenhum programa os leu";
    /// Bytes that are not acknowledged.
    pub unsent(count;):
        "1 byte is not acknowledged by the other end yet" | "{count} bytes are not acknowledged by the other end yet",
        "1 byte ainda não foi reconhecido pela outra ponta" | "{count} bytes ainda não foram reconhecidos pela outra ponta";
}
