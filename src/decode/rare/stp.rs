//! The spanning tree protocols (IEEE 802.1D), in tshark's words.

use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// Reads a bridge protocol data unit.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("STP");
    let version = view.byte(2)?;
    let kind = view.byte(3)?;
    if kind == 0x80 {
        context.draft.add("Topology Change Notification");
        return Ok(Next::Done);
    }
    let words = match kind {
        0 => "Conf. ",
        2 if version == 3 => "MST. ",
        2 if version == 4 => "SPT. ",
        2 => "RST. ",
        _ => {
            context
                .draft
                .write(format_args!("Unknown BPDU type ({kind})"));
            return Ok(Next::Done);
        }
    };
    let flags = view.byte(4)?;
    let root = view.be16(5)?;
    let [a, b, c, d, e, f] = *view.array::<6>(7)?;
    let cost = view.be32(13)?;
    let port = view.be16(25)?;
    let change = if flags & 1 == 1 { "TC + " } else { "" };
    let (priority, extension) = (root & 0xf000, root & 0x0fff);
    context.draft.write(format_args!(
        "{words}{change}Root = {priority}/{extension}/\
         {a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{f:02x}  Cost = {cost}  Port = 0x{port:04x}"
    ));
    Ok(Next::Done)
}
