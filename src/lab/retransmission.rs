//! Segments that are lost and sent again.

use std::time::Duration;

use super::{Answer, Evidence, Lab, LabError, Stage, Yours, frames, listen, program};
use crate::analysis::tcp::marks::Marks;
use crate::exercises::echo::{self, MESSAGE};
use crate::exercises::tcp::connect;
use crate::model::call::Party;
use crate::model::time::Span;
use crate::text::Text;
use crate::text::phrase::phrase;
use crate::text::quantity;

/// The lab.
pub static LAB: Lab = Lab {
    id: "retransmission",
    question: Text::new(
        "What does TCP do when a segment is lost?",
        "O que o TCP faz quando um segmento se perde?",
    ),
    exercise: &echo::EXERCISE,
    port: None,
    ports: 1,
    options: &[],
    yours: Yours::Nobody,
    experiment: |stage| Box::pin(experiment(stage)),
    answer,
};

phrase! {
    first_sent(bytes; frame):
        "{frame}: 1 byte that is not acknowledged in time" | "{frame}: {bytes} bytes that are not acknowledged in time",
        "{frame}: 1 byte que não é reconhecido a tempo" | "{frame}: {bytes} bytes que não são reconhecidos a tempo";
    deaf_socket(deaf): "the receiving socket drops every segment for {deaf}: they reach nobody",
        "o socket de destino descarta todos os segmentos por {deaf}: eles não chegam a ninguém";
    repeated(frames, times):
        "{frames}: the same bytes again, {times} after the first time: the retransmission timeout doubles from one to the next",
        "{frames}: os mesmos bytes de novo, {times} depois da primeira vez: o temporizador de retransmissão dobra de um para o outro";
    doubled_later(frames, times, waits):
        "{frames}: the same bytes again, {times} after the first time: the last waits double ({waits}), as the retransmission timeout does; Linux may send a probe before it (TLP, RFC 8985)",
        "{frames}: os mesmos bytes de novo, {times} depois da primeira vez: as últimas esperas dobram ({waits}), como faz o temporizador de retransmissão; antes dele o Linux pode enviar uma sonda (TLP, RFC 8985)";
    repeated_plainly(frames, times): "{frames}: the same bytes again, {times} after the first time",
        "{frames}: os mesmos bytes de novo, {times} depois da primeira vez";
    arrived(frame):
        "{frame}: the acknowledgment: they arrived, and the program noticed nothing but the delay",
        "{frame}: o reconhecimento: chegaram, e o programa só percebeu a demora";
    EXPECTED: "data that is sent again after its timeout, and then acknowledged",
        "dados enviados de novo após o esgotamento do temporizador e depois reconhecidos";
}

/// How long the receiver hears nothing.
const DEAF: Duration = Duration::from_millis(700);

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let _ = stage.options();
    let address = stage.address().await?;
    let (server, client) = (stage.journal(Party::SERVER), stage.journal(Party::CLIENT));
    let listener = program(Party::SERVER, async { listen(&server, address, 128) }).await?;
    let (deaf, is_deaf) = tokio::sync::oneshot::channel();
    let serve = program(Party::SERVER, async {
        let (connection, _) = listener.accept().await?;
        connection.set_deaf(true)?;
        server.say_line("setsockopt(SO_ATTACH_FILTER): drop all".to_owned());
        // The client ends early only where its own call failed.
        let _ = deaf.send(());
        tokio::time::sleep(DEAF).await;
        connection.set_deaf(false)?;
        server.say_line("setsockopt(SO_DETACH_FILTER)".to_owned());
        let mut buffer = [0; 1024];
        loop {
            let count = connection.recv(&mut buffer).await?;
            server.say_line(format!("recv: {count} bytes"));
            if count == 0 {
                return Ok(());
            }
            connection.send_all(&buffer[..count]).await?;
        }
    });
    let message = MESSAGE.get(stage.lang()).as_bytes();
    let drive = program(Party::CLIENT, async {
        let connection = connect(&client, &[address]).await?;
        // The server fails first where it cannot be made deaf.
        let _ = is_deaf.await;
        connection.send_all(message).await?;
        client.say_line(format!("send: {} bytes", message.len()));
        let count = connection.recv(&mut [0; 1024]).await?;
        client.say_line(format!("recv: {count} bytes"));
        connection.close();
        Ok(())
    });
    tokio::try_join!(serve, drive).map(|_| ())
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let shown = seen.tcp().find_map(|talk| {
        let again: Vec<_> = seen
            .of(talk)
            .filter(|it| it.payload_len() > 0 && it.marks().any(Marks::RETRANSMISSION))
            .filter(|it| seen.talks[talk].again.contains(&it.no))
            .collect();
        let (first, last) = (again.first()?, again.last()?);
        let original = seen
            .of(talk)
            .find(|it| it.no < first.no && it.print == first.print && !it.flags().syn())?;
        // It acknowledges this segment, or one that was sent after it.
        let ack = seen.of(talk).find(|it| {
            let reaches = it.acks.is_some_and(|no| no >= original.no);
            it.no > last.no && it.direction != last.direction && reaches
        })?;
        Some((original, again, ack))
    });
    let Some((original, again, ack)) = shown else {
        answer.require(false, &EXPECTED);
        return;
    };
    let (frame, bytes) = (frames([original.no]), original.payload_len());
    answer.say(first_sent(answer.lang, bytes.into(), &frame));
    // A file holds no calls: it does not tell who dropped them.
    if !seen.calls.is_empty() {
        answer.say(deaf_socket(answer.lang, quantity::given(DEAF, answer.lang)));
    }
    let after: Vec<Span> = again
        .iter()
        .map(|it| Span(it.time.0 - original.time.0))
        .collect();
    // Each waits about twice as long as the one before it.
    let mut before = Span::ZERO;
    let mut gaps = Vec::new();
    for time in &after {
        gaps.push(time.0 - before.0);
        before = *time;
    }
    let twice = |pair: &[i128]| match pair {
        [first, second] => (150..280).contains(&(second * 100 / (*first).max(1))),
        _ => false,
    };
    // From the last one back.
    let doubled = gaps.windows(2).rev().take_while(|pair| twice(pair)).count();
    let times: Vec<String> = after.iter().map(|span| answer.span(*span)).collect();
    let times = times.join("; ");
    let list = frames(again.iter().map(|it| it.no));
    match doubled {
        0 => answer.say(repeated_plainly(answer.lang, list, times)),
        _ if doubled + 1 == gaps.len() => answer.say(repeated(answer.lang, list, times)),
        _ => {
            let last = gaps.iter().skip(gaps.len() - doubled - 1);
            let waits: Vec<String> = last.map(|gap| answer.span(Span(*gap))).collect();
            answer.say(doubled_later(answer.lang, list, times, waits.join("; ")));
        }
    }
    answer.say(arrived(answer.lang, frames([ack.no])));
}
