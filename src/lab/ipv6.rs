//! The same echo over IPv6.

use std::time::Duration;

use super::{Answer, Evidence, Lab, LabOptions, Yours, both, frames};
use crate::exercises::echo;
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "ipv6",
    question: Text::new(
        "What changes in the packets when the server listens at ::1?",
        "O que muda nos pacotes quando o servidor escuta em ::1?",
    ),
    exercise: &echo::EXERCISE,
    port: None,
    ports: 1,
    options: &[],
    yours: Yours::Either(settings),
    experiment: |stage| Box::pin(both(stage)),
    answer,
};

phrase! {
    opened(frames): "{frames}: the three-way handshake, segment by segment as over IPv4: TCP is the same",
        "{frames}: a apresentação de três vias, segmento por segmento como no IPv4: o TCP é o mesmo";
}
phrase! {
    addresses(client, server): "{client} calls {server}: addresses have 128 bits, and the IP header 40 bytes instead of 20",
        "{client} chama {server}: os endereços têm 128 bits, e o cabeçalho IP 40 bytes em vez de 20";
}
static LOOPBACK: Text = Text::new(
    "::1 is the loopback address of IPv6, as 127.0.0.1 is that of IPv4; a server that listens at one of them is not reached at the other",
    "::1 é o endereço de loopback do IPv6, como 127.0.0.1 é o do IPv4; quem escuta em um deles não é alcançado no outro",
);
static EXPECTED: Text = Text::new(
    "one connection over IPv6 from handshake to close, with as many bytes back as there",
    "uma conexão por IPv6 da apresentação ao encerramento, com tantos bytes de volta quantos de ida",
);

fn settings(options: &mut LabOptions) {
    let server = &mut options.server;
    "::1".clone_into(&mut server.host);
    // Long enough that the kernel acknowledges the client's FIN by itself.
    server.close_delay = server.close_delay.or(Some(Duration::from_millis(100)));
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let mut over_ipv6 = seen
        .tcp()
        .filter(|talk| seen.talks[*talk].server.ip.is_ipv6() && seen.echoed(*talk));
    let Some((talk, handshake)) = over_ipv6.find_map(|it| Some((it, seen.handshake(it)?))) else {
        answer.require(false, &EXPECTED);
        return;
    };
    let facts = &seen.talks[talk];
    answer.say(opened(answer.lang, frames(handshake)));
    let (client, server) = (facts.client.ip, facts.server.ip);
    answer.say(addresses(answer.lang, &client, &server));
    if server.is_loopback() {
        answer.say(LOOPBACK.get(answer.lang));
    }
}
