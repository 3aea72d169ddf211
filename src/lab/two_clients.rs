//! A server that serves one client at a time, and two that call it.

use std::time::Duration;

use super::{Answer, Evidence, Lab, LabError, Stage, Yours, frames, program};
use crate::exercises::echo;
use crate::exercises::error::ExerciseError;
use crate::exercises::journal::Journal;
use crate::exercises::options::{Clients, ServerOptions};
use crate::exercises::tcp::connect;
use crate::model::call::{Party, Role};
use crate::model::time::Span;
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "two-clients",
    question: Text::new(
        "What happens to a second client while a simple server is busy with the first?",
        "O que acontece com um segundo cliente enquanto um servidor simples atende o primeiro?",
    ),
    exercise: &echo::EXERCISE,
    port: None,
    ports: 1,
    options: &[],
    yours: Yours::Both { clients: 2 },
    experiment: |stage| Box::pin(experiment(stage)),
    answer,
};

phrase! {
    at_once(frames):
        "{frames}: the second handshake is complete although the server has not accepted the connection: the kernel does it",
        "{frames}: a segunda apresentação se completa embora o servidor não tenha aceitado a conexão: é o kernel que a faz";
    taken(data, ack):
        "{data}: the second client's message is acknowledged by {ack} at once: the kernel keeps it until the server reads",
        "{data}: a mensagem do segundo cliente é reconhecida por {ack} na hora: o kernel a guarda até que o servidor leia";
    answered(echo, wait, close):
        "{echo}: its answer comes {wait} after the message, once the first connection is closed ({close})",
        "{echo}: a resposta vem {wait} depois da mensagem, assim que a primeira conexão é encerrada ({close})";
    WAITED: "two connections at once, the second answered only after the first has closed",
        "duas conexões ao mesmo tempo, a segunda com resposta só depois que a primeira encerra";
}

/// How long the first client keeps the server busy.
const BUSY: Duration = Duration::from_millis(400);

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let (server, client) = stage.options();
    let server = stage
        .serve(ServerOptions {
            clients: Some(Clients::Count(2)),
            ..server
        })
        .await?;
    let first = Party {
        role: Role::Client,
        number: Some(1),
    };
    let address = stage.address().await?;
    let journal = stage.journal(first);
    let busy = program(first, async {
        let connection = connect(&journal, &[address]).await?;
        say_ports(&journal, connection.local_address()?.port());
        Ok(connection)
    });
    let outcome = match busy.await {
        // The first is connected before the second calls.
        Ok(connection) => {
            let leave = program(first, async {
                tokio::time::sleep(BUSY).await;
                connection.close();
                journal.say_line("close".to_owned());
                Ok::<(), ExerciseError>(())
            });
            let (left, served) = tokio::join!(leave, stage.drive(Some(2), client));
            left.and(served)
        }
        Err(error) => Err(error),
    };
    server.finish(outcome).await
}

fn say_ports(journal: &Journal, port: u16) {
    journal.say_line(format!("connect: :{port}"));
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let talks: Vec<usize> = seen.tcp().collect();
    let shown = (|| {
        let (&first, &second) = (talks.first()?, talks.get(1)?);
        let (open, handshake) = (seen.handshake(first)?, seen.handshake(second)?);
        let message = seen
            .of(second)
            .find(|it| it.payload_len() > 0 && it.to_server())?;
        let ack = seen
            .of(second)
            .find(|it| it.no > message.no && it.to_client() && it.flags().ack())?;
        let echo = seen
            .of(second)
            .find(|it| it.payload_len() > 0 && it.to_client())?;
        let close = seen.talks[first]
            .close
            .fins
            .iter()
            .flatten()
            .min()
            .copied()?;
        let same = seen.talks[first].server == seen.talks[second].server;
        let open = open.last() < Some(&message.no) && handshake.last() < Some(&close);
        let waited = same && open && ack.no < close && close < echo.no;
        waited.then_some((handshake, message, ack, echo, close))
    })();
    let Some((handshake, message, ack, echo, close)) = shown else {
        answer.require(false, &WAITED);
        return;
    };
    answer.say(at_once(answer.lang, frames(handshake)));
    answer.say(taken(answer.lang, frames([message.no]), frames([ack.no])));
    let wait = answer.span(Span(echo.time.0 - message.time.0));
    answer.say(answered(
        answer.lang,
        frames([echo.no]),
        &wait,
        frames([close]),
    ));
}
