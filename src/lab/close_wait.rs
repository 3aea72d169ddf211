//! A server that forgets to close.

use std::time::Duration;

use super::support::closing::who;
use super::{Answer, Evidence, Lab, LabError, Stage, Yours, frames, listen, program};
use crate::exercises::echo::{self, MESSAGE};
use crate::exercises::tcp::connect;
use crate::model::call::{Party, Role};
use crate::model::time::Span;
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "close-wait",
    question: Text::new(
        "What is left of a connection that the server never closes?",
        "O que resta de uma conexão que o servidor nunca encerra?",
    ),
    exercise: &echo::EXERCISE,
    port: None,
    ports: 1,
    options: &[],
    yours: Yours::Both { clients: CLIENTS },
    experiment: |stage| Box::pin(experiment(stage)),
    answer,
};

phrase! {
    waits(port, fin, who, ack): "client port {port}: {fin}: FIN of the {who}; {ack}: the kernel acknowledges it, and from here on the other end is in CLOSE-WAIT: it waits for its program to call close",
        "porta de cliente {port}: {fin}: FIN do {who}; {ack}: o kernel o reconhece, e daqui em diante a outra ponta está em CLOSE-WAIT: ela espera que seu programa chame close";
}
phrase! {
    ended(port, fin, after): "client port {port}: {fin}: its FIN comes {after} later",
        "porta de cliente {port}: {fin}: o FIN dela vem {after} depois";
}
phrase! {
    never(port): "client port {port}: its FIN is not in this capture: the socket stays",
        "porta de cliente {port}: o FIN dela não está nesta captura: o socket continua lá";
}
phrase! {
    leak(count): "connections that waited at the same time: {count}; no timer ends CLOSE-WAIT: a program that forgets close keeps a socket for each client until it ends itself",
        "conexões que esperaram ao mesmo tempo: {count}; nenhum temporizador encerra o CLOSE-WAIT: um programa que esquece o close guarda um socket por cliente até ele mesmo terminar";
}
static EXPECTED: Text = Text::new(
    "several connections to one server that sends no FIN for a long time after the client's, and no data",
    "várias conexões a um servidor que não envia FIN por muito tempo depois do FIN do cliente, nem dados",
);

const CLIENTS: u32 = 3;
/// How long the server goes on without a close.
const FORGOTTEN: Duration = Duration::from_millis(800);
/// From here on a wait is a long one, in nanoseconds.
const LONG: i64 = 400_000_000;

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let (options, _) = stage.options();
    let address = stage.address().await?;
    let server = stage.journal(Party::SERVER);
    let listener = program(Party::SERVER, async {
        listen(&server, address, options.backlog.unwrap_or(128))
    })
    .await?;
    let message = MESSAGE.get(stage.lang()).as_bytes();
    let mut forgotten = Vec::new();
    for number in 1..=CLIENTS {
        let party = Party {
            role: Role::Client,
            number: Some(number),
        };
        let client = stage.journal(party);
        let drive = program(party, async {
            let connection = connect(&client, &[address]).await?;
            connection.send_all(message).await?;
            let count = connection.recv(&mut [0; 1024]).await?;
            client.say_line(format!("recv: {count} bytes"));
            connection.close();
            client.say_line("close".to_owned());
            Ok(())
        });
        let serve = program(Party::SERVER, async {
            let (connection, peer) = listener.accept().await?;
            let mut buffer = [0; 1024];
            loop {
                let count = connection.recv(&mut buffer).await?;
                server.say_line(format!("recv {peer}: {count} bytes"));
                if count == 0 {
                    // Here a close is missing.
                    return Ok(connection);
                }
                connection.send_all(&buffer[..count]).await?;
            }
        });
        let (connection, ()) = tokio::try_join!(serve, drive)?;
        forgotten.push(connection);
    }
    tokio::time::sleep(FORGOTTEN).await;
    // The end of the program closes what it forgot.
    server.say_line("exit".to_owned());
    drop(forgotten);
    listener.close();
    Ok(())
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let last = seen.packets.last().map_or(Span::ZERO, |it| it.time);
    let time = |frame| seen.packet(frame).map(|it| it.time);
    let mut waiting = Vec::new();
    for talk in seen.tcp() {
        let facts = &seen.talks[talk];
        let close = &facts.close;
        // The server is the one that forgets.
        let side = facts.client_side;
        if close.started_by != Some(side) || seen.handshake(talk).is_none() {
            continue;
        }
        let (Some(fin), Some(ack)) = (close.fins[side.index()], close.acks[side.index()]) else {
            continue;
        };
        let other = close.fins[side.other().index()];
        let until = other.map_or(Some(last), time);
        let (Some(from), Some(until)) = (time(fin), until) else {
            continue;
        };
        let waited = Span(until.0 - from.0);
        let data = |it: &&super::Seen| it.no > fin && it.payload_len() > 0;
        if waited.nanos_clamped() >= LONG
            && !seen.of(talk).any(|it| data(&it))
            && close.reset.is_none()
        {
            waiting.push((facts, side, fin, ack, other, waited, (from, until)));
        }
    }
    // All of them at one time.
    let latest = waiting.iter().map(|it| it.6.0).max();
    let together = waiting
        .iter()
        .filter(|it| latest.is_some_and(|at| at <= it.6.1))
        .count();
    let mut servers: Vec<_> = waiting.iter().map(|it| it.0.server).collect();
    servers.dedup();
    if !answer.require(together > 1 && servers.len() == 1, &EXPECTED) {
        return;
    }
    for (facts, side, fin, ack, other, waited, _) in &waiting {
        let (who, port) = (who(facts, *side, answer), facts.client.port);
        let (first, reply) = (frames([*fin]), frames([*ack]));
        answer.say(waits(answer.lang, port, first, who, reply));
        match other {
            Some(fin) => {
                let (fin, after) = (frames([*fin]), answer.span(*waited));
                answer.say(ended(answer.lang, &port, &fin, &after));
            }
            None => answer.say(never(answer.lang, &port)),
        }
    }
    answer.say(leak(answer.lang, &together));
}
