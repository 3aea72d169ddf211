//! One line of the middle of a summary: an exchange of data, keep-alives, datagrams.

use super::FrameSet;
use crate::model::frame::FrameNo;
use crate::model::side::Side;

/// What the packets of a group have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GroupKind {
    /// TCP payload of one end and the plain ACKs of it.
    Data,
    /// Plain ACKs of something that is not in the capture.
    Acks,
    /// Keep-alive probes of one end and their answers.
    KeepAlive,
    /// Window updates and zero-window probes apart from data.
    Window,
    /// Segments without SYN, ACK and RST.
    Unknown,
    /// Segments whose header cannot be read to its end.
    Unread,
    /// UDP datagrams of one end, then those that came back.
    Datagrams,
    /// ICMP errors about TCP packets of one end.
    IcmpErrors,
}

/// Packets that belong together.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// What they are.
    pub kind: GroupKind,
    /// Who sent the data, the probes or the first datagrams; about whose packets the ICMP errors
    /// are.
    pub side: Side,
    /// The frames.
    pub frames: FrameSet,
    /// Payload bytes of `side`, each counted once.
    pub bytes: u64,
    /// Payload bytes that came back in datagrams.
    pub back_bytes: u64,
    /// How many datagrams or probes `side` sent.
    pub sent: u32,
    /// How many datagrams or answers came back.
    pub back: u32,
    /// The numbers of the data, from the first to the one after the last: places on the
    /// [`Line`](crate::analysis::record::line::Line) of its sender.
    pub start: i64,
    /// See `start`.
    pub end: i64,
    /// Up to where the data is acknowledged; `start` where none of it is.
    pub acked_to: i64,
    /// The frame that acknowledged that far; 0 for none.
    pub acked_by: FrameNo,
    /// `acked_by` is one of `frames`.
    pub acked_inside: bool,
    /// Payload bytes of `side` that were sent again.
    pub again: u64,
    /// How many of the packets are copies of others, made by the capture or on the way.
    pub twice: u32,
    /// How many segments have bytes that were captured before.
    pub retransmissions: u32,
    /// How many segments fill a gap so late that they seem to have been sent again, while their
    /// first copy is in no captured segment.
    pub late: u32,
    /// How many segments came out of order.
    pub out_of_order: u32,
    /// How many segments belong to another connection between the same ends.
    pub stray: u32,
    /// How many ACKs repeat the one before them.
    pub duplicate_acks: u32,
    /// How many window updates there are.
    pub window_updates: u32,
    /// How many window probes there are.
    pub probes: u32,
    /// How many of them are answered.
    pub answers: u32,
    /// How often the window was closed.
    pub zero_windows: u32,
    /// The first frame that closed it; 0 for none.
    pub zero_window: FrameNo,
    /// The last frame that opened it again; 0 for none.
    pub reopened: FrameNo,
    /// The first ICMP error about it; 0 for none.
    pub icmp_error: FrameNo,
    /// That error says that nobody listens on the port.
    pub port_unreachable: bool,
}

impl Group {
    /// The receiver of its data announces a window: 0 or not, before and now.
    pub(super) fn window(&mut self, frame: FrameNo, was_shut: bool, is_shut: bool) {
        match (was_shut, is_shut) {
            (false, true) => {
                self.zero_windows = self.zero_windows.saturating_add(1);
                if self.zero_window == 0 {
                    self.zero_window = frame;
                }
            }
            (true, false) => self.reopened = frame,
            _ => {}
        }
    }

    /// A group before its first packet.
    pub(super) fn new(kind: GroupKind, side: Side, start: i64) -> Group {
        Group {
            kind,
            side,
            frames: FrameSet::default(),
            bytes: 0,
            back_bytes: 0,
            sent: 0,
            back: 0,
            start,
            end: start,
            acked_to: start,
            acked_by: 0,
            acked_inside: false,
            again: 0,
            twice: 0,
            retransmissions: 0,
            late: 0,
            out_of_order: 0,
            stray: 0,
            duplicate_acks: 0,
            window_updates: 0,
            probes: 0,
            answers: 0,
            zero_windows: 0,
            zero_window: 0,
            reopened: 0,
            icmp_error: 0,
            port_unreachable: false,
        }
    }

    /// Whether every byte is acknowledged.
    pub fn acknowledged(&self) -> bool {
        self.acked_by != 0 && self.acked_to >= self.end
    }

    /// Of ACKs: the first frame with the data that they acknowledge, where all of it was captured
    /// after them.
    pub fn captured_after(&self) -> Option<FrameNo> {
        let all = self.kind == GroupKind::Acks && self.acked_by != 0 && self.acked_to >= self.end;
        all.then_some(self.acked_by)
    }

    /// Begins at `start` where that is before everything so far.
    pub(super) fn take_before(&mut self, start: i64) {
        if start < self.start && self.acked_to == self.start {
            self.acked_to = start;
        }
        self.start = self.start.min(start);
    }

    /// Whether it is TCP payload of `side`.
    pub(super) fn is_data_of(&self, side: Side) -> bool {
        self.kind == GroupKind::Data && self.side == side
    }

    /// Takes an acknowledgment of its data that came in `frame`; whether it says anything new.
    pub(super) fn acknowledge(&mut self, ack: i64, frame: FrameNo) -> bool {
        if ack <= self.acked_to || self.acked_to >= self.end {
            return false;
        }
        self.acked_to = ack.min(self.end);
        self.acked_by = frame;
        self.acked_inside = false;
        true
    }
}

/// Groups that came after as many as are kept.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rest {
    /// How many groups.
    pub groups: u64,
    /// Their packets.
    pub packets: u64,
    /// Payload bytes of each end, each counted once, in the order of the conversation's ends.
    pub bytes: [u64; 2],
    /// The first of their frames.
    pub first: FrameNo,
    /// The last of them.
    pub last: FrameNo,
}
