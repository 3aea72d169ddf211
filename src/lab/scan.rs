//! A client that tries several ports.

use std::net::SocketAddr;

use super::{Answer, Evidence, Lab, LabError, Stage, Yours, frames, listen, program};
use crate::analysis::lifecycle::reset::ResetKind;
use crate::exercises::echo;
use crate::exercises::error::ExerciseError;
use crate::exercises::tcp::connect;
use crate::model::call::Party;
use crate::text::Text;
use crate::text::phrase::phrase;

/// How many ports are tried.
const PORTS: u16 = 3;

/// The lab.
pub static LAB: Lab = Lab {
    id: "scan",
    question: Text::new(
        "How does a client find out which ports are open?",
        "Como um cliente descobre quais portas estão abertas?",
    ),
    exercise: &echo::EXERCISE,
    port: None,
    ports: PORTS,
    options: &[],
    yours: Yours::Alone,
    experiment: |stage| Box::pin(experiment(stage)),
    answer,
};

phrase! {
    open(port, frames): "port {port} is open: {frames}: a socket listens there, and the kernel completes the handshake",
        "a porta {port} está aberta: {frames}: um socket escuta lá, e o kernel completa a apresentação";
}
phrase! {
    closed(port, frames): "port {port} is closed: {frames}: SYN, and RST at once: connect fails with ECONNREFUSED",
        "a porta {port} está fechada: {frames}: SYN e, na hora, RST: o connect falha com ECONNREFUSED";
}
static BOTH: Text = Text::new(
    "an open port answers a SYN with SYN, ACK and a closed one with RST; only a filter in between would leave it without an answer",
    "uma porta aberta responde a um SYN com SYN, ACK, e uma fechada com RST; só um filtro no caminho o deixaria sem resposta",
);
static EXPECTED: Text = Text::new(
    "calls of one client to open and to closed ports",
    "chamadas de um cliente a portas abertas e fechadas",
);

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let _ = stage.options();
    let address = stage.address().await?;
    let (server, client) = (stage.journal(Party::SERVER), stage.journal(Party::CLIENT));
    let listener = program(Party::SERVER, async { listen(&server, address, 128) }).await?;
    for port in (0..PORTS).filter_map(|more| address.port().checked_add(more)) {
        let there = SocketAddr::new(address.ip(), port);
        program(Party::CLIENT, async {
            match connect(&client, &[there]).await {
                Ok(connection) => {
                    client.say_line(format!("connect: {there}: OK"));
                    connection.close();
                    Ok(())
                }
                // That is the answer of a closed port.
                Err(error @ ExerciseError::Refused { .. }) => {
                    client.say_line(error.message(client.lang));
                    Ok(())
                }
                Err(error) => Err(error),
            }
        })
        .await?;
    }
    program(Party::SERVER, async {
        let (connection, _) = listener.accept().await?;
        connection.close();
        Ok(())
    })
    .await
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let (mut opens, mut closes) = (Vec::new(), Vec::new());
    let mut clients = Vec::new();
    let mut lines = Vec::new();
    for talk in seen.tcp() {
        let facts = &seen.talks[talk];
        let port = facts.server.port;
        let reset = facts.close.reset.filter(|it| it.kind == ResetKind::Refused);
        let syn = seen.of(talk).find(|it| it.flags().syn());
        match (seen.handshake(talk), reset, syn) {
            (Some(handshake), ..) => {
                opens.push(port);
                lines.push(open(answer.lang, port, frames(handshake)).to_string());
            }
            (None, Some(reset), Some(syn)) => {
                closes.push(port);
                lines.push(closed(answer.lang, port, frames([syn.no, reset.frame])).to_string());
            }
            _ => continue,
        }
        clients.push((facts.client.ip, facts.server.ip));
    }
    clients.dedup();
    // A port that is refused and then serves was no closed one beside an open one.
    let both = |port| opens.contains(port) && closes.contains(port);
    let apart = !opens.is_empty() && !closes.is_empty() && !opens.iter().any(both);
    if !answer.require(apart && clients.len() == 1, &EXPECTED) {
        return;
    }
    lines.into_iter().for_each(|line| answer.say(line));
    answer.say(BOTH.get(answer.lang));
}
