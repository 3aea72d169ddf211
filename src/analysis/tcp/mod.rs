//! TCP sequence analysis, as tshark decides it: one segment after another, in the capture's order.

mod connection;
mod flow;
pub mod marks;
mod opening;
mod options;
mod prefetch;
pub mod rules;
mod sacks;
mod shown;
mod unacked;

use connection::{Connection, Judged, Spare};
use marks::Marks;
use shown::option_context;
use unacked::Pool;

use super::completeness::{Completeness, Part};
use super::stamp::Stamp;
use crate::model::dialect::Dialect;
use crate::model::frame::FrameNo;
use crate::model::side::Side;
use crate::model::tcp::{Header, Segment};
use crate::model::tcp_options::{OptionContext, TcpOption};
use crate::model::time::Nanos;

pub use flow::Scale;

/// What the analysis says of one segment.
#[derive(Clone, Copy, Debug, Default)]
pub struct TcpAnalysis {
    /// Sequence number as shown: relative to the sender's first one where that is known.
    pub seq: u32,
    /// Acknowledgment number as shown; the field as it stands without the ACK flag.
    pub ack: u32,
    /// Window in bytes as shown, scaled where the scale is known.
    pub window: u32,
    /// Info tells the window.
    pub shows_window: bool,
    /// Payload length in bytes; `None` where it cannot be measured.
    pub len: Option<u32>,
    /// The marks as shown; none where the header is cut before tshark comes to show them.
    pub marks: Marks,
    /// With the mark for a duplicate ACK: of which, and how many.
    pub duplicate: Option<DuplicateAck>,
    /// The number after the segment as shown (`tcp.nxtseq`).
    pub next_seq: Option<u32>,
    /// What the window is multiplied with.
    pub scale: Scale,
    /// ECE, CWR and AE are a counter (RFC 9768), not three flags.
    pub accurate_ecn: bool,
    /// The segment that ends exactly where this one acknowledges or, since 4.4, one of which it
    /// acknowledges a part.
    pub acks_frame: Option<FrameNo>,
    /// How long after that segment; `None` also where it is exactly 0.
    pub ack_rtt: Option<Nanos>,
    /// The handshake's round trip, where tshark shows an analysis.
    pub initial_rtt: Option<Nanos>,
    /// Bytes that are sent and not acknowledged, this segment among them.
    pub bytes_in_flight: Option<u32>,
    /// Bytes since the last PSH, this segment among them.
    pub push_bytes: Option<u32>,
    /// With the mark for a retransmission: after how long, and of which.
    pub timeout: Option<Timeout>,
    /// What the connection has shown before this segment (`tcp.completeness` in one pass).
    pub completeness: Completeness,
    /// The header was read to the end of its options.
    pub complete: bool,
    /// The options name a Riverbed probe, whose words stand in front of Info.
    pub riverbed: bool,
    /// What reading its options depends on.
    pub options: OptionContext,
    /// tshark keeps an analysis of it, whether or not there is a mark to show.
    told: bool,
    /// It says something of its sender's window and acknowledges nothing new, whatever its marks:
    /// netlab's own claims are the same in every version.
    about_window: bool,
}

/// What a duplicate ACK repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DuplicateAck {
    /// The frame that acknowledged the same for the first time.
    pub of: FrameNo,
    /// How many repeated it, this one among them.
    pub number: u32,
}

/// After how long a segment was sent again (`tcp.analysis.rto`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeout {
    /// Since the oldest segment that was not acknowledged.
    pub waited: Nanos,
    /// That segment's frame.
    pub of: FrameNo,
}

/// How many bytes a connection takes before anything answers.
#[cfg(test)]
pub(super) const CONNECTION_BYTES: usize = size_of::<Connection>();

/// The connections of a capture, by their stream numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Tcp {
    connections: Vec<Connection>,
    pool: Pool,
    spare: Spare,
}

