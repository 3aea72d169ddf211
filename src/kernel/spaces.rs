//! Who waits for clients in other networks of this machine: containers, `netlab run`.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use super::owner::Owner;
use super::owner::owners;

/// A program that waits at a port in another network namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// The program.
    pub owner: Owner,
    /// With TCP, or with UDP.
    pub tcp: bool,
    /// netlab made the network.
    pub netlab: bool,
}

/// Who waits at `port` in network namespaces that this user may look into, other than its own.
pub fn elsewhere(port: u16) -> Vec<Elsewhere> {
    let space = |pid: &str| fs::read_link(format!("/proc/{pid}/ns/net")).ok();
    let own = space("self");
    let program = |pid: u32| fs::read_link(format!("/proc/{pid}/exe")).ok();
    let netlab = program(std::process::id());
    // One process of each namespace, and whether one of them is netlab.
    let mut spaces: HashMap<PathBuf, (u32, bool)> = HashMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let (Ok(pid), Some(net)) = (name.parse::<u32>(), space(&name)) else {
            continue;
        };
        if Some(&net) != own.as_ref() {
            let is_netlab = netlab.is_some() && program(pid) == netlab;
            spaces.entry(net).or_insert((pid, false)).1 |= is_netlab;
        }
    }
    let mut found = Vec::new();
    let owners = if spaces.is_empty() {
        HashMap::new()
    } else {
        owners()
    };
    for (pid, netlab) in spaces.into_values() {
        for (table, state, tcp) in [
            ("tcp", "0A", true),
            ("tcp6", "0A", true),
            ("udp", "07", false),
            ("udp6", "07", false),
        ] {
            let text = fs::read_to_string(format!("/proc/{pid}/net/{table}")).unwrap_or_default();
            let inodes = text.lines().filter_map(|line| waiting(line, port, state));
            let owners = inodes.filter_map(|it| owners.get(&it).cloned());
            found.extend(owners.map(|owner| Elsewhere { owner, tcp, netlab }));
        }
    }
    found.sort_by_key(|it| it.owner.pid);
    found.dedup();
    found
}

/// The number of a socket in a line of `/proc/PID/net/tcp` and its like (proc_net_tcp.rst of the
/// kernel: the local address, the remote address, the state, …, the inode), which sock_diag(7) has
/// for one's own namespace alone.
fn waiting(line: &str, port: u16, state: &str) -> Option<u32> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let (_, its) = fields.get(1)?.rsplit_once(':')?;
    let same = u16::from_str_radix(its, 16) == Ok(port) && *fields.get(3)? == state;
    fields.get(9).filter(|_| same)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_listens_is_read_from_the_kernels_text() {
        let line = "   1: 0100007F:13BA 00000000:0000 0A 00000000:00000000 00:00000000 00000000  \
                    1000        0 4711 1 0000000000000000 20 4 30 10 -1";
        assert_eq!(waiting(line, 5050, "0A"), Some(4711));
        assert_eq!(waiting(line, 5051, "0A"), None);
        assert_eq!(waiting(line, 5050, "07"), None);
    }
}
