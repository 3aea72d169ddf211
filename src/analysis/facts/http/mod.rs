//! HTTP/1 exchanges, read from the streams of bytes of a connection on any port.
//!
//! Each end's bytes are put in the order of their sequence numbers (`analysis/stream`); first lines,
//! heads and bodies are read from them, however they are cut into segments. Responses come in the
//! order of the requests (RFC 9112, 9.3.2). Behind a gap a response is put to the one request that
//! was sent when exactly the bytes before that response had arrived, as its segment's Ack says, or
//! else to none.
//!
//! Memory is bounded: of each end 64 KiB of early segments and 16 KiB of a head are held, and of a
//! conversation [`LISTED`] exchanges.

mod exchange;
mod line;
mod reader;

pub use exchange::{Exchange, Exchanges, Message};

use std::collections::VecDeque;

use reader::{Behind, Found, Reader};

use super::super::lifecycle::{Event, Segment};
use super::super::stream::{At, Piece, Stream};
use crate::model::time::Nanos;

/// How many exchanges of a conversation are kept; more are counted.
pub const LISTED: usize = 1000;

/// The HTTP on a connection.
#[derive(Clone, Debug, Default)]
pub struct Http {
    ways: [Way; 2],
    exchanges: Exchanges,
    /// Requests whose response has not begun.
    open: VecDeque<Open>,
    /// Responses whose request has not been read.
    orphans: VecDeque<(usize, At)>,
    /// Bytes are missing, so that the order no longer tells which request a response belongs to.
    unsure: bool,
}

#[derive(Clone, Debug, Default)]
struct Way {
    stream: Stream,
    reader: Reader,
    /// The exchange whose message is read.
    current: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    place: usize,
    at: At,
}

impl Http {
    /// Takes a segment with its payload as far as it was kept.
    pub(in crate::analysis) fn segment(
        &mut self,
        event: &Event,
        now: Nanos,
        segment: &Segment,
        payload: &[u8],
    ) {
        let side = event.side.index();
        let syn = segment.flags.syn();
        let seq = segment.seq.plus(u32::from(syn));
        if syn {
            self.ways[side].stream.start(seq);
        }
        if (segment.len == 0 && !segment.flags.fin()) || segment.flags.rst() {
            return;
        }
        let at = At {
            frame: event.frame,
            now,
            seq,
            ack: segment.ack,
        };
        let way = &mut self.ways[side];
        if !way.stream.begun() {
            // The capture begins within the connection, and perhaps within a message.
            way.reader.search();
            self.unsure = true;
        }
        let size = (segment.len, segment.flags.fin());
        if way.stream.goes_on(payload, size, &at) {
            return self.bytes(side, payload, at);
        }
        let mut pieces = Vec::new();
        way.stream.take(payload, size, at, &mut pieces);
        self.read(side, pieces);
    }

    /// The exchanges as far as the capture shows them; `None` where there is no HTTP.
    pub fn exchanges(&self) -> Option<Exchanges> {
        let mut all = self.clone();
        // The one that asks first, so that its requests are known when the responses are read.
        let asks = all
            .ways
            .iter()
            .position(|way| way.reader.asks())
            .unwrap_or(0);
        for side in [asks, 1 - asks] {
            let mut pieces = Vec::new();
            if let Some(way) = all.ways.get_mut(side) {
                way.stream.finish(&mut pieces);
            }
            all.read(side, pieces);
        }
        (!all.exchanges.list.is_empty()).then_some(all.exchanges)
    }

    fn read(&mut self, side: usize, pieces: Vec<Piece>) {
        for piece in pieces {
            let mut found = Vec::new();
            let Some(way) = self.ways.get_mut(side) else {
                return;
            };
            match piece {
                Piece::Bytes(bytes, at) => self.bytes(side, &bytes, at),
                Piece::Again(..) => {}
                Piece::Gap(count) => {
                    self.exchanges.missing = self.exchanges.missing.saturating_add(count);
                    way.reader.gap(count, &mut found);
                    self.hear(side, &mut found);
                }
                Piece::End(at) => {
                    way.reader.end(&at, &mut found);
                    self.hear(side, &mut found);
                }
            }
        }
    }

