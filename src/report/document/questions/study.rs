//! What is kept of a TCP conversation to answer questions about it.

use super::sender::{Fin, Moment, Sender, Sent, Syn};
use crate::analysis::conversation::Conversation;
use crate::analysis::row::Row;
use crate::analysis::tcp::marks::Marks;
use crate::analysis::tcp::{Scale, TcpAnalysis};
use crate::model::frame::FrameNo;
use crate::model::packet::Content;
use crate::model::side::Side;
use crate::model::tcp::{Header, Segment, TcpState};
use crate::model::tcp_options::TcpOption;
use crate::model::time::Timestamp;

/// How many spells of a state are kept. An ordinary connection has nine.
const SPELLS: usize = 40;

/// A state of one end, from one packet to the next that changes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spell {
    /// 0 for the client, 1 for the server.
    pub(super) place: usize,
    pub(super) state: TcpState,
    pub(super) from: Moment,
    pub(super) to: Until,
}

/// How far a state lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// To the end of the capture.
    End,
    /// To the packet that changes it.
    Packet(Moment),
    /// From some packet on the capture does not show the state.
    Unknown(Moment),
}

/// One TCP conversation.
#[derive(Debug, Default)]
pub(in crate::report::document) struct Study {
    /// By [`Side::index`].
    pub(super) ends: [Sender; 2],
    /// The first and the last segment.
    pub(super) first: Option<FrameNo>,
    pub(super) last: Option<Moment>,
    /// The time of the first frame of the capture, in nanoseconds since 1970.
    pub(super) origin: Option<i64>,
    /// The packet that completed the handshake.
    pub(super) opened: Option<Moment>,
    /// The first FIN or RST.
    pub(super) closing: Option<FrameNo>,
    /// Segments and datagrams that it was shown.
    shown: u64,
    /// Segments whose header or length cannot be read.
    pub(super) unread: u64,
    /// Of the segments that can be read: how many, bytes on the wire, bytes of TCP headers.
    pub(super) packets: u64,
    pub(super) wire: u64,
    pub(super) headers: u64,
    /// Of all of these, the bytes of payload.
    pub(super) payload: u64,
    /// A segment came in several frames (IP fragments): its bytes on the wire are not those of
    /// its own frame.
    pub(super) split: bool,
    /// The window is shown as it stands in the header: the scale is not known.
    pub(super) unscaled: bool,
    /// Frames of another connection between the same ports may be among these.
    pub(super) mixed: bool,
    pub(super) spells: Vec<Spell>,
    pub(super) more_spells: bool,
}

impl Study {
    /// Takes the next packet of the conversation.
    pub(in crate::report::document) fn row(&mut self, row: &Row<'_>, conversation: &Conversation) {
        let segment = match &row.packet.content {
            Content::Tcp(segment) => segment,
            Content::Udp(_) => {
                self.shown += 1;
                return;
            }
            Content::Other(_) => return,
        };
        self.shown += 1;
        let at = Moment {
            frame: row.frame.no,
            time: row.times.relative().map(|span| span.nanos_clamped()),
        };
        self.first.get_or_insert(at.frame);
        let absolute = row.times.absolute.map(Timestamp::nanos_clamped);
        let origin = absolute
            .zip(at.time)
            .map(|(now, since)| now.saturating_sub(since));
        self.origin = self.origin.or(origin);
        self.last = Some(at);
        self.states(row.analysis.states, at);
        if conversation.lifecycle.handshake_ack() == Some(at.frame) {
            self.opened = Some(at);
        }
        let (Some(header), Some(tcp)) = (segment.header, row.analysis.tcp) else {
            self.unread += 1;
            return;
        };
        let Some(len) = tcp.len.filter(|_| header.offset >= 5) else {
            self.unread += 1;
            return;
        };
        if header.flags.fin() || header.flags.rst() {
            self.closing.get_or_insert(at.frame);
        }
        self.packets += 1;
        self.wire = self.wire.saturating_add(row.frame.wire_len.into());
        self.headers += 4 * u64::from(header.offset);
        self.payload += u64::from(len);
        self.split |= segment.transport.len > row.frame.wire_len;
        self.mixed |= tcp.marks.any(Marks::PORT_REUSED);
        let side = row.analysis.side.unwrap_or(Side::First);
        self.segment(segment, (header, &tcp, len), side, at);
    }

