//! Sending to an end that is gone.

use std::time::Duration;

use super::support::closing::who;
use super::{Answer, Evidence, Lab, LabError, Stage, Yours, frames, listen, program};
use crate::exercises::echo;
use crate::exercises::error::ExerciseError;
use crate::exercises::tcp::connect;
use crate::model::call::{Call, CallResult, Party};
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "broken-pipe",
    question: Text::new(
        "When does a program learn that nobody reads what it sends?",
        "Quando um programa fica sabendo que ninguém lê o que ele envia?",
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
    closed(fin, who): "{fin}: FIN of the {who}: it sends no more; whether its program still reads, a FIN does not say",
        "{fin}: FIN do {who}: ele não envia mais nada; se seu programa ainda lê, um FIN não diz";
}
phrase! {
    sent(frames, bytes): "{frames}: {bytes} to it all the same: send only hands them to the kernel, and succeeds",
        "{frames}: {bytes} para ele mesmo assim: send só os entrega ao kernel, e dá certo";
}
phrase! {
    answered(reset): "{reset}: RST: the socket there is closed, nobody will read these bytes",
        "{reset}: RST: o socket de lá está fechado, ninguém vai ler esses bytes";
}
static PIPE: Text = Text::new(
    "the next send fails with EPIPE (broken pipe); no packet leaves for it",
    "o próximo send falha com EPIPE (broken pipe); nenhum pacote sai por causa dele",
);
static EXPECTED: Text = Text::new(
    "data to an end that has sent its FIN, answered with RST",
    "dados para uma ponta que já enviou seu FIN, respondidos com RST",
);

/// Longer than a RST takes.
const PAUSE: Duration = Duration::from_millis(100);

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let (options, _) = stage.options();
    let address = stage.address().await?;
    let (server, client) = (stage.journal(Party::SERVER), stage.journal(Party::CLIENT));
    let listener = program(Party::SERVER, async {
        listen(&server, address, options.backlog.unwrap_or(128))
    })
    .await?;
    let serve = program(Party::SERVER, async {
        let (connection, _) = listener.accept().await?;
        connection.close();
        server.say_line("close".to_owned());
        Ok(())
    });
    let drive = program(Party::CLIENT, async {
        let connection = connect(&client, &[address]).await?;
        let count = connection.recv(&mut [0; 16]).await?;
        client.say_line(format!("recv: {count} bytes"));
        for text in ["first", "second"] {
            match connection.send_all(text.as_bytes()).await {
                Ok(()) => client.say_line(format!("send: {} bytes", text.len())),
                // That is what the lab is about.
                Err(error @ ExerciseError::Reset { .. }) => {
                    client.say_line(error.message(client.lang));
                }
                Err(error) => return Err(error),
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    });
    tokio::try_join!(serve, drive).map(|_| ())
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let shown = seen.tcp().find_map(|talk| {
        let facts = &seen.talks[talk];
        let reset = facts.close.reset?;
        let fin = facts.close.fins[reset.side.index()].filter(|fin| *fin < reset.frame)?;
        // Bytes from the other end, behind the FIN and before the RST.
        let to_server = reset.side != facts.client_side;
        let data = seen.data(talk, to_server).into_iter();
        let late: Vec<_> = data
            .filter(|it| it.no > fin && it.no < reset.frame)
            .collect();
        (!late.is_empty()).then_some((facts, reset, fin, late))
    });
    let Some((facts, reset, fin, late)) = shown else {
        answer.require(false, &EXPECTED);
        return;
    };
    let who = who(facts, reset.side, answer);
    answer.say(closed(answer.lang, frames([fin]), who));
    let bytes: u32 = late.iter().map(|it| it.fresh).sum();
    let list = frames(late.iter().map(|it| it.no));
    answer.say(sent(answer.lang, &list, answer.bytes(bytes)));
    answer.say(answered(answer.lang, frames([reset.frame])));
    // A file holds no calls.
    let failed = |it: &crate::model::call::SocketCall| {
        matches!(it.call, Call::Send { .. }) && it.result == CallResult::Failed("EPIPE")
    };
    if seen.calls.iter().any(failed) {
        answer.say(PIPE.get(answer.lang));
    }
}
