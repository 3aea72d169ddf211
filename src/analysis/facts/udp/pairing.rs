//! Which open request a reply belongs to.

use std::collections::VecDeque;

use super::payload::{Likeness, Payload};
use super::{Basis, OPEN, Sent};
use crate::model::frame::FrameNo;
use crate::model::time::Nanos;

/// How many replies are remembered to know copies by.
const REPLIES: usize = 64;

/// The requests that wait, and the replies so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairing {
    open: VecDeque<Waiting>,
    newest: Option<FrameNo>,
    replies: VecDeque<Replied>,
    /// A reply has repeated the text, the numbers or the identifier of its request.
    repeated: bool,
    /// The form of replies that repeat numbers of their request, and how many they repeat.
    repeats: Option<(Payload, usize)>,
}

/// A request that has no reply yet.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    /// Its place in the list; `None` where it is beyond the limit.
    pub(super) place: Option<usize>,
    pub(super) sent: Sent,
    pub(super) payload: Payload,
    /// A reply that fits it was put to another one with the same bytes, by a guess.
    pub(super) shared: bool,
}

/// A reply that was put to a request.
#[derive(Clone, Debug)]
struct Replied {
    frame: FrameNo,
    now: Nanos,
    digest: Option<u64>,
    /// The request, where that is certain.
    request: Option<FrameNo>,
}

/// What a reply is.
pub(super) enum Choice {
    /// The reply to this request, which is open no more.
    Request(Waiting, Basis),
    /// A copy of this reply, and when that came.
    Copy(FrameNo, Nanos),
    /// Neither.
    None,
}

impl Pairing {
    /// Whether a reply has repeated the text, the numbers or the identifier of its request.
    pub(super) fn repeated(&self) -> bool {
        self.repeated
    }

    /// The latest request, open or not.
    pub(super) fn newest(&self) -> Option<FrameNo> {
        self.newest
    }

    /// The latest open request with the same bytes.
    pub(super) fn copy(&self, payload: &Payload) -> Option<&Waiting> {
        self.open.iter().rfind(|open| open.payload.same(payload))
    }

    /// Takes a request. The oldest of too many is given up.
    pub(super) fn ask(&mut self, request: Waiting) {
        self.newest = Some(request.sent.frame);
        if self.open.len() == OPEN {
            self.open.pop_front();
        }
        self.open.push_back(request);
    }

    /// Takes the latest request away, where it is open.
    pub(super) fn take_newest(&mut self) -> Option<Waiting> {
        let newest = self.open.back().map(|open| open.sent.frame);
        match newest.is_some() && newest == self.newest {
            true => self.open.pop_back(),
            false => None,
        }
    }

    /// The latest reply before `frame` that certainly answers a request later than `request`.
    pub(super) fn overtaken(&self, request: FrameNo, frame: FrameNo) -> Option<FrameNo> {
        let later =
            |reply: &&Replied| reply.frame < frame && reply.request.is_some_and(|it| it > request);
        self.replies.iter().rfind(later).map(|reply| reply.frame)
    }

    /// Finds what a reply belongs to. The server listens on `port`.
    pub(super) fn choose(&mut self, sent: &Sent, payload: Payload, port: u16) -> Choice {
        let (place, basis) = match self.best(&payload, port) {
            Ok(found) => found,
            Err(latest) => {
                let same =
                    |reply: &&Replied| payload.digest.is_some() && reply.digest == payload.digest;
                let Some(latest) = latest else {
                    let copy = self.replies.iter().rfind(same);
                    return copy.map_or(Choice::None, |it| Choice::Copy(it.frame, it.now));
                };
                let open = self.open.get(latest).map(|open| open.sent.frame);
                let basis = match self.open.len() == 1 && open == self.newest {
                    true => Basis::Only,
                    false => Basis::Latest,
                };
                (latest, basis)
            }
        };
        let Some(open) = self.open.remove(place) else {
            return Choice::None;
        };
        if self.replies.len() == REPLIES {
            self.replies.pop_front();
        }
        self.replies.push_back(Replied {
            frame: sent.frame,
            now: sent.now,
            digest: payload.digest,
            request: (!basis.guessed()).then_some(open.sent.frame),
        });
        if basis == Basis::Copies {
            for other in &mut self.open {
                other.shared |= other.payload.same(&open.payload);
            }
        }
        if basis == Basis::Payload {
            let likeness = payload.answers(&open.payload, port);
            self.repeated |= !matches!(likeness, Likeness::Bytes(_));
            if let Likeness::Numbers(shared) = likeness {
                self.repeats = Some((payload, shared));
            }
        }
        Choice::Request(open, basis)
    }

    /// The place of the open request that the payload says most of; `Err` where it says nothing of
    /// any, with the latest one that it does not deny.
    fn best(&self, reply: &Payload, port: u16) -> Result<(usize, Basis), Option<usize>> {
        let usual = self.repeats.as_ref();
        let usual = usual.filter(|(form, _)| form.same_form(reply));
        let judge = |open: &Waiting| match (reply.answers(&open.payload, port), usual) {
            // Others of this form repeat more.
            (Likeness::None | Likeness::Bytes(_), Some(_)) => Likeness::Denied,
            (Likeness::Numbers(shared), Some((_, usual))) if shared < *usual => Likeness::Denied,
            (likeness, _) => likeness,
        };
        let judged = self.open.iter().map(judge);
        let mut judged: Vec<(usize, Likeness)> = judged.enumerate().collect();
        let possible = judged
            .iter()
            .rfind(|(_, likeness)| *likeness != Likeness::Denied);
        let possible = possible.map(|(place, _)| *place);
        judged.sort_by_key(|(place, likeness)| (*likeness, *place));
        let Some((place, best)) = judged.pop() else {
            return Err(None);
        };
        let second = judged.last();
        // One byte more in the same place is chance.
        let close = |other: Likeness| match (other, best) {
            (Likeness::Bytes(other), Likeness::Bytes(best)) => other + 1 >= best,
            _ => other == best,
        };
        match (best, second) {
            (Likeness::Denied | Likeness::None, _) => Err(possible),
            // One that says nothing of itself is the right one only if no other is open.
            (Likeness::Bytes(_), None) => Err(possible),
            (_, Some((other, likeness))) if close(*likeness) => {
                let [one, other] = [place, *other].map(|place| self.open.get(place));
                let copies = one
                    .zip(other)
                    .is_some_and(|(a, b)| a.payload.same(&b.payload));
                match (best, copies) {
                    (Likeness::Bytes(_), _) => Err(possible),
                    (_, true) => Ok((place, Basis::Copies)),
                    (_, false) => Ok((place, Basis::Latest)),
                }
            }
            // By its content it could as well be the other one's that was guessed before.
            _ if self.open.get(place).is_some_and(|open| open.shared) => Ok((place, Basis::Shared)),
            _ => Ok((place, Basis::Payload)),
        }
    }

    /// Whether a request waits for a reply.
    pub(super) fn waits(&self) -> bool {
        !self.open.is_empty()
    }

    /// The latest open request of `len` bytes that begins with `quoted`.
    pub(super) fn refuse(&mut self, quoted: &[u8], len: u32) -> Option<Waiting> {
        let same = |open: &Waiting| {
            let kept = &*open.payload.bytes;
            let common = kept.len().min(quoted.len());
            open.sent.len == len && kept.get(..common) == quoted.get(..common)
        };
        let place = self.open.iter().rposition(same)?;
        self.open.remove(place)
    }
}
