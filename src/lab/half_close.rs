//! One direction closed, the other still open.

use std::time::Duration;

use super::support::closing::{close_frames, who};
use super::{Answer, Evidence, Lab, LabError, Stage, Yours, frames, listen, program};
use crate::analysis::lifecycle::close::Shape;
use crate::exercises::echo::{self, MESSAGE};
use crate::exercises::tcp::connect;
use crate::model::call::Party;
use crate::model::tcp::TcpState;
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "half-close",
    question: Text::new(
        "Can an end that has sent its FIN still receive data?",
        "Uma ponta que já enviou seu FIN ainda pode receber dados?",
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
    first_fin(fin, who, ack):
        "{fin}: FIN of the {who}: it sends no more, and can still receive; {ack} acknowledges it",
        "{fin}: FIN do {who}: ele não envia mais nada, mas ainda pode receber; {ack} o reconhece";
    states(ack, who): "from {ack} on, the {who} is in FIN-WAIT-2 and the other end in CLOSE-WAIT",
        "a partir de {ack}, o {who} está em FIN-WAIT-2 e a outra ponta em CLOSE-WAIT";
    data_after(bytes; frames):
        "{frames}: 1 byte comes after the FIN, the other way" | "{frames}: {bytes} bytes come after the FIN, the other way",
        "{frames}: 1 byte vem depois do FIN, no outro sentido" | "{frames}: {bytes} bytes vêm depois do FIN, no outro sentido";
    done(frames): "{frames}: with the FIN of the other end and its ACK, the connection is closed",
        "{frames}: com o FIN da outra ponta e o ACK dele, a conexão está encerrada";
    EXPECTED: "data after a FIN, from the other end",
        "dados depois de um FIN, vindos da outra ponta";
}

/// How long the server works on its answer: longer than Linux delays an ACK.
const WORK: Duration = Duration::from_millis(100);

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
        let (mut message, mut buffer) = (Vec::new(), [0; 1024]);
        // Only the end of the stream tells that the message is whole.
        loop {
            let count = connection.recv(&mut buffer).await?;
            server.say_line(format!("recv: {count} bytes"));
            if count == 0 {
                break;
            }
            message.extend_from_slice(&buffer[..count]);
        }
        tokio::time::sleep(WORK).await;
        connection.send_all(&message).await?;
        server.say_line(format!("send: {} bytes", message.len()));
        connection.close();
        server.say_line("close".to_owned());
        Ok(())
    });
    let message = MESSAGE.get(stage.lang()).as_bytes();
    let drive = program(Party::CLIENT, async {
        let mut connection = connect(&client, &[address]).await?;
        connection.send_all(message).await?;
        client.say_line(format!("send: {} bytes", message.len()));
        connection.shutdown().await?;
        client.say_line("shutdown(SHUT_WR)".to_owned());
        let mut buffer = [0; 1024];
        loop {
            let count = connection.recv(&mut buffer).await?;
            client.say_line(format!("recv: {count} bytes"));
            if count == 0 {
                break;
            }
        }
        connection.close();
        client.say_line("close".to_owned());
        Ok(())
    });
    tokio::try_join!(serve, drive).map(|_| ())
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let shown = seen.tcp().find_map(|talk| {
        let facts = &seen.talks[talk];
        let side = facts.close.started_by?;
        let fin = facts.close.fins[side.index()]?;
        let ack = facts.close.acks[side.index()]?;
        let Shape::HalfClose { bytes } = facts.close.shape else {
            return None;
        };
        let to_server = side != facts.client_side;
        let late: Vec<_> = seen
            .of(talk)
            .filter(|it| it.no > fin && it.payload_len() > 0 && it.to_server() == to_server)
            .map(|it| it.no)
            .collect();
        let half = seen.of(talk).any(|it| {
            it.states.contains(&Some(TcpState::FinWait2))
                && it.states.contains(&Some(TcpState::CloseWait))
        });
        Some((facts, side, fin, ack, bytes, late, half))
    });
    let Some((facts, side, fin, ack, bytes, late, half)) = shown else {
        answer.require(false, &EXPECTED);
        return;
    };
    let (who, ack_frame) = (who(facts, side, answer), frames([ack]));
    answer.say(first_fin(answer.lang, frames([fin]), &who, &ack_frame));
    if half {
        answer.say(states(answer.lang, &ack_frame, &who));
    }
    answer.say(data_after(answer.lang, bytes.into(), frames(late)));
    let rest = close_frames(facts)
        .into_iter()
        .filter(|no| *no != fin && *no != ack);
    answer.say(done(answer.lang, frames(rest)));
}
