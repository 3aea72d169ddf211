//! Two datagrams, and nothing else.

use super::support::evidence::PacketKind;
use super::{Answer, Evidence, Lab, LabError, LabOptions, Stage, Yours, frames};
use crate::analysis::facts::udp::Answer as Reply;
use crate::exercises::udp_echo;
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "udp-echo",
    question: Text::new(
        "Which packets does UDP need for a message and its answer?",
        "De quais pacotes o UDP precisa para uma mensagem e a resposta?",
    ),
    exercise: &udp_echo::EXERCISE,
    port: None,
    ports: 1,
    options: &[],
    yours: Yours::Either(settings),
    experiment: |stage| Box::pin(experiment(stage)),
    answer,
};

phrase! {
    to_server(frames, bytes):
        "{frames}: {bytes} from client to server, one datagram for each send",
        "{frames}: {bytes} do cliente ao servidor, um datagrama por send";
    to_client(frames, bytes): "{frames}: {bytes} back", "{frames}: {bytes} de volta";
    nothing_else(count):
        "{count} packets in all: no handshake, no acknowledgment, no close; only the answer tells that the message arrived",
        "{count} pacotes ao todo: sem apresentação, sem reconhecimento, sem encerramento; só a resposta indica que a mensagem chegou";
    EXPECTED: "UDP datagrams in both directions, each request with its echo, and nothing else",
        "datagramas UDP nos dois sentidos, cada requisição com seu eco, e nada mais";
}

fn settings(_: &mut LabOptions) {}

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let (server, client) = stage.options();
    let server = stage.serve(server).await?;
    let outcome = stage.drive(None, client).await;
    server.stop();
    server.finish(outcome).await
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let way = |to_server: bool| -> (Vec<u32>, u32) {
        let packets = seen.packets.iter();
        let udp = packets
            .filter(|it| matches!(it.kind, PacketKind::Udp { .. }) && it.to_server() == to_server);
        udp.fold((Vec::new(), 0), |(mut list, bytes), it| {
            list.push(it.no);
            (list, bytes + it.fresh)
        })
    };
    let ((there, bytes_there), (back, bytes_back)) = (way(true), way(false));
    let mut pings = seen.talks.iter().flat_map(|talk| &talk.pings);
    // Of bytes that the capture does not hold nothing is known.
    let whole = |frame| {
        let packet = seen.packet(frame)?;
        (packet.print.len == packet.payload_len()).then_some(packet.print)
    };
    let answered = pings.all(|it| match (it.answer, whole(it.request)) {
        (Some(Reply::Reply { frame, .. }), Some(request)) => {
            whole(frame).is_some_and(|reply| reply.echoes(request))
        }
        _ => false,
    });
    let only = there.len() + back.len() == seen.packets.len() && answered;
    if !answer.require(only && !there.is_empty() && !back.is_empty(), &EXPECTED) {
        return;
    }
    answer.say(to_server(
        answer.lang,
        frames(there),
        answer.bytes(bytes_there),
    ));
    answer.say(to_client(
        answer.lang,
        frames(back),
        answer.bytes(bytes_back),
    ));
    answer.say(nothing_else(answer.lang, seen.packets.len()));
}
