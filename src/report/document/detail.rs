//! What is kept of a conversation that is described on its own.

use super::limits::{Options, Sections};
use super::packets::Packets;
use super::states::States;
use super::udp::Exchanges;
use crate::analysis::row::Row;
use crate::report::columns::CellOptions;
use crate::report::explain::Explanation;
use crate::report::ladder::{LadderBuilder, LadderOptions};

/// How many arrows a ladder has at most: a page or two.
const ARROWS: usize = 60;

/// One conversation, as its packets go by.
#[derive(Debug, Default)]
pub(super) struct Detail {
    pub(super) packets: Packets,
    pub(super) states: States,
    pub(super) exchanges: Exchanges,
    pub(super) ladder: Option<LadderBuilder>,
}

impl Detail {
    /// Takes the next packet of the conversation.
    pub(super) fn row(
        &mut self,
        row: &Row<'_>,
        explanation: Explanation,
        cells: &CellOptions,
        options: &Options,
    ) {
        if options.sections.has(Sections::DETAILS) {
            self.packets.row(row, options.rows, cells, explanation);
            self.states.row(row);
        }
        if options.sections.has(Sections::PICTURES) {
            let ladder = self.ladder.get_or_insert_with(|| {
                LadderBuilder::new(LadderOptions {
                    conversations: 1,
                    arrows: options.rows.min(ARROWS),
                    ..LadderOptions::default()
                })
            });
            ladder.push(row);
        }
        if options.sections.has(Sections::UDP) {
            self.exchanges.row(row, options.rows);
        }
    }
}
