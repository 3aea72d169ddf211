//! What is kept of a conversation that is described on its own.

use super::limits::{Options, Sections};
use super::packets::Packets;
use super::pictures::Pictures;
use super::questions::Study;
use crate::analysis::row::Row;
use crate::report::columns::CellOptions;
use crate::report::explain::Explanation;

/// One conversation, as its packets go by.
#[derive(Debug, Default)]
pub(super) struct Detail {
    pub(super) packets: Packets,
    pub(super) pictures: Option<Pictures>,
    pub(super) study: Study,
}

impl Detail {
    /// Takes the next packet of the conversation, explained where there is room for its row.
    pub(super) fn row(
        &mut self,
        row: &Row<'_>,
        explanation: Option<Explanation>,
        cells: &CellOptions,
        options: &Options,
    ) {
        if options.sections.has(Sections::DETAILS) {
            self.packets.row(row, options.rows, cells, explanation);
        }
        if options.sections.has(Sections::PICTURES) {
            let pictures = self
                .pictures
                .get_or_insert_with(|| Pictures::new(options.rows));
            pictures.row(row);
        }
        if options.sections.has(Sections::QUESTIONS) {
            self.study.row(row);
        }
    }
}
