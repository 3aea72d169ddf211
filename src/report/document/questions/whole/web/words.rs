//! The words of answers about HTTP.

use crate::text::phrase::phrase;

phrase! {
    pub(super) TITLE: "Connections with HTTP", "Conexões com HTTP";
    pub(super) STREAM: "Conversation", "Conversa";
    pub(super) CLIENT: "Client", "Cliente";
    pub(super) REQUESTS: "Requests", "Requisições";
    pub(super) RESPONSES: "Responses", "Respostas";
    pub(super) PACKETS: "Packets", "Pacotes";
    pub(super) BYTES: "Bytes on the wire", "Bytes na rede";
    pub(super) HEADERS: "Of them headers of TCP, IP, link", "Destes, cabeçalhos de TCP, IP, enlace";
    pub(super) DURATION: "Duration", "Duração";
    pub(super) WHY_ERRORS: "Which requests got an error (404)?",
        "Quais requisições receberam um erro (404)?";
    pub(super) error(request, line, response, status):
        "#{request} asks \"{line}\", #{response} answers \"{status}\".",
        "#{request} pede \"{line}\", #{response} responde \"{status}\".";
    pub(super) HOW_LONG: "How long is it from the request line (GET) to the status line?",
        "Quanto tempo passa da linha de requisição (GET) até a linha de status?";
    pub(super) took(count; shortest, a, b, longest, c, d):
        "{shortest}, from #{a} to #{b}." | "From {shortest} (#{a} to #{b}) to {longest} (#{c} to #{d}), over {count} requests.",
        "{shortest}, de #{a} a #{b}." | "De {shortest} (de #{a} a #{b}) a {longest} (de #{c} a #{d}), em {count} requisições.";
    pub(super) HOW_LARGE: "How many segments does a response take, and where is it complete?",
        "Quantos segmentos uma resposta usa, e onde ela fica completa?";
    pub(super) WHY_ODD: "Which answers are no HTTP?", "Quais respostas não são HTTP?";
    pub(super) odd(request, line, response, odd):
        "#{request} asks \"{line}\"; from #{response} on come {odd}.",
        "#{request} pede \"{line}\"; a partir de #{response} vêm {odd}.";
    pub(super) PARALLEL: "Are the connections serial or parallel?",
        "As conexões são em série ou em paralelo?";
    pub(super) HOW_MANY: "How many connections are opened, and how many objects does each carry?",
        "Quantas conexões são abertas, e quantos objetos cada uma leva?";
    pub(super) count(connections, requests, list):
        "Connections with HTTP: {connections}; requests: {requests}; by client port (requests): {list}.",
        "Conexões com HTTP: {connections}; requisições: {requests}; por porta do cliente (requisições): {list}.";
    pub(super) PERSISTENT: "What does a persistent connection save?",
        "O que uma conexão persistente economiza?";
    pub(super) KEPT: "Persistent", "Persistente";
    pub(super) SINGLE: "Non-persistent", "Não persistente";
    pub(super) sum(what, requests, connections, handshakes, packets, bytes, headers, time):
        "{what}: requests: {requests}, connections: {connections}, handshakes: {handshakes}, packets: {packets}, bytes on the wire: {bytes} ({headers} of them headers), time: {time}.",
        "{what}: requisições: {requests}, conexões: {connections}, apresentações: {handshakes}, pacotes: {packets}, bytes na rede: {bytes} ({headers} deles de cabeçalhos), tempo: {time}.";
    pub(super) saved(kept, single, percent):
        "Per request: {kept} packets instead of {single}, {percent} fewer.",
        "Por requisição: {kept} pacotes em vez de {single}, {percent} a menos.";
}
