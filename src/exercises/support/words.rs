//! What servers and clients say at each step, alike in several exercises.

use super::context::Served;
use super::journal::Journal;
use crate::text::Text;

pub(in crate::exercises) static SOCKET: Text = Text {
    en: "socket: made a TCP socket",
    pt_br: "socket: criou um socket TCP",
};
pub(in crate::exercises) static UDP_SOCKET: Text = Text {
    en: "socket: made a UDP socket",
    pt_br: "socket: criou um socket UDP",
};
pub(in crate::exercises) static WAITING_DATAGRAM: Text = Text {
    en: "waiting for datagrams at {address}",
    pt_br: "esperando datagramas em {address}",
};
pub(in crate::exercises) static DATAGRAM: Text = Text {
    en: "recvfrom {peer}: {bytes}: {message}",
    pt_br: "recvfrom {peer}: {bytes}: {message}",
};
pub(in crate::exercises) static ANSWER: Text = Text {
    en: "sendto {peer}: {bytes}: {message}",
    pt_br: "sendto {peer}: {bytes}: {message}",
};
pub(in crate::exercises) static DROPPED: Text = Text {
    en: "dropped on purpose: no answer to {peer}",
    pt_br: "descartado de propósito: sem resposta a {peer}",
};
pub(in crate::exercises) static NOT_ANSWERED: Text = Text {
    en: "{peer}: {error}",
    pt_br: "{peer}: {error}",
};
pub(in crate::exercises) static REUSE: Text = Text {
    en: "setsockopt: SO_REUSEADDR is set",
    pt_br: "setsockopt: SO_REUSEADDR ativado",
};
pub(in crate::exercises) static BIND: Text = Text {
    en: "bind: {address}",
    pt_br: "bind: {address}",
};
pub(in crate::exercises) static LISTEN: Text = Text {
    en: "listen: up to {backlog} connections may wait (backlog)",
    pt_br: "listen: até {backlog} conexões podem esperar (backlog)",
};
pub(in crate::exercises) static WAITING: Text = Text {
    en: "waiting for a client at {address}",
    pt_br: "esperando um cliente em {address}",
};
pub(in crate::exercises) static ACCEPTED: Text = Text {
    en: "accept: connected by {client}",
    pt_br: "accept: conexão de {client}",
};
pub(in crate::exercises) static CONNECTED: Text = Text {
    en: "connect: connected to {server} from {local}",
    pt_br: "connect: conectado a {server} a partir de {local}",
};
pub(in crate::exercises) static RECEIVED: Text = Text {
    en: "recv: {bytes}: {message}",
    pt_br: "recv: {bytes}: {message}",
};
pub(in crate::exercises) static SENT: Text = Text {
    en: "send: {bytes}: {message}",
    pt_br: "send: {bytes}: {message}",
};
pub(in crate::exercises) static SENT_BACK: Text = Text {
    en: "send: {bytes} back",
    pt_br: "send: {bytes} de volta",
};
pub(in crate::exercises) static END_OF_STREAM: Text = Text {
    en: "recv: 0 bytes: the client sends no more",
    pt_br: "recv: 0 bytes: o cliente não envia mais nada",
};
pub(in crate::exercises) static CLOSE_DELAY: Text = Text {
    en: "waiting {seconds} s before closing",
    pt_br: "esperando {seconds} s antes de fechar",
};
pub(in crate::exercises) static CLOSED: Text = Text {
    en: "close: connection with {peer} closed",
    pt_br: "close: conexão com {peer} fechada",
};
pub(in crate::exercises) static STOPPED: Text = Text {
    en: "asked to stop",
    pt_br: "pedido de parada",
};
static SUMMARY_ONE: Text = Text {
    en: "served 1 client: {received} received, {sent} sent",
    pt_br: "1 cliente atendido: recebeu {received}, enviou {sent}",
};
static SUMMARY_MANY: Text = Text {
    en: "served {clients} clients: {received} received, {sent} sent",
    pt_br: "{clients} clientes atendidos: recebeu {received}, enviou {sent}",
};
static SUMMARY_FAILED: Text = Text {
    en: "{failed} of them ended in an error",
    pt_br: "{failed} deles com erro",
};

static DATAGRAMS: Text = Text {
    en: "datagrams received: {count} ({received}); answers: {answered} ({sent})",
    pt_br: "datagramas recebidos: {count} ({received}); respostas: {answered} ({sent})",
};

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
