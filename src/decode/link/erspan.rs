//! Cisco's ERSPAN: mirrored Ethernet frames.

use super::ethernet;
use crate::decode::draft::Info;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// Reads the header: eight bytes in type II, twelve in type III, and eight more where a platform
/// header follows. Type I has none and is not read here.
pub(in crate::decode) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    const ETHERNET: u8 = 0;
    context.draft.say("ERSPAN", Info::Fixed("ERSPAN:"));
    let len = match view.byte(0)? >> 4 {
        1 => 8,
        2 => {
            let [content, last] = *view.array::<2>(10)?;
            if content >> 2 & 0x1f != ETHERNET {
                return Ok(Next::Done);
            }
            if last & 1 == 1 { 20 } else { 12 }
        }
        _ => return Ok(Next::Done),
    };
    Ok(Next::Layer(ethernet::layer, view.skip(len)?))
}
