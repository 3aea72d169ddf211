//! How far a long run has come, on standard error, where that is a terminal.

use std::io::{IsTerminal, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::world::World;
use crate::render::escape;
use crate::source::file::is_stream;
use crate::source::live::signals;
use crate::text::Lang;
use crate::text::phrase::phrase;

/// Runs shorter than this say nothing.
const QUIET: Duration = Duration::from_millis(700);
/// How often the line changes.
const PERIOD: Duration = Duration::from_millis(200);
/// The clock is asked once in so many packets.
const PACKETS: u64 = 4096;

phrase! {
    files_done(done, all): "{done} of {all} files done", "{done} de {all} arquivos prontos";
    reading(name, percent, packets): "reading {name}: {percent}{packets} packets",
        "lendo {name}: {percent}{packets} pacotes";
}

/// A line that says how far a file has been read, or how many of many, and goes away at the end.
pub(super) struct Progress {
    name: String,
    /// How many files there are, where it counts files.
    files: Option<u64>,
    size: Option<u64>,
    packets: u64,
    next: Option<Instant>,
    shown: bool,
    /// Ctrl-C ends the program and not what is read.
    ends: bool,
    lang: Lang,
}

impl Progress {
    /// The progress through the file called `name`, of `size` bytes.
    pub(super) fn begin(name: &str, size: Option<u64>, world: &World) -> Self {
        let next = std::io::stderr().is_terminal().then(|| now() + QUIET);
        Self {
            name: String::from_utf8_lossy(&escape::lines(name)).replace('\n', " "),
            files: None,
            size: size.filter(|size| *size > 0),
            packets: 0,
            next,
            shown: false,
            ends: !is_stream(name),
            lang: world.lang,
        }
    }

    /// The progress through so many files.
    pub(super) fn files(count: usize, world: &World) -> Self {
        let mut progress = Self::begin("", None, world);
        progress.files = Some(count as u64);
        progress
    }

    /// One file more.
    pub(super) fn file(&mut self) {
        self.packets += 1;
        if let Some(next) = self.next
            && now() >= next
        {
            self.show(0);
            self.next = Some(now() + PERIOD);
        }
    }

    /// One packet more; `bytes` says how many bytes of the file have been read. Says now and then
    /// that it is time to look whether anybody still reads.
    #[inline]
    pub(super) fn packet(&mut self, bytes: impl FnOnce() -> u64) -> bool {
        self.packets += 1;
        let due = self.packets.is_multiple_of(PACKETS);
        if due {
            self.show_if_due(bytes);
        }
        due
    }

    #[cold]
    fn show_if_due(&mut self, bytes: impl FnOnce() -> u64) {
        if let Some(next) = self.next
            && now() >= next
        {
            self.show(bytes());
            self.next = Some(now() + PERIOD);
        }
    }

    fn show(&mut self, bytes: u64) {
        self.shown = true;
        ON_SCREEN.store(true, Ordering::SeqCst);
        // Where this fails the line stays, which is all that happens.
        if self.ends {
            LISTENING.call_once(|| drop(signals::before_the_end(take_back)));
        }
        let percent = self.size.map_or_else(String::new, |size| {
            format!(
                "{} %, ",
                u128::from(bytes.min(size)) * 100 / u128::from(size)
            )
        });
        let line = |name: &str| {
            if let Some(files) = self.files {
                return format!("netlab: {}", files_done(self.lang, self.packets, files));
            }
            format!(
                "netlab: {}",
                reading(self.lang, &name, &percent, &self.packets)
            )
        };
        // A line that wraps could not be taken back.
        let size = terminal_size::terminal_size_of(std::io::stderr());
        let columns = size.map_or(80, |(terminal_size::Width(columns), _)| columns.into());
        let room = usize::saturating_sub(columns, line("").width() + 1);
        let line = format!("\r\x1b[K{}", line(&end(&self.name, room)));
        // Where standard error is gone there is nobody to tell.
        let _ = std::io::stderr().write_all(line.as_bytes());
    }
}

/// The end of a name, which tells most, in so many columns.
fn end(name: &str, room: usize) -> String {
    if name.width() <= room {
        return name.to_owned();
    }
    let mut left = room.saturating_sub(1);
    let mut kept: Vec<char> = Vec::new();
    for character in name.chars().rev() {
        let Some(less) = left.checked_sub(character.width().unwrap_or(0)) else {
            break;
        };
        left = less;
        kept.push(character);
    }
    std::iter::once('…').chain(kept.into_iter().rev()).collect()
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            take_back();
        }
    }
}

/// Whether the line is on the terminal.
static ON_SCREEN: AtomicBool = AtomicBool::new(false);
/// Ctrl-C is listened for from the first line on.
static LISTENING: Once = Once::new();

/// Takes the line back, where there is one.
fn take_back() {
    if ON_SCREEN.swap(false, Ordering::SeqCst) {
        let _ = std::io::stderr().write_all(b"\r\x1b[K");
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long the user has waited is no time of the capture"
)]
pub(super) fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::end;

    #[test]
    fn a_long_name_keeps_its_end() {
        assert_eq!(end("a.pcap", 6), "a.pcap");
        assert_eq!(end("folder/a.pcap", 8), "…/a.pcap");
        assert_eq!(end("日本.pcap", 8), "…本.pcap");
        assert_eq!(end("a.pcap", 0), "…");
    }
}
