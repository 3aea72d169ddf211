//! What servers and clients say at each step, alike in several exercises.

use super::context::Served;
use super::journal::Journal;
use crate::text::Text;
use crate::text::phrase::phrase;

phrase! {
    pub(in crate::exercises) SOCKET: "socket: made a TCP socket", "socket: criou um socket TCP";
    pub(in crate::exercises) UDP_SOCKET: "socket: made a UDP socket", "socket: criou um socket UDP";
}
pub(in crate::exercises) static WAITING_DATAGRAM: Text = Text::new(
    "waiting for datagrams at {address}",
    "esperando datagramas em {address}",
);
pub(in crate::exercises) static DATAGRAM: Text = Text::new(
    "recvfrom {peer}: {bytes}: {message}",
    "recvfrom {peer}: {bytes}: {message}",
);
pub(in crate::exercises) static ANSWER: Text = Text::new(
    "sendto {peer}: {bytes}: {message}",
    "sendto {peer}: {bytes}: {message}",
);
pub(in crate::exercises) static DROPPED: Text = Text::new(
    "dropped on purpose: no answer to {peer}",
    "descartado de propósito: sem resposta a {peer}",
);
pub(in crate::exercises) static NOT_ANSWERED: Text =
    Text::new("{peer}: {error}", "{peer}: {error}");
phrase! {
    pub(in crate::exercises) REUSE: "setsockopt: SO_REUSEADDR is set",
        "setsockopt: SO_REUSEADDR ativado";
}
pub(in crate::exercises) static BIND: Text = Text::new("bind: {address}", "bind: {address}");
pub(in crate::exercises) static LISTEN: Text = Text::new(
    "listen: up to {backlog} connections may wait (backlog)",
    "listen: até {backlog} conexões podem esperar (backlog)",
);
pub(in crate::exercises) static WAITING: Text = Text::new(
    "waiting for a client at {address}",
    "esperando um cliente em {address}",
);
pub(in crate::exercises) static ACCEPTED: Text = Text::new(
    "accept: connected by {client}",
    "accept: conexão de {client}",
);
pub(in crate::exercises) static CONNECTED: Text = Text::new(
    "connect: connected to {server} from {local}",
    "connect: conectado a {server} a partir de {local}",
);
pub(in crate::exercises) static RECEIVED: Text =
    Text::new("recv: {bytes}: {message}", "recv: {bytes}: {message}");
pub(in crate::exercises) static SENT: Text =
    Text::new("send: {bytes}: {message}", "send: {bytes}: {message}");
pub(in crate::exercises) static SENT_BACK: Text =
    Text::new("send: {bytes} back", "send: {bytes} de volta");
phrase! {
    pub(in crate::exercises) END_OF_STREAM: "recv: 0 bytes: the client sends no more",
        "recv: 0 bytes: o cliente não envia mais nada";
}
pub(in crate::exercises) static CLOSE_DELAY: Text = Text::new(
    "waiting {seconds} s before closing",
    "esperando {seconds} s antes de fechar",
);
pub(in crate::exercises) static CLOSED: Text = Text::new(
    "close: connection with {peer} closed",
    "close: conexão com {peer} fechada",
);
phrase! {
    pub(in crate::exercises) STOPPED: "asked to stop", "pedido de parada";
}
static SUMMARY_ONE: Text = Text::new(
    "served 1 client: {received} received, {sent} sent",
    "1 cliente atendido: recebeu {received}, enviou {sent}",
);
static SUMMARY_MANY: Text = Text::new(
    "served {clients} clients: {received} received, {sent} sent",
    "{clients} clientes atendidos: recebeu {received}, enviou {sent}",
);
static SUMMARY_FAILED: Text = Text::new(
    "{failed} of them ended in an error",
    "{failed} deles com erro",
);

static DATAGRAMS: Text = Text::new(
    "datagrams received: {count} ({received}); answers: {answered} ({sent})",
    "datagramas recebidos: {count} ({received}); respostas: {answered} ({sent})",
);

/// Says what a UDP server did, when it ends.
pub(in crate::exercises) fn datagram_summary(say: &Journal, served: &Served, answered: u32) {
    say.say(
        &DATAGRAMS,
        &[
            ("count", &served.clients),
            ("answered", &answered),
            ("received", &bytes(served.received)),
            ("sent", &bytes(served.sent)),
        ],
    );
}

/// A number of bytes with its noun, which is the same word in both languages.
pub(in crate::exercises) fn bytes(count: u64) -> String {
    match count {
        1 => "1 byte".to_owned(),
        count => format!("{count} bytes"),
    }
}

/// Says what a server did, when it ends.
pub(in crate::exercises) fn summary(say: &Journal, served: &Served) {
    let phrase = if served.clients == 1 {
        &SUMMARY_ONE
    } else {
        &SUMMARY_MANY
    };
    let mut line = phrase.fill(
        say.lang,
        &[
            ("clients", &served.clients),
            ("received", &bytes(served.received)),
            ("sent", &bytes(served.sent)),
        ],
    );
    if served.failed > 0 {
        line.push_str("; ");
        line.push_str(&SUMMARY_FAILED.fill(say.lang, &[("failed", &served.failed)]));
    }
    say.say_line(line);
}
