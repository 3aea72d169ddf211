//! The name of a conversation, as headings say it.

use crate::analysis::conversation::Protocol;
use crate::text::Lang;
use crate::text::phrase::phrase;

phrase! {
    tcp(stream): "Conversation {stream}", "Conversa {stream}";
    udp(stream): "UDP conversation {stream}", "Conversa UDP {stream}";
    several_tcp(streams): "Conversations {streams}", "Conversas {streams}";
    several_udp(streams): "UDP conversations {streams}", "Conversas UDP {streams}";
}

/// `UDP conversation 3`.
pub(in crate::report) fn name(protocol: Protocol, stream: u32, lang: Lang) -> String {
    names(protocol, &[stream], lang)
}

/// `Conversations 0, 1, 4`.
pub(in crate::report) fn names(protocol: Protocol, streams: &[u32], lang: Lang) -> String {
    let list: Vec<String> = streams.iter().map(u32::to_string).collect();
    let list = list.join(", ");
    match (protocol, streams.len()) {
        (Protocol::Tcp, 0..=1) => tcp(lang, list).to_string(),
        (Protocol::Udp, 0..=1) => udp(lang, list).to_string(),
        (Protocol::Tcp, _) => several_tcp(lang, list).to_string(),
        (Protocol::Udp, _) => several_udp(lang, list).to_string(),
    }
}
