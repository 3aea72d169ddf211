//! The words of answers about HTTP.

use crate::text::Text;

pub(super) static TITLE: Text = Text {
    en: "Connections with HTTP",
    pt_br: "Conexões com HTTP",
};
pub(super) static STREAM: Text = Text {
    en: "Conversation",
    pt_br: "Conversa",
};
pub(super) static CLIENT: Text = Text {
    en: "Client",
    pt_br: "Cliente",
};
pub(super) static REQUESTS: Text = Text {
    en: "Requests",
    pt_br: "Requisições",
};
pub(super) static RESPONSES: Text = Text {
    en: "Responses",
    pt_br: "Respostas",
};
pub(super) static PACKETS: Text = Text {
    en: "Packets",
    pt_br: "Pacotes",
};
pub(super) static BYTES: Text = Text {
    en: "Bytes on the wire",
    pt_br: "Bytes na rede",
};
pub(super) static HEADERS: Text = Text {
    en: "Of them headers of TCP, IP, link",
    pt_br: "Destes, cabeçalhos de TCP, IP, enlace",
};
pub(super) static DURATION: Text = Text {
    en: "Duration (s)",
    pt_br: "Duração (s)",
};
pub(super) static WHY_ERRORS: Text = Text {
    en: "Which requests got an error (404)?",
    pt_br: "Quais requisições receberam um erro (404)?",
};
pub(super) static ERROR: Text = Text {
    en: "#{request} asks \"{line}\", #{response} answers \"{status}\".",
    pt_br: "#{request} pede \"{line}\", #{response} responde \"{status}\".",
};
pub(super) static HOW_LONG: Text = Text {
    en: "How long is it from the request line (GET) to the status line?",
    pt_br: "Quanto tempo passa da linha de requisição (GET) até a linha de status?",
};
pub(super) static TOOK_ONE: Text = Text {
    en: "{shortest}, from #{a} to #{b}.",
    pt_br: "{shortest}, de #{a} a #{b}.",
};
pub(super) static TOOK: Text = Text {
    en: "From {shortest} (#{a} to #{b}) to {longest} (#{c} to #{d}), over {count} requests.",
    pt_br: "De {shortest} (de #{a} a #{b}) a {longest} (de #{c} a #{d}), em {count} requisições.",
};
pub(super) static HOW_LARGE: Text = Text {
    en: "How many segments does a response take, and where is it complete?",
    pt_br: "Quantos segmentos uma resposta usa, e onde ela fica completa?",
};
pub(super) static WHY_ODD: Text = Text {
    en: "Which answers are no HTTP?",
    pt_br: "Quais respostas não são HTTP?",
};
pub(super) static ODD: Text = Text {
    en: "#{request} asks \"{line}\"; from #{response} on come {odd}.",
    pt_br: "#{request} pede \"{line}\"; a partir de #{response} vêm {odd}.",
};
pub(super) static PARALLEL: Text = Text {
    en: "Are the connections serial or parallel?",
    pt_br: "As conexões são em série ou em paralelo?",
};
pub(super) static HOW_MANY: Text = Text {
    en: "How many connections are opened, and how many objects does each carry?",
    pt_br: "Quantas conexões são abertas, e quantos objetos cada uma leva?",
};
pub(super) static COUNT: Text = Text {
    en: "Connections with HTTP: {connections}; requests: {requests}; by client port (requests): {list}.",
    pt_br: "Conexões com HTTP: {connections}; requisições: {requests}; por porta do cliente (requisições): {list}.",
};
pub(super) static PERSISTENT: Text = Text {
    en: "What does a persistent connection save?",
    pt_br: "O que uma conexão persistente economiza?",
};
pub(super) static KEPT: Text = Text {
    en: "Persistent: {requests} requests; connections: {connections}, handshakes: {handshakes}, packets: {packets}, bytes on the wire: {bytes} ({headers} of them headers), time: {seconds} s.",
    pt_br: "Persistente: {requests} requisições; conexões: {connections}, apresentações: {handshakes}, pacotes: {packets}, bytes na rede: {bytes} ({headers} deles de cabeçalhos), tempo: {seconds} s.",
};
pub(super) static SINGLE: Text = Text {
    en: "Non-persistent: {requests} requests; connections: {connections}, handshakes: {handshakes}, packets: {packets}, bytes on the wire: {bytes} ({headers} of them headers), time: {seconds} s.",
    pt_br: "Não persistente: {requests} requisições; conexões: {connections}, apresentações: {handshakes}, pacotes: {packets}, bytes na rede: {bytes} ({headers} deles de cabeçalhos), tempo: {seconds} s.",
};
pub(super) static SAVED: Text = Text {
    en: "Per request: {kept} packets instead of {single}, {percent} % fewer.",
    pt_br: "Por requisição: {kept} pacotes em vez de {single}, {percent} % a menos.",
};
