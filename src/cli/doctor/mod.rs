//! Why a capture shows nothing: what of this machine a sheet's reader would have to ask, a sentence
//! and a command each.

mod firewall;
mod rights;
mod sockets;
mod words;

use super::fail::Failure;
use super::world::World;
use crate::model::dialect::Dialect;
use crate::model::filter::CaptureFilter;
use crate::render::wrap;
use crate::sandbox;

pub(super) use self::rights::rights;
use crate::kernel::passed;

/// One thing that was found out.
pub(super) struct Finding {
    /// In one sentence.
    pub(super) text: String,
    /// What to type; empty where there is nothing to do.
    pub(super) command: String,
}

impl Finding {
    fn new(text: impl ToString, command: impl Into<String>) -> Self {
        Self {
            text: text.to_string(),
            command: command.into(),
        }
    }
}

/// What a capture was to show.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// The ports; any where empty.
    pub(super) ports: Vec<u16>,
    /// The interface.
    pub(super) interface: String,
    /// Everything that the capture was to choose, as the user would say it.
    pub(super) filter: String,
    /// How many packets had passed the interface when it began, where one did.
    pub(super) passed_before: Option<u64>,
}

impl Wanted {
    /// What a capture that begins now is to show.
    pub(super) fn of_capture(ports: &[u16], interface: &str, filter: &CaptureFilter) -> Self {
        Self {
            ports: ports.to_vec(),
            interface: interface.to_owned(),
            filter: filter.to_string(),
            passed_before: passed(interface),
        }
    }
}

/// What is found out about the traffic itself: who sends, where it passes, what stops it.
pub(super) fn traffic(wanted: &Wanted, world: &World) -> Vec<Finding> {
    let mut found = sockets::findings(wanted, world);
    found.extend(firewall::findings(&wanted.ports, world));
    found
}

/// Everything that can be found out about this machine and `ports`. Nothing can follow it: at the
/// end the process is in a network of its own, where there is one.
pub(super) fn all(ports: &[u16], world: &World) -> Result<Vec<Finding>, Failure> {
    let wanted = Wanted {
        ports: ports.to_vec(),
        ..Wanted::default()
    };
    let mut found = rights(true, world);
    let rest = traffic(&wanted, world);
    let tshark = tshark(world);
    if sandbox::needed() {
        found.push(match sandbox::enter() {
            Ok(_) => Finding::new(words::OWN_NETWORK.get(world.lang), "netlab lab echo"),
            Err(error) => Finding::new(
                error.message(world.lang),
                error.hint(world.lang).replace('\n', "\n    "),
            ),
        });
    }
    found.extend(rest);
    found.extend(tshark);
    Ok(found)
}

/// That the tshark of this machine is another one than rows follow.
pub(super) fn tshark(world: &World) -> Option<Finding> {
    let output = std::process::Command::new("tshark")
        .arg("--version")
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = text.strip_prefix("TShark (Wireshark) ")?;
    let version = version.split_whitespace().next()?.trim_end_matches('.');
    let same = |it: &Dialect| version.starts_with(&format!("{}.", it.name()));
    if same(&world.dialect) {
        return None;
    }
    let text = words::other_tshark(world.lang, version, world.dialect.name());
    Some(match Dialect::ALL.iter().find(|it| same(it)) {
        Some(it) => Finding::new(text, format!("netlab --wireshark {} …", it.name())),
        None => Finding::new(text, "tshark --version"),
    })
}

/// The findings as lines, each with its command below.
pub(super) fn lines(found: &[Finding], width: Option<usize>) -> String {
    let mut out = String::new();
    for it in found {
        let line = format!("- {}\n", it.text);
        out.push_str(&width.map_or(line.clone(), |width| wrap::lines(&line, width)));
        if !it.command.is_empty() {
            out.push_str(&format!("    {}\n", it.command));
        }
    }
    out
}
