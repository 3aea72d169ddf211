//! What an acknowledgment says: which numbers it covers first, and which segments sent them.

use crate::analysis::moment::Moment;
use crate::analysis::record::Record;
use crate::analysis::record::end::End;
use crate::analysis::record::sent::{Held, Sent};
use crate::model::frame::FrameNo;

/// What an acknowledgment says beyond the ones before it. Numbers are places on the line of the
/// end that it goes to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum News {
    /// Nothing of the other end was captured before; from this number on it is new.
    Unheard(Option<i64>),
    /// The same as the highest one before, of this frame.
    Same(FrameNo),
    /// Less than the highest one before, of this frame.
    Older(i64, FrameNo),
    /// More.
    New(Box<Cover>),
}

/// What an acknowledgment covers for the first time.
#[derive(Clone, Debug)]
pub struct Cover {
    /// From here on; what came before was acknowledged before, unless `open`.
    pub from: i64,
    /// What came before `from` is acknowledged too, and was never captured.
    pub open: bool,
    /// The frame of the SYN that it covers.
    pub syn: Option<FrameNo>,
    /// Payload, from the first byte to the one after the last; may be empty.
    pub data: (i64, i64),
    /// Which segments brought that payload first.
    pub held: Held,
    /// Which segments sent some of it again.
    pub again: Vec<Sent>,
    /// Its last number was sent more than once.
    pub several: bool,
    /// The copy that it answers, where there are several and its timestamp names one.
    pub answers: Option<Moment>,
    /// The frame of the FIN that it covers.
    pub fin: Option<FrameNo>,
    /// From here on nothing was captured before.
    pub unseen: Option<i64>,
}

impl Cover {
    /// How many payload bytes it covers.
    pub fn bytes(&self) -> u64 {
        u64::try_from(self.data.1 - self.data.0).unwrap_or(0)
    }
}

/// What the latest segment acknowledges; `None` where it has no ACK or was not taken.
pub fn of(record: &Record) -> Option<News> {
    let latest = record.latest();
    let ack = latest
        .ack
        .filter(|_| latest.taken && !latest.strange && latest.twin.is_none())?;
    let other = record.end(latest.peer);
    let before = latest.before.highest_ack;
    match before {
        Some((number, frame)) if number == ack => return Some(News::Same(frame)),
        Some((number, frame)) if ack < number => return Some(News::Older(number, frame)),
        _ => {}
    }
    let (Some(next), Some(lowest)) = (other.next, other.lowest) else {
        return Some(News::Unheard(before.map(|(number, _)| number)));
    };
    let syn = other.syn.map(|syn| (syn.place, syn.frame));
    let (from, open) = match before {
        Some((number, _)) => (number, false),
        None => (lowest, syn.is_none_or(|(place, _)| place != lowest)),
    };
    let within = |place: i64| from <= place && place < ack;
    let syn = syn.filter(|(place, _)| within(*place));
    let captured = ack.min(next);
    let fin = other
        .fin
        .filter(|fin| within(fin.place) && captured == fin.place + 1);
    let start = from + i64::from(syn.is_some());
    let end = fin.map_or(captured, |fin| fin.place).max(start);
    let held = other.log.held(start, end, latest.at.frame);
    let unseen = (ack > next).then(|| from.max(next));
    // One range, where nothing of either was captured.
    let (data, unseen) = match unseen {
        Some(from) if from == end && held.bytes == 0 && held.certain => ((from, from), Some(start)),
        unseen => ((start, end), unseen),
    };
    let again = again(other, data, &held, latest.at.frame);
    let copies = other.log.copies(ack - 1, latest.at.frame);
    let several = copies.filter(|it| !it.refused).nth(1).is_some();
    let answers = latest.echo.filter(|_| several);
    let answers = answers.and_then(|echo| answered(other, ack, echo, latest.at.frame));
    Some(News::New(Box::new(Cover {
        from,
        open,
        syn: syn.map(|(_, frame)| frame),
        data,
        held,
        several,
        answers,
        again,
        fin: fin.map(|fin| fin.at.frame),
        unseen,
    })))
}

/// The segments before `frame` that sent some of a payload again.
fn again(end: &End, (start, to): (i64, i64), held: &Held, frame: FrameNo) -> Vec<Sent> {
    let known = end.log.behind(start, frame).filter(|it| !it.refused);
    let within = known.filter(|it| it.len > 0 && it.data < to && start < it.data_end());
    let first = |it: &&Sent| held.by.iter().all(|by| by.at.frame != it.at.frame);
    within.filter(first).copied().collect()
}

/// The copy of the last number before `ack` that has the timestamp `echo`, where one alone has it.
fn answered(end: &End, ack: i64, echo: u32, frame: FrameNo) -> Option<Moment> {
    let copies = end.log.copies(ack - 1, frame);
    let mut named = copies.filter(|it| it.stamp == Some(echo));
    let copy = named.next()?;
    named.next().is_none().then_some(copy.at)
}
