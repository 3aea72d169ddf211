//! Sentences for UDP datagrams.

use super::phrase::Clauses;
use crate::analysis::conversation::Conversation;
use crate::analysis::row::Row;
use crate::model::packet::Datagram;
use crate::model::side::Side;
use crate::report::words;

/// Explains a datagram of `conversation`.
pub(super) fn explain(
    datagram: &Datagram<'_>,
    row: &Row<'_>,
    conversation: &Conversation,
    said: &mut Clauses,
) {
    let side = row.analysis.side.unwrap_or(Side::First);
    let len = datagram.payload_len().unwrap_or(0);
    for clause in words::udp::datagram(conversation, (side, len), said.lang) {
        said.clause(&clause);
    }
}
