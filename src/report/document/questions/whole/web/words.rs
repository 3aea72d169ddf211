//! The words of answers about HTTP.

use crate::text::Text;
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
    pub(super) DURATION: "Duration (s)", "Duração (s)";
    pub(super) WHY_ERRORS: "Which requests got an error (404)?",
        "Quais requisições receberam um erro (404)?";
}
pub(super) static ERROR: Text = Text::new(
    "#{request} asks \"{line}\", #{response} answers \"{status}\".",
    "#{request} pede \"{line}\", #{response} responde \"{status}\".",
);
phrase! {
    pub(super) HOW_LONG: "How long is it from the request line (GET) to the status line?",
        "Quanto tempo passa da linha de requisição (GET) até a linha de status?";
}
pub(super) static TOOK_ONE: Text = Text::new(
    "{shortest}, from #{a} to #{b}.",
    "{shortest}, de #{a} a #{b}.",
);
pub(super) static TOOK: Text = Text::new(
    "From {shortest} (#{a} to #{b}) to {longest} (#{c} to #{d}), over {count} requests.",
    "De {shortest} (de #{a} a #{b}) a {longest} (de #{c} a #{d}), em {count} requisições.",
);
phrase! {
    pub(super) HOW_LARGE: "How many segments does a response take, and where is it complete?",
        "Quantos segmentos uma resposta usa, e onde ela fica completa?";
    pub(super) WHY_ODD: "Which answers are no HTTP?", "Quais respostas não são HTTP?";
}
pub(super) static ODD: Text = Text::new(
    "#{request} asks \"{line}\"; from #{response} on come {odd}.",
    "#{request} pede \"{line}\"; a partir de #{response} vêm {odd}.",
);
phrase! {
    pub(super) PARALLEL: "Are the connections serial or parallel?",
        "As conexões são em série ou em paralelo?";
    pub(super) HOW_MANY: "How many connections are opened, and how many objects does each carry?",
        "Quantas conexões são abertas, e quantos objetos cada uma leva?";
}
pub(super) static COUNT: Text = Text::new(
    "Connections with HTTP: {connections}; requests: {requests}; by client port (requests): {list}.",
    "Conexões com HTTP: {connections}; requisições: {requests}; por porta do cliente (requisições): {list}.",
);
phrase! {
    pub(super) PERSISTENT: "What does a persistent connection save?",
        "O que uma conexão persistente economiza?";
}
pub(super) static KEPT: Text = Text::new(
    "Persistent: {requests} requests; connections: {connections}, handshakes: {handshakes}, packets: {packets}, bytes on the wire: {bytes} ({headers} of them headers), time: {seconds} s.",
    "Persistente: {requests} requisições; conexões: {connections}, apresentações: {handshakes}, pacotes: {packets}, bytes na rede: {bytes} ({headers} deles de cabeçalhos), tempo: {seconds} s.",
);
pub(super) static SINGLE: Text = Text::new(
    "Non-persistent: {requests} requests; connections: {connections}, handshakes: {handshakes}, packets: {packets}, bytes on the wire: {bytes} ({headers} of them headers), time: {seconds} s.",
    "Não persistente: {requests} requisições; conexões: {connections}, apresentações: {handshakes}, pacotes: {packets}, bytes na rede: {bytes} ({headers} deles de cabeçalhos), tempo: {seconds} s.",
);
pub(super) static SAVED: Text = Text::new(
    "Per request: {kept} packets instead of {single}, {percent} % fewer.",
    "Por requisição: {kept} pacotes em vez de {single}, {percent} % a menos.",
);
