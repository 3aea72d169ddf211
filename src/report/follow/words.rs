//! What `netlab follow` says beside the bytes.

use super::{Followed, Part, What};
use crate::analysis::conversation::Conversation;
use crate::model::frame::FrameNo;
use crate::model::side::Side;
use crate::report::summary;
use crate::report::who::Who;
use crate::text::Lang;
use crate::text::phrase::phrase;
use crate::text::quantity::bytes;

phrase! {
    sent(who, bytes, frames): "{who}: {bytes}, {frames}",
        "{who}: {bytes}, {frames}";
    missing(who, bytes): "{who}: {bytes} missing here: the capture does not hold them",
        "{who}: {bytes} faltando aqui: a captura não os contém";
    again(who, bytes, frame): "{who}: {bytes} sent again in #{frame} (same sequence numbers), left out",
        "{who}: {bytes} de novo em #{frame} (mesmos números de sequência), não repetidos aqui";
    earlier(who): "{who}: the capture begins within the connection; what was sent before is not in it",
        "{who}: a captura começa no meio da conexão; o que foi enviado antes não está nela";
    fin(who, frame): "{who}: end of the stream (FIN), #{frame}",
        "{who}: fim do fluxo (FIN), #{frame}";
    rst(who, frame): "{who}: RST, #{frame}",
        "{who}: RST, #{frame}";
    NOTHING: "(no payload)", "(sem dados)";
    /// Said of bytes that did not fit into memory.
    pub left_out(count;):
        "1 byte more is not shown: choose a conversation with --stream N" | "{count} bytes more are not shown: choose a conversation with --stream N",
        "mais 1 byte não é mostrado: escolha uma conversa com --stream N" | "mais {count} bytes não são mostrados: escolha uma conversa com --stream N";
}

/// The conversation and its ends.
pub fn heading(conversation: &Conversation, lang: Lang) -> String {
    summary::ends(conversation, lang)
}

/// Said where nobody sent a byte.
pub fn empty(followed: &Followed, lang: Lang) -> Option<String> {
    let bytes = |part: &Part| matches!(part.what, What::Bytes(..));
    (!followed.parts.iter().any(bytes)).then(|| NOTHING.get(lang).to_owned())
}

/// The line above a stretch of `conversation`: `→ client: 55 bytes, #4`.
pub fn line(part: &Part, conversation: &Conversation, lang: Lang) -> String {
    let who = Who::new(conversation, lang);
    let arrow = match who.sides()[0] == part.side {
        true => '→',
        false => '←',
    };
    let who = format!("{arrow} {}", who.name(part.side));
    match &part.what {
        What::Bytes(sent_bytes, of) => {
            let count = u64::try_from(sent_bytes.len()).unwrap_or(u64::MAX);
            sent(lang, who, bytes(lang, count), frames(of)).to_string()
        }
        What::Missing(count) => missing(lang, who, bytes(lang, *count)).to_string(),
        What::Again(count, frame) => {
            again(lang, who, bytes(lang, u64::from(*count)), frame).to_string()
        }
        What::Earlier => earlier(lang, who).to_string(),
        What::Fin(frame) => fin(lang, who, frame).to_string(),
        What::Rst(frame) => rst(lang, who, frame).to_string(),
    }
}

/// `#4`, `#4, #6`, `#4 … #90`.
fn frames(of: &[FrameNo]) -> String {
    match of {
        [first, _, .., last] if of.len() > 4 => format!("#{first} … #{last}"),
        _ => of
            .iter()
            .map(|frame| format!("#{frame}"))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// `client`, `server`; `None` where the roles are not known. For programs, in English.
pub fn role(side: Side, conversation: &Conversation) -> Option<&'static str> {
    let client = conversation.lifecycle.roles().client()?;
    Some(if client == side { "client" } else { "server" })
}
