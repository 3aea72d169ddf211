//! One server port, a client port for each connection.

use super::support::closing::close_frames;
use super::{Answer, Evidence, Lab, LabOptions, Yours, both, frames};
use crate::exercises::options::Clients;
use crate::exercises::ports;
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "ports",
    question: Text::new(
        "Why does the client's port change with each connection, and the server's not?",
        "Por que a porta do cliente muda a cada conexão, e a do servidor não?",
    ),
    exercise: &ports::EXERCISE,
    port: None,
    ports: 1,
    options: &[],
    yours: Yours::Either(settings),
    experiment: |stage| Box::pin(both(stage)),
    answer,
};

phrase! {
    connection(number, client, server, handshake, close):
        "connection {number}: client port {client}, server port {server}; handshake {handshake}, close {close}",
        "conexão {number}: porta do cliente {client}, porta do servidor {server}; apresentação {handshake}, encerramento {close}";
    connection_open(number, client, server, handshake):
        "connection {number}: client port {client}, server port {server}; handshake {handshake}",
        "conexão {number}: porta do cliente {client}, porta do servidor {server}; apresentação {handshake}";
    WHY:
        "the server's port stays, so that clients know whom to call; the kernel gives each connection an ephemeral port, as the four numbers (both addresses, both ports) must be new",
        "a porta do servidor fica, para que os clientes saibam a quem chamar; o kernel dá a cada conexão uma porta efêmera, pois os quatro números (os dois endereços, as duas portas) precisam ser novos";
    DIFFERENT:
        "several connections, each with a handshake and its own client port, to one server port",
        "várias conexões, cada uma com sua apresentação e sua porta de cliente, a uma só porta de servidor";
}

fn settings(options: &mut LabOptions) {
    let times = options.client.times.unwrap_or(3);
    options.server.clients = Some(Clients::Count(times));
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let mut clients = Vec::new();
    let mut servers = Vec::new();
    // Of one computer to one server, each of them whole.
    let (mut hosts, mut closed) = (Vec::new(), true);
    for (number, talk) in seen.tcp().enumerate() {
        let Some(handshake) = seen.handshake(talk) else {
            continue;
        };
        closed &= seen.whole(talk);
        let talk = &seen.talks[talk];
        hosts.push(talk.client.ip);
        clients.push(talk.client.port);
        servers.push(talk.server);
        let (lang, number) = (answer.lang, number + 1);
        let (client, server) = (talk.client.port, talk.server.port);
        let (handshake, close) = (frames(handshake), close_frames(talk));
        match close.is_empty() {
            true => answer.say(connection_open(lang, number, client, server, handshake)),
            false => {
                let close = frames(close);
                answer.say(connection(lang, number, client, server, handshake, close));
            }
        }
    }
    let count = clients.len();
    closed &= count == seen.talks.len();
    clients.sort_unstable();
    clients.dedup();
    servers.dedup();
    hosts.dedup();
    let one = servers.len() == 1 && hosts.len() == 1;
    let different = count > 1 && clients.len() == count && one && closed;
    if answer.require(different, &DIFFERENT) {
        answer.say(WHY.get(answer.lang));
    }
}
