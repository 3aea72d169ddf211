//! What a connection learns from SYNs and options.

use super::Input;
use super::connection::Connection;
use super::flow::Scale;
use crate::model::tcp::TcpFlags;
use crate::model::tcp_options::TcpOption;

const ECN: TcpFlags = TcpFlags::ECE.with(TcpFlags::CWR).with(TcpFlags::AE);

impl Connection {
    /// Takes notice of what a SYN says of Accurate ECN.
    pub(super) fn ecn(&mut self, flags: TcpFlags) {
        let with = |wanted, without| flags.any(wanted) && !flags.any(without);
        match (flags.syn(), flags.ack()) {
            (true, true) => {
                self.ecn_taken =
                    with(TcpFlags::CWR, TcpFlags::AE) || with(TcpFlags::AE, TcpFlags::ECE);
            }
            (true, false) => self.ecn_offered = flags.0 & ECN.0 == ECN.0,
            _ => {}
        }
    }

    /// Whether ECE, CWR and AE are a counter here.
    pub(super) fn accurate_ecn(&self, flags: TcpFlags) -> bool {
        !flags.syn() && (self.ecn_option || (self.ecn_offered && self.ecn_taken))
    }

    /// Remembers what an option of the segment says.
    #[inline]
    pub(super) fn learn(&mut self, input: &Input<'_>, option: TcpOption) {
        let (own, other) = self.pair(input);
        match option {
            TcpOption::WindowScale(shift) => own.scale = Scale::Shift(shift.min(14)),
            // Only the last SACK option of a segment counts.
            TcpOption::Sack => own.sacks.clear(),
            TcpOption::SackBlock(left, right) => {
                let base = other.origin();
                own.sacks
                    .add(left, right, base, input.dialect.sack_blocks());
            }
            TcpOption::ScpsCapabilities(_) => own.scps = true,
            TcpOption::AccEcn { .. } => self.ecn_option = true,
            TcpOption::Multipath(subtype) => self.multipath |= 1 << (subtype & 0x0f),
            _ => {}
        }
    }

    /// Decides about window scaling and SCPS when a SYN has been read to its end: both sides have
    /// to offer them.
    pub(super) fn agree(&mut self, input: &Input<'_>) {
        let flags = input.header.flags;
        let (own, other) = self.pair(input);
        if own.scale == Scale::Unknown {
            own.scale = Scale::Off;
            other.scale = Scale::Off;
        } else if flags.ack() && other.scale == Scale::Off {
            own.scale = Scale::Off;
        }
        if flags.ack() {
            let scps = own.scps && other.scps;
            own.scps = scps;
            other.scps = scps;
        }
    }
}
