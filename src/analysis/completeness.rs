//! What a capture shows of a TCP connection: its opening, data, its close.

use crate::model::tcp::TcpFlags;

/// The parts of a connection that were seen, as tshark's field `tcp.completeness`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct Completeness(pub u8);

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

    /// Takes the next segment. The `first` of a stream counts only if it is a SYN without ACK.
    pub(super) fn take(&mut self, flags: TcpFlags, len: u32, first: bool) {
        let data = if len > 0 { Self::DATA } else { 0 };
        if first {
            if flags.syn() && !flags.ack() {
                self.0 = Self::SYN | data;
            }
            return;
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
