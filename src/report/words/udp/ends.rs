//! Which end of a UDP conversation is the client, and how that is known.

use super::itself;
use crate::analysis::conversation::Conversation;
use crate::analysis::lifecycle::roles::Evidence;
use crate::model::side::Side;
use crate::report::text_address;
use crate::text::Lang;
use crate::text::phrase::phrase;

phrase! {
    ends_first(client, server):
        "The client is {client}, the server {server}: the client sent the first datagram.",
        "O cliente é {client}, o servidor {server}: o cliente enviou o primeiro datagrama.";
    ends_assumed(client, server, port):
        "The client is {client}, the server {server}: assumed from the ports, since {port} looks like that of a service. The first datagram here is the server's: no request before it is in this conversation.",
        "O cliente é {client}, o servidor {server}: suposto pelas portas, porque {port} parece a de um serviço. O primeiro datagrama aqui é do servidor: nenhuma requisição anterior está nesta conversa.";
    ends_other_port(client, server):
        "The client is {client}, the server {server}: the first datagram answers, from another port or address, what the client had asked in a conversation before.",
        "O cliente é {client}, o servidor {server}: o primeiro datagrama responde, de outra porta ou outro endereço, ao que o cliente tinha pedido em uma conversa anterior.";
    ends_many(from, to):
        "{from} sends to everyone who listens at {to} (multicast or broadcast): there is no server, and no reply that could be missing.",
        "{from} envia a todos os que escutam em {to} (multicast ou broadcast): não há servidor, nem resposta que pudesse faltar.";
    ends_itself(end):
        "Both are {end}: a socket that sends to itself, without a client and a server.",
        "Os dois são {end}: um socket que envia a si mesmo, sem cliente nem servidor.";
}

/// Which end is the client, and how that is known.
pub(in crate::report) fn ends(conversation: &Conversation, lang: Lang) -> String {
    let roles = conversation.lifecycle.roles();
    let end = |side: Side| conversation.ends()[side.index()];
    let Some(client) = roles.client() else {
        let [from, to] = conversation.ends().map(text_address::end);
        return match itself(conversation) {
            true => ends_itself(lang, from).to_string(),
            false => ends_many(lang, from, to).to_string(),
        };
    };
    let server = end(client.other());
    let (a, b) = (text_address::end(end(client)), text_address::end(server));
    match roles.evidence() {
        Evidence::OtherPort => ends_other_port(lang, a, b).to_string(),
        Evidence::Ports => ends_assumed(lang, a, b, server.port).to_string(),
        _ => ends_first(lang, a, b).to_string(),
    }
}
