//! Names of hosts in the statically linked program.
//!
//! glibc looks up names through modules that it loads when they are needed, those that
//! /etc/nsswitch.conf lists. A static program would load modules of whatever glibc the system has
//! into its own, of another version, and die there (SIGFPE on Debian 13). So it is told to use the
//! two services that are linked in: /etc/hosts and DNS.

#![allow(
    unsafe_code,
    reason = "there is no safe way to tell a static glibc not to load modules"
)]

use std::ffi::{CStr, c_char, c_int};

// SAFETY: as glibc's nss.h declares it, unchanged since glibc 2.0. The crate `libc` does not have it.
unsafe extern "C" {
    fn __nss_configure_lookup(database: *const c_char, services: *const c_char) -> c_int;
}

/// Each database that netlab asks, and where it looks.
const LOOKUPS: [(&CStr, &CStr); 8] = [
    (c"hosts", c"files dns"),
    (c"services", c"files"),
    (c"protocols", c"files"),
    (c"networks", c"files"),
    (c"ethers", c"files"),
    (c"passwd", c"files"),
    (c"group", c"files"),
    (c"initgroups", c"files"),
];

/// Keeps name lookups inside the program. To be called before the first of them, and before any
/// thread starts.
pub(super) fn keep_inside() {
    for (database, services) in LOOKUPS {
        // SAFETY: both are strings that live as long as the program and end in a zero byte; glibc
        // keeps a copy. No other thread looks anything up yet. Where it fails, nothing changes.
        unsafe { __nss_configure_lookup(database.as_ptr(), services.as_ptr()) };
    }
}
