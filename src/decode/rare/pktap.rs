//! macOS's packet tap: a header that says which interface and link type, then the frame.

use crate::decode::link;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;
use crate::model::frame::LinkType;

/// Reads the header, whose length stands first.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("PKTAP");
    let len = u32::from_le_bytes(*view.array::<4>(0)?);
    let kind = u32::from_le_bytes(*view.array::<4>(8)?);
    let len = usize::try_from(len).unwrap_or(usize::MAX);
    context
        .draft
        .write(format_args!("PKTAP, {len} byte header"));
    let rest = view.skip(len)?;
    if len < 108 {
        return Ok(Next::Done);
    }
    Ok(Next::Layer(link::layer(LinkType(kind), rest), rest))
}
