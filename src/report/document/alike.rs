//! Which conversations are alike, so that one is described for all of them.

use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::lifecycle::close::Closer;
use crate::model::address::Endpoint;
use crate::model::side::Side;
use crate::report::zeek::Talk;

/// What conversations that are alike have in common: the same server, the same packets in kind from
/// each side, the same end, and nothing sent again.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Kind {
    protocol: Protocol,
    server: Endpoint,
    state: &'static str,
    /// Without the order of what both sides did at about the same time.
    history: Vec<char>,
    closer: Option<bool>,
    again: u32,
}

/// The kind of a conversation.
pub(super) fn kind(conversation: &Conversation, talk: &Talk) -> Kind {
    let client = conversation.lifecycle.roles().client();
    let client = client.unwrap_or(Side::First);
    let mut history: Vec<char> = talk.history(client).chars().collect();
    history.sort_unstable();
    let closer = conversation.lifecycle.close().closer();
    Kind {
        protocol: conversation.protocol,
        server: conversation.ends()[client.other().index()],
        state: talk.state(client),
        history,
        closer: match closer {
            Some(Closer::One(side)) => Some(side == client),
            Some(Closer::Both) | None => None,
        },
        again: conversation.retransmissions,
    }
}
