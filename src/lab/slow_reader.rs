//! A receiver that reads more slowly than the other end sends.

use std::time::Duration;

use super::{Answer, Evidence, Lab, LabError, Seen, Stage, Yours, frames, program};
use crate::analysis::tcp::marks::Marks;
use crate::exercises::context::room;
use crate::exercises::echo;
use crate::exercises::tcp::{Socket, connect};
use crate::model::call::Party;
use crate::model::time::Span;
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "slow-reader",
    question: Text::new(
        "What happens when a program does not read what reaches it?",
        "O que acontece quando um programa não lê o que chega até ele?",
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
    filled(frame, bytes):
        "{frame}: window 0: the receiver's buffer is full after {bytes} bytes; the sender has to stop",
        "{frame}: janela 0: o buffer do receptor encheu após {bytes} bytes; o emissor precisa parar";
    probed(frames):
        "{frames}: the sender asks whether there is room again (window probes, which Wireshark marks as keep-alive), the receiver answers",
        "{frames}: o emissor pergunta se já há espaço (sondas de janela, que o Wireshark marca como keep-alive), o receptor responde";
    probed_plainly(frames):
        "{frames}: the sender asks whether there is room again (window probes), the receiver answers",
        "{frames}: o emissor pergunta se já há espaço (sondas de janela), o receptor responde";
    update(frame, after, full):
        "{frame}: the window opens again, {after} after {full}",
        "{frame}: a janela volta a abrir, {after} depois de {full}";
    delivered(bytes): "all {bytes} bytes arrived: the receiver sets the pace, nothing is lost",
        "todos os {bytes} bytes chegaram: o receptor dita o ritmo, nada se perde";
    EXPECTED: "a window of 0 that opens again", "uma janela 0 que volta a abrir";
}

/// The receiver's buffer as asked for; Linux takes twice that.
const ROOM: u32 = 4096;
/// What is sent.
const MESSAGE: usize = 48 * 1024;
/// How long the receiver does not read: long enough for two probes.
const PAUSE: Duration = Duration::from_millis(900);

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let (options, _) = stage.options();
    let address = stage.address().await?;
    let (server, client) = (stage.journal(Party::SERVER), stage.journal(Party::CLIENT));
    let listener = program(Party::SERVER, async {
        let socket = Socket::new(&server, address)?;
        // Before listen: the handshake tells the window.
        socket.set_receive_buffer(ROOM)?;
        socket.bind(address)?;
        socket.listen(128)
    })
    .await?;
    let serve = program(Party::SERVER, async {
        let (connection, _) = listener.accept().await?;
        server.say_line(format!("accept; sleep {} ms", PAUSE.as_millis()));
        tokio::time::sleep(PAUSE).await;
        let mut buffer = room(options.buffer.unwrap_or(2048))?;
        let mut total = 0;
        loop {
            let count = connection.recv(&mut buffer).await?;
            if count == 0 {
                server.say_line(format!("recv: {total} bytes"));
                return Ok(());
            }
            total += count;
        }
    });
    let drive = program(Party::CLIENT, async {
        let connection = connect(&client, &[address]).await?;
        connection.send_all(&vec![b'x'; MESSAGE]).await?;
        client.say_line(format!("send: {MESSAGE} bytes"));
        connection.close();
        Ok(())
    });
    tokio::try_join!(serve, drive).map(|_| ())
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let shown = seen.tcp().find_map(|talk| {
        let full = seen
            .of(talk)
            .find(|it| it.marks().any(Marks::ZERO_WINDOW))?;
        let opens = seen.of(talk).find(|it| {
            it.no > full.no && it.direction == full.direction && it.window() > 0 && it.flags().ack()
        })?;
        Some((talk, full, opens))
    });
    let Some((talk, full, opens)) = shown else {
        answer.require(false, &EXPECTED);
        return;
    };
    let sent = |before: u32| -> u32 {
        seen.of(talk)
            .filter(|it| it.no < before && it.direction != full.direction)
            .filter(|it| {
                !it.marks()
                    .any(Marks::SENT_AGAIN.with(Marks::ZERO_WINDOW_PROBE))
            })
            .map(|it| it.fresh)
            .sum()
    };
    let frame = frames([full.no]);
    answer.say(filled(answer.lang, &frame, sent(full.no)));
    let probing = Marks::ZERO_WINDOW_PROBE
        .with(Marks::ZERO_WINDOW_PROBE_ACK)
        .with(Marks::KEEP_ALIVE)
        .with(Marks::KEEP_ALIVE_ACK);
    let probes: Vec<u32> = seen
        .of(talk)
        .filter(|it| it.no > full.no && it.no < opens.no && it.marks().any(probing))
        .map(|it| it.no)
        .collect();
    let named = |it: &Seen| probes.contains(&it.no) && it.marks().any(Marks::KEEP_ALIVE);
    let named = seen.of(talk).any(named);
    if named {
        answer.say(probed(answer.lang, frames(probes)));
    } else if !probes.is_empty() {
        answer.say(probed_plainly(answer.lang, frames(probes)));
    }
    let after = answer.span(Span(opens.time.0 - full.time.0));
    answer.say(update(answer.lang, frames([opens.no]), &after, &frame));
    // An acknowledged FIN acknowledges every byte before it.
    if seen.talks[talk].close.acks.iter().all(Option::is_some) {
        answer.say(delivered(answer.lang, sent(u32::MAX)));
    }
}
