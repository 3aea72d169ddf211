//! Writing captures: pcap or pcapng, packet by packet.
//!
//! Not through libpcap's savefile: that is a buffered C stream which tells of a full disk only
//! when it is flushed, breaks packets wherever its buffer ends, so that a killed program leaves
//! half a packet, and has no pcapng. Here a packet is one piece of memory and goes out whole.

mod copy;
mod error;
mod identity;
mod layout;
mod new_file;
mod pcap;
mod pcapng;

pub use self::copy::Copier;
pub use self::error::{OLD_STAYS, SaveError};
pub use self::layout::SaveFormat;
pub use self::new_file::{ClosedFile, NewFile, folder};
pub use self::pcapng::Description;

use std::collections::HashSet;
use std::fs::File;
use std::io::Write;
use std::path::Path;

use crate::model::frame::{Frame, LinkType};
use crate::model::interface_counts::InterfaceCounts;

/// How much is gathered before it is written, where packets need not go out one by one.
const BULK: usize = 60 * 1024;

/// The path that means standard output.
pub const STANDARD_OUTPUT: &str = "-";

/// Where the frames come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A capture that runs: the header goes out at once, each packet by itself.
    Live {
        /// What its frames begin with.
        link: LinkType,
        /// How many decimals of a second its times have.
        decimals: u8,
    },
    /// A file that is copied: packets go out many together, always whole ones.
    File {
        /// The link type for the header where not one packet follows.
        link: Option<LinkType>,
    },
}

/// Writes frames to a capture file or to standard output.
///
/// What is written holds whole packets after every kind of end, a kill included. On a full disk
/// a file is cut back to its last whole packet.
pub struct Saver {
    path: String,
    out: Out,
    writer: Writer,
    eager: bool,
    /// Packets that have not gone out.
    waiting: Vec<u8>,
    /// How many bytes have, all of whole packets.
    written: u64,
}

enum Out {
    File(File),
    New(NewFile),
    Other(Box<dyn Write + Send>),
}

impl Out {
    fn open(path: &str) -> Result<Self, SaveError> {
        if path == STANDARD_OUTPUT {
            return Ok(Out::Other(Box::new(std::io::stdout())));
        }
        let file = File::create(path).map_err(|cause| SaveError::create(path, cause))?;
        // Only an ordinary file can be cut back.
        Ok(match file.metadata() {
            Ok(metadata) if metadata.is_file() => Out::File(file),
            _ => Out::Other(Box::new(file)),
        })
    }

    /// A file that replaces an older one only when it is whole.
    fn replacing(path: &str) -> Result<Self, SaveError> {
        if path == STANDARD_OUTPUT {
            return Self::open(path);
        }
        let file = NewFile::create(Path::new(path));
        let file = file.map_err(|cause| SaveError::create(path, cause))?;
        Ok(Out::New(file))
    }
}

enum Writer {
    Pcap(pcap::Writer),
    Pcapng(pcapng::Writer),
    /// Whole blocks of another file.
    Blocks,
}

impl Saver {
    /// Begins a capture file, or one on standard output for `-`; what was there before is gone.
    /// The format follows the suffix: pcapng for `.pcapng` and `.ntar`, else pcap, with
    /// nanoseconds where the live capture or the first frame of the file has them.
    ///
    /// # Errors
    /// [`SaveError`] where the file cannot be made, or its name asks for compression.
    pub fn create(path: &str, input: Input) -> Result<Self, SaveError> {
        let format = SaveFormat::of(path)?;
        let out = Out::open(path)?;
        Self::begin(path, out, format, input)
    }

    /// Writes a capture to anything. `path` is how messages call it.
    ///
    /// # Errors
    /// [`SaveError`] where its header cannot be written.
    pub fn to_writer(
        path: &str,
        out: Box<dyn Write + Send>,
        format: SaveFormat,
        input: Input,
    ) -> Result<Self, SaveError> {
        Self::begin(path, Out::Other(out), format, input)
    }

