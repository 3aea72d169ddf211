//! What is said where no packet is wanted: how many there are, and what ports they have.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::world::World;
use crate::analysis::conversation::Conversation;
use crate::text::Lang;
use crate::text::phrase::phrase;

/// How many ports are named.
const NAMED: usize = 12;

phrase! {
    /// `0 of 11 packets match port 99`
    matched(count; filter):
        "0 of 1 packet matches {filter}" | "0 of {count} packets match {filter}",
        "0 de 1 pacote corresponde a {filter}" | "0 de {count} pacotes correspondem a {filter}";
    /// `0 of 5 conversations match port 99`
    talks(count; filter):
        "0 of 1 conversation matches {filter}" | "0 of {count} conversations match {filter}",
        "0 de 1 conversa corresponde a {filter}" | "0 de {count} conversas correspondem a {filter}";
    ports_are(list): "; ports in it: {list}", "; portas que há: {list}";
    more(list, count): "{list} and {count} more", "{list} e mais {count}";
}
phrase! {
    NO_PORTS: "; it has no TCP or UDP conversation", "; não há conversa TCP ou UDP";
}

/// Says that none of `count` packets matches `filter`, and what ports there are.
pub(super) fn none(
    count: u64,
    filter: impl Display,
    conversations: &[Conversation],
    world: &World,
) {
    if let Some(text) = said(count, filter, conversations, world.lang) {
        world.note(&format!("netlab: {text}"));
    }
}

/// The same as a sentence. Of no packet at all it says nothing: [`super::files::end`] does.
pub(super) fn said(
    count: u64,
    filter: impl Display,
    conversations: &[Conversation],
    lang: Lang,
) -> Option<String> {
    let said = || matched(lang, count, filter).to_string() + &ports(conversations, lang);
    (count > 0).then(said)
}

/// That none of these conversations matches `filter`, where there are any, and what ports they have.
pub(super) fn no_talk(
    filter: impl Display,
    conversations: &[Conversation],
    lang: Lang,
) -> Option<String> {
    let count = u64::try_from(conversations.len()).unwrap_or(u64::MAX);
    let said = || talks(lang, count, filter).to_string() + &ports(conversations, lang);
    (count > 0).then(said)
}

/// What ports there are.
fn ports(conversations: &[Conversation], lang: Lang) -> String {
    let all = busiest(conversations);
    let named: Vec<_> = all.iter().take(NAMED).map(u16::to_string).collect();
    let count = u64::try_from(all.len()).unwrap_or(u64::MAX);
    match all.is_empty() {
        true => NO_PORTS.get(lang).to_owned(),
        false => ports_are(lang, list(&named, count, lang)).to_string(),
    }
}

/// The first of `count` things.
pub(super) fn list(first: &[String], count: u64, lang: Lang) -> String {
    let named = first.join(", ");
    let rest = count.saturating_sub(u64::try_from(first.len()).unwrap_or(u64::MAX));
    match rest {
        0 => named,
        rest => more(lang, named, rest).to_string(),
    }
}

/// The ports of conversations, those with the most packets first. Of two with equally many the
/// one comes first that was spoken to: a server's, mostly.
fn busiest(conversations: &[Conversation]) -> Vec<u16> {
    let mut packets: BTreeMap<u16, (u64, u64)> = BTreeMap::new();
    for conversation in conversations {
        let count = conversation
            .traffic
            .packets
            .map(u64::from)
            .iter()
            .sum::<u64>();
        for (place, end) in (0..).zip(conversation.ends()) {
            let (all, spoken_to) = packets.entry(end.port).or_default();
            *all += count;
            *spoken_to += place;
        }
    }
    let mut ports: Vec<_> = packets.into_iter().collect();
    ports.sort_by_key(|(_, order)| std::cmp::Reverse(*order));
    ports.into_iter().map(|(port, _)| port).collect()
}