    /// Reads bytes of the stream, one step at a time: what a head says of its body depends on the
    /// request.
    fn bytes(&mut self, side: usize, bytes: &[u8], mut at: At) {
        let mut rest = bytes;
        let mut found = Vec::new();
        while !rest.is_empty() {
            let Some(way) = self.ways.get_mut(side) else {
                return;
            };
            let used = way.reader.step(rest, &at, &mut found).max(1);
            // They are of the message that is read, and of the one that begins with them.
            self.message(side, |message| message.touch(&at));
            self.hear(side, &mut found);
            self.message(side, |message| message.touch(&at));
            at.seq = at.seq.plus(u32::try_from(used).unwrap_or(u32::MAX));
            rest = rest.get(used..).unwrap_or_default();
        }
    }

    /// Takes what a reader tells.
    fn hear(&mut self, side: usize, found: &mut Vec<Found>) {
        for it in found.drain(..) {
            match it {
                Found::Request { line, at } => self.request(side, &line, &at),
                Found::Response { line, code, at } => self.response(side, &line, code, &at),
                Found::Head { head, at } => self.head(side, &head, &at),
                Found::Body(bytes) => self.message(side, |message| {
                    message.body = message.body.saturating_add(bytes);
                }),
                Found::Missing(bytes) => self.message(side, |message| {
                    message.missing = message.missing.saturating_add(bytes);
                    message.body = message.body.saturating_add(bytes);
                }),
                Found::Complete(at) => self.complete(side, at.as_ref()),
                Found::Lost => {
                    self.unsure = true;
                    self.forget(side);
                }
                Found::Unread => self.unread(side),
                Found::Odd(at) => self.odd(side, &at),
            }
        }
    }

    /// What follows cannot be read.
    fn unread(&mut self, side: usize) {
        self.message(side, |message| message.unread = true);
        self.unsure = true;
        self.forget(side);
    }

    fn forget(&mut self, side: usize) {
        if let Some(way) = self.ways.get_mut(side) {
            way.current = None;
        }
    }

    fn message(&mut self, side: usize, change: impl FnOnce(&mut Message)) {
        let Some(way) = self.ways.get(side) else {
            return;
        };
        let place = way.current.and_then(|it| self.exchanges.list.get_mut(it));
        let message = place.and_then(|exchange| match way.reader.asks() {
            true => exchange.request.as_mut(),
            false => exchange.response.as_mut(),
        });
        if let Some(message) = message {
            change(message);
        }
    }

    fn request(&mut self, side: usize, line: &[u8], at: &At) {
        let request = Message::new(line, 0, at);
        let head = request.method() == b"HEAD";
        // A response that was captured before its request.
        let answers = |(_, it): &(usize, At)| it.seq == at.ack && it.ack.after(at.seq);
        let early = self.orphans.iter().position(answers);
        let early = early.and_then(|place| self.orphans.remove(place));
        let listed = match early {
            Some((orphan, response)) => {
                if let Some(exchange) = self.exchanges.list.get_mut(orphan) {
                    exchange.unsure = false;
                    exchange.request = Some(request);
                }
                if head {
                    self.ends_with_head(1 - side, orphan, &response);
                }
                Some(orphan)
            }
            None => {
                let request = Some(request);
                let listed = self.list(Exchange {
                    request,
                    ..Exchange::default()
                });
                self.exchanges.more[0] += u64::from(listed.is_none());
                let open = listed.map(|place| Open { place, at: *at });
                self.open.extend(open);
                listed
            }
        };
        if let Some(way) = self.ways.get_mut(side) {
            way.current = listed;
        }
    }

