//! What a program reads and what it says.

use std::fs::File;
use std::io;
use std::io::Read;
use std::io::Write;
use std::os::fd::OwnedFd;
use std::process::Stdio;
use std::time::Duration;

use nix::fcntl::FcntlArg;
use nix::fcntl::FdFlag;
use nix::fcntl::fcntl;
use nix::pty::openpty;
use nix::sys::termios::OutputFlags;
use nix::sys::termios::SetArg;
use nix::sys::termios::tcgetattr;
use nix::sys::termios::tcsetattr;
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::model::call::Party;

/// How long a line without its end is waited for: a prompt has none.
const PROMPT: Duration = Duration::from_millis(50);
/// The longest line that is kept whole, in bytes.
const LINE: usize = 4096;
/// How much of a program's output may wait to be shown, in pieces of 4 KiB.
const PIECES: usize = 64;

/// A line that a program said.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) party: Party,
    /// Without its end.
    pub(super) line: String,
    /// On standard error.
    pub(super) error: bool,
}

/// Where a program reads its input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Where netlab reads it: the terminal, as a rule.
    Ours,
    /// These bytes and no more.
    Text(String),
    /// Nowhere: it ends at once.
    Nothing,
}

impl Input {
    pub(super) fn open(&self) -> io::Result<Stdio> {
        match self {
            Self::Ours => Ok(Stdio::inherit()),
            Self::Nothing => Ok(Stdio::null()),
            Self::Text(text) => {
                let (reader, mut writer) = io::pipe()?;
                let text = text.clone();
                // A program that reads less leaves the rest.
                std::thread::spawn(move || writer.write_all(text.as_bytes()));
                Ok(reader.into())
            }
        }
    }
}

/// Standard output of a program: a terminal, so that a C program's lines come as they are
/// written and not when it ends, if ever.
pub(super) fn terminal(party: Party, said: &mpsc::UnboundedSender<Said>) -> io::Result<Stdio> {
    let pty = openpty(None, None)?;
    for end in [&pty.master, &pty.slave] {
        fcntl(end, FcntlArg::F_SETFD(FdFlag::FD_CLOEXEC))?;
    }
    let mut settings = tcgetattr(&pty.slave)?;
    // Line ends stay what the program wrote.
    settings.output_flags.remove(OutputFlags::OPOST);
    tcsetattr(&pty.slave, SetArg::TCSANOW, &settings)?;
    follow(pty.master, party, false, said.clone());
    Ok(pty.slave.into())
}

/// Standard error of a program.
pub(super) fn errors(party: Party, said: &mpsc::UnboundedSender<Said>) -> io::Result<Stdio> {
    let (reader, writer) = io::pipe()?;
    follow(reader.into(), party, true, said.clone());
    Ok(writer.into())
}

/// Hands on what comes out of `output`, line by line, until it ends.
fn follow(output: OwnedFd, party: Party, error: bool, said: mpsc::UnboundedSender<Said>) {
    let (pieces, mut come) = mpsc::channel::<Vec<u8>>(PIECES);
    std::thread::spawn(move || {
        let mut output = File::from(output);
        let mut piece = [0; 4096];
        // A terminal that nobody writes to any more ends with an error.
        while let Ok(count @ 1..) = output.read(&mut piece) {
            let kept = piece.get(..count).unwrap_or_default().to_vec();
            if pieces.blocking_send(kept).is_err() {
                return;
            }
        }
    });
    tokio::spawn(async move {
        let mut line = Vec::new();
        let say = |line: &mut Vec<u8>| {
            let text = String::from_utf8_lossy(line);
            let text = without_tabs(&without_colors(text.trim_end_matches('\r')));
            line.clear();
            // Nobody listens any more at the end of a run.
            let _ = said.send(Said {
                party,
                line: text,
                error,
            });
        };
        loop {
            let next = match line.is_empty() {
                true => Ok(come.recv().await),
                false => timeout(PROMPT, come.recv()).await,
            };
            match next {
                Ok(Some(piece)) => {
                    for byte in piece {
                        match byte {
                            b'\n' => say(&mut line),
                            other => line.push(other),
                        }
                        if line.len() >= LINE {
                            say(&mut line);
                        }
                    }
                }
                Ok(None) => break,
                Err(_) => say(&mut line),
            }
        }
        if !line.is_empty() {
            say(&mut line);
        }
    });
}

/// A line without the colours that programs give to a terminal (ECMA-48, SGR).
fn without_colors(line: &str) -> String {
    let mut parts = line.split("\x1b[");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest =
            part.trim_start_matches(|it: char| it.is_ascii_digit() || it == ';' || it == ':');
        match rest.strip_prefix('m') {
            Some(text) => out.push_str(text),
            None => {
                out.push_str("\x1b[");
                out.push_str(part);
            }
        }
    }
    out
}

/// A line with spaces where a terminal goes to its next tab stop.
fn without_tabs(line: &str) -> String {
    const STOP: usize = 8;
    let (mut out, mut count) = (String::with_capacity(line.len()), 0);
    for letter in line.chars() {
        let (shown, times) = match letter {
            '\t' => (' ', STOP - count % STOP),
            other => (other, 1),
        };
        out.extend(std::iter::repeat_n(shown, times));
        count += times;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_left_out_and_nothing_else_is() {
        let cases = [
            ("\x1b[1;31merro\x1b[0m: \x1b[38;5;9mx", "erro: x"),
            ("sem cor", "sem cor"),
            ("\x1b[2Jlimpa\x1b[31", "\x1b[2Jlimpa\x1b[31"),
        ];
        for (line, left) in cases {
            assert_eq!(without_colors(line), left);
        }
    }

    #[test]
    fn a_tab_goes_to_the_next_stop() {
        assert_eq!(without_tabs("nº\tporta\t5050"), "nº      porta   5050");
        assert_eq!(without_tabs("12345678\t."), "12345678        .");
    }
}
