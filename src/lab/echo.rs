//! The whole life of one TCP conversation.

use std::time::Duration;

use super::support::closing::say_close;
use super::{Answer, Evidence, Lab, LabOptions, Yours, both, frames};
use crate::exercises::echo;
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "echo",
    question: Text::new(
        "What is each packet of a TCP echo for?",
        "Para que serve cada pacote de um eco TCP?",
    ),
    exercise: &echo::EXERCISE,
    port: None,
    ports: 1,
    options: &["eager-close"],
    yours: Yours::Either(settings),
    experiment: |stage| Box::pin(both(stage)),
    answer,
};

phrase! {
    opened(frames): "{frames} open the connection: SYN; SYN, ACK; ACK",
        "{frames} abrem a conexão: SYN; SYN, ACK; ACK";
    message(frames, bytes, acks):
        "{frames}: the message, {bytes} from client to server, acknowledged by {acks}",
        "{frames}: a mensagem, {bytes} do cliente ao servidor, reconhecida por {acks}";
    echoed(frames, bytes, acks):
        "{frames}: its echo, {bytes} from server to client, acknowledged by {acks}",
        "{frames}: o eco, {bytes} do servidor ao cliente, reconhecido por {acks}";
    back(frames, bytes): "{frames}: {bytes} from server to client",
        "{frames}: {bytes} do servidor ao cliente";
    message_alone(frames, bytes):
        "{frames}: the message, {bytes} from client to server",
        "{frames}: a mensagem, {bytes} do cliente ao servidor";
    echoed_alone(frames, bytes):
        "{frames}: its echo, {bytes} from server to client",
        "{frames}: o eco, {bytes} do servidor ao cliente";
    NOT_HELD: "the bytes themselves, which this capture does not hold: whether they come back as they went is not shown",
        "os próprios bytes, que esta captura não contém: se eles voltam como foram não se vê";
    WHOLE: "one connection from handshake to close, with as many bytes back as there",
        "uma conexão da apresentação ao encerramento, com tantos bytes de volta quantos de ida";
}

/// Linux acknowledges a FIN on its own only after 40 ms (its delayed-ACK timer). A server that
/// closes sooner sends its own FIN with that acknowledgment: a close of three segments. One that
/// waits longer gives the four segments of the textbooks.
const TEXTBOOK_DELAY: Duration = Duration::from_millis(100);

fn settings(options: &mut LabOptions) {
    let server = &mut options.server;
    if !options.eager_close {
        server.close_delay = server.close_delay.or(Some(TEXTBOOK_DELAY));
    }
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let Some(talk) = seen.single() else {
        answer.require(false, &WHOLE);
        return;
    };
    let handshake = seen.handshake(talk);
    if let Some(packets) = &handshake {
        answer.say(opened(answer.lang, frames(packets.iter().copied())));
    }
    let mut carried = [0, 0];
    for (way, to_server) in [(0, true), (1, false)] {
        let data = seen
            .of(talk)
            .filter(|it| it.payload_len() > 0 && it.to_server() == to_server);
        let numbers: Vec<_> = data
            .inspect(|it| carried[way] += it.fresh)
            .map(|it| it.no)
            .collect();
        if !numbers.is_empty() {
            let bytes = answer.bytes(carried[way]);
            let acks = seen.acks_of(&numbers);
            let (lang, list) = (answer.lang, frames(numbers));
            // Which packet acknowledges it is not known where a RST or the end of the capture comes first.
            match (to_server, acks.is_empty()) {
                (false, _) if !seen.echoed(talk) => answer.say(back(lang, list, bytes)),
                (true, false) => answer.say(message(lang, list, bytes, frames(acks))),
                (true, true) => answer.say(message_alone(lang, list, bytes)),
                (false, false) => answer.say(echoed(lang, list, bytes, frames(acks))),
                (false, true) => answer.say(echoed_alone(lang, list, bytes)),
            }
        }
    }
    let close = &seen.talks[talk];
    say_close(answer, close);
    let missing = if seen.held(talk) { &WHOLE } else { &NOT_HELD };
    answer.require(seen.echoed(talk), missing);
}
