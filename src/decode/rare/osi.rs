//! Network layer protocols by ISO 9577's identifier, their first byte. Those of OSI itself are known
//! by name.

use super::ppp;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Layer, Next, Step, named};
use crate::decode::view::View;

/// IP version 4, which is not a part of what follows it.
pub(super) const IPV4: u8 = 0xcc;

/// IP version 6, likewise.
pub(super) const IPV6: u8 = 0x8e;

/// PPP, likewise.
pub(super) const PPP: u8 = 0xcf;

/// Reads what the identifier in front announces.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let identifier = view.byte(0)?;
    if let Some(step) = own(identifier, view, context) {
        return step;
    }
    let layer: Layer = match identifier {
        IPV4 => crate::decode::network::ip,
        IPV6 if view.byte(1).is_ok_and(|first| first >> 4 == 6) => ipv6::layer,
        PPP => ppp::layer,
        0x08 => return named("Q.931", context),
        0x85 => return named("IDRP", context),
        0x8a => return named("ESIS (X.25)", context),
        _ => {
            context.draft.layer("ISO");
            context
                .draft
                .write(format_args!("Unknown ISO protocol ({identifier:02x})"));
            return Ok(Next::Done);
        }
    };
    Ok(Next::Layer(layer, view.skip(1)?))
}

/// The protocols of OSI's network layer, which count the identifier as theirs; `None` if it is not
/// one of these.
pub(super) fn own<'a>(
    identifier: u8,
    view: View<'a>,
    context: &mut Context<'a>,
) -> Option<Step<'a>> {
    Some(match identifier {
        0x00 | 0x81 => named("CLNP", context),
        0x82 => named("ESIS", context),
        0x83 => isis(view, context),
        _ => return None,
    })
}

/// IS-IS (ISO 10589), named by the type of its message.
pub(super) fn isis<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("ISIS");
    let header = *view.array::<8>(0)?;
    let [_, len, _, _, kind, ..] = header;
    if len < 8 {
        return Ok(Next::Done);
    }
    named(
        match kind & 0x1f {
            15..=17 => "ISIS HELLO",
            18 | 20 => "ISIS LSP",
            24 | 25 => "ISIS CSNP",
            26 | 27 => "ISIS PSNP",
            _ => "ISIS",
        },
        context,
    )
}
