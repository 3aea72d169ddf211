//! The second direction of a connection, of which most of the time there is none before the answer.

use super::Connection;
use crate::analysis::tcp::Input;
use crate::analysis::tcp::flow::{Flow, Scale};
use crate::analysis::tcp::marks::Marks;
use crate::model::side::Side;

/// The place in memory of a second direction that came to nothing.
pub(in crate::analysis::tcp) type Spare = Option<Box<Flow>>;

impl Connection {
    /// Makes a second direction where there is none, out of the `spare` one if there is that; whether
    /// there was none.
    #[inline]
    pub(in crate::analysis::tcp) fn expect_answer(
        &mut self,
        input: &Input<'_>,
        spare: &mut Spare,
    ) -> bool {
        let alone = self.second.is_none();
        if alone {
            self.make_second(input, spare);
        }
        alone
    }

    #[inline(never)]
    fn make_second(&mut self, input: &Input<'_>, spare: &mut Spare) {
        let nothing = unanswered(&self.first, input);
        self.second = Some(match spare.take() {
            Some(mut flow) => {
                *flow = nothing;
                flow
            }
            None => Box::new(nothing),
        });
    }

    /// Takes the second direction away again where the segment, which earned `marks`, has shown nothing
    /// of it: the next one that is made has its place in memory.
    pub(in crate::analysis::tcp) fn forget_unanswered(
        &mut self,
        input: &Input<'_>,
        marks: Marks,
        spare: &mut Spare,
    ) {
        let first = &self.first;
        let same = |flow: &Flow| *flow == unanswered(first, input);
        // What its caller sends without acknowledging or earning a mark touches nothing but the scale.
        let calls = input.side == Side::First && !input.header.flags.ack() && marks.is_empty();
        let nothing = |flow: &Flow| match calls {
            true => flow.scale == scale(first),
            false => same(flow),
        };
        if let Some(flow) = self.second.take_if(|flow| nothing(flow)) {
            debug_assert!(same(&flow), "a segment changed the other direction");
            *spare = Some(flow);
        }
    }
}

/// The direction opposite to `first` before anything is sent in it.
#[cold]
pub(super) fn unanswered(first: &Flow, input: &Input<'_>) -> Flow {
    Flow::new(input.dialect, scale(first), input.stamp.epoch)
}

/// The scale of that direction: scaling that one end does not offer is off for both.
fn scale(first: &Flow) -> Scale {
    match first.scale {
        Scale::Off => Scale::Off,
        _ => Scale::Unknown,
    }
}
