//! The round trip of a handshake.

use super::Input;
use super::connection::Connection;
use crate::model::time::Nanos;

/// From the SYN to the first plain acknowledgment.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Opening {
    /// No SYN without ACK, or the last one is stamped with 0 of the epoch, which counts as no time.
    #[default]
    Unknown,
    /// When the last SYN without ACK came.
    Called(Nanos),
    /// The round trip, never 0.
    Took(Nanos),
}

impl Opening {
    fn call(&mut self, input: &Input<'_>) {
        if !matches!(self, Self::Took(_)) {
            *self = match input.at_epoch {
                true => Self::Unknown,
                false => Self::Called(input.time),
            };
        }
    }

    fn answer(&mut self, now: Nanos) -> Option<Nanos> {
        let Self::Called(syn) = *self else {
            return None;
        };
        let rtt = now.since(syn);
        if rtt == Nanos::ZERO {
            return None;
        }
        *self = Self::Took(rtt);
        Some(rtt)
    }
}

impl Connection {
    /// Takes notice of the handshake's times, and says its round trip when it is known.
    #[inline]
    pub(super) fn handshake(&mut self, input: &Input<'_>) -> Option<Nanos> {
        let flags = input.header.flags;
        if flags.syn() {
            if !flags.ack() {
                self.opening.call(input);
            }
            self.pair(input.side).0.awaits_ack = true;
        } else if flags.ack() {
            self.pair(input.side).0.awaits_ack = false;
            return self.opening.answer(input.time);
        }
        None
    }

    /// The handshake's round trip; 0 where it is not known.
    pub(super) fn initial_rtt(&self) -> Nanos {
        match self.opening {
            Opening::Took(rtt) => rtt,
            _ => Nanos::ZERO,
        }
    }
}
