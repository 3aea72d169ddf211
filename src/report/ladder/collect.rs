//! Rows in, one by one: which conversations are followed, and how far.

use super::assemble;
use super::follow::Followed;
use super::{Choice, LadderOptions, Ladders};
use crate::analysis::conversation::{Conversation, ConversationId};
use crate::analysis::row::Row;
use crate::model::call::SocketCall;
use crate::model::packet::Content;
use crate::model::time::{Nanos, Timestamp};

/// Collects what ladders show. Its memory is bounded by its options, not by the capture.
#[derive(Debug)]
pub struct LadderBuilder {
    options: LadderOptions,
    followed: Vec<Followed>,
    calls: Vec<SocketCall>,
    /// The time of the first frame that has one, to put calls in their places.
    origin: Option<Timestamp>,
    decimals: u8,
}

/// How many socket calls are kept.
const CALLS: usize = 10_000;

impl LadderBuilder {
    /// Has seen nothing.
    pub fn new(options: LadderOptions) -> Self {
        Self {
            options,
            followed: Vec::new(),
            calls: Vec::new(),
            origin: None,
            decimals: 0,
        }
    }

    /// Takes the next row of the capture.
    pub fn push(&mut self, row: &Row<'_>) {
        if self.origin.is_none() {
            self.origin = origin(row);
        }
        let Some(id) = row.analysis.conversation else {
            return;
        };
        self.decimals = self.decimals.max(row.frame.decimals.min(9));
        let known = self.followed.iter_mut().find(|it| it.id == id);
        if let Some(followed) = known {
            followed.take(row);
            return;
        }
        if self.followed.len() < self.options.conversations && self.chosen(row) {
            let mut followed = Followed::begin(id, self.options.arrows);
            followed.take(row);
            self.followed.push(followed);
        }
    }

    /// Takes a socket call that a lab recorded, in any order. The calls beyond the ten-thousandth
    /// are not kept.
    pub fn call(&mut self, call: &SocketCall) {
        if self.calls.len() < CALLS {
            self.calls.push(*call);
        }
    }

    /// The ladders. `conversations` are all of the capture, by [`ConversationId`].
    pub fn finish(self, conversations: &[Conversation]) -> Ladders {
        let drawn: Vec<ConversationId> = self.followed.iter().map(|it| it.id).collect();
        let wanted = conversations
            .iter()
            .filter(|it| match &self.options.choice {
                Choice::First => it.traffic.packets != [0, 0],
                Choice::Tcp(streams) => is_tcp(it) && streams.contains(&it.stream),
                Choice::Udp(streams) => !is_tcp(it) && streams.contains(&it.stream),
            });
        let others = wanted.count().saturating_sub(drawn.len());
        let assembly = assemble::Assembly {
            together: self.options.together,
            calls: &self.calls,
            origin: self.origin,
            decimals: self.decimals,
        };
        Ladders {
            ladders: assembly.ladders(&self.followed, conversations),
            others: u64::try_from(others).unwrap_or(u64::MAX),
        }
    }

    /// Whether a row can begin a ladder: it is a packet of a chosen conversation, not an error
    /// about one.
    fn chosen(&self, row: &Row<'_>) -> bool {
        let Some(stream) = row.analysis.stream else {
            return false;
        };
        match (&self.options.choice, &row.packet.content) {
            (_, Content::Other(_)) => false,
            (Choice::First, _) => true,
            (Choice::Tcp(streams), Content::Tcp(_)) => streams.contains(&stream),
            (Choice::Udp(streams), Content::Udp(_)) => streams.contains(&stream),
            _ => false,
        }
    }
}

fn is_tcp(conversation: &Conversation) -> bool {
    conversation.protocol == crate::analysis::conversation::Protocol::Tcp
}

/// The time of the first frame of the capture.
fn origin(row: &Row<'_>) -> Option<Timestamp> {
    let (now, elapsed) = (row.times.absolute?, row.times.relative()?);
    let Nanos(elapsed) = Nanos(elapsed.nanos_clamped());
    let nanos = now.nanos_clamped().saturating_sub(elapsed);
    Some(Timestamp::from_nanos(nanos))
}
