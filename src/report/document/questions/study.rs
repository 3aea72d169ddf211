//! How much of a conversation its report was shown, and the states that it went through.

use crate::analysis::conversation::Conversation;
use crate::analysis::record::Moment;
use crate::analysis::row::Row;
use crate::model::packet::Content;
use crate::model::tcp::TcpState;
use crate::model::time::Nanos;

/// How many spells of a state are kept. An ordinary connection has nine.
const SPELLS: usize = 40;

/// A state of one end, from one packet to the next that changes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spell {
    /// 0 for the client, 1 for the server.
    pub(super) place: usize,
    pub(super) state: TcpState,
    pub(super) from: Moment,
    pub(super) to: Until,
}

/// How far a state lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// To the end of the capture.
    End,
    /// To the packet that changes it.
    Packet(Moment),
    /// From some packet on the capture does not show the state.
    Unknown(Moment),
}

/// One conversation.
#[derive(Debug, Default)]
pub(in crate::report::document) struct Study {
    /// Segments and datagrams that it was shown.
    shown: u64,
    pub(super) spells: Vec<Spell>,
    pub(super) more_spells: bool,
}

impl Study {
    /// Takes the next packet of the conversation.
    pub(in crate::report::document) fn row(&mut self, row: &Row<'_>) {
        if matches!(row.packet.content, Content::Other(_)) {
            return;
        }
        self.shown += 1;
        if matches!(row.packet.content, Content::Tcp(_)) {
            let time = row.times.relative();
            self.states(
                row.analysis.states,
                Moment {
                    frame: row.frame.no,
                    time: time.map(|span| Nanos(span.nanos_clamped())),
                },
            );
        }
    }

    fn states(&mut self, states: [Option<TcpState>; 2], at: Moment) {
        for (place, state) in states.into_iter().enumerate() {
            let open = self.spells.iter_mut().rev();
            let mut open = open.filter(|it| it.place == place && it.to == Until::End);
            let last = open.next();
            if last.as_ref().map(|it| it.state) == state {
                continue;
            }
            if let Some(last) = last {
                last.to = state.map_or(Until::Unknown(at), |_| Until::Packet(at));
            }
            let Some(state) = state else {
                continue;
            };
            if self.spells.len() == SPELLS {
                self.more_spells = true;
                continue;
            }
            self.spells.push(Spell {
                place,
                state,
                from: at,
                to: Until::End,
            });
        }
    }

    /// Whether it was shown every packet of `conversation`: a filter may leave out some.
    pub(in crate::report::document) fn whole(&self, conversation: &Conversation) -> bool {
        let packets = conversation.traffic.packets.map(u64::from);
        self.shown >= packets.iter().sum()
    }
}