/// What a segment did to its connection, beyond what is shown of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Analysed {
    /// Its marks, shown or not.
    pub(super) marks: Marks,
    /// The data offset is sound, so that the flags can be believed.
    pub(super) sound: bool,
    /// The header was read to the end of its options.
    pub(super) complete: bool,
    /// It says something of its sender's window, and acknowledges no new data.
    pub(super) about_window: bool,
    /// How long after the segment that it acknowledges.
    pub(super) rtt: Option<Nanos>,
    /// The handshake's round trip, from the segment that shows it.
    pub(super) initial_rtt: Option<Nanos>,
}

/// A segment on its way through the steps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Input<'a> {
    pub(super) dialect: Dialect,
    /// The frame that brought it.
    pub(super) stamp: &'a Stamp,
    pub(super) segment: &'a Segment<'a>,
    pub(super) header: Header,
    /// Payload bytes; `None` where they cannot be measured.
    pub(super) len: Option<u32>,
    /// Its numbers set the bases and are shown relative to them.
    pub(super) relative: bool,
    /// Who sent it.
    pub(super) side: Side,
}

/// What a SYN is among the connections of its ends.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    /// The mark of reused ports, if it earns it.
    pub(super) marks: Marks,
    /// It repeats the SYN that opened the stream.
    pub(super) repeats: bool,
    /// It belongs into a new stream.
    pub(super) anew: bool,
}

impl Tcp {
    /// The number of the next stream.
    pub(super) fn next_stream(&self) -> u32 {
        u32::try_from(self.connections.len()).unwrap_or(u32::MAX)
    }

    /// Opens a stream. `epoch` is 1970, counted from the first frame.
    pub(super) fn open(&mut self, dialect: Dialect, epoch: Nanos) {
        self.connections.push(Connection::new(dialect, epoch));
    }

    /// How many bytes `side` has announced to take in its latest segment; `None` where the scale of
    /// its window is not known.
    pub(super) fn window(&self, stream: u32, side: Side) -> Option<u32> {
        let place = usize::try_from(stream).ok()?;
        let flow = self.connections.get(place)?.flow(side)?;
        let raw = u16::try_from(flow.window).ok()?;
        match flow.scale {
            _ if flow.awaits_ack => Some(raw.into()),
            Scale::Unknown => None,
            scale => Some(scale.apply(raw.into())),
        }
    }

    /// Puts a SYN into `stream`, which is `closed` where it has shown a FIN with ACK or a RST.
    #[inline(never)]
    pub(super) fn find(&mut self, stream: u32, input: &Input<'_>, closed: bool) -> Found {
        let Self {
            connections,
            pool,
            spare,
        } = self;
        let Some(connection) = at(connections, stream) else {
            return Found::default();
        };
        let alone = connection.expect_answer(input, spare);
        let found = connection.found(input, closed, pool);
        if found.marks.any(Marks::PORT_REUSED) && !found.anew {
            connection.rebase(input, pool);
        }
        if alone {
            connection.forget_unanswered(input, found.marks, spare);
        }
        found
    }

