//! Linux hands every loopback frame to a capture twice: as sent and as received. libpcap throws
//! the sent copy away only after it took its room and was counted. The kernel can leave it out.

use pcap::Active;
use pcap::Capture;

/// Asks the kernel to leave out the sent copies. False where it cannot (other systems, Linux
/// before 4.20): the capture is the same then, but its counts are doubled.
#[cfg(target_os = "linux")]
pub(super) fn ignore_outgoing(capture: &Capture<Active>) -> bool {
    nix::sys::socket::setsockopt(capture, IgnoreOutgoing, &true).is_ok()
}

/// Asks the kernel to leave out the sent copies, which only Linux makes.
#[cfg(not(target_os = "linux"))]
pub(super) fn ignore_outgoing(_capture: &Capture<Active>) -> bool {
    true
}

/// packet(7), `PACKET_IGNORE_OUTGOING`.
#[cfg(target_os = "linux")]
#[derive(Clone, Copy, Debug)]
struct IgnoreOutgoing;

#[cfg(target_os = "linux")]
nix::setsockopt_impl!(
    IgnoreOutgoing,
    libc::SOL_PACKET,
    libc::PACKET_IGNORE_OUTGOING,
    bool,
    nix::sys::socket::sockopt::SetBool
);
