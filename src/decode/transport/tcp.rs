//! The TCP header (RFC 9293, 3.1), whole or cut.

use crate::model::packet::Transport;
use crate::model::tcp::Segment;

/// Reads a segment; `None` where not even the ports are there.
pub(in crate::decode) fn read(transport: Transport<'_>) -> Option<Segment<'_>> {
    Segment::read(transport)
}
