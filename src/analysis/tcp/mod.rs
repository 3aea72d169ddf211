//! TCP sequence analysis, as tshark 4.0 decides it.

pub mod marks;

use marks::Marks;

/// What the analysis says of one segment.
#[derive(Clone, Copy, Debug, Default)]
pub struct TcpAnalysis {
    /// Sequence number as shown: relative to the sender's first one where that is known.
    pub seq: u32,
    /// Acknowledgment number as shown.
    pub ack: u32,
    /// Window in bytes as shown, scaled where the scale is known.
    pub window: u32,
    /// Payload length in bytes; `None` where it cannot be measured.
    pub len: Option<u32>,
    /// The analysis marks.
    pub marks: Marks,
}
