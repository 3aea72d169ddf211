//! The record of a conversation: what each side has sent and what became of it.
//!
//! It is filled once per packet, behind the analysis, and everything that tells of a conversation
//! reads it: explanations, summaries, answers, ladders, labs. None of them keeps an account of its
//! own. A conversation has a record where
//! [`AnalyzerOptions::summaries`](super::AnalyzerOptions::summaries) asks for it. Its lists have
//! limits: 256 segments and 128 ranges of numbers of an end, 64 groups of packets.

pub mod end;
pub mod flight;
pub mod groups;
pub mod latest;
pub mod line;
mod options;
pub mod ranges;
pub mod sent;
pub mod spells;
mod take;
pub mod timing;
pub mod totals;
pub mod trips;
pub mod windows;

use crate::analysis::moment::Moment;
use crate::analysis::twin::Twins;
use end::End;
use groups::{Groups, Numbers};
use latest::Latest;
use spells::Spells;
use totals::Totals;

use super::facts::http::{Exchanges, Http};
use super::facts::udp::{IcmpError, Udp};
use super::lifecycle::{Event, Lifecycle, Meaning, Segment};
use super::summary_line::SummaryLine;
use crate::model::frame::FrameNo;
use crate::model::packet::{Content, Datagram, Packet};
use crate::model::side::Side;
use crate::model::tcp::TcpState;
use crate::model::time::Nanos;

/// A packet as a record takes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'s> {
    /// Frame, time, sender.
    pub(super) event: Event,
    /// Since the first frame of the capture; `None` where that is not known.
    pub(super) now: Option<Nanos>,
    /// The same, as it is counted.
    pub(super) elapsed: Nanos,
    /// The length of the frame on the wire.
    pub(super) wire_len: u32,
    /// A row of text tells of it, which has no raw numbers.
    pub(super) from_text: bool,
    /// The states of client and server after it.
    pub(super) states: [Option<TcpState>; 2],
    /// One socket is both ends.
    pub(super) itself: bool,
    /// What its bytes say.
    pub(super) packet: &'s Packet<'s>,
}

impl Seen<'_> {
    /// Whose numbers it acknowledges.
    fn peer(&self) -> Side {
        match self.itself {
            true => self.event.side,
            false => self.event.side.other(),
        }
    }

    fn at(&self) -> Moment {
        Moment {
            frame: self.event.frame,
            time: self.now,
        }
    }
}

/// What is recorded of one conversation.
#[derive(Clone, Debug, Default)]
pub struct Record {
    story: Option<Box<Story>>,
    /// TCP: both ends, by [`Side::index`].
    ends: [End; 2],
    latest: Latest,
    totals: Totals,
    twins: Twins,
    /// The states of client and server after its latest segment.
    states: [Option<TcpState>; 2],
    udp: Option<Box<Udp>>,
}

/// What is told of a conversation once the capture has ended, and of no single packet.
#[derive(Clone, Debug, Default)]
struct Story {
    groups: Groups,
    http: Http,
    spells: Spells,
}

impl Story {
    /// Takes a segment, and says in which line of the summary it stands.
    fn segment(
        &mut self,
        seen: &Seen<'_>,
        segment: &Segment,
        meaning: &Meaning,
        numbers: &Numbers,
    ) -> Option<SummaryLine> {
        let groups = &mut self.groups;
        groups.segment(&seen.event, segment, meaning, numbers);
        if let Content::Tcp(tcp) = &seen.packet.content {
            let payload = tcp.payload();
            self.http
                .segment(&seen.event, seen.elapsed, segment, payload);
        }
        groups.place(seen.event.frame)
    }
}

impl Record {
    /// One that keeps what its packets are explained by, and, where the conversation itself will be
    /// told of, its whole `story`.
    pub(super) fn new(story: bool) -> Record {
        Record {
            story: story.then(Box::default),
            ends: [End::new(story), End::new(story)],
            ..Record::default()
        }
    }

    /// Its packets in groups, as its summary lists them; `None` where only packets are explained.
    pub fn groups(&self) -> Option<&Groups> {
        Some(&self.story.as_ref()?.groups)
    }

