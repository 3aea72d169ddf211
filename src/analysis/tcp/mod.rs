//! TCP sequence analysis, as tshark 4.0 decides it: one segment after another, in the capture's
//! order.

mod connection;
mod flow;
pub mod marks;
pub mod rules;
mod unacked;

use connection::{Connection, Input};
use marks::Marks;
use unacked::Pool;

use super::completeness::Completeness;
use crate::model::frame::FrameNo;
use crate::model::tcp::Segment;
use crate::model::tcp_options::{OptionContext, TcpOption};
use crate::model::time::Nanos;

pub(super) use connection::Way;
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
    /// The segment that ends exactly where this one acknowledges.
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

/// The connections of a capture, by their stream numbers.
#[derive(Debug, Default)]
pub(super) struct Tcp {
    connections: Vec<Connection>,
    pool: Pool,
}

/// What a segment did to its connection, beyond what is shown of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outcome {
    /// Its marks, shown or not.
    pub(super) marks: Marks,
    /// The data offset is sound, so that the flags can be believed.
    pub(super) sound: bool,
    /// The handshake's round trip, as far as it is known now; 0 where it is not.
    pub(super) initial_rtt: Nanos,
}

/// A segment with its time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrival<'a> {
    pub(super) frame: FrameNo,
    /// Since the first frame.
    pub(super) time: Nanos,
    /// The frame is stamped with 0 of the epoch, which tshark takes for "no time".
    pub(super) at_epoch: bool,
    pub(super) segment: &'a Segment<'a>,
    pub(super) way: Way,
}

impl Tcp {
    /// The number of the next stream.
    pub(super) fn next_stream(&self) -> u32 {
        u32::try_from(self.connections.len()).unwrap_or(u32::MAX)
    }

    /// Opens a stream.
    pub(super) fn open(&mut self) {
        self.connections.push(Connection::default());
    }

    /// Puts a segment into `stream`: its mark if it reuses ports, and whether it repeats the SYN
    /// that opened the stream. A SYN without ACK that reuses ports belongs into a new stream.
    pub(super) fn find(&mut self, stream: u32, arrival: &Arrival<'_>) -> (Marks, bool) {
        let Some(input) = input(arrival) else {
            return (Marks::NONE, false);
        };
        let Self { connections, pool } = self;
        let Some(connection) = at(connections, stream) else {
            return (Marks::NONE, false);
        };
        let (marks, repeats) = connection.found(arrival.way, &input);
        if marks.any(Marks::PORT_REUSED) && input.header.flags.ack() {
            connection.rebase(arrival.way, &input, pool);
        }
        (marks, repeats)
    }

    /// Analyses a segment of `stream` that [`Tcp::find`] has put there, and fills in what is shown
    /// of it.
    pub(super) fn segment(
        &mut self,
        stream: u32,
        arrival: &Arrival<'_>,
        (marks, repeats): (Marks, bool),
        completeness: &mut Completeness,
        first: bool,
        shown: &mut TcpAnalysis,
    ) -> Option<Outcome> {
        let input = input(arrival)?;
        let Self { connections, pool } = self;
        let connection = at(connections, stream)?;
        let (segment, way) = (arrival.segment, arrival.way);
        let flags = input.header.flags;
        shown.seq = input.header.seq.0;
        shown.ack = input.header.ack.0;
        shown.window = u32::from(input.header.window);
        shown.len = input.len;
        shown.completeness = *completeness;
        let mut marks = marks;
        if input.len.is_some() {
            marks = connection.analyse(way, &input, marks, pool, shown);
        }
        shown.accurate_ecn = connection.accurate_ecn(flags);
        connection.ecn(flags);
        connection.show(way, shown);

        let sound = input.header.offset >= 5;
        if sound {
            completeness.take(flags, input.len.unwrap_or(0), first);
            connection.handshake(way, flags, input.time, arrival.at_epoch);
            shown.complete = read_options(connection, way, segment, shown);
        }
        if shown.complete {
            shown.marks = marks;
            if flags.syn() {
                connection.agree(way, flags);
            }
            shown.hide_unless_told(repeats, connection.initial_rtt);
        } else {
            shown.withhold(sound);
        }
        Some(Outcome {
            marks,
            sound,
            initial_rtt: connection.initial_rtt,
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

    /// tshark shows none of its analysis where the header is cut.
    fn withhold(&mut self, sound: bool) {
        self.duplicate = None;
        self.acks_frame = None;
        self.ack_rtt = None;
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

fn input(arrival: &Arrival<'_>) -> Option<Input> {
    Some(Input {
        frame: arrival.frame,
        time: arrival.time,
        header: arrival.segment.header?,
        len: arrival.segment.payload_len(),
    })
}

/// Reads the rest of the header and its options into the connection; false where it is cut.
fn read_options(
    connection: &mut Connection,
    way: Way,
    segment: &Segment<'_>,
    shown: &mut TcpAnalysis,
) -> bool {
    if segment.transport.reach(20).is_err() {
        return false;
    }
    let mut riverbed = false;
    let read = segment.read_options(shown.options, |option| {
        riverbed |= matches!(option, TcpOption::Riverbed(_));
        connection.learn(way, option);
    });
    shown.riverbed = riverbed;
    read.is_ok()
}