    fn begin(path: &str, out: Out, format: SaveFormat, input: Input) -> Result<Self, SaveError> {
        let mut saver = Self::empty(path, out, Writer::Blocks);
        saver.writer = match format {
            SaveFormat::Pcap => Writer::Pcap(pcap::Writer::begin(input, &mut saver.waiting)),
            SaveFormat::Pcapng => Writer::Pcapng(pcapng::Writer::begin("", &mut saver.waiting)),
        };
        saver.eager = matches!(input, Input::Live { .. });
        if saver.eager {
            saver.flush()?;
        }
        Ok(saver)
    }

    fn empty(path: &str, out: Out, writer: Writer) -> Self {
        Self {
            path: path.to_owned(),
            out,
            writer,
            eager: false,
            waiting: Vec::new(),
            written: 0,
        }
    }

    /// From now on packets of a live capture go out many together, as those of a file do, and when
    /// [`Saver::flush`] is called.
    pub fn in_batches(&mut self) {
        self.eager = false;
    }

    /// How many bytes have gone out, all of whole packets.
    pub fn written(&self) -> u64 {
        self.written
    }

    /// The file once more, to read back from, and how much has been written to it; `None` for
    /// what is no ordinary file.
    pub(in crate::source) fn to_read(&self) -> Option<(File, u64)> {
        let file = self.is_file().then(|| File::open(&self.path))?;
        Some((file.ok()?, self.written))
    }

    /// Whether it writes to an ordinary file, which never makes anybody wait for its reader.
    pub fn is_file(&self) -> bool {
        matches!(self.out, Out::File(_))
    }

    /// Describes the interface that is captured, before its first frame. A pcap file has no place
    /// for that.
    ///
    /// # Errors
    /// [`SaveError`] where it cannot be written.
    pub fn describe(&mut self, interface: &Description<'_>) -> Result<(), SaveError> {
        if let Writer::Pcapng(writer) = &mut self.writer {
            writer.describe(interface, &mut self.waiting);
        }
        self.settle()
    }

    /// Notes what was counted at the first interface, at the end of a capture. A pcap file has no
    /// place for that.
    ///
    /// # Errors
    /// [`SaveError`] where it cannot be written.
    pub fn count(&mut self, counts: &InterfaceCounts) -> Result<(), SaveError> {
        if let Writer::Pcapng(writer) = &mut self.writer {
            writer.count(counts, &mut self.waiting);
        }
        self.settle()
    }

    /// Writes a frame. What is no packet (see [`LinkType::PCAPNG_BLOCK`]) is left out.
    ///
    /// # Errors
    /// [`SaveError`] where the frame does not fit the format, or cannot be written. What was
    /// written before stays readable.
    pub fn write(&mut self, frame: &Frame<'_>) -> Result<(), SaveError> {
        self.write_commented(frame, "")
    }

    /// Writes a frame with a comment. Only pcapng has a place for it, and only where the frame
    /// has a time.
    ///
    /// # Errors
    /// As [`Saver::write`].
    pub fn write_commented(&mut self, frame: &Frame<'_>, comment: &str) -> Result<(), SaveError> {
        if frame.link.holds_no_packet() {
            return Ok(());
        }
        let before = self.waiting.len();
        let result = match &mut self.writer {
            Writer::Pcap(writer) => writer.write(frame, &mut self.waiting),
            Writer::Pcapng(writer) => writer.write(frame, comment, &mut self.waiting),
            Writer::Blocks => Ok(()),
        };
        if let Err(unfit) = result {
            self.waiting.truncate(before);
            return Err(unfit.at(&self.path, frame.no));
        }
        self.settle()
    }

