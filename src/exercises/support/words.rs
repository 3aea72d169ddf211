//! What servers and clients say at each step, alike in several exercises.

use super::context::Served;
use super::journal::Journal;
use crate::text::phrase::phrase;
use crate::text::quantity;

phrase! {
    pub(in crate::exercises) SOCKET: "socket: made a TCP socket", "socket: criou um socket TCP";
    pub(in crate::exercises) UDP_SOCKET: "socket: made a UDP socket", "socket: criou um socket UDP";
    pub(in crate::exercises) waiting_datagram(address): "waiting for datagrams at {address}",
        "esperando datagramas em {address}";
    pub(in crate::exercises) datagram(peer, bytes, message): "recvfrom {peer}: {bytes}: {message}",
        "recvfrom {peer}: {bytes}: {message}";
    pub(in crate::exercises) answer(peer, bytes, message): "sendto {peer}: {bytes}: {message}",
        "sendto {peer}: {bytes}: {message}";
    pub(in crate::exercises) dropped(peer): "dropped on purpose: no answer to {peer}",
        "descartado de propósito: sem resposta a {peer}";
    pub(in crate::exercises) not_answered(peer, error): "{peer}: {error}", "{peer}: {error}";
    pub(in crate::exercises) REUSE: "setsockopt: SO_REUSEADDR is set",
        "setsockopt: SO_REUSEADDR ativado";
    pub(in crate::exercises) bind(address): "bind: {address}", "bind: {address}";
    pub(in crate::exercises) listen(backlog):
        "listen: up to {backlog} connections may wait (backlog)",
        "listen: até {backlog} conexões podem esperar (backlog)";
    pub(in crate::exercises) waiting(address): "waiting for a client at {address}",
        "esperando um cliente em {address}";
    pub(in crate::exercises) accepted(client): "accept: connected by {client}",
        "accept: conexão de {client}";
    pub(in crate::exercises) connected(server, local):
        "connect: connected to {server} from {local}",
        "connect: conectado a {server} a partir de {local}";
    pub(in crate::exercises) received(bytes, message): "recv: {bytes}: {message}",
        "recv: {bytes}: {message}";
    pub(in crate::exercises) sent(bytes, message): "send: {bytes}: {message}",
        "send: {bytes}: {message}";
    pub(in crate::exercises) sent_back(bytes): "send: {bytes} back", "send: {bytes} de volta";
    pub(in crate::exercises) END_OF_STREAM: "recv: 0 bytes: the client sends no more",
        "recv: 0 bytes: o cliente não envia mais nada";
    pub(in crate::exercises) close_delay(time): "waiting {time} before closing",
        "esperando {time} antes de fechar";
    pub(in crate::exercises) closed(peer): "close: connection with {peer} closed",
        "close: conexão com {peer} fechada";
    pub(in crate::exercises) STOPPED: "asked to stop", "pedido de parada";
    clients_served(count; received, sent):
        "served 1 client: {received} received, {sent} sent" | "served {count} clients: {received} received, {sent} sent",
        "1 cliente atendido: recebeu {received}, enviou {sent}" | "{count} clientes atendidos: recebeu {received}, enviou {sent}";
    summary_failed(failed): "{failed} of them ended in an error", "{failed} deles com erro";
    datagrams(count, received, answered, sent):
        "datagrams received: {count} ({received}); answers: {answered} ({sent})",
        "datagramas recebidos: {count} ({received}); respostas: {answered} ({sent})";
}

/// Says what a UDP server did, when it ends.
pub(in crate::exercises) fn datagram_summary(say: &Journal, served: &Served, answered: u32) {
    say.say(datagrams(
        say.lang,
        &served.clients,
        quantity::bytes(say.lang, served.received),
        answered,
        quantity::bytes(say.lang, served.sent),
    ));
}

/// Says what a server did, when it ends.
pub(in crate::exercises) fn summary(say: &Journal, served: &Served) {
    let [received, sent] = [served.received, served.sent].map(|it| quantity::bytes(say.lang, it));
    let mut line = clients_served(say.lang, served.clients.into(), received, sent).to_string();
    if served.failed > 0 {
        line.push_str("; ");
        line.push_str(&summary_failed(say.lang, &served.failed).to_string());
    }
    say.say_line(line);
}
