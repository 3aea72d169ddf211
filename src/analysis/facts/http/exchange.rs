//! The values of HTTP exchanges.

use crate::analysis::stream::At;
use crate::model::frame::FrameNo;
use crate::model::time::Nanos;

/// How much of a first line is kept.
const LINE: usize = 1000;

/// The exchanges of a connection.
#[derive(Clone, Debug, Default)]
pub struct Exchanges {
    /// In the order in which they begin, at most [`LISTED`](super::LISTED).
    pub list: Vec<Exchange>,
    /// Requests and responses beyond these.
    pub more: [u64; 2],
    /// Bytes that the capture does not hold, of both ends.
    pub missing: u64,
}

/// A request and its response, or one of them.
#[derive(Clone, Debug, Default)]
pub struct Exchange {
    /// The request.
    pub request: Option<Message>,
    /// The response.
    pub response: Option<Message>,
    /// How many interim responses (1xx) came before it.
    pub interim: u32,
    /// The response is put to its request by the numbers, behind a gap.
    pub by_ack: bool,
    /// Bytes are missing, so that nothing tells which request the response answers, or which
    /// response answers the request.
    pub unsure: bool,
    /// In place of a response came bytes that are no status line.
    pub odd: bool,
}

impl Exchange {
    /// The request and its response, where both are there.
    pub fn both(&self) -> Option<(&Message, &Message)> {
        self.request.as_ref().zip(self.response.as_ref())
    }
}

/// A request or a response.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// Its first line, at most 1000 bytes; empty where it is none.
    pub line: Box<[u8]>,
    /// The status code of a response; 0 of a request.
    pub code: u16,
    /// The frame where the first line begins.
    pub frame: FrameNo,
    /// When, since the first frame of the capture.
    pub now: Nanos,
    /// The frame that completes it, and when; `None` where the capture does not show its end.
    pub complete: Option<(FrameNo, Nanos)>,
    /// Segments that carry something of it.
    pub segments: u32,
    /// Bytes of the body, without the marks of chunks.
    pub body: u64,
    /// Bytes of it that are not in the capture.
    pub missing: u64,
    /// What follows its head, or a part of its body, cannot be read as HTTP, so that nothing tells
    /// where it ends.
    pub unread: bool,
    latest: FrameNo,
    /// The last frame of it in the capture so far, and its time.
    pub(super) furthest: (FrameNo, Nanos),
}

impl Message {
    /// A message whose first line begins `at` that place.
    pub(super) fn new(line: &[u8], code: u16, at: &At) -> Message {
        Message {
            line: line.get(..LINE).unwrap_or(line).into(),
            code,
            frame: at.frame,
            now: at.now,
            segments: 1,
            latest: at.frame,
            furthest: (at.frame, at.now),
            ..Message::default()
        }
    }

    /// The method of a request.
    pub fn method(&self) -> &[u8] {
        let mut words = self.line.split(|byte| *byte == b' ');
        words.next().unwrap_or_default()
    }

    pub(super) fn touch(&mut self, at: &At) {
        if self.latest != at.frame {
            self.latest = at.frame;
            self.segments = self.segments.saturating_add(1);
            self.furthest = self.furthest.max((at.frame, at.now));
        }
    }
}
