//! How the data of an end went over time: what is told of it once the capture has ended.

use super::end::End;
use super::flight::{Flight, Nagle};
use super::sent::Sent;
use super::trips::{Acks, Covered, Trips};
use crate::analysis::moment::Moment;

/// The times of one end.
#[derive(Clone, Debug, Default)]
pub struct Timing {
    /// The round trips of its data.
    pub trips: Trips,
    /// How it acknowledged the other end's data.
    pub acks: Acks,
    /// How much of its data was under way.
    pub flight: Flight,
    /// What shows whether Nagle's algorithm holds its segments.
    pub nagle: Nagle,
}

impl Timing {
    /// Takes a segment with payload: some of it was sent before (`again`), a FIN is in it (`fin`);
    /// `mss` is the largest segment that `peer`, the other end, takes.
    pub(super) fn send(
        &mut self,
        sent: &Sent,
        (again, fin): (bool, bool),
        mss: Option<u16>,
        peer: &End,
    ) {
        if !again {
            if !fin {
                self.nagle.send(sent, self.trips.newest(), mss);
            }
            let acked = peer.highest_ack.map(|(acked, _)| acked);
            let window = peer.windows.latest.map(|(window, _)| window);
            self.flight.send(sent, acked, window);
        }
        self.trips.send(sent, again);
    }

    /// Takes an acknowledgment of everything before `ack` that echoes a timestamp, and has nothing
    /// else in it where it is `pure`.
    pub(super) fn acknowledged(
        &mut self,
        ack: i64,
        echo: Option<u32>,
        at: Moment,
        pure: bool,
    ) -> Covered {
        let open = self.trips.newest().copied();
        let covered = self.trips.acknowledge(ack, echo, at);
        if pure && covered.segments > 0 && self.trips.newest().is_none() {
            self.nagle.acknowledged(open, at);
        }
        covered
    }
}
