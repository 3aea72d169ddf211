//! What the look-ahead needs of a frame that is still to come: between which ends it seems to go.

use super::usual::{IPV4, IPV6, TCP, UDP, network};
use crate::model::address::Address;
use crate::model::frame::Frame;
use crate::model::prefetch::LikelyEnds;

/// Between which ends the packet of a frame seems to go, where the frame looks usual.
#[inline]
pub fn likely_ends(frame: &Frame<'_>) -> Option<LikelyEnds> {
    const IPV4_HEADER: usize = 20;
    const IPV6_HEADER: usize = 40;
    let (kind, above) = network(frame)?;
    let (source, destination, protocol, ports) = match kind {
        IPV4 => {
            let (header, ports) = above.split_first_chunk::<IPV4_HEADER>()?;
            let [.., s0, s1, s2, s3, d0, d1, d2, d3] = *header;
            (
                Address::V4([s0, s1, s2, s3].into()),
                Address::V4([d0, d1, d2, d3].into()),
                header[9],
                ports,
            )
        }
        IPV6 => {
            let (header, ports) = above.split_first_chunk::<IPV6_HEADER>()?;
            let (_, addresses) = header.split_last_chunk::<32>()?;
            let (source, _) = addresses.split_first_chunk::<16>()?;
            let (_, destination) = addresses.split_last_chunk::<16>()?;
            (
                Address::V6((*source).into()),
                Address::V6((*destination).into()),
                header[6],
                ports,
            )
        }
        _ => return None,
    };
    let [s0, s1, d0, d1] = *ports.first_chunk::<4>()?;
    (protocol == TCP || protocol == UDP).then_some(LikelyEnds {
        source,
        destination,
        ports: (u16::from_be_bytes([s0, s1]), u16::from_be_bytes([d0, d1])),
        tcp: protocol == TCP,
    })
}
