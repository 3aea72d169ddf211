//! Frames and calls in one order: that of the table of a lab.
//!
//! Frames keep the order of the capture. A call stands where the kernel did it: before the packets
//! it caused and after those that woke it. A connect waits for packets that it causes itself, so
//! it stands in two parts where packets lie between them. All times are of one clock, so no more
//! is needed than to compare them; where those of the capture are coarser, a packet within the
//! same microsecond as a call comes after the call that may have caused it, and before the one
//! that it may have woken.

use std::mem::take;

use crate::model::address::Endpoint;
use crate::model::call::{Call, SocketCall};
use crate::model::frame::Frame;
use crate::model::time::Timestamp;
use crate::report::moment::{Moment, Part};

/// How many bytes of frames are held back for calls that may belong before them.
const LIMIT: usize = 16 * 1024 * 1024;

/// Holds frames and calls back until their order is known.
///
/// Its memory is bounded: once it [is full](Timeline::is_full) it should be emptied, and a call
/// that becomes known later stands no earlier than there.
#[derive(Debug, Default)]
pub struct Timeline {
    frames: Vec<Held>,
    bytes: Vec<u8>,
    calls: Vec<SocketCall>,
    /// The client that a server talked to first.
    client: Option<Endpoint>,
    /// A server talked to another one, too.
    several: bool,
}

/// A frame, without its bytes.
#[derive(Clone, Copy, Debug)]
struct Held {
    frame: Frame<'static>,
    /// Where its bytes begin and end.
    bytes: (usize, usize),
}

/// One thing in the order.
#[derive(Clone, Copy, Debug)]
pub enum Entry<'a> {
    /// A frame.
    Frame(Frame<'a>),
    /// A call or a part of one.
    Call(Moment),
}

impl Timeline {
    /// Takes the next frame.
    pub fn frame(&mut self, frame: &Frame<'_>) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(frame.bytes);
        self.frames.push(Held {
            frame: Frame {
                bytes: &[],
                ..*frame
            },
            bytes: (start, self.bytes.len()),
        });
    }

    /// Takes a call that has returned.
    pub fn call(&mut self, call: SocketCall) {
        if call.call == Call::Accept && call.peer.is_some() {
            self.client = self.client.or(call.peer);
            self.several |= self.client != call.peer;
        }
        self.calls.push(call);
    }

    /// Whether enough is held back: [`Timeline::empty`] is due.
    pub fn is_full(&self) -> bool {
        let entries = self.frames.len() * size_of::<Held>();
        let calls = self.calls.len() * size_of::<SocketCall>();
        self.bytes.len() + entries + calls >= LIMIT
    }

    /// Whether nothing is held back.
    pub fn is_empty(&self) -> bool {
        self.frames.is_empty() && self.calls.is_empty()
    }

