//! What this process may be given.

use std::fs;

/// The number of CAP_NET_RAW (capabilities(7)).
const NET_RAW: u32 = 13;

/// Why a file capability would not help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// No process here can have CAP_NET_RAW: a container that was started without it.
    Container,
    /// Whoever started this process forbids programs that gain rights (no_new_privs).
    NoNewRights,
    /// The file system of the program gives no rights (mounted with nosuid).
    NoSuid,
}

/// What keeps `setcap` from helping here.
pub fn limits() -> Vec<Limit> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = |name: &str| {
        let value = status.lines().find_map(|it| it.strip_prefix(name));
        value.map(str::trim)
    };
    let mut found = Vec::new();
    let most = field("CapBnd:").and_then(|it| u64::from_str_radix(it, 16).ok());
    if most.is_some_and(|it| it >> NET_RAW & 1 == 0) {
        found.push(Limit::Container);
    }
    if field("NoNewPrivs:") == Some("1") {
        found.push(Limit::NoNewRights);
    }
    let nosuid = |path: std::path::PathBuf| {
        let flags = nix::sys::statvfs::statvfs(&path).ok()?.flags();
        Some(flags.contains(nix::sys::statvfs::FsFlags::ST_NOSUID))
    };
    if std::env::current_exe().ok().and_then(nosuid) == Some(true) {
        found.push(Limit::NoSuid);
    }
    found
}

/// How many packets an interface has received since it is there (`/proc/net/dev`).
pub fn passed(interface: &str) -> Option<u64> {
    let text = fs::read_to_string("/proc/net/dev").ok()?;
    let counts = text.lines().find_map(|line| {
        let (name, counts) = line.split_once(':')?;
        (name.trim() == interface).then_some(counts)
    })?;
    // Bytes, packets, …
    counts.split_whitespace().nth(1)?.parse().ok()
}
