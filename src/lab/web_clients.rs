//! Two clients at once, on a web server that serves one at a time and on one with threads.

use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::timeout;

use super::{Answer, Evidence, Lab, LabError, Seen, Stage, Yours, frames, program};
use crate::exercises::error::ExerciseError;
use crate::exercises::journal::Journal;
use crate::exercises::options::{Clients, Mode, ServerOptions};
use crate::exercises::tcp::{Connection, connect};
use crate::exercises::web;
use crate::model::call::{Party, Role};
use crate::model::time::Span;
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "web-clients",
    question: Text::new(
        "What does a second client notice of --mode one, and of --mode threads?",
        "O que um segundo cliente percebe de --mode one, e de --mode threads?",
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
    waited(port, asked, answered, after, other, late): "client port {port}: {asked} asked, {answered} answered after {after}: only once port {other}, which had connected before and asked nothing until {late}, was done: one client at a time",
        "porta de cliente {port}: {asked} pediu, {answered} respondido depois de {after}: só quando a porta {other}, que tinha conectado antes e nada pediu até {late}, terminou: um cliente de cada vez";
}
phrase! {
    at_once(port, asked, answered, after, other, late): "client port {port}: {asked} asked, {answered} answered after {after}, while port {other}, connected before, had not even asked ({late}): each client has a thread of its own",
        "porta de cliente {port}: {asked} pediu, {answered} respondido depois de {after}, enquanto a porta {other}, conectada antes, nem tinha pedido ({late}): cada cliente tem sua própria thread";
}
static SAME: Text = Text::new(
    "both had their handshake at once: the kernel completes it, whatever the program does",
    "as duas apresentações se completaram na hora: é o kernel que as completa, faça o programa o que fizer",
);
static EXPECTED: Text = Text::new(
    "a second client that waits for the first one, and one that does not",
    "um segundo cliente que espera pelo primeiro, e um que não espera",
);

/// How long the first client keeps its connection while the second waits for its answer.
const SLOW: Duration = Duration::from_millis(300);
/// The same where the second does not have to wait: the first asks once the second is answered.
const PATIENT: Duration = Duration::from_secs(5);

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    for (round, mode) in [Mode::Iterative, Mode::Threads].into_iter().enumerate() {
        let (options, _) = stage.options();
        let options = ServerOptions {
            mode: Some(mode),
            // This server may close first, and the next one takes its port.
            reuse_addr: true,
            clients: Some(Clients::Count(2)),
            ..options
        };
        let server = stage.serve(options).await?;
        let patience = if mode == Mode::Threads { PATIENT } else { SLOW };
        let outcome = clients(&stage, u32::try_from(round).unwrap_or(0), patience).await;
        server.finish(outcome).await?;
    }
    Ok(())
}

/// A client that connects and asks only once another one, which asks at once, is answered; after
/// `patience` at the latest.
async fn clients(stage: &Stage, round: u32, patience: Duration) -> Result<(), LabError> {
    let address = stage.address().await?;
    let party = |number| Party {
        role: Role::Client,
        number: Some(2 * round + number),
    };
    let (first, second) = (party(1), party(2));
    let (slow, quick) = (stage.journal(first), stage.journal(second));
    let connection = program(first, connect(&slow, &[address])).await?;
    slow.say_line("connect".to_owned());
    let (asked, answered) = (Notify::new(), Notify::new());
    let slow = program(first, async {
        asked.notified().await;
        let _ = timeout(patience, answered.notified()).await;
        ask(&slow, &connection).await?;
        listen(&slow, connection).await
    });
    let quick = program(second, async {
        let connection = connect(&quick, &[address]).await?;
        ask(&quick, &connection).await?;
        asked.notify_one();
        listen(&quick, connection).await?;
        answered.notify_one();
        Ok(())
    });
    tokio::try_join!(slow, quick).map(|_| ())
}

async fn ask(journal: &Journal, connection: &Connection) -> Result<(), ExerciseError> {
    let request = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    connection.send_all(request).await?;
    journal.say_line("GET /".to_owned());
    Ok(())
}

async fn listen(journal: &Journal, connection: Connection) -> Result<(), ExerciseError> {
    let mut buffer = [0; 4096];
    let mut bytes = 0;
    loop {
        match connection.recv(&mut buffer).await? {
            0 => break,
            count => bytes += count,
        }
    }
    journal.say_line(format!("recv: {bytes} bytes"));
    connection.close();
    Ok(())
}

/// Request and response of a conversation.
fn exchange(seen: &Evidence, talk: usize) -> Option<(&Seen, &Seen)> {
    let asked = seen.data(talk, true).into_iter().next()?;
    let mut answers = seen.data(talk, false).into_iter();
    let answered = answers.find(|it| it.payload.starts_with(b"HTTP/1."))?;
    Some((asked, answered))
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let talks: Vec<usize> = seen.tcp().collect();
    let (mut some_waited, mut some_did_not) = (false, false);
    let mut lines = Vec::new();
    for pair in talks.windows(2) {
        let [first, second] = *pair else { continue };
        let (Some(slow), Some(quick)) = (exchange(seen, first), exchange(seen, second)) else {
            continue;
        };
        // The first has connected before, and asks after the second has.
        let connected =
            seen.talks[first].opening.frames[2] < seen.of(second).next().map(|it| it.no);
        let same = seen.talks[first].server == seen.talks[second].server;
        if !same || !connected || slow.0.no < quick.0.no {
            continue;
        }
        let waits = match quick.1.no > slow.1.no {
            true => true,
            false if quick.1.no < slow.0.no => false,
            false => continue,
        };
        some_waited |= waits;
        some_did_not |= !waits;
        lines.push((waits, first, second, slow, quick));
    }
    if !answer.require(some_waited && some_did_not, &EXPECTED) {
        return;
    }
    for (waits, first, second, slow, quick) in lines {
        let after = answer.span(Span(quick.1.time.0 - quick.0.time.0));
        let (port, other) = (
            seen.talks[second].client.port,
            seen.talks[first].client.port,
        );
        let (asked, answered) = (frames([quick.0.no]), frames([quick.1.no]));
        let late = frames([slow.0.no]);
        match waits {
            true => answer.say(waited(
                answer.lang,
                port,
                asked,
                answered,
                after,
                other,
                late,
            )),
            false => answer.say(at_once(
                answer.lang,
                port,
                asked,
                answered,
                after,
                other,
                late,
            )),
        }
    }
    answer.say(SAME.get(answer.lang));
}
