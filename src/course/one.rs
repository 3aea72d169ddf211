//! What one conversation shows.

use super::miss::{Met, Miss};
use super::spec::{CloseName, Range, Who};
use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::lifecycle::close::{Closer, Shape};
use crate::analysis::lifecycle::opening::OpeningShape;
use crate::analysis::record::end::End;
use crate::model::frame::FrameNo;
use crate::model::side::Side;

pub(super) fn end_of(conversation: &Conversation, who: Who) -> Result<Side, Miss> {
    let client = conversation.lifecycle.roles().client();
    let client = client.ok_or(Miss::NoRoles)?;
    Ok(match who {
        Who::Server => client.other(),
        Who::Client | Who::Both => client,
    })
}

pub(super) fn handshake(conversation: &Conversation, wanted: bool) -> Met {
    let opening = conversation.lifecycle.opening();
    let [syn, answer, ack] = opening.frames;
    let whole = opening.complete
        && matches!(
            opening.shape,
            OpeningShape::ThreeWay | OpeningShape::Simultaneous
        );
    match (syn, answer, ack) {
        (Some(syn), Some(answer), Some(ack)) if whole && conversation.protocol == Protocol::Tcp => {
            match wanted {
                true => Ok(vec![syn, answer, ack]),
                false => Err(Miss::Opened),
            }
        }
        _ if wanted => Err(Miss::Handshake(opening.shape)),
        _ => Ok(syn.into_iter().collect()),
    }
}

pub(super) fn bytes(conversation: &Conversation, who: Who, range: Range) -> Met {
    let side = end_of(conversation, who)?;
    let record = conversation.record().ok_or(Miss::TooMany)?;
    let (total, frames) = match record.udp() {
        Some(udp) => {
            let list = udp.list().iter().filter(|_| who == Who::Client);
            let frames = list.map(|it| it.request).collect();
            let groups = record.groups();
            (groups.map_or(0, |it| it.datagram_bytes(side)), frames)
        }
        None => {
            let end: &End = record.end(side);
            let frames: Vec<FrameNo> = end.data.lens.iter().map(|(frame, _)| *frame).collect();
            (end.unique(), frames)
        }
    };
    let sure = record.udp().is_some() || (record.sound() && record.end(side).sound());
    match (range.holds(wide(total)), sure) {
        (true, true) => Ok(frames),
        (true, false) => Err(Miss::Unsure),
        (false, _) => Err(Miss::Bytes(who, total)),
    }
}

pub(super) fn close(conversation: &Conversation, wanted: &[CloseName]) -> Met {
    let close = conversation.lifecycle.close();
    let name = match close.shape {
        Shape::FourSegments => CloseName::FourSegments,
        Shape::ThreeSegments => CloseName::ThreeSegments,
        Shape::Crossing => CloseName::Crossing,
        Shape::HalfClose { .. } => CloseName::HalfClose,
        // A refused SYN closes nothing.
        Shape::Reset if conversation.lifecycle.opening().complete => CloseName::Reset,
        _ => return Err(Miss::Close),
    };
    if !wanted.contains(&name) {
        return Err(Miss::Close);
    }
    let fins = close.fins.iter().chain(&close.acks).flatten().copied();
    let reset = close.reset.filter(|_| name == CloseName::Reset);
    Ok(fins.chain(reset.map(|it| it.frame)).collect())
}

pub(super) fn closed_by(conversation: &Conversation, who: Who) -> Met {
    let side = end_of(conversation, who)?;
    let close = conversation.lifecycle.close();
    let fits = match close.closer() {
        Some(Closer::Both) => who == Who::Both,
        Some(Closer::One(closer)) => who != Who::Both && closer == side,
        None => false,
    };
    // A RST that refuses a connection closes none.
    let opened = conversation.lifecycle.opening().shape != OpeningShape::Refused;
    let first = close.fins.iter().flatten().min().copied();
    let frame = first.or(close.reset.map(|it| it.frame));
    match frame {
        Some(frame) if fits && opened => Ok(vec![frame]),
        _ => Err(Miss::ClosedBy),
    }
}

pub(super) fn again(conversation: &Conversation, wanted: bool) -> Met {
    let record = conversation.record().ok_or(Miss::TooMany)?;
    let ends = record.ends().iter();
    let repeats = ends.flat_map(|end| {
        let data = end.again.repeats.iter().map(|it| it.at.frame);
        data.chain(end.calls.iter().skip(1).map(|it| it.frame))
    });
    let mut frames: Vec<FrameNo> = repeats.collect();
    frames.sort_unstable();
    match (frames.first().copied(), wanted) {
        (None, true) => Err(Miss::NotAgain),
        (Some(first), false) => Err(Miss::Again(first)),
        _ => Ok(frames),
    }
}

/// A count as it is compared with what was asked for.
#[expect(
    clippy::cast_precision_loss,
    reason = "exact up to 9 000 000 000 000 000"
)]
pub(super) fn wide(value: u64) -> f64 {
    value as f64
}
