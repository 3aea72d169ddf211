//! The capture file of programs beside a capture: each packet says in its comment which program
//! sent it and after which call, and calls can stand between the packets.

use std::collections::HashMap;

use super::fail::Failure;
use super::options::write::Kept;
use super::party::name;
use super::world::World;
use crate::decode::Decoder;
use crate::model::address::{Address, Endpoint};
use crate::model::call::CallResult;
use crate::model::call_comment;
use crate::model::call_entry;
use crate::model::frame::Frame;
use crate::model::packet::Content;
use crate::report::call;
use crate::report::moment::{Moment, Part};
use crate::source::live::LiveStats;

/// A socket: its own end, the other end.
type Ends = (Endpoint, Endpoint);

/// The file, where one was asked for.
#[derive(Default)]
pub(super) struct CallFile(Option<Writing>);

struct Writing {
    kept: Kept,
    /// Calls stand between the packets.
    calls: bool,
    decoder: Decoder,
    /// What was last called on each socket that sends.
    last: HashMap<Ends, String>,
    world: World,
}

impl CallFile {
    /// A file that has begun.
    pub(super) fn begin(kept: Kept, calls: bool, world: &World) -> Self {
        Self(kept.is_there().then(|| Writing {
            kept,
            calls,
            decoder: Decoder::new(),
            last: HashMap::new(),
            world: world.clone(),
        }))
    }

    /// Takes the next frame.
    pub(super) fn frame(&mut self, frame: &Frame<'_>) -> Result<(), Failure> {
        let Some(it) = &mut self.0 else {
            return Ok(());
        };
        let ends = match it.last.is_empty() {
            true => None,
            false => ends(&mut it.decoder, frame),
        };
        let comment = ends.and_then(|ends| it.last.get(&ends));
        it.kept.commented(frame, comment.map_or("", String::as_str))
    }

    /// Takes a call, or a part of one, at its place between the frames.
    pub(super) fn call(&mut self, moment: &Moment) -> Result<(), Failure> {
        let Some(it) = &mut self.0 else {
            return Ok(());
        };
        let made = &moment.call;
        let failed = matches!(made.result, CallResult::Failed(_));
        if let (Some(local), Some(peer)) = (made.local, made.peer)
            && moment.part != Part::Return
            && !made.call.is_woken()
            && !failed
        {
            let text = call_comment::write(&name(made.party, &it.world), made);
            it.last.insert((local, peer), text);
        }
        if !it.calls {
            return Ok(());
        }
        let entry = call_entry::write(
            made,
            &call::info(moment, it.world.lang),
            moment.time(),
            moment.after_packets(),
            moment.part.name(),
        );
        it.kept.entry(&entry)
    }

    /// Ends the file, with what the kernel counted.
    pub(super) fn end(&mut self, stats: Option<LiveStats>) -> Result<(), Failure> {
        let Some(mut it) = self.0.take() else {
            return Ok(());
        };
        if let Some(stats) = stats {
            it.kept.count(stats)?;
        }
        it.kept.finish()
    }
}

/// The ends of a TCP or UDP packet: where it comes from, where it goes.
fn ends(decoder: &mut Decoder, frame: &Frame<'_>) -> Option<Ends> {
    let packet = decoder.decode(frame);
    let header = match &packet.content {
        Content::Tcp(segment) => segment.transport.bytes,
        Content::Udp(datagram) => datagram.transport.bytes,
        Content::Other(_) => return None,
    };
    let [a, b, c, d] = *header.first_chunk::<4>()?;
    let end = |address: Address, port| {
        Some(Endpoint {
            ip: address.ip()?,
            port,
        })
    };
    let source = end(packet.source, u16::from_be_bytes([a, b]))?;
    let destination = end(packet.destination, u16::from_be_bytes([c, d]))?;
    Some((source, destination))
}
