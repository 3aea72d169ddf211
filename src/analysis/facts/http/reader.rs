//! Reads the messages of one end from its bytes.

use super::line::{self, First, Framing, head_end};
use crate::analysis::stream::At;
use httparse::Status;

/// The longest head that is read.
const HEAD: usize = 16 * 1024;

/// What the bytes of one end say.
#[derive(Clone, Debug)]
pub(super) enum Found {
    Request {
        line: Box<[u8]>,
        at: At,
    },
    Response {
        line: Box<[u8]>,
        code: u16,
        at: At,
    },
    /// The head is whole; [`Reader::behind`] has to be asked what follows.
    Head {
        head: Box<[u8]>,
        at: At,
    },
    /// So many bytes of a body.
    Body(u64),
    /// So many bytes of a body that are not in the capture.
    Missing(u64),
    /// The message is whole; where its end is in the capture, with the place.
    Complete(Option<At>),
    /// Bytes are missing, so that nothing tells where the next message begins.
    Lost,
    /// Bytes cannot be read, so that nothing tells where this message ends.
    Unread,
    /// These bytes are no first line where one has to be.
    Odd(At),
}

/// What follows a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behind {
    /// A body.
    Body,
    /// Nothing more of the message.
    Nothing,
    /// The head does not say.
    Unknown,
}

/// The reader of one end.
#[derive(Clone, Debug, Default)]
pub(super) struct Reader {
    state: State,
    /// Bytes of a head, or of a line between chunks.
    kept: Vec<u8>,
    /// Where they begin.
    begun: Option<At>,
    /// The first line was found.
    line: bool,
    code: u16,
    asks: bool,
    /// Something of HTTP was read.
    spoke: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// A message begins, or its head goes on.
    #[default]
    Head,
    /// A body with so many bytes left.
    Body(u64),
    /// The line with the size of a chunk.
    Size,
    /// A chunk with so many bytes left.
    Chunk(u64),
    /// The line end behind a chunk.
    ChunkEnd,
    /// The fields behind the last chunk.
    Trailer,
    /// A body that ends with the connection.
    Close,
    /// A first line is looked for where segments begin.
    Lost,
}

impl Reader {
    /// Whether this end sends requests.
    pub(super) fn asks(&self) -> bool {
        self.asks
    }

    /// Reads some of `bytes`, which stand at `at`, and says how many.
    pub(super) fn step(&mut self, bytes: &[u8], at: &At, found: &mut Vec<Found>) -> usize {
        let all = bytes.len();
        let (left, counted) = match self.state {
            State::Lost => {
                if !line::promising(bytes) || line::first(bytes).is_none() {
                    return all;
                }
                self.state = State::Head;
                return self.head(bytes, at, found);
            }
            State::Head => return self.head(bytes, at, found),
            State::Size => return self.size(bytes, found),
            State::ChunkEnd => return self.line_end(bytes, found),
            State::Trailer => return self.trailer(bytes, at, found),
            State::Close => (u64::MAX, true),
            State::Body(left) | State::Chunk(left) => (left, false),
        };
        let used = usize::try_from(left).map_or(all, |left| left.min(all));
        let count = u64::try_from(used).unwrap_or(left);
        found.push(Found::Body(count));
        if !counted {
            self.count(left - count, Some(at), found);
        }
        used
    }

    /// So many bytes of a body or a chunk are left.
    fn count(&mut self, left: u64, at: Option<&At>, found: &mut Vec<Found>) {
        self.state = match (self.state, left) {
            (State::Body(_), 0) => return self.whole(at, found),
            (State::Body(_), left) => State::Body(left),
            (_, 0) => State::ChunkEnd,
            (_, left) => State::Chunk(left),
        };
    }

    fn whole(&mut self, at: Option<&At>, found: &mut Vec<Found>) {
        found.push(Found::Complete(at.copied()));
        self.again();
    }

    /// Another message is expected.
    fn again(&mut self) {
        self.state = State::Head;
        self.kept.clear();
        self.begun = None;
        self.line = false;
    }

    fn lose(&mut self, found: &mut Vec<Found>) {
        self.again();
        self.state = State::Lost;
        found.push(Found::Unread);
    }

    /// Takes back that a body follows the head that was read last: it answers a HEAD. Whether it
    /// could.
    pub(super) fn has_no_body(&mut self) -> bool {
        let behind = matches!(self.state, State::Body(_) | State::Size | State::Close);
        if behind {
            self.again();
        }
        behind
    }

