//! Echo requests and the replies that answer them (RFC 792, RFC 4443).

use std::collections::VecDeque;
use std::net::IpAddr;

use hashbrown::HashMap;

use crate::model::frame::FrameNo;

/// How many echo requests are remembered; the oldest is forgotten first.
pub(crate) const MAX_REQUESTS: usize = 16_384;

/// What a reply has in common with its request. The checksum stands for the data: that of the
/// reply differs only by the type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    ends: [IpAddr; 2],
    checksum: u16,
    id: u16,
    seq: u16,
}

impl Key {
    /// The key of a request or its reply; `types` is what the request's type and code add to the
    /// sum beyond the reply's (8 in ICMP's first byte).
    pub(super) fn new(
        source: IpAddr,
        destination: IpAddr,
        request: bool,
        checksum: u16,
        difference: i8,
        id: u16,
        seq: u16,
    ) -> Self {
        let ends = if source <= destination {
            [source, destination]
        } else {
            [destination, source]
        };
        // One's complement: what the type adds to the words is taken off the checksum.
        let step = i32::from(difference) * 256;
        let mut sum = i32::from(checksum) - if request { 0 } else { step };
        if sum < 0 {
            sum += 0xffff;
        }
        if sum >= 0xffff {
            sum -= 0xffff;
        }
        Self {
            ends,
            checksum: u16::try_from(sum).unwrap_or(0),
            id,
            seq,
        }
    }
}

/// The echo requests seen last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Echoes {
    open: HashMap<Key, FrameNo, foldhash::fast::RandomState>,
    order: VecDeque<Key>,
}

impl Echoes {
    /// Remembers a request; finds the request of a reply, once.
    pub(super) fn see(&mut self, key: Key, request: bool, no: FrameNo) -> Option<FrameNo> {
        if !request {
            return self.open.remove(&key);
        }
        if self.open.insert(key, no).is_none() {
            self.order.push_back(key);
            if self.order.len() > MAX_REQUESTS
                && let Some(oldest) = self.order.pop_front()
            {
                self.open.remove(&oldest);
            }
        }
        None
    }
}
