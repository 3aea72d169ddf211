//! The TCP options in Info.

use super::{field, number};
use crate::model::missing::Missing;
use crate::model::seq::Seq;
use crate::model::tcp::Segment;
use crate::model::tcp_options::{AccEcnCounter, OptionContext, Riverbed, TcpOption};

const SCPS_NAMES: [(u8, &str); 6] = [
    (0x80, "BETS"),
    (0x40, "SNACK1"),
    (0x20, "SNACK2"),
    (0x10, "COMP"),
    (0x08, "NLTS"),
    (0x07, "RESERVED"),
];

const QUICK_START_RATES: [&str; 16] = [
    "0 bit/s",
    "80 Kbit/s",
    "160 Kbit/s",
    "320 Kbit/s",
    "640 Kbit/s",
    "1.28 Mbit/s",
    "2.56 Mbit/s",
    "5.12 Mbit/s",
    "10.24 Mbit/s",
    "20.48 Mbit/s",
    "40.96 Mbit/s",
    "81.92 Mbit/s",
    "163.84 Mbit/s",
    "327.68 Mbit/s",
    "655.36 Mbit/s",
    "1.31072 Gbit/s",
];

/// Appends what the options of a segment show.
///
/// # Errors
/// Why the options end early.
pub(super) fn write(
    segment: &Segment<'_>,
    context: OptionContext,
    out: &mut Vec<u8>,
) -> Result<(), Missing> {
    segment.read_options(context, |option| one(option, context.sack_base, out))
}

fn one(option: TcpOption, base: Seq, out: &mut Vec<u8>) {
    match option {
        TcpOption::MaximumSegmentSize(size) => field(" MSS=", size, out),
        TcpOption::WindowScale(shift) => field(" WS=", 1u32 << shift.min(14), out),
        TcpOption::SackPermitted => out.extend_from_slice(b" SACK_PERM"),
        TcpOption::SackBlock(left, right) => {
            field(" SLE=", left.from_base(base), out);
            field(" SRE=", right.from_base(base), out);
        }
        TcpOption::Echo(value) => field(" ECHO=", value, out),
        TcpOption::Timestamps(value, echo) => {
            field(" TSval=", value, out);
            field(" TSecr=", echo, out);
        }
        TcpOption::ConnectionCount(count) => field(" CC=", count, out),
        TcpOption::Md5 => out.extend_from_slice(b" MD5"),
        TcpOption::ScpsCapabilities(bits) => scps_names(bits, out),
        TcpOption::ScpsConnection(0) => {}
        TcpOption::ScpsConnection(id) => field(" Connection ID=", id, out),
        TcpOption::ScpsExtended(capability) => field(" EXCAP=", capability, out),
        TcpOption::QuickStart(rate) => {
            out.extend_from_slice(b" QSresp=");
            let rate = QUICK_START_RATES.get(usize::from(rate));
            out.extend_from_slice(rate.copied().unwrap_or_default().as_bytes());
        }
        TcpOption::UserTimeout(timeout) => field(" USER_TO=", timeout, out),
        // tshark leaves out the space.
        TcpOption::Authentication => out.extend_from_slice(b"TCP AO"),
        TcpOption::FastOpen(true) => out.extend_from_slice(b" TFO=C"),
        TcpOption::FastOpen(false) => out.extend_from_slice(b" TFO=R"),
        TcpOption::AccEcn { empty: true } => out.extend_from_slice(b" AccECN"),
        TcpOption::AccEcnCounter(AccEcnCounter::Ee0b, value) => field(" EE0B=", value, out),
        TcpOption::AccEcnCounter(AccEcnCounter::Eceb, value) => field(" ECEB=", value, out),
        TcpOption::AccEcnCounter(AccEcnCounter::Ee1b, value) => field(" EE1B=", value, out),
        TcpOption::AckRate(None) => out.extend_from_slice(b" TARR"),
        TcpOption::AckRate(Some(rate)) => field(" TARR=", rate, out),
        TcpOption::Experiment(id) => {
            out.extend_from_slice(b" ExID=");
            hexadecimal(id, out);
        }
        TcpOption::Sack
        | TcpOption::Multipath(_)
        | TcpOption::AccEcn { empty: false }
        | TcpOption::Riverbed(_) => {}
    }
}

fn scps_names(bits: u8, out: &mut Vec<u8>) {
    let names = SCPS_NAMES.iter().filter(|(bit, _)| bits & bit != 0);
    for (place, (_, name)) in names.enumerate() {
        out.extend_from_slice(if place == 0 { b" SCPS[" } else { b", " });
        out.extend_from_slice(name.as_bytes());
    }
    if bits != 0 {
        out.push(b']');
    }
}

/// Upper-case digits without leading zeros.
fn hexadecimal(value: u16, out: &mut Vec<u8>) {
    let digits = (u16::BITS - value.leading_zeros()).div_ceil(4).max(1);
    for place in (0..digits).rev() {
        let digit = usize::from((value >> (4 * place)) & 0x0f);
        out.push(b"0123456789ABCDEF"[digit]);
    }
}

/// Appends the words that Riverbed probes put in front of the ports. Each goes before the ones
/// that are there; a query comes last of all, since only the end of the options settles it.
pub(super) fn riverbed(segment: &Segment<'_>, context: OptionContext, out: &mut Vec<u8>) {
    let start = out.len();
    let (mut query, mut first) = (false, true);
    let read = segment.read_options(context, |option| {
        let TcpOption::Riverbed(riverbed) = option else {
            return;
        };
        let words: &[u8] = match riverbed {
            Riverbed::Query => {
                query = true;
                return;
            }
            Riverbed::NotFirst => {
                first = false;
                return;
            }
            Riverbed::Response => b"SA+, ",
            Riverbed::Trace => b"S#, ",
            Riverbed::LastResponse => b"SA++, ",
            Riverbed::Transparency => b"TRPY, ",
        };
        prepend(out, start, words);
    });
    if query && read.is_ok() {
        prepend(out, start, if first { b"S+, " } else { b"S+*, " });
    }
}

fn prepend(out: &mut Vec<u8>, start: usize, words: &[u8]) {
    out.extend_from_slice(words);
    if let Some(all) = out.get_mut(start..) {
        all.rotate_right(words.len());
    }
}

/// Appends the urgent pointer.
pub(super) fn urgent(pointer: u16, out: &mut Vec<u8>) {
    out.extend_from_slice(b" Urg=");
    number(pointer, out);
}
