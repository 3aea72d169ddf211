//! Records of Endace's capture cards in a pcap file.

use super::ppp;
use crate::decode::link::ethernet;
use crate::decode::network;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Layer, Next, Step};
use crate::decode::view::View;

/// The record header.
const HEADER: usize = 16;

/// Says that an extension header follows.
const MORE: u8 = 0x80;

/// Reads a record from its header on.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("ERF");
    let kind = view.byte(8)?;
    let mut at = HEADER;
    let mut more = kind & MORE != 0;
    while more {
        more = view.byte(at)? & MORE != 0;
        at += 8;
    }
    let layer: Layer = match kind & !MORE {
        1 => ppp::line,
        2 | 11 | 16 | 20 => {
            at += 2;
            ethernet::layer
        }
        22 => network::ip,
        23 => ipv6::layer,
        _ => return Ok(Next::Done),
    };
    Ok(Next::Layer(layer, view.skip(at)?))
}
