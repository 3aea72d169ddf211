//! What a record reads of the options of a segment.

use crate::analysis::tcp::TcpAnalysis;
use crate::model::tcp::Segment;
use crate::model::tcp_options::TcpOption;

/// What is read of the options.
#[derive(Clone, Copy, Default)]
pub(super) struct Options {
    pub(super) mss: Option<u16>,
    pub(super) stamp: Option<u32>,
    pub(super) echo: Option<u32>,
}

/// Reads them.
pub(super) fn read(wire: &Segment<'_>, tcp: &TcpAnalysis) -> Options {
    let mut found = Options::default();
    if wire.header.is_some_and(|header| header.offset > 5) {
        // Why the list ends early matters to Info alone.
        let _ = wire.read_options(tcp.options, |option| match option {
            TcpOption::MaximumSegmentSize(size) => found.mss = Some(size),
            TcpOption::Timestamps(value, echo) => {
                (found.stamp, found.echo) = (Some(value), Some(echo));
            }
            _ => {}
        });
    }
    found
}