    fn head(&mut self, bytes: &[u8], at: &At, found: &mut Vec<Found>) -> usize {
        if self.kept.is_empty() {
            // Empty lines may stand before a request (RFC 9112, 2.2).
            let empty = bytes
                .iter()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'));
            let empty = empty.count();
            if empty > 0 && self.spoke {
                return empty;
            }
            self.begun = Some(*at);
        }
        let before = self.kept.len();
        let room = (HEAD + 4).saturating_sub(before);
        self.kept
            .extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        if !self.line && !self.first_line(found) {
            return bytes.len();
        }
        let Some(end) = head_end(&self.kept) else {
            if self.kept.len() > HEAD {
                self.lose(found);
            }
            return bytes.len();
        };
        self.kept.truncate(end);
        found.push(Found::Head {
            head: std::mem::take(&mut self.kept).into(),
            at: *at,
        });
        end.saturating_sub(before)
    }

    /// Tells the first line once it is there; whether the head can be read on.
    fn first_line(&mut self, found: &mut Vec<Found>) -> bool {
        let at = self.begun.unwrap_or_default();
        let (asks, it) = match line::first(&self.kept) {
            Some(First::Request { line, .. }) => {
                let line = line.into();
                (true, Found::Request { line, at })
            }
            Some(First::Response { line, code }) => {
                self.code = code;
                let line = line.into();
                (false, Found::Response { line, code, at })
            }
            None if !self.kept.contains(&b'\n') && line::may_become(&self.kept) => return false,
            None => {
                self.again();
                self.state = State::Lost;
                found.push(Found::Odd(at));
                return false;
            }
        };
        self.line = true;
        self.asks = asks;
        self.spoke = true;
        found.push(it);
        true
    }

    /// Takes a head that was found, and the method of the request where this answers one, and
    /// expects the body that they say.
    pub(super) fn behind(&mut self, head: &[u8], method: Option<&[u8]>) -> Behind {
        let framing = match self.asks {
            true => line::of_request(head),
            false => line::of_response(head, self.code, method),
        };
        self.again();
        match framing {
            Framing::Length(0) => return Behind::Nothing,
            Framing::Length(left) => self.state = State::Body(left),
            Framing::Chunked => self.state = State::Size,
            Framing::Close => self.state = State::Close,
            Framing::Tunnel => {
                self.state = State::Lost;
                return Behind::Nothing;
            }
            Framing::Unknown => {
                self.state = State::Lost;
                return Behind::Unknown;
            }
        }
        Behind::Body
    }

    /// Looks for a first line where segments begin.
    pub(super) fn search(&mut self) {
        self.state = State::Lost;
    }

    fn size(&mut self, bytes: &[u8], found: &mut Vec<Found>) -> usize {
        let before = self.kept.len();
        self.kept
            .extend_from_slice(bytes.get(..64).unwrap_or(bytes));
        match httparse::parse_chunk_size(&self.kept) {
            Ok(Status::Complete((used, size))) => {
                self.kept.clear();
                self.state = match size {
                    0 => State::Trailer,
                    size => State::Chunk(size),
                };
                used.saturating_sub(before)
            }
            Ok(Status::Partial) if self.kept.len() < HEAD => self.kept.len() - before,
            _ => {
                self.lose(found);
                bytes.len()
            }
        }
    }

    fn line_end(&mut self, bytes: &[u8], found: &mut Vec<Found>) -> usize {
        match bytes {
            [b'\r', ..] => 1,
            [b'\n', ..] => {
                self.state = State::Size;
                1
            }
            _ => {
                self.lose(found);
                bytes.len()
            }
        }
    }

    fn trailer(&mut self, bytes: &[u8], at: &At, found: &mut Vec<Found>) -> usize {
        let before = self.kept.len();
        self.kept.extend_from_slice(bytes);
        let end = match &*self.kept {
            [b'\n', ..] => Some(1),
            [b'\r', b'\n', ..] => Some(2),
            text => head_end(text),
        };
        match end {
            Some(end) => {
                self.whole(Some(at), found);
                end.saturating_sub(before)
            }
            None => {
                if self.kept.len() > HEAD {
                    self.lose(found);
                }
                bytes.len()
            }
        }
    }

    /// So many bytes are not in the capture.
    pub(super) fn gap(&mut self, count: u64, found: &mut Vec<Found>) {
        match self.state {
            State::Body(left) | State::Chunk(left) if count <= left => {
                found.push(Found::Missing(count));
                self.count(left - count, None, found);
            }
            State::Close => found.push(Found::Missing(count)),
            _ => {
                self.again();
                self.state = State::Lost;
                found.push(Found::Lost);
            }
        }
    }

    /// The end of the stream.
    pub(super) fn end(&mut self, at: &At, found: &mut Vec<Found>) {
        if self.state == State::Close {
            found.push(Found::Complete(Some(*at)));
        }
        self.state = State::Lost;
    }
}
