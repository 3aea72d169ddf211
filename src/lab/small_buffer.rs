//! One segment, several recv calls.

use super::{Answer, Evidence, Lab, LabOptions, Yours, both, frames};
use crate::exercises::options::Clients;
use crate::exercises::ports;
use crate::model::call::{Call, CallResult, Role};
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "small-buffer",
    question: Text::new(
        "Is one send one segment, and one segment one recv?",
        "Um send é um segmento, e um segmento é um recv?",
    ),
    exercise: &ports::EXERCISE,
    port: None,
    ports: 1,
    options: &[],
    yours: Yours::Either(settings),
    experiment: |stage| Box::pin(both(stage)),
    answer,
};

phrase! {
    segment(frames, bytes): "{frames}: {bytes} in one segment",
        "{frames}: {bytes} em um só segmento";
    calls(count, sizes):
        "the server took them with {count} recv calls: {sizes}; the last 0 is the end of the stream",
        "o servidor os recebeu com {count} chamadas recv: {sizes}; o 0 no fim é o fim do fluxo";
    STREAM: "TCP carries a stream of bytes: send, segment and recv are cut at different places",
        "o TCP transporta um fluxo de bytes: send, segmento e recv são cortados em lugares diferentes";
    MORE:
        "one connection, closed in order, with one segment of data to a server that sends none back",
        "uma só conexão, encerrada em ordem, com um segmento de dados a um servidor que não devolve nenhum";
    MORE_CALLS: "more recv calls than segments", "mais chamadas recv do que segmentos";
}

fn settings(options: &mut LabOptions) {
    let server = &mut options.server;
    server.clients = Some(Clients::Count(1));
    server.buffer = server.buffer.or(Some(5));
    options.client.times = Some(1);
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    // A server that only reads: nothing comes back, and both ends close in order.
    let shown = seen.single().and_then(|talk| {
        let data = seen.data(talk, true);
        let closed = seen.talks[talk].close.acks.iter().all(Option::is_some);
        let read_only = seen.data(talk, false).is_empty() && data.len() == 1;
        let whole = seen.handshake(talk).is_some() && closed && read_only;
        data.into_iter().next().filter(|_| whole)
    });
    let Some(data) = shown else {
        answer.require(false, &MORE);
        return;
    };
    answer.say(segment(
        answer.lang,
        frames([data.no]),
        answer.bytes(data.payload_len()),
    ));
    // A file holds packets and no calls: there the segment is all there is to show.
    let sizes: Vec<String> = seen
        .calls
        .iter()
        .filter(|it| it.party.role == Role::Server && matches!(it.call, Call::Recv { .. }))
        .filter_map(|it| match it.result {
            CallResult::Bytes(count) => Some(count.to_string()),
            _ => None,
        })
        .collect();
    if !seen.calls.is_empty() && answer.require(sizes.len() > 2, &MORE_CALLS) {
        let list = sizes.join(", ");
        answer.say(calls(answer.lang, sizes.len(), &list));
    }
    answer.say(STREAM.get(answer.lang));
}
