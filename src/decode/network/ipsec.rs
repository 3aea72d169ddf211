//! IPsec's headers (RFC 4302, RFC 4303) and IP payload compression (RFC 3173).

use super::ip_protocol;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// The authentication header: what it covers follows in the clear.
pub(super) fn authentication<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("AH");
    let (next, len) = (view.byte(0)?, view.byte(1)?);
    let spi = view.be32(4)?;
    context.draft.write(format_args!("AH (SPI=0x{spi:08x})"));
    let rest = view.skip(4 * (usize::from(len) + 2))?;
    if context.over_ipv6 {
        return ip_protocol::next_header(next, rest, context);
    }
    if let Some(next) = ip_protocol::find(next, rest, context) {
        return Ok(next);
    }
    Ok(Next::Done)
}

/// An encapsulating security payload: what follows is encrypted.
pub(super) fn encapsulating<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("ESP");
    let [a, b, c, d, ..] = *view.array::<8>(0)?;
    let spi = u32::from_be_bytes([a, b, c, d]);
    context.draft.write(format_args!("ESP (SPI=0x{spi:08x})"));
    Ok(Next::Done)
}

/// A compressed payload, which is not unpacked.
pub(super) fn compression<'a>(_: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("IPComp");
    Ok(Next::Done)
}