    /// Writes an entry of systemd's journal between the packets. A pcap file has no place for that.
    ///
    /// # Errors
    /// [`SaveError`] where it cannot be written.
    pub fn entry(&mut self, entry: &[u8]) -> Result<(), SaveError> {
        if let Writer::Pcapng(writer) = &mut self.writer {
            writer.entry(entry, &mut self.waiting);
        }
        self.settle()
    }

    /// Sends out what waits where it must not wait, or is much.
    fn settle(&mut self) -> Result<(), SaveError> {
        if self.eager || self.waiting.len() >= BULK {
            return self.flush();
        }
        Ok(())
    }

    /// Sends out what waits.
    ///
    /// # Errors
    /// [`SaveError`] where it cannot be written.
    pub fn flush(&mut self) -> Result<(), SaveError> {
        let out: &mut dyn Write = match &mut self.out {
            Out::File(file) => file,
            Out::New(file) => file,
            Out::Other(out) => out,
        };
        let result = out.write_all(&self.waiting).and_then(|()| out.flush());
        let count = self.waiting.len() as u64;
        self.waiting.clear();
        match result {
            Ok(()) => {
                self.written += count;
                Ok(())
            }
            Err(cause) => {
                if let Out::File(file) = &self.out {
                    // Where even this fails the file ends inside a packet, which readers bear.
                    let _ = file.set_len(self.written);
                }
                Err(self.failed(cause))
            }
        }
    }

    fn failed(&self, cause: std::io::Error) -> SaveError {
        match self.out {
            Out::New(_) => SaveError::Unfinished {
                path: self.path.clone(),
                cause,
            },
            _ => SaveError::write(&self.path, cause),
        }
    }

    /// Ends the capture: sends out what waits, and the header of a file without packets.
    ///
    /// # Errors
    /// [`SaveError`] where it cannot be written.
    pub fn finish(mut self) -> Result<(), SaveError> {
        if let Writer::Pcap(writer) = &mut self.writer {
            writer.finish(&mut self.waiting);
        }
        self.flush()?;
        match &mut self.out {
            Out::New(file) => file.publish().map_err(|cause| self.failed(cause)),
            Out::File(_) | Out::Other(_) => Ok(()),
        }
    }
}

impl Drop for Saver {
    /// Whoever ends without [`Saver::finish`] keeps what was handed over all the same.
    fn drop(&mut self) {
        if !self.waiting.is_empty() {
            let _ = self.flush();
        }
    }
}

/// Whether two paths are one file, or would be one if they were written.
pub fn is_same_place(one: &Path, other: &Path) -> bool {
    let known = |path: &Path| path.to_str().and_then(identity::of);
    if let (Some(one), Some(other)) = (known(one), known(other)) {
        return one == other;
    }
    let place = |path: &Path| {
        let folder = folder(path);
        let folder = std::fs::canonicalize(folder).unwrap_or(folder.to_path_buf());
        Some(folder.join(path.file_name()?))
    };
    one == other || place(one).is_some_and(|one| Some(one) == place(other))
}

/// The files that are read, whatever they are called. `-` is the one behind standard input.
#[derive(Clone, Debug, Default)]
pub struct Inputs(HashSet<identity::Identity>);

impl Inputs {
    /// Those of these names.
    pub fn of(names: &[impl AsRef<str>]) -> Self {
        let known = names.iter().filter_map(|name| match name.as_ref() {
            STANDARD_OUTPUT => identity::of_input(),
            path => identity::of(path),
        });
        Self(known.collect())
    }

    /// Whether writing to `output` would destroy one of them while it is read. `-` is the file behind
    /// standard output.
    pub fn has(&self, output: &str) -> bool {
        of_output(output).is_some_and(|output| self.0.contains(&output))
    }
}

/// Whether writing to `output` destroys any file.
pub fn is_destroyed(output: &str) -> bool {
    of_output(output).is_some()
}

fn of_output(output: &str) -> Option<identity::Identity> {
    match output {
        STANDARD_OUTPUT => identity::of_output(),
        path => identity::of(path),
    }
}
