//! A pager for what is longer than the terminal, as git has one: `$PAGER`, or else `less`.
//!
//! A thread stands between the program and the terminal. It holds lines back until there are more of
//! them than the terminal has, and starts the pager then; where that never happens it writes them as
//! they are. It is there before the program gives up its rights, without which no pager starts.

use std::fs::File;
use std::io::{IsTerminal, Read, Write};
use std::os::fd::AsFd;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;

use super::args::{Cli, Verb};
use super::world::World;
use crate::source::live::signals;
use crate::source::path;

/// What stands between the program and the terminal, where something does.
pub(super) struct Pager(Option<Between>);

struct Between {
    thread: JoinHandle<()>,
    /// Where standard output goes in the end, opened while files may still be opened.
    nowhere: File,
}

/// Starts it where the output of the command is to be read and goes to a terminal.
pub(super) fn begin(cli: &Cli, world: &World) -> Pager {
    let none = std::env::var_os("PAGER").is_some_and(|name| name.is_empty() || name == "cat");
    let wanted = world.stdout_is_terminal && !cli.no_pager && !none && is_read(&cli.verb);
    Pager(wanted.then(start).flatten())
}

/// Whether a command shows what is there already. Rows that come live are not kept waiting.
fn is_read(verb: &Verb) -> bool {
    let files = match verb {
        Verb::Replay(args) if args.is_paced() => return false,
        Verb::Replay(args) => vec![args.file()],
        Verb::Explain(args) => vec![args.file()],
        Verb::Conversations(args) => texts(args.files()),
        Verb::Follow(args) => vec![args.file()],
        Verb::Ladder(args) => vec![args.file()],
        Verb::Plot(args) => vec![args.file()],
        Verb::Report(args) => texts(args.files()),
        Verb::Check(args) => texts(args.files()),
        Verb::Copies(args) => texts(args.files()),
        Verb::Diff(args) => args.files().to_vec(),
        Verb::Lab(args) => return args.lists(),
        Verb::Columns => return true,
        _ => return false,
    };
    // Folders too; a pipe may be long in coming.
    let waits =
        |name| !std::fs::metadata(path::of(name)).is_ok_and(|it| it.is_file() || it.is_dir());
    !files.into_iter().any(waits)
}

fn texts(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

fn start() -> Option<Between> {
    let nowhere = File::options().write(true).open("/dev/null").ok()?;
    let screen = File::from(std::io::stdout().as_fd().try_clone_to_owned().ok()?);
    let (output, input) = std::io::pipe().ok()?;
    let size = terminal_size::terminal_size_of(&screen);
    let rows = size.map_or(24, |(_, terminal_size::Height(rows))| usize::from(rows));
    nix::unistd::dup2_stdout(&input).ok()?;
    let between = move || {
        // Whoever does not read on ends the output.
        let _ = pass(output, screen, rows);
    };
    let thread = std::thread::Builder::new().spawn(between).ok()?;
    Some(Between { thread, nowhere })
}

/// Passes on what comes: to the terminal, or to the pager once it is longer than that.
fn pass(mut output: impl Read, mut screen: File, rows: usize) -> std::io::Result<()> {
    let mut held = Vec::new();
    let mut block = [0; 32 * 1024];
    let mut lines = 0;
    // The prompt takes a line.
    while lines < rows {
        let count = output.read(&mut block)?;
        if count == 0 {
            return screen.write_all(&held);
        }
        let block = block.get(..count).unwrap_or_default();
        lines += block.iter().filter(|byte| **byte == b'\n').count();
        held.extend_from_slice(block);
    }
    let Some((mut child, mut input)) = pager(&screen) else {
        screen.write_all(&held)?;
        return std::io::copy(&mut output, &mut screen).map(drop);
    };
    // Ctrl-C is for the pager, whose end ends this program.
    signals::ignore_interrupt();
    let errors = std::io::stderr();
    // Messages come in their place between the lines, until all has been said.
    let apart = match errors.is_terminal() {
        true => Some(errors.as_fd().try_clone_to_owned()?),
        false => None,
    };
    if apart.is_some() {
        nix::unistd::dup2_stderr(&input)?;
    }
    let written = input.write_all(&held);
    let written = written.and_then(|()| std::io::copy(&mut output, &mut input).map(drop));
    if let Some(errors) = apart {
        nix::unistd::dup2_stderr(errors)?;
    }
    drop((input, output));
    child.wait()?;
    written
}

/// The pager, and what it reads.
fn pager(screen: &File) -> Option<(Child, std::process::ChildStdin)> {
    let mut command = match std::env::var_os("PAGER") {
        Some(name) => {
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(name);
            shell
        }
        None => Command::new("less"),
    };
    if std::env::var_os("LESS").is_none() {
        // Quit where it fits, keep colours, leave the text on the screen.
        command.env("LESS", "FRX");
    }
    // Standard output is what comes here.
    let screen = screen.try_clone().ok()?;
    let mut child = command.stdin(Stdio::piped()).stdout(screen).spawn().ok()?;
    let input = child.stdin.take()?;
    Some((child, input))
}

impl Pager {
    /// Ends the output and waits until the reader has read it.
    pub(super) fn end(self) {
        if let Some(Between { thread, nowhere }) = self.0
            && nix::unistd::dup2_stdout(&nowhere).is_ok()
        {
            let _ = thread.join();
        }
    }
}