    /// The HTTP exchanges on it, as far as the capture goes; `None` where there is none, or only
    /// packets are explained.
    pub fn http(&self) -> Option<Exchanges> {
        self.story.as_ref()?.http.exchanges()
    }

    /// The exchanges of its datagrams; `None` where there is none, as in TCP.
    pub fn udp(&self) -> Option<&Udp> {
        self.udp.as_deref()
    }

    /// The same, to be changed.
    pub(super) fn udp_mut(&mut self) -> &mut Udp {
        let listed = self.story.is_some();
        self.udp.get_or_insert_with(|| Box::new(Udp::new(listed)))
    }

    /// TCP: the states of its ends over time; `None` where only packets are explained.
    pub fn spells(&self) -> Option<&Spells> {
        Some(&self.story.as_ref()?.spells)
    }

    /// Takes where the conversation stands after a segment.
    pub(super) fn lived(&mut self, seen: &Seen<'_>, life: &Lifecycle) {
        let Some(story) = &mut self.story else {
            return;
        };
        let news = life.news(seen.event.frame);
        let side = seen.event.side;
        story.spells.take(seen.at(), side, life.by_side(), news);
    }

    /// Notes that the SYN in `frame` uses the ports again.
    pub(super) fn give_way(&mut self, frame: FrameNo) {
        if let Some(story) = &mut self.story {
            story.spells.give_way(frame);
        }
    }

    /// TCP: what an end has sent.
    pub fn end(&self, side: Side) -> &End {
        &self.ends[side.index()]
    }

    /// TCP: both ends, in the order of the conversation's.
    pub fn ends(&self) -> &[End; 2] {
        &self.ends
    }

    /// TCP: how many segments repeat numbers of earlier ones, SYN and FIN included.
    pub fn sent_again(&self) -> u64 {
        self.ends.iter().map(|end| end.again.count).sum()
    }

    /// TCP: what its latest segment did.
    pub fn latest(&self) -> &Latest {
        &self.latest
    }

    /// TCP: what is counted of both ends together.
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// TCP: whether every segment could be read and none has numbers of another connection.
    pub fn sound(&self) -> bool {
        self.totals.unread == 0 && !self.totals.mixed && self.ends.iter().all(End::sound)
    }

    /// TCP: how many payload bytes within a group of data are in no captured segment.
    pub fn missing(&self, group: &groups::group::Group) -> u64 {
        self.end(group.side).held.missing(group.start, group.end)
    }

    /// Takes a UDP datagram of `len` payload bytes; `client` is the one that asks, with the port
    /// of the other end, where there is such an end.
    #[inline(never)]
    pub(super) fn datagram(
        &mut self,
        seen: &Seen<'_>,
        datagram: &Datagram<'_>,
        len: u32,
        client: Option<(Side, u16)>,
    ) {
        let print = self.twins.datagram(datagram);
        let (at, id) = (seen.at(), seen.packet.identification());
        let twin = self.twins.of((at, seen.event.side), print, id, false);
        if let Some(twin) = twin {
            self.udp_mut().twice(twin, at, seen.elapsed);
        } else {
            self.udp_mut()
                .datagram(&seen.event, seen.elapsed, (datagram, len), client);
        }
        let place = self.story.as_mut().and_then(|story| {
            match &twin {
                Some(twin) => story.groups.captured_twice(twin, at.frame),
                None => {
                    let client = client.map(|(side, _)| side);
                    story.groups.datagram(&seen.event, len, client);
                }
            }
            story.groups.place(at.frame)
        });
        self.twins.push(at, print, id, place);
    }

    /// Takes an ICMP error that quotes a packet of the conversation. `datagram` is that packet, where
    /// it is UDP's.
    #[inline(never)]
    pub(super) fn icmp_error(
        &mut self,
        seen: &Seen<'_>,
        error: IcmpError,
        datagram: Option<&Datagram<'_>>,
    ) {
        let refused = error == IcmpError::Refused;
        if let Some(story) = &mut self.story {
            story.groups.icmp_error(&seen.event, refused);
        }
        if let Some(datagram) = datagram {
            self.udp_mut().quoted_by(&seen.event, datagram, error);
        }
    }
}
