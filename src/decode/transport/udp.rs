//! The UDP header (RFC 768), whole or cut.

use crate::model::packet::{Datagram, Transport};

/// Reads a datagram; `None` where not even the ports are there.
pub(in crate::decode) fn read(transport: Transport<'_>) -> Option<Datagram<'_>> {
    Datagram::read(transport)
}
