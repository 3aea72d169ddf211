//! Connections that wait to be accepted, and one too many of them.

use std::net::SocketAddr;
use std::time::Duration;

use super::{Answer, Evidence, Lab, LabError, Stage, Yours, frames, listen, program};
use crate::analysis::lifecycle::opening::OpeningShape;
use crate::exercises::echo;
use crate::exercises::error::ExerciseError;
use crate::exercises::journal::Journal;
use crate::exercises::tcp::connect;
use crate::model::call::{Party, Role};
use crate::model::time::Span;
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "backlog",
    question: Text::new(
        "What does listen(1) mean for clients while nobody calls accept?",
        "O que listen(1) significa para os clientes enquanto ninguém chama accept?",
    ),
    exercise: &echo::EXERCISE,
    port: None,
    ports: 1,
    options: &[],
    yours: Yours::Both { clients: 1 },
    experiment: |stage| Box::pin(experiment(stage)),
    answer,
};

phrase! {
    let_in(port, frames):
        "client port {port}: handshake {frames}: the connection is complete and waits in the queue, although no program has accepted it",
        "porta de cliente {port}: apresentação {frames}: a conexão está completa e espera na fila, embora nenhum programa a tenha aceitado";
    dropped_syns(port, frames, gaps):
        "client port {port}: SYN {frames} without an answer: the queue is full, so the kernel drops it, and the client sends it again after {gaps}",
        "porta de cliente {port}: SYN {frames} sem resposta: a fila está cheia, então o kernel o descarta, e o cliente o envia de novo depois de {gaps}";
    dropped_once(port, frames): "client port {port}: SYN {frames} without an answer",
        "porta de cliente {port}: SYN {frames} sem resposta";
    LINEAR:
        "the intervals do not grow: Linux sends the first SYNs again at even intervals (tcp_syn_linear_timeouts)",
        "os intervalos não crescem: o Linux repete os primeiros SYNs em intervalos iguais (tcp_syn_linear_timeouts)";
    DOUBLING: "each interval is about twice the one before: exponential backoff",
        "cada intervalo é cerca do dobro do anterior: recuo exponencial";
    total(admitted, dropped):
        "connections completed: {admitted}, not completed: {dropped}; on Linux a backlog of N admits N + 1",
        "conexões completadas: {admitted}, não completadas: {dropped}; no Linux, um backlog de N admite N + 1";
    EXPECTED: "connections to one server that are completed, and SYNs to it that are dropped and sent again",
        "conexões a um servidor que se completam e SYNs para ele descartados e enviados de novo";
}

const CLIENTS: u32 = 4;
/// Long enough for a SYN to be sent four times.
const TIME: Duration = Duration::from_millis(3_500);

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let (options, _) = stage.options();
    let address = stage.address().await?;
    let server = stage.journal(Party::SERVER);
    let backlog = options.backlog.unwrap_or(1);
    let listener = program(Party::SERVER, async { listen(&server, address, backlog) }).await?;
    let mut clients = tokio::task::JoinSet::new();
    for number in 1..=CLIENTS {
        let party = Party {
            role: Role::Client,
            number: Some(number),
        };
        let journal = stage.journal(party);
        clients.spawn(program(party, async move { call(&journal, address).await }));
    }
    let mut outcome = Ok(());
    while let Some(client) = clients.join_next().await {
        if let Ok(result) = client {
            outcome = outcome.and(result);
        }
    }
    listener.close();
    server.say_line("close".to_owned());
    outcome
}

/// Connects and stays, for as long as the lab takes.
async fn call(journal: &Journal, address: SocketAddr) -> Result<(), ExerciseError> {
    let stay = async {
        let connection = connect(journal, &[address]).await?;
        journal.say_line(format!("connect: :{}", connection.local_address()?.port()));
        connection.send_all(b"hello").await?;
        std::future::pending().await
    };
    match tokio::time::timeout(TIME, stay).await {
        Ok(result) => result,
        Err(_) => Ok(()),
    }
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let before = answer.lines.len();
    let (mut admitted, mut dropped) = (0_u32, 0_u32);
    let mut longest: Vec<Span> = Vec::new();
    let (mut servers, mut queue) = (Vec::new(), None);
    for talk in seen.tcp() {
        let facts = &seen.talks[talk];
        let port = facts.client.port;
        if let Some(handshake) = seen.handshake(talk) {
            // What is answered was accepted.
            if !seen.data(talk, false).is_empty() {
                continue;
            }
            admitted += 1;
            servers.push(facts.server);
            queue = queue.or(handshake.last().copied());
            let list = frames(handshake);
            answer.say(let_in(answer.lang, &port, &list));
            continue;
        }
        let syns: Vec<_> = seen.of(talk).filter(|it| it.flags().syn()).collect();
        // Refused is not dropped, and a queue is full of those that came before.
        let late = queue.is_some() && queue < syns.last().map(|it| it.no);
        if facts.opening.shape != OpeningShape::Unanswered || !late {
            continue;
        }
        dropped += 1;
        servers.push(facts.server);
        let list = frames(syns.iter().map(|it| it.no));
        let gaps: Vec<Span> = syns
            .windows(2)
            .filter_map(|pair| match pair {
                [first, second] => Some(Span(second.time.0 - first.time.0)),
                _ => None,
            })
            .collect();
        if gaps.is_empty() {
            answer.say(dropped_once(answer.lang, &port, &list));
        } else {
            let shown: Vec<String> = gaps.iter().map(|gap| answer.span(*gap)).collect();
            let shown = shown.join("; ");
            answer.say(dropped_syns(answer.lang, port, list, shown));
        }
        if gaps.len() > longest.len() {
            longest = gaps;
        }
    }
    servers.dedup();
    let shown = servers.len() == 1 && admitted > 0 && !longest.is_empty();
    if !shown {
        // Without a SYN that is dropped nothing shows that a connection waits in a queue.
        answer.lines.truncate(before);
    }
    if !answer.require(shown, &EXPECTED) {
        return;
    }
    answer.say(total(answer.lang, &admitted, &dropped));
    // A verdict needs two intervals.
    let grows = |least: i128, most: i128| {
        longest.len() > 1
            && longest.windows(2).all(|pair| match pair {
                [first, second] => (least..most).contains(&(second.0 * 100 / first.0.max(1))),
                _ => false,
            })
    };
    if grows(80, 120) {
        answer.say(LINEAR.get(answer.lang));
    } else if grows(170, 230) {
        answer.say(DOUBLING.get(answer.lang));
    }
}
