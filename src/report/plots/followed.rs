//! What is kept of a conversation until its plot is drawn.

use super::rtt::{RoundTrips, seconds};
use super::sequence::Direction;
use super::throughput::Bins;
use crate::analysis::conversation::ConversationId;
use crate::analysis::row::Row;
use crate::model::packet::Content;
use crate::model::side::Side;
use crate::model::tcp::Segment;
use crate::model::time::Nanos;

/// A conversation that is being followed.
#[derive(Debug)]
pub(super) struct Followed {
    pub(super) id: ConversationId,
    pub(super) begin: Nanos,
    pub(super) end: Nanos,
    pub(super) data: Data,
}

/// What is kept, by the kind of the plot. The two places are the two ends' data.
#[derive(Debug)]
pub(super) enum Data {
    Sequence(Box<[Direction; 2]>),
    Rtt(Box<[RoundTrips; 2]>),
    Throughput(Bins),
}

impl Followed {
    /// Takes a row of the conversation.
    pub(super) fn take(&mut self, row: &Row<'_>, side: Side, time: Nanos) {
        self.end = self.end.max(time);
        let from = side.index();
        let since = time.since_clamped(self.begin);
        match &row.packet.content {
            Content::Tcp(segment) => self.segment(row, segment, from, since),
            Content::Udp(datagram) => {
                if let Data::Throughput(bins) = &mut self.data {
                    bins.push(since, from, datagram.payload_len().unwrap_or(0));
                }
            }
            Content::Other(_) => {}
        }
    }

    fn segment(&mut self, row: &Row<'_>, segment: &Segment<'_>, from: usize, since: Nanos) {
        let (Some(header), Some(tcp)) = (row.whole_header(), &row.analysis.tcp) else {
            return;
        };
        // A header that is cut or broken proves no numbers.
        if header.offset < 5 {
            return;
        }
        let (frame, x) = (row.frame.no, seconds(since));
        match &mut self.data {
            Data::Sequence(directions) => {
                let [a, b] = directions.as_mut();
                let (own, other) = if from == 0 { (a, b) } else { (b, a) };
                own.sent(frame, x, header.flags, tcp);
                other.answered(frame, x, segment, header.flags, tcp);
            }
            Data::Rtt(ends) => {
                if let Some(rtt) = tcp.ack_rtt.filter(|rtt| rtt.0 >= 0) {
                    let [a, b] = ends.as_mut();
                    let timed = if from == 0 { b } else { a };
                    timed.push(frame, x, rtt);
                }
            }
            Data::Throughput(bins) => bins.push(since, from, tcp.len.unwrap_or(0)),
        }
    }
}
