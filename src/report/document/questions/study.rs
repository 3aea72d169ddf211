//! How much of a conversation its report was shown.

use crate::analysis::conversation::Conversation;
use crate::analysis::row::Row;
use crate::model::packet::Content;

/// One conversation.
#[derive(Debug, Default)]
pub(in crate::report::document) struct Study {
    /// Segments and datagrams that it was shown.
    shown: u64,
}

impl Study {
    /// Takes the next packet of the conversation.
    pub(in crate::report::document) fn row(&mut self, row: &Row<'_>) {
        self.shown += u64::from(!matches!(row.packet.content, Content::Other(_)));
    }

    /// Whether it was shown every packet of `conversation`: a filter may leave out some.
    pub(in crate::report::document) fn whole(&self, conversation: &Conversation) -> bool {
        let packets = conversation.traffic.packets.map(u64::from);
        self.shown >= packets.iter().sum()
    }
}
