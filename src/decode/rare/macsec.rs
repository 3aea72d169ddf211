//! MACsec (IEEE 802.1AE). What is only authenticated is read, what is encrypted is not.

use crate::decode::draft::Info;
use crate::decode::link::ethertype;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::{Short, View};

/// The integrity check value at the end, which counts as padding.
const CHECK: usize = 16;

/// Whether a security tag is one: of version 0, with something between it and the check value.
pub(super) fn is_tag(view: View<'_>) -> bool {
    match view.bytes.first() {
        Some(control) => control & 0x80 == 0 && view.bytes.len() > tag_len(*control) + CHECK,
        None => true,
    }
}

/// The length of a tag, which may name its channel.
const fn tag_len(control: u8) -> usize {
    if control & 0x20 != 0 { 14 } else { 6 }
}

/// Reads a security tag.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let control = view.byte(0)?;
    context.draft.say("MACSEC", Info::Fixed("MACsec frame"));
    let mut rest = view.skip(tag_len(control))?;
    let encrypted = control & 0x0c != 0;
    if context.dialect.verifies_macsec() {
        // Below 48 bytes the tag says how many are protected.
        let short = usize::from(view.byte(1)? & 0x3f);
        if encrypted || rest.bytes.len() < short + CHECK {
            return Err(Short::Malformed);
        }
        if short > 0 {
            rest = rest.limit(short);
        }
        context.draft.behind = Some(Short::Unverified);
    } else if encrypted {
        return Ok(Next::Done);
    }
    let kind = rest.be16(0)?;
    ethertype::next(kind, rest.skip(2)?, context)
}
