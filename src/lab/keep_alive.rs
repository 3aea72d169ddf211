//! One connection for several requests, or one for each.

use super::{Answer, Evidence, Lab, LabError, Stage, Yours};
use crate::exercises::options::{ClientOptions, Clients, ServerOptions};
use crate::exercises::web;
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "keep-alive",
    question: Text::new(
        "What does a persistent connection save?",
        "O que uma conexão persistente economiza?",
    ),
    exercise: &web::EXERCISE,
    port: None,
    ports: 1,
    options: &[],
    yours: Yours::Both { clients: 1 },
    experiment: |stage| Box::pin(experiment(stage)),
    answer,
};

phrase! {
    one_connection(requests, packets):
        "{requests} requests on one connection: 1 handshake, {packets} packets",
        "{requests} requisições em uma conexão: 1 apresentação, {packets} pacotes";
    one_each(requests, connections, packets):
        "{requests} requests on {connections} connections: {connections} handshakes, {packets} packets",
        "{requests} requisições em {connections} conexões: {connections} apresentações, {packets} pacotes";
    saves(packets, connections):
        "saved for as many requests: packets: {packets}, handshakes: {connections}",
        "economia para o mesmo número de requisições: pacotes: {packets}, apresentações: {connections}";
    EXPECTED: "as many requests on one connection as on several others to the same server",
        "tantas requisições em uma conexão quantas em várias outras";
}

const REQUESTS: u32 = 3;

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let (server, client) = stage.options();
    let times = client.times.unwrap_or(REQUESTS);
    let server = stage
        .serve(ServerOptions {
            // This server may close first; the lab can be repeated all the same.
            reuse_addr: true,
            clients: Some(Clients::Count(times.saturating_add(1))),
            ..server
        })
        .await?;
    let mut outcome = Ok(());
    for keep_alive in [true, false] {
        let options = ClientOptions {
            times: Some(times),
            keep_alive,
            ..ClientOptions::default()
        };
        outcome = stage.drive(None, options).await;
        if outcome.is_err() {
            break;
        }
    }
    server.finish(outcome).await
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let mut servers = Vec::new();
    let talks: Vec<(usize, usize)> = seen
        .tcp()
        .map(|talk| {
            let [requests, answered] = seen.talks[talk].http;
            let whole = seen.whole(talk) && requests == answered;
            let requests = if whole { requests } else { 0 };
            servers.extend((requests > 0).then_some(seen.talks[talk].server));
            (requests, seen.of(talk).count())
        })
        .collect();
    let persistent = talks.iter().find(|(requests, _)| *requests > 1).copied();
    let separate: Vec<usize> = talks
        .iter()
        .filter(|(requests, _)| *requests == 1)
        .map(|(_, packets)| *packets)
        .collect();
    let (requests, packets) = persistent.unwrap_or_default();
    let apart: usize = separate.iter().sum();
    servers.dedup();
    let same = requests > 1 && separate.len() == requests && servers.len() == 1;
    if !answer.require(same, &EXPECTED) {
        return;
    }
    answer.say(one_connection(answer.lang, &requests, &packets));
    answer.say(one_each(answer.lang, &requests, separate.len(), &apart));
    let saved = apart.saturating_sub(packets);
    answer.say(saves(answer.lang, &saved, separate.len() - 1));
}
