//! Whether netlab may capture here, and what is missing.

use super::Finding;
use super::words as say;
use crate::cli::world::World;
use crate::kernel::{Limit, limits};
use crate::sandbox;
use crate::text::grant;

/// What is missing for a capture of this machine's interfaces; one line that nothing is where
/// `all` findings are asked for.
pub(in crate::cli) fn rights(all: bool, world: &World) -> Vec<Finding> {
    let lang = world.lang;
    if !sandbox::needed() {
        return match all {
            true => vec![Finding::new(say::MAY_CAPTURE.get(lang), "")],
            false => Vec::new(),
        };
    }
    let program = std::env::current_exe().unwrap_or_else(|_| "netlab".into());
    let limits = limits();
    let mut found = Vec::new();
    if all {
        let command = match limits.is_empty() {
            true => grant::setcap(&program),
            false => String::new(),
        };
        found.push(Finding::new(say::MAY_NOT_CAPTURE.get(lang), command));
    }
    found.extend(limits.iter().map(|limit| match limit {
        Limit::Container => {
            Finding::new(say::CONTAINER.get(lang), "docker run --cap-add=NET_RAW …")
        }
        Limit::NoNewRights => Finding::new(
            say::NO_NEW_RIGHTS.get(lang),
            "grep NoNewPrivs /proc/self/status",
        ),
        Limit::NoSuid => Finding::new(
            say::no_suid(lang, program.display()),
            "sudo cp netlab /usr/local/bin/ && sudo setcap cap_net_raw=ep /usr/local/bin/netlab",
        ),
    }));
    found
}
