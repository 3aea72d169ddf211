//! Firewall rules that drop the packets, where they can be read.

use std::process::Command;

use super::Finding;
use super::words as say;
use crate::cli::world::World;

/// Who lists the rules, and where it may be.
const LISTS: [(&str, &[&str]); 2] = [("nft", &["list", "ruleset"]), ("iptables-save", &["-c"])];
const PATH: &str = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin";

/// The rules that drop or reject packets of `ports`.
pub(super) fn findings(ports: &[u16], world: &World) -> Vec<Finding> {
    let mut found = Vec::new();
    for (program, arguments) in LISTS {
        let output = Command::new(program)
            .args(arguments)
            .env("PATH", PATH)
            .output();
        let Ok(output) = output else {
            continue;
        };
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        for rule in text.lines().map(str::trim) {
            if ports.iter().any(|port| stops(rule, *port)) {
                let command = format!("sudo {program} {}", arguments.join(" "));
                found.push(Finding::new(say::firewall(world.lang, rule), command));
            }
        }
        // iptables' rules are those of nft where it lists them.
        if !found.is_empty() {
            break;
        }
    }
    found
}

/// Whether a rule names the port and drops what it names.
fn stops(rule: &str, port: u16) -> bool {
    let mut words = rule.split(|it: char| !it.is_ascii_alphanumeric());
    let port = port.to_string();
    let drops = words
        .clone()
        .any(|it| ["drop", "reject", "DROP", "REJECT"].contains(&it));
    let names = rule.contains("port") && words.any(|it| it == port);
    // One that has counted no packet stopped none.
    let idle = rule.contains("counter packets 0 ") || rule.starts_with("[0:0]");
    drops && names && !idle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_stops_what_it_names_and_drops() {
        for (rule, port, expected) in [
            ("tcp dport 5050 drop", 5050, true),
            (
                "tcp dport 5050 counter packets 3 bytes 180 drop",
                5050,
                true,
            ),
            ("tcp dport 5050 counter packets 0 bytes 0 drop", 5050, false),
            ("tcp dport { 80, 5050 } reject with tcp reset", 5050, true),
            ("tcp dport 50501 drop", 5050, false),
            ("tcp dport 5050 accept", 5050, false),
            (
                "[4:240] -A INPUT -p tcp -m tcp --dport 5050 -j DROP",
                5050,
                true,
            ),
            (
                "[0:0] -A INPUT -p tcp -m tcp --dport 5050 -j DROP",
                5050,
                false,
            ),
        ] {
            assert_eq!(stops(rule, port), expected, "{rule}");
        }
    }
}
