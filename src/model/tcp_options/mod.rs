//! TCP options (RFC 9293, 3.1), read part by part.
//!
//! A header can end anywhere: by the capture length, by the length that IP claims, by an option
//! that claims more than is left. What stands before the end counts, so the reader hands out each
//! part as soon as its bytes are there and then says why it stopped.

mod read;

use super::seq::Seq;

/// A part of an option that means something by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TcpOption {
    /// Kind 2: maximum segment size in bytes.
    MaximumSegmentSize(u16),
    /// Kind 3: window shift as it stands, 0 to 255; above 14 counts as 14 (RFC 7323, 2.3).
    WindowScale(u8),
    /// Kind 4: SACK permitted (RFC 2018).
    SackPermitted,
    /// Kind 5: a SACK option begins.
    Sack,
    /// Kind 5: one block of a SACK option, its left and its right edge (RFC 2018).
    SackBlock(Seq, Seq),
    /// Kinds 6 and 7: echo and its reply (RFC 1072).
    Echo(u32),
    /// Kind 8: timestamp value and echo reply (RFC 7323).
    Timestamps(u32, u32),
    /// Kinds 11, 12 and 13: connection count (RFC 1644).
    ConnectionCount(u32),
    /// Kind 19: MD5 signature (RFC 2385).
    Md5,
    /// Kind 20: SCPS capabilities.
    ScpsCapabilities(u8),
    /// Kind 20: SCPS connection id.
    ScpsConnection(u8),
    /// Kind 20: a further SCPS capability by its number.
    ScpsExtended(u8),
    /// Kind 27: quick start response, the code of its rate (RFC 4782).
    QuickStart(u8),
    /// Kind 28: user timeout, its low 15 bits (RFC 5482).
    UserTimeout(u16),
    /// Kind 29: TCP-AO (RFC 5925).
    Authentication,
    /// Kind 30: Multipath TCP, its subtype 0 to 15 (RFC 8684).
    Multipath(u8),
    /// Kind 34: TCP fast open (RFC 7413); whether it holds a cookie.
    FastOpen(bool),
    /// Kinds 172 and 174: an Accurate ECN option, after its counters.
    AccEcn {
        /// It holds no counter.
        empty: bool,
    },
    /// Kinds 172 and 174: a counter of an Accurate ECN option.
    AccEcnCounter(AccEcnCounter, u32),
    /// Kinds 253 and 254, identifier 0x00ac: TARR, with its number if it has one.
    AckRate(Option<u8>),
    /// Kinds 253 and 254: an experiment by its identifier (RFC 6994).
    Experiment(u16),
    /// Kinds 76 and 78: a Riverbed probe.
    Riverbed(Riverbed),
}

/// The counters of an Accurate ECN option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccEcnCounter {
    /// Bytes marked ECT(0), plus an offset.
    Ee0b,
    /// Bytes marked CE.
    Eceb,
    /// Bytes marked ECT(1), plus an offset.
    Ee1b,
}

/// What a Riverbed option is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Riverbed {
    /// A probe query.
    Query,
    /// The query comes from a machine that is not the first.
    NotFirst,
    /// A probe response.
    Response,
    /// A trace of a probe.
    Trace,
    /// The last machine answers.
    LastResponse,
    /// Transparency option.
    Transparency,
}

/// What reading the options of a segment depends on beside its bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct OptionContext {
    /// The acknowledgment number as shown.
    pub ack: u32,
    /// What the edges of SACK blocks count from.
    pub sack_base: Seq,
    /// The sender sent a plain SCPS option before.
    pub scps: bool,
}
