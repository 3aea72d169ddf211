//! MACsec (IEEE 802.1AE). What is only authenticated is read, what is encrypted is not.

use super::ethertype;
use crate::decode::draft::Info;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// Reads a security tag. The integrity check value at the end counts as padding.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.say("MACsec", Info::Fixed("MACsec frame"));
    let control = view.byte(0)?;
    let explicit_channel = control & 0x20 != 0;
    let header = if explicit_channel { 14 } else { 6 };
    let rest = view.skip(header)?;
    if control & 0x0c != 0 {
        context.draft.say("MACSEC", Info::Fixed("MACsec frame"));
        return Ok(Next::Done);
    }
    let kind = rest.be16(0)?;
    ethertype::next(kind, rest.skip(2)?, context)
}
