//! What a capture shows of a TCP connection: its opening, data, its close.

use crate::model::dialect::Dialect;
use crate::model::tcp::TcpFlags;

/// The parts of a connection that were seen, as tshark's field `tcp.completeness`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct Completeness(pub u8);

/// As what a segment counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A SYN without ACK that opens the stream: what was seen begins with it.
    Call,
    /// It adds to what was seen.
    Later,
    /// Of 4.0, the first segment of a stream that is no such SYN: nothing.
    Nothing,
}

impl Part {
    /// The part of a segment that is the `first` of its stream, or with which its sender `calls`,
    /// or both.
    pub(super) fn of_opening(first: bool, calls: bool, dialect: Dialect) -> Part {
        match (dialect.first_counts(), calls) {
            (true, true) => Part::Call,
            (false, true) if first => Part::Call,
            (false, false) if first => Part::Nothing,
            _ => Part::Later,
        }
    }
}

impl Completeness {
    /// A SYN without ACK.
    pub const SYN: u8 = 1;
    /// A SYN-ACK.
    pub const SYN_ACK: u8 = 2;
    /// An ACK without payload.
    pub const ACK: u8 = 4;
    /// Payload.
    pub const DATA: u8 = 8;
    /// A FIN.
    pub const FIN: u8 = 16;
    /// A RST.
    pub const RST: u8 = 32;

    /// tshark's words for it.
    pub const fn name(self) -> &'static str {
        match self.0 {
            1 => "Incomplete, SYN_SENT",
            3 => "Incomplete, CLIENT_ESTABLISHED",
            7 => "Incomplete, ESTABLISHED",
            15 => "Incomplete, DATA",
            31 | 47 | 63 => "Complete, WITH_DATA",
            23 | 39 | 55 => "Complete, NO_DATA",
            _ => "Incomplete",
        }
    }

    /// Whether a FIN with ACK or a RST was seen.
    pub(super) fn closed(self) -> bool {
        self.0 & (Self::FIN | Self::RST) != 0
    }

    /// Takes the next segment.
    pub(super) fn take(&mut self, flags: TcpFlags, len: u32, part: Part) {
        match part {
            Part::Nothing => return,
            Part::Call => {
                let data = if len > 0 { Self::DATA } else { 0 };
                self.0 = Self::SYN | data;
            }
            Part::Later => {}
        }
        self.0 |= match (flags.syn(), flags.ack()) {
            (true, true) => Self::SYN_ACK,
            (false, true) if len > 0 => Self::DATA,
            (false, true) => Self::ACK,
            _ => 0,
        };
        if flags.fin() && flags.ack() {
            self.0 |= Self::FIN;
        }
        if flags.rst() {
            self.0 |= Self::RST;
        }
    }
}
