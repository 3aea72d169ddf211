//! Cisco's inter-switch link: a whole frame behind 26 bytes.

use super::ethernet;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// The header, of which the length counts what follows its fourteenth byte.
const HEADER: usize = 26;
const COUNTED: usize = 14;

/// The checksum of the inner frame.
const CHECKSUM: usize = 4;

/// Reads an ISL frame from its own header on.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("ISL");
    let len = COUNTED + usize::from(view.be16(12)?);
    let inner = view.limit(len).skip(HEADER)?;
    let inner = inner.limit(inner.len.saturating_sub(CHECKSUM));
    Ok(Next::Layer(ethernet::layer, inner))
}
