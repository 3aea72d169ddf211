//! What the kernels of BSD and Solaris hand to a capture besides real links: IPsec's inside,
//! packets that a firewall logged, packets between zones.

use crate::decode::draft::Info;
use crate::decode::network;
use crate::decode::network::ipv4;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// The address family of IPv4, and BSD's, NetBSD's and macOS's of IPv6.
const INET: u8 = 2;
const INET6: [u8; 3] = [24, 28, 30];

/// OpenBSD's encapsulation interface: family, security parameters, flags.
pub(super) fn enc<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("ENC");
    let bytes = *view.array::<4>(0)?;
    let rest = view.skip(12)?;
    let little = u32::from_le_bytes(bytes);
    let family = little.min(little.swap_bytes());
    Ok(match u8::try_from(family) {
        Ok(INET) => Next::Layer(ipv4::layer, rest),
        Ok(24) => Next::Layer(ipv6::layer, rest),
        _ => Next::Done,
    })
}

/// OpenBSD's packet filter log. What it did and by which rule stays in front of Info.
pub(super) fn pflog<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("PFLOG");
    let [len, family, action, _] = *view.array::<4>(0)?;
    let interface = view.array::<16>(4)?;
    let end = interface.iter().position(|byte| *byte == 0).unwrap_or(16);
    let interface = std::str::from_utf8(&interface[..end]).unwrap_or_default();
    let rule = view.be32(36)?.cast_signed();
    match ACTIONS.get(usize::from(action)).copied().flatten() {
        Some(words) => context
            .draft
            .write(format_args!("[{words} {interface}/{rule}] ")),
        None => context
            .draft
            .write(format_args!("[unknown ({action}) {interface}/{rule}] ")),
    }
    context.draft.fence();
    let rest = view.skip(usize::from(len).next_multiple_of(4))?;
    Ok(match family {
        INET => Next::Layer(network::ip, rest),
        family if INET6.contains(&family) => Next::Layer(ipv6::layer, rest),
        _ => Next::Done,
    })
}

/// What the filter did, by number.
static ACTIONS: [Option<&str>; 11] = [
    Some("pass"),
    Some("block"),
    Some("scrub"),
    None,
    Some("nat"),
    Some("nonat"),
    Some("binat"),
    Some("nobinat"),
    Some("rdr"),
    Some("nordr"),
    Some("synproxy-drop"),
];

/// Solaris's packets between zones: the length of the packet, which ends the frame.
pub(super) fn ipnet<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.say("IPNET", Info::Fixed("Solaris IPNET"));
    let family = view.byte(1)?;
    let len = usize::try_from(view.be32(4)?).unwrap_or(usize::MAX);
    let start = view
        .len
        .checked_sub(len)
        .ok_or(crate::decode::view::Short::Malformed)?;
    let rest = view.skip(start)?;
    Ok(match family {
        INET => Next::Layer(network::ip, rest),
        26 => Next::Layer(ipv6::layer, rest),
        _ => Next::Done,
    })
}
