//! A server that closes without having read everything.

use super::support::closing::who;
use super::{Answer, Evidence, Lab, LabError, Stage, Yours, frames, listen, program};
use crate::analysis::lifecycle::reset::ResetKind;
use crate::exercises::context::room;
use crate::exercises::error::ExerciseError;
use crate::exercises::ports::{self, MESSAGE};
use crate::exercises::tcp::connect;
use crate::model::call::{Call, CallResult, Party, Role};
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "unread-data",
    question: Text::new(
        "Why does a close sometimes send RST instead of FIN?",
        "Por que um close às vezes envia RST em vez de FIN?",
    ),
    exercise: &ports::EXERCISE,
    port: None,
    ports: 1,
    options: &[],
    yours: Yours::Both { clients: 1 },
    experiment: |stage| Box::pin(experiment(stage)),
    answer,
};

phrase! {
    arrives(bytes; frames):
        "{frames}: 1 byte reaches the server, and its kernel acknowledges it" | "{frames}: {bytes} bytes reach the server, and its kernel acknowledges them",
        "{frames}: 1 byte chega ao servidor, e o kernel dele o reconhece" | "{frames}: {bytes} bytes chegam ao servidor, e o kernel dele os reconhece";
    answers_reset(frames, who):
        "{frames}: RST from the {who} instead of FIN: that is how a kernel closes a socket with unread bytes, so that the other end learns that they were lost",
        "{frames}: RST do {who} no lugar de FIN: é assim que o kernel fecha um socket com bytes não lidos, para que a outra ponta saiba que se perderam";
    read_only(read): "the program had read {read} of them", "o programa tinha lido {read} deles";
    NO_FIN: "no FIN is sent, and nobody is left in TIME-WAIT; the other program gets ECONNRESET",
        "nenhum FIN é enviado e ninguém fica em TIME-WAIT; o outro programa recebe ECONNRESET";
    EXPECTED: "data, and then a RST from the end that received it, without a FIN",
        "dados e depois um RST da ponta que os recebeu, sem FIN";
}

/// What the server reads of the message.
const READ: usize = 5;

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let (options, _) = stage.options();
    let (server, client) = (stage.journal(Party::SERVER), stage.journal(Party::CLIENT));
    let address = stage.address().await?;
    let listener = program(Party::SERVER, async {
        listen(&server, address, options.backlog.unwrap_or(128))
    })
    .await?;
    let serve = program(Party::SERVER, async {
        let (connection, _) = listener.accept().await?;
        let mut buffer = room(options.buffer.unwrap_or(READ))?;
        let count = connection.recv(&mut buffer).await?;
        server.say_line(format!("recv: {count} bytes"));
        connection.close();
        server.say_line("close".to_owned());
        Ok(())
    });
    let message = MESSAGE.get(stage.lang()).as_bytes();
    let drive = program(Party::CLIENT, async {
        let connection = connect(&client, &[address]).await?;
        connection.send_all(message).await?;
        client.say_line(format!("send: {} bytes", message.len()));
        match connection.recv(&mut [0; 16]).await {
            Err(error @ ExerciseError::Reset { .. }) => {
                client.say_line(error.message(client.lang));
                Ok(())
            }
            other => other.map(|_| ()),
        }
    });
    tokio::try_join!(serve, drive).map(|_| ())
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let shown = seen.tcp().find_map(|talk| {
        let facts = &seen.talks[talk];
        let reset = facts.close.reset?;
        let no_fin = facts.close.fins == [None, None];
        let data: Vec<_> = seen
            .of(talk)
            .filter(|it| it.payload_len() > 0 && it.no < reset.frame)
            .collect();
        // The one that resets has only received, and its kernel has acknowledged it all.
        let to_server = reset.side != facts.client_side;
        let received = data.iter().all(|it| it.to_server() == to_server) && !data.is_empty();
        let last = data.last().map_or(0, |it| it.no);
        let taken = seen
            .of(talk)
            .any(|it| it.no < reset.frame && it.acks == Some(last));
        let no_fin = no_fin && received && taken;
        (no_fin && reset.kind == ResetKind::AfterData).then_some((facts, reset, data))
    });
    let Some((facts, reset, data)) = shown else {
        answer.require(false, &EXPECTED);
        return;
    };
    let bytes: u32 = data.iter().map(|it| it.fresh).sum();
    let list = frames(data.iter().map(|it| it.no));
    answer.say(arrives(answer.lang, bytes.into(), &list));
    // A file holds no calls.
    let read: usize = seen
        .calls
        .iter()
        .filter(|it| it.party.role == Role::Server && matches!(it.call, Call::Recv { .. }))
        .filter_map(|it| match it.result {
            CallResult::Bytes(count) => Some(count),
            _ => None,
        })
        .sum();
    if read > 0 {
        answer.say(read_only(answer.lang, &read));
    }
    let sender = who(facts, reset.side, answer);
    answer.say(answers_reset(answer.lang, frames([reset.frame]), &sender));
    answer.say(NO_FIN.get(answer.lang));
}
