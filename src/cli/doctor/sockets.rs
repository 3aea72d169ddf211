//! Who has the ports, where their packets pass, and what else there is.

use std::collections::HashMap;
use std::net::{IpAddr, ToSocketAddrs};

use super::words as say;
use super::{Finding, Wanted};
use crate::cli::world::World;
use crate::kernel::{Owner, Watch, elsewhere, owners, passed};
use crate::model::kernel::KernelSocket;
use crate::report::socket;
use crate::source::devices::{self, Device};
use crate::text::Lang;

/// How many other sockets are named.
const NAMED: usize = 6;

pub(super) fn findings(wanted: &Wanted, world: &World) -> Vec<Finding> {
    let lang = world.lang;
    let all = Watch::new(&[])
        .and_then(|it| it.sockets())
        .unwrap_or_default();
    let has = |it: &&KernelSocket| {
        let peer = it.peer.map_or(0, |it| it.port);
        wanted.ports.contains(&it.local.port) || wanted.ports.contains(&peer)
    };
    let of_ports: Vec<&KernelSocket> = all.iter().filter(has).collect();
    let devices = devices::list().unwrap_or_default();
    let owners = owners();
    let mut found = Vec::new();
    found.extend(down(&devices, lang));
    found.extend(interface(wanted, &of_ports, &devices, lang));
    found.extend(matched(wanted, lang));
    for port in &wanted.ports {
        let waits = |it: &&KernelSocket| it.local.port == *port && it.awaits_anybody();
        let waiting: Vec<&KernelSocket> = all.iter().filter(waits).collect();
        found.extend(listeners(*port, &waiting, &all, &owners, lang));
        found.extend(localhost(*port, &waiting, lang));
        found.extend(elsewhere(*port).into_iter().map(|it| {
            let protocol = socket::protocol(it.tcp);
            let (name, pid) = (&it.owner.name, it.owner.pid);
            match it.netlab {
                true => Finding::new(
                    say::in_run(lang, name, pid, port, protocol),
                    format!("netlab shell netlab states --port {port}"),
                ),
                false => Finding::new(
                    say::in_another(lang, name, pid, port, protocol),
                    format!("sudo nsenter -t {pid} -n netlab capture --port {port}"),
                ),
            }
        }));
    }
    if wanted.ports.is_empty() && wanted.passed_before.is_none() {
        let list = named(all.iter().filter(|it| it.awaits_anybody()), &owners);
        if let Some(list) = list {
            found.push(Finding::new(say::listening(lang, list), "netlab states"));
        }
    }
    found
}

/// That the loopback is switched off.
fn down(devices: &[Device], lang: Lang) -> Option<Finding> {
    let lo = devices::loopback(devices).ok().filter(|it| !it.up)?;
    let command = format!("sudo ip link set {} up", lo.name);
    Some(Finding::new(say::down(lang, &lo.name), command))
}

/// Where the packets of the ports pass, and that another interface was captured.
fn interface(
    wanted: &Wanted,
    sockets: &[&KernelSocket],
    devices: &[Device],
    lang: Lang,
) -> Option<Finding> {
    let owns = |ip: IpAddr| devices.iter().any(|it| it.addresses.contains(&ip));
    let lo = &devices::loopback(devices).ok()?.name;
    let passes = |it: &&KernelSocket| match it.peer {
        Some(peer) if peer.ip.is_loopback() || owns(peer.ip) => Some(lo.clone()),
        Some(_) => {
            let device = devices
                .iter()
                .find(|at| at.addresses.contains(&it.local.ip));
            device.map(|it| it.name.clone())
        }
        None => it.local.ip.is_loopback().then(|| lo.clone()),
    };
    let mut names: Vec<String> = sockets.iter().filter_map(passes).collect();
    names.sort_unstable();
    names.dedup();
    let ports = list(&wanted.ports);
    let command = |name: &str| {
        let ports = wanted.ports.iter().map(|it| format!(" --port {it}"));
        format!("netlab capture -i {name}{}", ports.collect::<String>())
    };
    match names.as_slice() {
        [] => None,
        names if wanted.interface.is_empty() => {
            let text = say::passes(lang, ports, names.join(", "));
            Some(Finding::new(text, command(&names[0])))
        }
        names if names.contains(&wanted.interface) || wanted.interface == "any" => None,
        names => {
            let text = say::passes_elsewhere(lang, ports, names.join(", "), &wanted.interface);
            Some(Finding::new(text, command(&names[0])))
        }
    }
}