    /// The response of an exchange, which was read before its request, turns out to have no body.
    fn ends_with_head(&mut self, side: usize, place: usize, at: &At) {
        let response = self.exchanges.list.get(place);
        let body = response
            .and_then(|it| it.response.as_ref())
            .map(|it| it.body);
        if let Some(way) = self.ways.get_mut(side)
            && way.current == Some(place)
            && body == Some(0)
            && way.reader.has_no_body()
        {
            self.complete(side, Some(at));
        }
    }

    fn response(&mut self, side: usize, line: &[u8], code: u16, at: &At) {
        let interim = (100..200).contains(&code) && code != 101;
        if interim {
            let front = self.open.front().map(|open| open.place);
            if let Some(exchange) = front.and_then(|place| self.exchanges.list.get_mut(place)) {
                exchange.interim = exchange.interim.saturating_add(1);
            }
            return self.forget(side);
        }
        let by_ack = self.unsure;
        let place = self.answered(at);
        let place = match place {
            Some(place) => Some(place),
            None => {
                let place = self.list(Exchange {
                    unsure: self.unsure,
                    ..Exchange::default()
                });
                if self.unsure {
                    for open in &self.open {
                        if let Some(exchange) = self.exchanges.list.get_mut(open.place) {
                            exchange.unsure = true;
                        }
                    }
                }
                if let Some(place) = place
                    && self.orphans.len() < LISTED
                {
                    self.orphans.push_back((place, *at));
                }
                place
            }
        };
        if place.is_none() {
            self.exchanges.more[1] += 1;
        }
        if let Some(exchange) = place.and_then(|place| self.exchanges.list.get_mut(place)) {
            exchange.by_ack = by_ack && exchange.request.is_some();
            exchange.response = Some(Message::new(line, code, at));
        }
        if let Some(way) = self.ways.get_mut(side) {
            way.current = place;
        }
    }

    /// The exchange whose response begins `at` that place.
    fn answered(&mut self, at: &At) -> Option<usize> {
        if !self.unsure {
            return self.open.pop_front().map(|open| open.place);
        }
        let mut fits = (0..self.open.len()).filter(|place| {
            let open = self.open.get(*place);
            open.is_some_and(|open| open.at.ack == at.seq && at.ack.after(open.at.seq))
        });
        let place = fits.next()?;
        if fits.next().is_some() {
            return None;
        }
        // The responses to those before it are not in the capture.
        self.unsure = false;
        self.open.drain(..=place).next_back().map(|open| open.place)
    }

    /// What follows a head.
    fn head(&mut self, side: usize, head: &[u8], at: &At) {
        let current = self.ways.get(side).and_then(|way| way.current);
        let exchange = current.and_then(|place| self.exchanges.list.get(place));
        let method = exchange
            .and_then(|it| it.request.as_ref())
            .map(Message::method);
        let method = method.map(<[u8]>::to_vec);
        let Some(way) = self.ways.get_mut(side) else {
            return;
        };
        match way.reader.behind(head, method.as_deref()) {
            Behind::Body => {}
            Behind::Nothing => self.complete(side, Some(at)),
            Behind::Unknown => self.unread(side),
        }
    }

    fn complete(&mut self, side: usize, at: Option<&At>) {
        self.message(side, |message| {
            message.complete = at.map(|at| message.furthest.max((at.frame, at.now)));
        });
        self.forget(side);
    }

    /// Bytes that are no first line where one was expected.
    fn odd(&mut self, side: usize, at: &At) {
        self.forget(side);
        let asked = self.ways.get(1 - side).is_some_and(|way| way.reader.asks());
        if self.unsure || !asked {
            return;
        }
        if let Some(open) = self.open.pop_front()
            && let Some(exchange) = self.exchanges.list.get_mut(open.place)
        {
            exchange.odd = true;
            exchange.response = Some(Message::new(&[], 0, at));
        }
        self.unsure = true;
    }

    fn list(&mut self, exchange: Exchange) -> Option<usize> {
        let list = &mut self.exchanges.list;
        (list.len() < LISTED).then(|| {
            list.push(exchange);
            list.len() - 1
        })
    }
}
