//! UDP: what there is instead of a connection, and what became of each request.

use super::{Asked, joined};
use crate::analysis::facts::udp::Udp;
use crate::report::text_address;
use crate::report::words;
use crate::text::phrase::phrase;
use crate::text::quantity;

pub(super) fn port(asked: &Asked<'_>) -> Option<String> {
    let client = asked.conversation.lifecycle.roles().client()?;
    let end = asked.conversation.ends()[client.index()];
    let reply = exchanges(asked)?.first_reply()?;
    Some(asked.say(back(asked.lang, &reply, text_address::end(end), &end.port)))
}

pub(super) fn packets(asked: &Asked<'_>) -> Option<String> {
    let traffic = &asked.conversation.traffic;
    let count: u64 = traffic.packets.map(u64::from).iter().sum();
    let bytes = traffic.bytes.iter().sum();
    let bytes = quantity::bytes(asked.lang, bytes);
    (count > 0).then(|| asked.say(datagrams(asked.lang, count, bytes)))
}

pub(super) fn states(asked: &Asked<'_>) -> Option<String> {
    Some(NO_STATES.get(asked.lang).to_owned())
}

pub(super) fn pings(asked: &Asked<'_>) -> Option<String> {
    words::udp::sentences(exchanges(asked)?, asked.lang)
}

/// Which ends there are.
pub(super) fn ends(asked: &Asked<'_>) -> Option<String> {
    let mut said = vec![words::udp::ends(asked.conversation, asked.lang)];
    let ends = asked.conversation.ends();
    if ends.iter().all(|end| end.ip.is_loopback()) {
        said.push(LOOPBACK.get(asked.lang).to_owned());
    }
    joined(said)
}

fn exchanges<'a>(asked: &Asked<'a>) -> Option<&'a Udp> {
    asked.conversation.record()?.udp()
}

pub(super) fn refused(asked: &Asked<'_>) -> Option<String> {
    let exchanges = exchanges(asked)?;
    let outcome = exchanges.outcome();
    let (request, error) = exchanges.first_refused()?;
    Some(asked.say(not_lost(
        asked.lang,
        &error,
        &request,
        &outcome.refused,
        &outcome.requests,
    )))
}

phrase! {
    pub(super) LOOPBACK: "Both addresses are loopback addresses: no other machine can reach them.",
        "Os dois endereços são de loopback: nenhuma outra máquina consegue alcançá-los.";
    back(frame, end, port):
        "To be found again: #{frame} goes to {end}. Without port {port} the server would have nowhere to send it.",
        "Para ser encontrado de volta: #{frame} vai para {end}. Sem a porta {port} o servidor não teria para onde enviá-lo.";
    datagrams(count; bytes):
        "1 datagram ({bytes} on the wire), which carries the message: no handshake, no acknowledgment, no close." | "{count} datagrams ({bytes} on the wire), each of which carries a message: no handshake, no acknowledgments, no close.",
        "1 datagrama ({bytes} na rede), que leva a mensagem: sem apresentação, sem reconhecimento, sem encerramento." | "{count} datagramas ({bytes} na rede), cada um dos quais leva uma mensagem: sem apresentação, sem reconhecimentos, sem encerramento.";
    NO_STATES: "None: no packet opens or closes anything (RFC 768), so no state is claimed here.",
        "Nenhum: nenhum pacote abre ou encerra nada (RFC 768); por isso nenhum estado é afirmado aqui.";
    not_lost(error, request, count, requests):
        "Refused, not lost: #{error} (ICMP port unreachable, which quotes #{request}) says that nobody receives on that port. Refused requests: {count} of {requests}.",
        "Recusado, não perdido: #{error} (ICMP port unreachable, que cita #{request}) diz que ninguém recebe nessa porta. Requisições recusadas: {count} de {requests}.";
}
