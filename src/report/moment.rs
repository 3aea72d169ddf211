//! A socket call at its place in time, whole or in parts.

use crate::model::call::SocketCall;
use crate::model::time::Timestamp;

/// Which part of a call a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The whole call.
    Whole,
    /// That it was made, where packets lie between that and its return.
    Start,
    /// That it returned.
    Return,
}

impl Part {
    /// Its name in JSON, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Part::Whole => "whole",
            Part::Start => "start",
            Part::Return => "return",
        }
    }
}

/// A call, or a part of it, at its place in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The call.
    pub call: SocketCall,
    /// What of it.
    pub part: Part,
    /// Its server talks to several clients: Info names the port of the one.
    pub several: bool,
}

impl Moment {
    /// When it was: a whole call stands where the kernel did it.
    pub fn time(&self) -> Timestamp {
        match self.part {
            Part::Start => self.call.began,
            Part::Whole => self.call.acted,
            Part::Return => self.call.ended,
        }
    }

    /// Whether packets that have its time come before it: they woke it. Else it caused them.
    pub fn after_packets(&self) -> bool {
        match self.part {
            Part::Start => false,
            Part::Return => true,
            Part::Whole => self.call.call.is_woken(),
        }
    }
}
