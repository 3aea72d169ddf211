//! Which ends stand where, and which conversations share a ladder.

use super::follow::Followed;
use super::{CLIENTS, Lane, LaneRole};
use crate::analysis::conversation::{Conversation, Protocol};
use crate::model::address::Endpoint;
use crate::model::side::Side;

/// A followed conversation with what the analysis knows of it.
#[derive(Clone, Copy)]
pub(super) struct Talk<'a> {
    pub(super) followed: &'a Followed,
    pub(super) conversation: &'a Conversation,
}

impl Talk<'_> {
    /// The side that stands left: the client, or else the sender of the first packet.
    pub(super) fn left(&self) -> Side {
        let client = self.conversation.lifecycle.roles().client();
        client.unwrap_or(Side::First)
    }

    fn end(&self, side: Side) -> Endpoint {
        self.conversation.ends()[side.index()]
    }

    /// What conversations of one ladder have in common; `None` where no role is known.
    fn server(&self) -> Option<(Protocol, Endpoint)> {
        let client = self.conversation.lifecycle.roles().client()?;
        Some((self.conversation.protocol, self.end(client.other())))
    }
}

/// The conversations in groups, each of which becomes a ladder.
pub(super) fn groups<'a>(talks: &[Talk<'a>], together: bool) -> Vec<Vec<Talk<'a>>> {
    let mut groups: Vec<Vec<Talk<'a>>> = Vec::new();
    for talk in talks {
        let server = talk.server().filter(|_| together);
        // The newest ladder of a server, unless it is full.
        let open = groups
            .iter_mut()
            .rev()
            .find(|group| server.is_some() && group.first().and_then(Talk::server) == server);
        match open {
            Some(group) if clients(group) < CLIENTS || has_client(group, talk) => {
                group.push(*talk);
            }
            _ => groups.push(vec![*talk]),
        }
    }
    groups
}

fn clients(group: &[Talk<'_>]) -> usize {
    let mut ends: Vec<Endpoint> = group.iter().map(|talk| talk.end(talk.left())).collect();
    ends.sort_unstable();
    ends.dedup();
    ends.len()
}

fn has_client(group: &[Talk<'_>], talk: &Talk<'_>) -> bool {
    let end = talk.end(talk.left());
    group.iter().any(|other| other.end(other.left()) == end)
}

/// The lanes of a ladder, and for each conversation the lanes of its left and its right end.
pub(super) fn lanes(group: &[Talk<'_>]) -> (Vec<Lane>, Vec<[usize; 2]>) {
    let mut left: Vec<Endpoint> = Vec::new();
    let mut places = Vec::new();
    for talk in group {
        let end = talk.end(talk.left());
        let place = left.iter().position(|known| *known == end);
        places.push(place.unwrap_or_else(|| {
            left.push(end);
            left.len() - 1
        }));
    }
    let several = left.len() > 1;
    let role = |client: bool, number: usize| {
        let roles = group
            .first()
            .map(|talk| talk.conversation.lifecycle.roles());
        let Some(roles) = roles.filter(|roles| roles.client().is_some()) else {
            return LaneRole::Unknown;
        };
        let assumed = roles.assumed();
        match client {
            true => LaneRole::Client {
                number: u32::try_from(number + 1).ok().filter(|_| several),
                assumed,
            },
            false => LaneRole::Server { assumed },
        }
    };
    let mut lanes: Vec<Lane> = left
        .iter()
        .enumerate()
        .map(|(place, end)| Lane {
            end: *end,
            role: role(true, place),
        })
        .collect();
    if let Some(talk) = group.first() {
        lanes.push(Lane {
            end: talk.end(talk.left().other()),
            role: role(false, 0),
        });
    }
    let server = lanes.len().saturating_sub(1);
    let places = places.into_iter().map(|place| [place, server]).collect();
    (lanes, places)
}
