//! Several clients at once.

use std::collections::BTreeMap;

use super::support::closing::who;
use super::{Answer, Evidence, Lab, LabOptions, Seen, Yours, both, frames};
use crate::analysis::lifecycle::close::Shape;
use crate::exercises::multi;
use crate::exercises::options::{Clients, Mode};
use crate::model::time::Span;
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "multi",
    question: Text::new(
        "How does one port serve several clients at once, and who has to wait?",
        "Como uma só porta atende vários clientes ao mesmo tempo, e quem precisa esperar?",
    ),
    exercise: &multi::EXERCISE,
    port: None,
    ports: 1,
    options: &[],
    yours: Yours::Either(settings),
    experiment: |stage| Box::pin(both(stage)),
    answer,
};

/// Clients, and messages of each.
const CLIENTS: u32 = 5;
const MESSAGES: u32 = 2;

phrase! {
    exchange(port, handshake, asked, answered, wait):
        "client port {port}: connected {handshake}, first message {asked}, first answer {answered} after {wait}",
        "porta de cliente {port}: conectou {handshake}, primeira mensagem {asked}, primeira resposta {answered} depois de {wait}";
    at_once(count):
        "{count} connections were open at the same time, told apart by the client's port: their packets are interleaved",
        "{count} conexões ficaram abertas ao mesmo tempo, distinguidas pela porta do cliente: seus pacotes se intercalam";
    had_to_wait(count;):
        "1 client was answered only after another one had got its last answer: the server serves one at a time" | "{count} clients were answered only after another one had got its last answer: the server serves one at a time",
        "1 cliente só teve resposta depois que outro recebeu a sua última: o servidor atende um de cada vez" | "{count} clientes só tiveram resposta depois que outro recebeu a sua última: o servidor atende um de cada vez";
    NOBODY_WAITED: "nobody had to wait until another client was done",
        "ninguém precisou esperar que outro cliente terminasse";
    closed_first(who, count): "closed first by the {who}: {count}",
        "encerradas primeiro pelo {who}: {count}";
    overlapped(count): "closed by both ends at once: {count}",
        "encerradas pelas duas pontas ao mesmo tempo: {count}";
    SEVERAL: "several connections to one port that are open at the same time, each answered",
        "várias conexões a uma porta abertas ao mesmo tempo, cada uma com resposta";
}

fn settings(options: &mut LabOptions) {
    let (server, client) = (&mut options.server, &mut options.client);
    let clients = match server.clients {
        Some(Clients::Count(count)) => count,
        _ => CLIENTS,
    };
    let messages = client.messages.unwrap_or(MESSAGES);
    // This server may close first; the lab can be repeated all the same.
    server.reuse_addr = true;
    server.mode = server.mode.or(Some(Mode::Async));
    server.clients = Some(Clients::Count(clients));
    // Both ends close after the last answer: who is first is a race.
    server.messages = server.messages.or(Some(messages));
    (client.clients, client.messages) = (Some(clients), Some(messages));
}

/// Whether an answer came after what it answers, by the order of the capture and by its times.
fn waited(asked: &Seen, answered: &Seen) -> bool {
    asked.no < answered.no && asked.time.0 <= answered.time.0
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let (mut opened, mut ended) = (Vec::new(), Vec::new());
    let (mut closers, mut crossed) = (BTreeMap::new(), 0_u32);
    let (mut firsts, mut served) = (Vec::new(), Vec::new());
    let mut servers = Vec::new();
    for talk in seen.tcp() {
        let asked = seen
            .of(talk)
            .find(|it| it.payload_len() > 0 && it.to_server());
        let answered = seen
            .of(talk)
            .find(|it| it.payload_len() > 0 && it.to_client());
        // What came before the message, or seems to where times go back, tells of no wait.
        let answered = answered.filter(|it| asked.is_some_and(|asked| waited(asked, it)));
        let (Some(handshake), Some(asked), Some(answered)) =
            (seen.handshake(talk), asked, answered)
        else {
            continue;
        };
        opened.extend(handshake.last().copied());
        let facts = &seen.talks[talk];
        servers.push(facts.server);
        let first_fin = facts.close.fins.iter().flatten().min().copied();
        ended.extend(first_fin.or(facts.close.reset.map(|reset| reset.frame)));
        let last = seen
            .of(talk)
            .filter(|it| it.payload_len() > 0 && it.to_client())
            .last();
        served.extend(last.map(|it| it.no));
        firsts.push((asked.no, answered.no));
        match (facts.close.shape, facts.close.started_by) {
            (Shape::Crossing, _) => crossed += 1,
            (_, Some(side)) => *closers.entry(who(facts, side, answer)).or_insert(0_u32) += 1,
            (_, None) => {}
        }
        let wait = answer.span(Span(answered.time.0 - asked.time.0));
        answer.say(exchange(
            answer.lang,
            &facts.client.port,
            frames(handshake),
            frames([asked.no]),
            frames([answered.no]),
            &wait,
        ));
    }
    servers.dedup();
    // Open together, at one port: the last handshake is complete before the first FIN or RST.
    let together = opened.len() > 1 && opened.iter().max() < ended.iter().min();
    let together = together && servers.len() == 1;
    if !answer.require(together, &SEVERAL) {
        return;
    }
    answer.say(at_once(answer.lang, opened.len()));
    // Between the message and its answer another client got its last one. Its close may come later
    // by a little, for two programs have to be scheduled until then.
    let waited = firsts
        .iter()
        .filter(|(asked, answered)| served.iter().any(|last| asked < last && last < answered))
        .count();
    match waited {
        0 => answer.say(NOBODY_WAITED.get(answer.lang)),
        count => answer.say(had_to_wait(answer.lang, count as u64)),
    }
    for (who, count) in closers {
        answer.say(closed_first(answer.lang, &who, &count));
    }
    if crossed > 0 {
        answer.say(overlapped(answer.lang, &crossed));
    }
}