    /// Hands out what is held back, in order, until an error ends it. Nothing is left.
    ///
    /// # Errors
    /// That of `each`.
    pub fn empty<E>(&mut self, mut each: impl FnMut(Entry<'_>) -> Result<(), E>) -> Result<(), E> {
        let (frames, bytes) = (take(&mut self.frames), take(&mut self.bytes));
        let calls = take(&mut self.calls);
        let mut frames = frames.iter().peekable();
        let lend = |held: &Held| {
            Entry::Frame(Frame {
                bytes: bytes.get(held.bytes.0..held.bytes.1).unwrap_or_default(),
                ..held.frame
            })
        };
        let several = self.several;
        for moment in moments(&calls, several, frames.clone().map(|held| held.frame)) {
            while let Some(held) = frames.next_if(|held| comes_first(&held.frame, &moment)) {
                each(lend(held))?;
            }
            each(Entry::Call(moment))?;
        }
        frames.try_for_each(|held| each(lend(held)))
    }
}

/// Whether a frame belongs before a moment.
fn comes_first(frame: &Frame<'_>, moment: &Moment) -> bool {
    let Some(captured) = frame.time else {
        return true;
    };
    let time = cut(moment.time(), frame.decimals);
    captured < time || (captured == time && moment.after_packets())
}

/// A time with as many decimals as those of frames have.
fn cut(time: Timestamp, decimals: u8) -> Timestamp {
    let unit = 10_u32.pow(u32::from(9_u8.saturating_sub(decimals)));
    Timestamp::new(time.secs(), time.nanos() - time.nanos() % unit)
}

/// The moments of all calls, in the order of their times; those of the same time in the order in
/// which they returned.
fn moments<'a>(
    calls: &[SocketCall],
    several: bool,
    frames: impl Iterator<Item = Frame<'a>> + Clone,
) -> Vec<Moment> {
    let mut moments = Vec::with_capacity(calls.len());
    for &call in calls {
        let [whole, start, end] = [Part::Whole, Part::Start, Part::Return].map(|part| Moment {
            call,
            part,
            several,
        });
        let between = |frame: &Frame<'_>| !comes_first(frame, &start) && comes_first(frame, &end);
        if call.tcp && call.call == Call::Connect && frames.clone().any(|frame| between(&frame)) {
            moments.extend([start, end]);
        } else {
            moments.push(whole);
        }
    }
    moments.sort_by_key(Moment::time);
    moments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::call::{CallResult, Party};
    use crate::model::frame::LinkType;

    fn at(micros: u32) -> Timestamp {
        Timestamp::new(100, micros * 1000)
    }

    fn call(what: Call, times: [u32; 3]) -> SocketCall {
        let [began, acted, ended] = times.map(at);
        SocketCall {
            party: Party::CLIENT,
            call: what,
            tcp: true,
            local: None,
            peer: None,
            began,
            acted,
            ended,
            result: CallResult::Done,
            origin: None,
            kernel: None,
        }
    }

    fn add(timeline: &mut Timeline, no: u32, time: Timestamp, decimals: u8) {
        timeline.frame(&Frame {
            no,
            time: Some(time),
            decimals,
            link: LinkType::ETHERNET,
            interface: 0,
            wire_len: 1,
            bytes: &[u8::try_from(no).unwrap()],
        });
    }

    /// The order: numbers of frames, names of calls with their parts.
    fn order(timeline: &mut Timeline) -> String {
        let mut out = Vec::new();
        let emptied: Result<(), ()> = timeline.empty(|entry| {
            out.push(match entry {
                Entry::Frame(frame) => {
                    assert_eq!(u32::from(frame.bytes[0]), frame.no);
                    frame.no.to_string()
                }
                Entry::Call(moment) => match moment.part {
                    Part::Whole => moment.call.call.name().to_owned(),
                    part => format!("{} {}", moment.call.call.name(), part.name()),
                },
            });
            Ok(())
        });
        emptied.unwrap();
        assert!(timeline.is_empty());
        out.join(", ")
    }

    #[test]
    fn causes_come_before_packets_and_what_they_wake_after_them() {
        let mut timeline = Timeline::default();
        for (no, time) in [(1, 10), (2, 11), (3, 12), (4, 30), (5, 31), (6, 50)] {
            add(&mut timeline, no, at(time), 9);
        }
        // As they return: the longest wait comes last.
        timeline.call(call(Call::Bind, [2, 2, 3]));
        timeline.call(call(Call::Connect, [5, 5, 20]));
        timeline.call(call(Call::Send { len: 1 }, [25, 29, 32]));
        // Its window update is frame 6.
        timeline.call(call(Call::Recv { room: 1 }, [4, 49, 51]));
        timeline.call(call(Call::Accept, [3, 60, 60]));
        assert_eq!(
            order(&mut timeline),
            "bind, connect start, 1, 2, 3, connect return, send, 4, 5, recv, 6, accept"
        );
    }

    #[test]
    fn packets_of_the_same_time_come_after_their_cause_and_before_whom_they_wake() {
        let mut timeline = Timeline::default();
        // Stamped in whole microseconds: the packet seems to be older than the call that sent it.
        add(&mut timeline, 1, at(10), 6);
        let late = |what| {
            let nanos = at(10).nanos() + 700;
            let time = Timestamp::new(100, nanos);
            SocketCall {
                began: time,
                acted: time,
                ended: time,
                ..call(what, [0; 3])
            }
        };
        timeline.call(late(Call::Send { len: 1 }));
        timeline.call(late(Call::Recv { room: 1 }));
        assert_eq!(order(&mut timeline), "send, 1, recv");
    }

    #[test]
    fn a_connect_without_packets_is_one_row() {
        let mut timeline = Timeline::default();
        timeline.call(call(Call::Connect, [5, 5, 6]));
        timeline.call(call(Call::Close, [7, 7, 8]));
        assert_eq!(order(&mut timeline), "connect, close");
    }

    #[test]
    fn it_says_when_it_holds_enough() {
        let mut timeline = Timeline::default();
        let bytes = vec![0; LIMIT / 2];
        for no in 1..=2 {
            assert!(!timeline.is_full());
            timeline.frame(&Frame {
                no,
                time: None,
                decimals: 9,
                link: LinkType::ETHERNET,
                interface: 0,
                wire_len: 1,
                bytes: &bytes,
            });
        }
        assert!(timeline.is_full());
    }
}
