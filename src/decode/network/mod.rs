//! Network layers: IP in both versions with what belongs to it, ARP and ICMP.

pub(super) mod arp;
pub(super) mod echo;
pub(super) mod fragments;
mod icmp;
mod icmpv6;
pub(super) mod ip_protocol;
pub(super) mod ipv4;
pub(super) mod ipv6;
mod ipv6_extensions;
pub(super) mod neighbours;

use super::step::{Context, Next, Step};
use super::view::View;

/// IP whose version only its first byte tells.
pub(super) fn ip<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    match view.bytes.first().map(|first| first >> 4) {
        Some(4) => ipv4::layer(view, context),
        Some(6) => ipv6::layer(view, context),
        Some(version) => {
            context.draft.layer("IP");
            context
                .draft
                .write(format_args!("Bogus IP version ({version})"));
            Ok(Next::Done)
        }
        None => Err(view.shortage(1)),
    }
}
