//! Blocks that are no frames and tell nothing that netlab uses. tshark stops at one that is wrong
//! inside, and so the rows stop there here too.

use super::super::order::ByteOrder;
use super::option;
use crate::source::damage::Damage;

/// A name resolution block: records of an address and its names, a record that ends them,
/// options.
pub(super) fn check_names(order: ByteOrder, body: &[u8]) -> Result<(), Damage> {
    let mut rest = body;
    while !rest.is_empty() {
        let kind = order.u16(rest, 0);
        let len = usize::from(order.u16(rest, 2));
        rest = rest.get(4..).unwrap_or_default();
        let address = match kind {
            0 => return check_options(order, rest),
            1 => 4,
            2 => 16,
            _ => 0,
        };
        let wrong = Damage::NameRecord { kind };
        if rest.len() < len.next_multiple_of(4) {
            return Err(wrong);
        }
        let value = rest.get(..len).unwrap_or_default();
        let named = address > 0;
        let names = value.get(address..).ok_or(wrong)?;
        if named && names.last().is_some_and(|byte| *byte != 0) {
            return Err(wrong);
        }
        rest = rest.get(len.next_multiple_of(4)..).unwrap_or_default();
    }
    Ok(())
}

/// A decryption secrets block: the kind of secrets, their length, the secrets.
pub(super) fn check_secrets(order: ByteOrder, body: &[u8]) -> Result<(), Damage> {
    let (claimed, room) = (order.u32(body, 4), body.len().saturating_sub(8));
    if claimed as usize > room {
        return Err(Damage::SecretsOutsideBlock {
            claimed,
            room: u32::try_from(room).unwrap_or(u32::MAX),
        });
    }
    Ok(())
}

fn check_options(order: ByteOrder, bytes: &[u8]) -> Result<(), Damage> {
    option::options(order, bytes).try_for_each(|option| option.map(drop))
}
