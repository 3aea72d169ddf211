//! What a connection learns from SYNs and options.

use super::Input;
use super::connection::Connection;
use super::flow::Scale;
use crate::model::side::Side;
use crate::model::tcp::{Header, TcpFlags};
use crate::model::tcp_options::{OptionContext, TcpOption};

const ECN: TcpFlags = TcpFlags::ECE.with(TcpFlags::CWR).with(TcpFlags::AE);

impl Connection {
    /// What reading the segment's options depends on.
    pub(super) fn option_context(&self, input: &Input<'_>) -> OptionContext {
        let (own, other) = self.flows(input.side);
        let Header { ack, flags, .. } = input.header;
        OptionContext {
            ack: if input.relative && flags.ack() {
                other.relative(ack)
            } else {
                ack.0
            },
            sack_base: other.base.unwrap_or_default(),
            scps: own.scps,
        }
    }

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

    /// Remembers what an option says, of SACK blocks `most_sacks` at most.
    pub(super) fn learn(&mut self, side: Side, option: TcpOption, most_sacks: u8) {
        let (own, other) = self.pair(side);
        match option {
            TcpOption::WindowScale(shift) => own.scale = Scale::Shift(shift.min(14)),
            // Only the last SACK option of a segment counts.
            TcpOption::Sack => own.sacks.clear(),
            TcpOption::SackBlock(left, right) => {
                let base = other.base.unwrap_or_default();
                own.sacks.add(left, right, base, most_sacks);
            }
            TcpOption::ScpsCapabilities(_) => own.scps = true,
            TcpOption::AccEcn { .. } => self.ecn_option = true,
            TcpOption::Multipath(subtype) => self.multipath |= 1 << (subtype & 0x0f),
            _ => {}
        }
    }

    /// Decides about window scaling and SCPS when a SYN has been read to its end: both sides have
    /// to offer them.
    pub(super) fn agree(&mut self, side: Side, flags: TcpFlags) {
        let (own, other) = self.pair(side);
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
