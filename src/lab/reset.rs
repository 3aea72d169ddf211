//! A connection that is aborted.

use super::support::closing::{say_time_wait, who};
use super::{Answer, Evidence, Lab, LabError, Stage, Yours, frames, program};
use crate::exercises::echo::{self, MESSAGE};
use crate::exercises::tcp::connect;
use crate::model::call::Party;
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "reset",
    question: Text::new(
        "What does SO_LINGER with a time of 0 do to the close?",
        "O que SO_LINGER com tempo 0 faz com o encerramento?",
    ),
    exercise: &echo::EXERCISE,
    port: None,
    ports: 1,
    options: &[],
    yours: Yours::Client,
    experiment: |stage| Box::pin(experiment(stage)),
    answer,
};

phrase! {
    abort(frames, who):
        "{frames}: the {who} ends the connection with RST; no FIN is sent and nothing acknowledges it",
        "{frames}: o {who} encerra a conexão com RST; nenhum FIN é enviado e nada o reconhece";
    EXPECTED: "a RST instead of a FIN, after data that was acknowledged",
        "um RST no lugar de um FIN, depois de dados reconhecidos";
}

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let (server, _) = stage.options();
    let server = stage.serve(server).await?;
    let address = stage.address().await?;
    let client = stage.journal(Party::CLIENT);
    let message = MESSAGE.get(stage.lang()).as_bytes();
    let outcome = program(Party::CLIENT, async {
        let connection = connect(&client, &[address]).await?;
        connection.send_all(message).await?;
        client.say_line(format!("send: {} bytes", message.len()));
        let (mut received, mut buffer) = (0, [0; 1024]);
        while received < message.len() {
            let count = connection.recv(&mut buffer).await?;
            client.say_line(format!("recv: {count} bytes"));
            if count == 0 {
                break;
            }
            received += count;
        }
        connection.set_zero_linger()?;
        client.say_line("setsockopt(SO_LINGER, 0)".to_owned());
        connection.close();
        client.say_line("close".to_owned());
        Ok(())
    })
    .await;
    server.finish(outcome).await
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let shown = seen.tcp().find_map(|talk| {
        let facts = &seen.talks[talk];
        let reset = facts.close.reset?;
        // Data both ways, all of it acknowledged: nothing was unread for want of time.
        let settled = [true, false].into_iter().all(|to_server| {
            let data = seen.data(talk, to_server);
            data.last().is_some_and(|last| {
                let mut later = seen.of(talk).filter(|it| it.no < reset.frame);
                later.any(|it| it.acks == Some(last.no))
            })
        });
        (settled && facts.close.fins == [None, None]).then_some((facts, reset))
    });
    let Some((facts, reset)) = shown else {
        answer.require(false, &EXPECTED);
        return;
    };
    let sender = who(facts, reset.side, answer);
    answer.say(abort(answer.lang, frames([reset.frame]), &sender));
    say_time_wait(answer, facts);
}
