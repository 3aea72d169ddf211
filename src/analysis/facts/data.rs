//! What a segment with payload does: new bytes, bytes sent again, bytes that come late.

use crate::analysis::record::Record;
use crate::analysis::record::sent::{Held, Sent};
use crate::model::frame::FrameNo;

/// The payload of the latest segment. Numbers are places on the line of its sender.
#[derive(Clone, Debug)]
pub struct Payload {
    /// Its first byte.
    pub start: i64,
    /// The number after its last byte.
    pub end: i64,
    /// Which segments held its bytes before.
    pub held: Held,
    /// What is known of its bytes.
    pub news: News,
    /// An earlier segment with the same numbers, whose bytes are others.
    pub differs: Option<Sent>,
}

/// What is known of the bytes of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum News {
    /// None of them was captured before.
    New,
    /// All of them were.
    Again,
    /// So many of them were.
    Partly(u64),
    /// None of them was, and they belong before those of this frame.
    Late(FrameNo),
    /// None of them was, and the first has the number of its sender's SYN.
    OnSyn,
    /// They belong before the highest ones; who sent them before is too long ago to say.
    Uncertain,
}

/// What the latest segment carries; `None` without payload, and where it was not taken.
pub fn of(record: &Record) -> Option<Payload> {
    let latest = record.latest();
    let taken = latest.taken && !latest.strange && latest.twin.is_none() && latest.len > 0;
    if !taken {
        return None;
    }
    let own = record.end(latest.side);
    let (start, end) = (latest.data, latest.data_end());
    let held = own.log.held(start, end, latest.at.frame);
    let before = || own.log.before(latest.at.frame);
    let low = latest.before.next.is_some_and(|next| start < next);
    let later = || before().rfind(|it| it.data > start).map(|it| it.at.frame);
    let fin = || {
        own.fin
            .filter(|fin| fin.at.frame < latest.at.frame && fin.place >= end)
    };
    let after = || later().or_else(|| fin().map(|fin| fin.at.frame));
    let news = match held.bytes {
        bytes if bytes == u64::from(latest.len) => News::Again,
        0 if latest.on_syn.is_some() => News::OnSyn,
        0 if low && held.certain => after().map_or(News::New, News::Late),
        0 if low => News::Uncertain,
        0 => News::New,
        bytes => News::Partly(bytes),
    };
    let known = own.log.behind(start, latest.at.frame);
    let mut same = known.filter(|it| (it.data, it.data_end()) == (start, end));
    let print = latest.print;
    let differs = same.next_back().filter(|it| match (it.print, print) {
        (Some(before), Some(now)) => before != now,
        _ => false,
    });
    Some(Payload {
        start,
        end,
        held,
        news,
        differs: differs.copied(),
    })
}

/// The numbers just before the latest segment that are in no segment before it, from the first up
/// to but without the last.
pub fn gap(record: &Record) -> Option<(i64, i64)> {
    let latest = record.latest();
    if !latest.taken || latest.strange || latest.twin.is_some() {
        return None;
    }
    let next = latest.before.next?;
    (next < latest.start).then_some((next, latest.start))
}