/// Whether packets passed at all, and did not match.
fn matched(wanted: &Wanted, lang: Lang) -> Option<Finding> {
    let before = wanted.passed_before?;
    let interface = &wanted.interface;
    let count = passed(interface)?.saturating_sub(before);
    Some(match count {
        0 => Finding::new(say::none_passed(lang, interface), "netlab interfaces"),
        _ if wanted.filter.is_empty() => return None,
        _ => Finding::new(
            say::none_matched(lang, count, interface, &wanted.filter),
            format!("netlab capture -i {interface}"),
        ),
    })
}

/// Who waits at a port, or who waits at others.
fn listeners(
    port: u16,
    waiting: &[&KernelSocket],
    all: &[KernelSocket],
    owners: &HashMap<u32, Owner>,
    lang: Lang,
) -> Vec<Finding> {
    if waiting.is_empty() {
        let others = named(all.iter().filter(|it| it.awaits_anybody()), owners);
        let text = match others {
            Some(others) => say::others_listen(lang, port, others).to_string(),
            None => say::nobody_listens(lang, port).to_string(),
        };
        return vec![Finding::new(text, "netlab states")];
    }
    let said = waiting.iter().map(|it| {
        let at = socket::end(Some(it.local));
        let protocol = socket::protocol(it.tcp);
        let who = match owners.get(&it.inode) {
            Some(owner) => owner.to_string(),
            None => say::of_user(lang, it.user).to_string(),
        };
        Finding::new(
            say::listens(lang, who, at, protocol),
            format!("netlab states --port {port}"),
        )
    });
    said.collect()
}

/// That `localhost` is another address first than the one at which the server waits.
fn localhost(port: u16, waiting: &[&KernelSocket], lang: Lang) -> Option<Finding> {
    let first = ("localhost", port).to_socket_addrs().ok()?.next()?.ip();
    let at: Vec<IpAddr> = waiting.iter().map(|it| it.local.ip).collect();
    // One that waits at [::] gets IPv4 too, as a rule.
    let reached =
        |ip: &IpAddr| *ip == first || ip.is_unspecified() && (ip.is_ipv6() || first.is_ipv4());
    if at.is_empty() || at.iter().any(reached) {
        return None;
    }
    let address = at.first()?;
    let text = say::localhost(lang, first, address);
    Some(Finding::new(text, "getent ahosts localhost"))
}

/// Sockets as `TCP 127.0.0.1:5050`, with their programs; `None` where there are none.
fn named<'a>(
    sockets: impl Iterator<Item = &'a KernelSocket>,
    owners: &HashMap<u32, Owner>,
) -> Option<String> {
    let all: Vec<String> = sockets
        .map(|it| {
            let protocol = socket::protocol(it.tcp);
            let owner = owners.get(&it.inode).map(|it| format!(" {it}"));
            let end = socket::end(Some(it.local));
            format!("{protocol} {end}{}", owner.unwrap_or_default())
        })
        .collect();
    let more = if all.len() > NAMED { ", …" } else { "" };
    let shown: Vec<&str> = all.iter().take(NAMED).map(String::as_str).collect();
    (!all.is_empty()).then(|| shown.join(", ") + more)
}

fn list(ports: &[u16]) -> String {
    let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
    ports.join(", ")
}
