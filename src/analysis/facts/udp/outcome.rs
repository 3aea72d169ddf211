//! What became of the requests of a conversation, counted.

use super::{Outcome, Udp};
use crate::model::side::Side;

impl Udp {
    /// Whether the one that is taken for the client behaves like one: a reply repeats what it
    /// asked, or replies come quicker than the requests that follow them.
    fn asks_rightly(&self) -> bool {
        let quicker = |client: Side| {
            let [own, other] = [client, client.other()].map(|side| self.follows[side.index()]);
            let both = own.zip(other);
            both.is_some_and(|(own, other)| other[0] < own[0] && other[1] < own[1])
        };
        self.pairing.repeated() || self.client.is_some_and(quicker)
    }

    /// What became of the requests.
    pub fn outcome(&self) -> Outcome {
        let counts = &self.counts;
        // From another port: none of the replies of this conversation.
        let placed = counts.answered - counts.elsewhere.min(counts.answered);
        let stray = counts.replies.saturating_sub(placed + counts.doubled);
        let open = counts
            .requests
            .saturating_sub(counts.answered + counts.refused);
        let early = counts.early.min(stray);
        let untold = match self.asks_rightly() {
            true => open.min(stray - early),
            false => open.min(stray),
        };
        Outcome {
            requests: counts.requests,
            replies: counts.replies,
            answered: counts.answered,
            guessed: counts.guessed,
            elsewhere: counts.elsewhere,
            refused: counts.refused,
            not_delivered: counts.not_delivered,
            unanswered: open - untold,
            untold,
            again: counts.again,
            doubled: counts.doubled,
            late: counts.late,
            reordered: counts.reordered,
            twice: counts.twice,
            stray,
            rtt: counts.rtt,
        }
    }
}
