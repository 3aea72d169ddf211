//! Wireless LAN (IEEE 802.11).

use super::ethernet;
use super::llc;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;
use crate::model::address::Address;

/// Reads a frame whose header is as long as its fields.
pub(in crate::decode) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    frame(view, 1, context)
}

/// Reads a frame whose header was padded to a multiple of four bytes.
pub(super) fn padded<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    frame(view, 4, context)
}

const TO_NETWORK: u8 = 0x01;
const FROM_NETWORK: u8 = 0x02;
const MORE_FRAGMENTS: u8 = 0x04;
const PROTECTED: u8 = 0x40;
const ORDER: u8 = 0x80;

fn frame<'a>(view: View<'a>, pad: usize, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("802.11");
    let [control, flags] = *view.array::<2>(0)?;
    let (kind, subtype) = (control >> 2 & 3, control >> 4);
    let first = *view.array::<6>(4)?;
    context.draft.destination = Address::Mac(first);
    if kind == 1 {
        if let Ok(second) = view.array::<6>(10) {
            context.draft.source = Address::Mac(*second);
        }
        return Ok(Next::Done);
    }
    let second = *view.array::<6>(10)?;
    context.draft.source = Address::Mac(second);
    if kind != 2 {
        return Ok(Next::Done);
    }
    let third = *view.array::<6>(16)?;
    let mut len = 24;
    match flags & (TO_NETWORK | FROM_NETWORK) {
        0 => {}
        TO_NETWORK => context.draft.destination = Address::Mac(third),
        FROM_NETWORK => context.draft.source = Address::Mac(third),
        _ => {
            context.draft.destination = Address::Mac(third);
            context.draft.source = Address::Mac(*view.array::<6>(24)?);
            len = 30;
        }
    }
    let mut aggregated = false;
    let mut mesh = false;
    if subtype & 8 != 0 {
        let [low, high] = *view.array::<2>(len)?;
        aggregated = low & 0x80 != 0;
        mesh = high & 1 != 0 && flags & (TO_NETWORK | FROM_NETWORK) == 3;
        len += 2;
        if flags & ORDER != 0 {
            len += 4;
        }
    }
    let fragment = view.byte(22)? & 0x0f;
    // Subtypes with this bit carry no data; what is protected or split cannot be read.
    if subtype & 4 != 0 || flags & (PROTECTED | MORE_FRAGMENTS) != 0 || fragment != 0 {
        return Ok(Next::Done);
    }
    let mut body = view.skip(len.next_multiple_of(pad))?;
    if aggregated {
        return aggregate(body, context);
    }
    if mesh {
        let extension = usize::from(body.byte(0)? & 3) * 6;
        body = body.skip(6 + extension)?;
    }
    content(body, context)
}

/// The first frame of an aggregate: addresses, length, content.
fn aggregate<'a>(body: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.destination = Address::Mac(*body.array::<6>(0)?);
    context.draft.source = Address::Mac(*body.array::<6>(6)?);
    let len = usize::from(body.be16(12)?);
    content(body.skip(14)?.limit(len), context)
}

/// LLC, or what some bridges and drivers write in its place.
fn content<'a>(body: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let [a, b] = *body.array::<2>(0)?;
    if [a, b] != [0xaa, 0xaa] {
        let ethernet = [(6, context.draft.source), (0, context.draft.destination)]
            .into_iter()
            .any(|(at, address)| {
                body.array::<6>(at)
                    .is_ok_and(|bytes| Address::Mac(*bytes) == address)
            });
        if ethernet {
            return Ok(Next::Layer(ethernet::layer, body));
        }
        if [a, b] == [0xff, 0xff] {
            context.draft.layer("IPX");
            return Ok(Next::Done);
        }
        if [a, b] == [0, 0] {
            return Ok(Next::Layer(llc::layer, body.skip(2)?));
        }
    }
    Ok(Next::Layer(llc::layer, body))
}
