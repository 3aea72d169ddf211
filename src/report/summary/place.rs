//! Which line of the summary a packet stands in.

use crate::analysis::conversation::Conversation;
use crate::model::frame::FrameNo;

pub use crate::analysis::summary_line::SummaryLine;

/// The line that `frame`, the latest packet, was put into; `None` where no summary is kept.
pub(in crate::report) fn of(conversation: &Conversation, frame: FrameNo) -> Option<SummaryLine> {
    conversation.record()?.groups()?.place(frame)
}
