//! The round trip of a handshake.

use super::Input;
use super::connection::{Connection, InitialRtt};
use crate::model::time::Nanos;

impl Connection {
    /// Takes notice of the handshake's times, and says its round trip when it is known.
    #[inline]
    pub(super) fn handshake(&mut self, input: &Input<'_>) -> Option<Nanos> {
        let flags = input.header.flags;
        if flags.syn() {
            if !flags.ack() {
                self.call(input);
            }
        } else if flags.ack() {
            return self.answer(input.stamp.now);
        }
        None
    }

    /// The handshake's round trip; 0 where it is not known.
    pub(super) fn initial_rtt(&self) -> Nanos {
        match self.opening {
            InitialRtt::Took => self.opened,
            _ => Nanos::ZERO,
        }
    }

    fn call(&mut self, input: &Input<'_>) {
        if self.opening != InitialRtt::Took {
            self.opened = input.stamp.now;
            self.opening = match input.stamp.is_timeless() {
                true => InitialRtt::Unknown,
                false => InitialRtt::Called,
            };
        }
    }

    #[inline]
    fn answer(&mut self, now: Nanos) -> Option<Nanos> {
        if self.opening != InitialRtt::Called {
            return None;
        }
        let rtt = now.since(self.opened);
        if rtt == Nanos::ZERO {
            return None;
        }
        self.opening = InitialRtt::Took;
        self.opened = rtt;
        Some(rtt)
    }
}