    fn segment(
        &mut self,
        segment: &Segment<'_>,
        (header, tcp, len): (Header, &TcpAnalysis, u32),
        side: Side,
        at: Moment,
    ) {
        let [a, b] = &mut self.ends;
        let (own, other) = match side {
            Side::First => (a, b),
            Side::Second => (b, a),
        };
        own.first.get_or_insert(at);
        let flags = header.flags;
        if flags.rst() {
            return;
        }
        let (syn, fin) = (u32::from(flags.syn()), u32::from(flags.fin()));
        let takes = len > 0 || flags.syn() || flags.fin();
        let probe = tcp.marks.any(Marks::KEEP_ALIVE);
        if flags.syn() {
            let found = syn_of(segment, header, tcp, at);
            if own.syn.get_or_insert(found).isn == header.seq {
                own.calls.push(at);
                own.calls.truncate(super::sender::COPIES);
            } else {
                self.mixed = true;
            }
        }
        if flags.fin() && own.fin.is_none() {
            own.fin = Some(Fin {
                frame: at.frame,
                seq: tcp.seq,
                len,
                at: header.seq.plus(syn).plus(len),
                ack: None,
            });
        }
        if takes {
            let sent = Sent::new(at, header.seq, tcp.seq, len, (syn, fin));
            let mss = other.syn.and_then(|syn| syn.mss);
            own.takes(sent, tcp.marks.any(Marks::SENT_AGAIN), probe, mss);
        }
        if flags.ack() {
            let (covered, newest) = other.acknowledged(header.ack, tcp.ack, at);
            own.acks.note(covered, newest, at, !takes);
        }
        self.unscaled |= tcp.scale == Scale::Unknown && !flags.syn();
        own.offers(tcp.window, at);
    }

    fn states(&mut self, states: [Option<TcpState>; 2], at: Moment) {
        for (place, state) in states.into_iter().enumerate() {
            let open = self.spells.iter_mut().rev();
            let mut open = open.filter(|it| it.place == place && it.to == Until::End);
            let last = open.next();
            if last.as_ref().map(|it| it.state) == state {
                continue;
            }
            if let Some(last) = last {
                last.to = state.map_or(Until::Unknown(at), |_| Until::Packet(at));
            }
            let Some(state) = state else {
                continue;
            };
            if self.spells.len() == SPELLS {
                self.more_spells = true;
                continue;
            }
            self.spells.push(Spell {
                place,
                state,
                from: at,
                to: Until::End,
            });
        }
    }

    /// The frames as `#1–#11`; `#1` where there is one.
    pub(super) fn span(&self) -> String {
        match (self.first, self.last) {
            (Some(first), Some(last)) if first != last.frame => format!("#{first}–#{}", last.frame),
            (Some(first), _) => format!("#{first}"),
            _ => String::new(),
        }
    }

    /// Whether it was shown every packet of `conversation`: a filter may leave out some.
    pub(in crate::report::document) fn whole(&self, conversation: &Conversation) -> bool {
        let packets = conversation.traffic.packets.map(u64::from);
        self.shown >= packets.iter().sum()
    }

    /// Whether every segment could be read and none has numbers of another connection.
    pub(super) fn sound(&self) -> bool {
        self.unread == 0 && !self.mixed && self.ends.iter().all(Sender::sound)
    }
}

fn syn_of(segment: &Segment<'_>, header: Header, tcp: &TcpAnalysis, at: Moment) -> Syn {
    let mut mss = None;
    // Why the list ends early matters to Info alone.
    let _ = segment.read_options(tcp.options, |option| {
        if let TcpOption::MaximumSegmentSize(size) = option {
            mss = Some(size);
        }
    });
    Syn {
        frame: at.frame,
        isn: header.seq,
        seq: tcp.seq,
        ack: tcp.ack,
        raw_ack: header.ack,
        flags: header.flags,
        mss,
        complete: tcp.complete,
    }
}
