//! Wireless LAN (IEEE 802.11).

use super::llc;
use crate::decode::link::ethernet;
use crate::decode::link::ethertype;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;
use crate::model::address::Address;

/// Reads a frame whose header is as long as its fields.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    frame(view, 1, context)
}

/// Reads a frame whose header was padded to a multiple of four bytes.
pub(super) fn padded<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    frame(view, 4, context)
}

const CONTROL: u8 = 1;
const DATA: u8 = 2;
const EXTENSION: u8 = 3;

const TO_NETWORK: u8 = 0x01;
const FROM_NETWORK: u8 = 0x02;
const MORE_FRAGMENTS: u8 = 0x04;
const PROTECTED: u8 = 0x40;
const ORDER: u8 = 0x80;

fn frame<'a>(view: View<'a>, pad: usize, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("802.11");
    let [control, flags] = *view.array::<2>(0)?;
    let (version, kind, subtype) = (control & 3, control >> 2 & 3, control >> 4);
    if version != 0 || kind == EXTENSION {
        return Ok(Next::Done);
    }
    let first = *view.array::<6>(4)?;
    if kind == CONTROL {
        context.draft.destination = Address::Role(first, "RA");
        // A control wrapper, an acknowledgment and a clear-to-send name no sender.
        if !matches!(subtype, 7 | 12 | 13)
            && let Ok(second) = view.array::<6>(10)
        {
            context.draft.source = Address::Role(*second, "TA");
        }
        return Ok(Next::Done);
    }
    context.draft.destination = Address::Mac(first);
    let second = *view.array::<6>(10)?;
    context.draft.source = Address::Mac(second);
    if kind != DATA {
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
        mesh = high & 1 != 0 && flags & FROM_NETWORK != 0;
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
        let extension = body.byte(0)?;
        if extension < 3 {
            body = body.skip(6 + 6 * usize::from(extension))?;
        }
    }
    content(body, context)
}

/// The last frame of an aggregate, which is the one that tshark's columns show, or the one that is
/// asked for: addresses, length, content, and padding to a multiple of four bytes in between.
fn aggregate<'a>(body: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    const HEADER: usize = 14;
    let mut body = body;
    let mut len = usize::from(body.be16(12)?);
    while context.part.is_none_or(|part| part + 1 > context.parts)
        && let Ok(following) = body.skip((HEADER + len).next_multiple_of(4))
        && let Ok(next_len) = following.be16(12)
    {
        body = following;
        len = usize::from(next_len);
        context.parts += 1;
    }
    context.draft.destination = Address::Mac(*body.array::<6>(0)?);
    context.draft.source = Address::Mac(*body.array::<6>(6)?);
    content(body.skip(HEADER)?.limit(len), context)
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
        // Without LLC, as vehicles send it (IEEE 802.11, EtherType protocol discrimination).
        let kind = u16::from_be_bytes([a, b]);
        if kind > ethernet::MIN_TYPE && ethertype::is_known(kind) {
            return ethertype::next(kind, body.skip(2)?, context);
        }
        if [a, b] == [0, 0] {
            return Ok(Next::Layer(llc::layer, body.skip(2)?));
        }
    }
    Ok(Next::Layer(llc::layer, body))
}
