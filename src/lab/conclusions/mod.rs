//! What the calls of programs and their packets show together: why something failed, and what
//! often surprises. Each rule says only what its calls and packets prove, and is silent else.

mod binding;
mod closing;
mod facts;
mod kernel;
mod ledger;
mod opening;
mod stream;
mod waiting;

pub use self::ledger::ledger;

use self::facts::Facts;
use super::Evidence;
use crate::text::Lang;
use crate::text::phrase::phrase;

/// How many packets are kept for what is concluded from them and from calls, and how many calls: a
/// part of them proves nothing.
pub const PACKETS: usize = 200_000;
/// The same for calls.
pub const CALLS: usize = 100_000;
/// The most sentences of one rule.
const EACH: usize = 4;

/// A rule: it adds its sentences.
type Rule = fn(&Facts<'_>, &mut Vec<String>);

/// Every rule, in the order in which a reader asks.
static RULES: &[Rule] = &[
    binding::in_use,
    binding::low_port,
    opening::refused,
    opening::unreachable,
    opening::never_accepted,
    waiting::both_wait,
    waiting::unread_datagrams,
    waiting::cut_datagrams,
    stream::sizes,
    stream::joined,
    stream::after_the_end,
    closing::reset,
    closing::unread,
    closing::first,
    kernel::disagrees,
];

/// What `seen` shows, in sentences. `own_network` says that the programs had a network with
/// nothing but a loopback.
pub fn conclusions(seen: &Evidence, own_network: bool, lang: Lang) -> Vec<String> {
    let facts = Facts::new(seen, own_network, lang);
    let mut all = Vec::new();
    for rule in RULES {
        let mut found = Vec::new();
        rule(&facts, &mut found);
        let more = found.len().saturating_sub(EACH) as u64;
        found.truncate(EACH);
        all.append(&mut found);
        if more > 0 {
            all.push(and_more(lang, more).to_string());
        }
    }
    all
}

phrase! {
    /// What stands above these sentences.
    pub SHOWN: "What the calls and the packets show", "O que as chamadas e os pacotes mostram";
    /// More sentences like the one before.
    and_more(count;): "… and 1 more like this" | "… and {count} more like these",
        "… e mais 1 como esta" | "… e mais {count} como estas";
}