    /// Analyses a segment of `stream`, and fills in what is shown of it where it is `SHOWN`.
    /// `found` is what [`Tcp::find`] says of a SYN, `first` whether it opened the stream.
    #[inline]
    pub(super) fn segment<const SHOWN: bool>(
        &mut self,
        stream: u32,
        input: &Input<'_>,
        found: Found,
        completeness: &mut Completeness,
        first: bool,
        shown: &mut TcpAnalysis,
    ) -> Option<Analysed> {
        let Self {
            connections,
            pool,
            spare,
        } = self;
        let connection = at(connections, stream)?;
        let flags = input.header.flags;
        if SHOWN {
            shown.seq = input.header.seq.0;
            shown.ack = input.header.ack.0;
            shown.window = u32::from(input.header.window);
            shown.len = input.len;
            shown.completeness = *completeness;
        }
        let alone = connection.expect_answer(input, spare);
        shown.about_window = false;
        let judged = connection.analyse::<SHOWN>(input, found.marks, pool, shown);
        let Judged {
            mut marks,
            rtt,
            calls,
        } = judged;
        if flags.syn() {
            connection.ecn(flags);
        }

        let sound = input.header.offset >= 5;
        let (mut complete, mut initial_rtt) = (false, None);
        if sound {
            let part = match first || calls {
                true => Part::of_opening(first, calls, input.dialect),
                false => Part::Later,
            };
            completeness.take(flags, input.len.unwrap_or(0), part);
            initial_rtt = connection.handshake(input);
            complete = read_options(connection, input, &mut marks, shown);
        }
        if complete && flags.syn() {
            connection.agree(input);
        }
        if SHOWN {
            shown.complete = complete;
            if complete {
                shown.marks = marks;
                shown.ack_rtt = rtt;
                shown.hide_unless_told(found.repeats, connection.initial_rtt());
            } else {
                shown.withhold(sound);
            }
        }
        if alone {
            connection.forget_unanswered(input, marks, spare);
        }
        Some(Analysed {
            marks,
            about_window: shown.about_window,
            sound,
            complete,
            rtt: rtt.filter(|_| complete),
            initial_rtt,
        })
    }
}

impl TcpAnalysis {
    /// tshark shows the handshake's round trip only where it has something else to tell.
    fn hide_unless_told(&mut self, repeats: bool, initial_rtt: Nanos) {
        let told = !self.marks.is_empty() || self.acks_frame.is_some() || self.told || repeats;
        self.initial_rtt = (told && initial_rtt != Nanos::ZERO).then_some(initial_rtt);
        if self.bytes_in_flight.is_none() {
            self.push_bytes = None;
        }
        self.timeout = self.timeout.filter(|timeout| timeout.waited != Nanos::ZERO);
    }

    /// Leaves out what rests on times that cannot be compared.
    #[cold]
    pub(super) fn forget_times(&mut self) {
        self.ack_rtt = None;
        self.initial_rtt = None;
        self.timeout = None;
    }

    /// tshark shows none of its analysis where the header is cut.
    fn withhold(&mut self, sound: bool) {
        self.duplicate = None;
        self.acks_frame = None;
        self.bytes_in_flight = None;
        self.push_bytes = None;
        self.timeout = None;
        if !sound {
            self.next_seq = None;
        }
    }
}

fn at(connections: &mut [Connection], stream: u32) -> Option<&mut Connection> {
    connections.get_mut(usize::try_from(stream).ok()?)
}

/// Reads the rest of the header and its options into the connection; false where it is cut.
#[inline]
fn read_options(
    connection: &mut Connection,
    input: &Input<'_>,
    marks: &mut Marks,
    shown: &mut TcpAnalysis,
) -> bool {
    let segment = input.segment;
    if segment.transport.reach(20).is_err() {
        return false;
    }
    if segment.has_only_timestamps() || input.header.offset == 5 {
        // Nothing to learn from.
        return true;
    }
    learn(connection, input, marks, shown)
}

#[inline(never)]
fn learn(
    connection: &mut Connection,
    input: &Input<'_>,
    marks: &mut Marks,
    shown: &mut TcpAnalysis,
) -> bool {
    let (mut riverbed, mut sacks) = (false, false);
    let (own, other) = connection.pair(input);
    let context = option_context(own, other, input);
    let read = input.segment.read_options(context, |option| {
        riverbed |= matches!(option, TcpOption::Riverbed(_));
        sacks |= matches!(option, TcpOption::Sack);
        connection.learn(input, option);
    });
    if sacks && marks.any(Marks::WINDOW_UPDATE) {
        shown.about_window = false;
        if let Some(duplicate) = connection.duplicate_by_sack(input) {
            *marks = marks.without(Marks::WINDOW_UPDATE).with(Marks::DUP_ACK);
            shown.duplicate = Some(duplicate);
        }
    }
    shown.riverbed = riverbed;
    read.is_ok()
}
