//! A client that opens a socket for every request: one total over its conversations.

use std::collections::HashMap;
use std::net::IpAddr;

use super::{Outcome, Rtt};
use crate::analysis::conversation::{Conversation, Protocol};
use crate::model::address::Endpoint;

/// The UDP conversations of a client's address with one server.
#[derive(Clone, Copy, Debug)]
pub struct Total {
    /// The client's address; its ports differ.
    pub client: IpAddr,
    /// The server.
    pub server: Endpoint,
    /// How many conversations.
    pub conversations: u64,
    /// What became of all their requests.
    pub outcome: Outcome,
}

/// The totals of clients that asked a server from several ports, in the order of their first
/// conversations.
pub fn totals<'c>(conversations: impl Iterator<Item = &'c Conversation>) -> Vec<Total> {
    let mut totals: Vec<Total> = Vec::new();
    let mut places = HashMap::new();
    for conversation in conversations {
        let client = conversation.lifecycle.roles().client();
        let udp = conversation.record().and_then(|record| record.udp());
        let (Protocol::Udp, Some(client), Some(udp)) = (conversation.protocol, client, udp) else {
            continue;
        };
        let outcome = udp.outcome();
        let end = conversation.ends()[client.index()].ip;
        let server = conversation.ends()[client.other().index()];
        if outcome.requests == 0 {
            continue;
        }
        let place = *places.entry((end, server)).or_insert(totals.len());
        match totals.get_mut(place) {
            Some(total) => {
                total.conversations += 1;
                total.outcome.add(&outcome);
            }
            None => totals.push(Total {
                client: end,
                server,
                conversations: 1,
                outcome,
            }),
        }
    }
    totals.retain(|total| total.conversations > 1);
    totals
}

impl Outcome {
    /// Adds what became of other requests.
    pub fn add(&mut self, other: &Outcome) {
        let numbers = [
            (&mut self.requests, other.requests),
            (&mut self.replies, other.replies),
            (&mut self.answered, other.answered),
            (&mut self.guessed, other.guessed),
            (&mut self.elsewhere, other.elsewhere),
            (&mut self.refused, other.refused),
            (&mut self.unanswered, other.unanswered),
            (&mut self.untold, other.untold),
            (&mut self.again, other.again),
            (&mut self.doubled, other.doubled),
            (&mut self.late, other.late),
            (&mut self.reordered, other.reordered),
            (&mut self.twice, other.twice),
            (&mut self.stray, other.stray),
        ];
        for (sum, number) in numbers {
            *sum += number;
        }
        self.rtt.join(&other.rtt);
    }
}

impl Rtt {
    fn join(&mut self, other: &Rtt) {
        if self.count == 0 {
            *self = *other;
        } else if other.count > 0 {
            self.count += other.count;
            self.min = self.min.min(other.min);
            self.max = self.max.max(other.max);
            self.sum += other.sum;
        }
    }
}
