//! Headers between IP and what it carries: IPsec's (RFC 4302, RFC 4303), payload compression
//! (RFC 3173), multihoming's shim (RFC 5533).

use flate2::{Decompress, FlushDecompress, Status};

use crate::decode::network::ip_protocol;
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
    context.hops = None;
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

/// A compressed payload. tshark tries DEFLATE whatever the index says, since the ends may have
/// agreed on a number of their own, and goes on in what comes out.
pub(super) fn compression<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("IPComp");
    let [next, _, c0, c1] = *view.array::<4>(0)?;
    let index = u16::from_be_bytes([c0, c1]);
    match index {
        1 => context.draft.add("IPComp (CPI=OUI)"),
        2 => context.draft.add("IPComp (CPI=DEFLATE)"),
        3 => context.draft.add("IPComp (CPI=LZS)"),
        _ => context
            .draft
            .write(format_args!("IPComp (CPI=0x{index:04x})")),
    }
    let packed = view.skip(4)?.bytes;
    if packed.is_empty() {
        return Ok(Next::Done);
    }
    context.hops = None;
    let unpacked = context
        .spare
        .next()
        .and_then(|buffer| inflate(packed, buffer));
    let following = unpacked.and_then(|bytes| ip_protocol::find(next, View::whole(bytes), context));
    Ok(following.unwrap_or(Next::Done))
}

/// The shim, its payload extension or a control message.
pub(super) fn shim6<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.list("Shim6");
    let [next, len, ..] = *view.array::<8>(0)?;
    let rest = view.skip(8 + 8 * usize::from(len))?;
    ip_protocol::next_header(next, rest, context)
}

/// The longest payload of an IP datagram: what a packet claims to unpack to beyond that is left.
const MOST_UNPACKED: usize = 65_535;

/// Unpacks DEFLATE with or without zlib's header (RFC 1951, RFC 1950), as far as it goes; `None`
/// where it is something else.
fn inflate<'b>(packed: &[u8], buffer: &'b mut Vec<u8>) -> Option<&'b [u8]> {
    let worked = [true, false].into_iter().any(|header| {
        buffer.clear();
        buffer.reserve_exact(MOST_UNPACKED);
        let mut unpacking = Decompress::new(header);
        match unpacking.decompress_vec(packed, buffer, FlushDecompress::Sync) {
            Ok(Status::StreamEnd) => true,
            Ok(Status::Ok | Status::BufError) => !buffer.is_empty(),
            Err(_) => false,
        }
    });
    buffer.truncate(MOST_UNPACKED);
    worked.then_some(buffer)
}
