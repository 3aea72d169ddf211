//! TCP and UDP headers.

pub(super) mod tcp;
pub(super) mod udp;
