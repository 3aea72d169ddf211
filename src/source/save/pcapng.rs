//! pcapng: a section header, an interface description before the first packet of each
//! interface, an enhanced packet block for each packet.

use super::error::Unfit;
use super::layout::{is_micros, kept};
use crate::model::frame::{Frame, LinkType};
use crate::model::interface_counts::InterfaceCounts;
use crate::model::time::Timestamp;

/// The option that holds a comment, in every block.
pub(super) const COMMENT: u16 = 1;
/// The longest value of an option, in bytes.
const LONGEST: usize = 0xffff;

/// What is known of an interface before its first packet.
#[derive(Clone, Copy, Debug)]
pub struct Description<'a> {
    /// What its frames begin with.
    pub link: LinkType,
    /// How many decimals of a second its times have.
    pub decimals: u8,
    /// How many bytes of a packet are kept at most; 0 for no limit.
    pub snap_len: u32,
    /// Its name; empty where that is not known.
    pub name: &'a str,
    /// The capture filter as the user would say it; empty for none.
    pub filter: &'a str,
}

/// Writes pcapng.
#[derive(Default)]
pub(super) struct Writer {
    interfaces: Vec<Interface>,
    /// The time of the packet that was written last.
    last: Option<Timestamp>,
}

/// What makes two frames belong to one interface of the file.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Interface {
    number: u32,
    link: u16,
    /// Time stamps count units of 10 to the minus this.
    resolution: u8,
    /// How many bytes of a packet are kept; 0 for no limit.
    snap_len: u32,
}

impl Writer {
    /// A writer that has written a section header to `out`, with a comment where it is not empty.
    pub(super) fn begin(comment: &str, out: &mut Vec<u8>) -> Self {
        let mut writer = Self::default();
        writer.section(comment, out);
        writer
    }

    fn section(&mut self, comment: &str, out: &mut Vec<u8>) {
        self.interfaces.clear();
        block(out, 0x0a0d_0d0a, |out| {
            out.extend_from_slice(&0x1a2b_3c4d_u32.to_le_bytes());
            for version in [1_u16, 0] {
                out.extend_from_slice(&version.to_le_bytes());
            }
            // The section's length is not known.
            out.extend_from_slice(&u64::MAX.to_le_bytes());
            self::comment(comment, out);
            option(
                out,
                4,
                concat!("netlab ", env!("CARGO_PKG_VERSION")).as_bytes(),
            );
            option(out, 0, &[]);
        });
    }

    /// Appends a frame to `out`, with a comment where it is not empty and the frame has a time.
    pub(super) fn write(
        &mut self,
        frame: &Frame<'_>,
        comment: &str,
        out: &mut Vec<u8>,
    ) -> Result<(), Unfit> {
        let len = kept(frame)?;
        let link = u16::try_from(frame.link.0).map_err(|_| Unfit::LinkType { link: frame.link })?;
        let Some(time) = frame.time else {
            self.without_time(frame, link, len, out);
            return Ok(());
        };
        let resolution = if frame.decimals <= 6 && is_micros(time) {
            6
        } else {
            9
        };
        let stamp = units(time, resolution).ok_or(Unfit::Time)?;
        let interface = self.interface(
            Interface {
                number: frame.interface,
                link,
                resolution,
                snap_len: 0,
            },
            out,
        );
        self.last = Some(time);
        block(out, 6, |out| {
            out.extend_from_slice(&interface.to_le_bytes());
            self::stamp(stamp, out);
            for length in [len, frame.wire_len] {
                out.extend_from_slice(&length.to_le_bytes());
            }
            out.extend_from_slice(frame.bytes);
            if !comment.is_empty() {
                pad(frame.bytes.len(), out);
                self::comment(comment, out);
                option(out, 0, &[]);
            }
        });
        Ok(())
    }

    /// A packet that came without a time leaves without one, in a simple packet block. Those
    /// belong to the first interface of a section, whose snap length tells how many bytes were
    /// kept: where that is another interface, a new section begins.
    fn without_time(&mut self, frame: &Frame<'_>, link: u16, len: u32, out: &mut Vec<u8>) {
        let snap_len = if len == frame.wire_len { 0 } else { len.max(1) };
        let fits = self
            .interfaces
            .first()
            .is_none_or(|first| first.link == link && first.snap_len == snap_len);
        if !fits {
            self.section("", out);
        }
        if self.interfaces.is_empty() {
            self.interface(
                Interface {
                    number: frame.interface,
                    link,
                    resolution: 6,
                    snap_len,
                },
                out,
            );
        }
        block(out, 3, |out| {
            out.extend_from_slice(&frame.wire_len.to_le_bytes());
            out.extend_from_slice(frame.bytes);
        });
    }

    /// Appends an entry of systemd's journal.
    #[expect(
        clippy::unused_self,
        reason = "every block of a file is written by its writer"
    )]
    pub(super) fn entry(&self, entry: &[u8], out: &mut Vec<u8>) {
        block(out, 9, |out| out.extend_from_slice(entry));
    }

    /// Describes the first interface before its first packet.
    pub(super) fn describe(&mut self, about: &Description<'_>, out: &mut Vec<u8>) {
        let Ok(link) = u16::try_from(about.link.0) else {
            return;
        };
        let interface = Interface {
            number: 0,
            link,
            resolution: if about.decimals <= 6 { 6 } else { 9 },
            snap_len: about.snap_len,
        };
        interface.write(about.name, about.filter, out);
        self.interfaces.push(interface);
    }

    /// Appends the statistics of the first interface, where there is one. As in dumpcap's files
    /// `isb_ifdrop` holds every packet that was lost, the kernel's too: it is the count that
    /// Wireshark shows.
    pub(super) fn count(&mut self, counts: &InterfaceCounts, out: &mut Vec<u8>) {
        let Some(interface) = self.interfaces.first() else {
            return;
        };
        let time = self.last.and_then(|time| units(time, interface.resolution));
        block(out, 5, |out| {
            out.extend_from_slice(&0_u32.to_le_bytes());
            stamp(time.unwrap_or(0), out);
            let fields = [
                (4, counts.received),
                (5, counts.dropped()),
                (8, counts.delivered),
            ];
            for (code, count) in fields {
                if let Some(count) = count {
                    option(out, code, &count.to_le_bytes());
                }
            }
            option(out, 0, &[]);
        });
    }

    /// The interface's number in the file. Describes it where it is new.
    fn interface(&mut self, interface: Interface, out: &mut Vec<u8>) -> u32 {
        let known = self.interfaces.iter().position(|known| {
            // The snap length only matters to packets without a time.
            Interface {
                snap_len: interface.snap_len,
                ..*known
            } == interface
        });
        let place = known.unwrap_or_else(|| {
            interface.write("", "", out);
            self.interfaces.push(interface);
            self.interfaces.len() - 1
        });
        u32::try_from(place).unwrap_or(u32::MAX)
    }
}

impl Interface {
    /// Appends its description.
    fn write(self, name: &str, filter: &str, out: &mut Vec<u8>) {
        block(out, 1, |out| {
            out.extend_from_slice(&self.link.to_le_bytes());
            out.extend_from_slice(&[0, 0]);
            out.extend_from_slice(&self.snap_len.to_le_bytes());
            let before = out.len();
            if !name.is_empty() {
                option(out, 2, fitting(name).as_bytes());
            }
            if self.resolution != 6 {
                option(out, 9, &[self.resolution]);
            }
            if !filter.is_empty() {
                // 0: a text in libpcap's language.
                let text = [&[0], filter.as_bytes()].concat();
                option(out, 11, text.get(..LONGEST).unwrap_or(&text));
            }
            if out.len() > before {
                option(out, 0, &[]);
            }
        });
    }
}

/// A time in units of 10 to the minus `resolution`; `None` where it is before 1970 or too late.
fn units(time: Timestamp, resolution: u8) -> Option<u64> {
    let units = 10_u64.pow(u32::from(resolution));
    let parts = u64::from(time.nanos()) / (1_000_000_000 / units);
    let secs = u64::try_from(time.secs()).ok()?;
    secs.checked_mul(units)?.checked_add(parts)
}

/// Appends a time stamp: its upper half, its lower half.
fn stamp(stamp: u64, out: &mut Vec<u8>) {
    for half in [stamp >> 32, stamp & 0xffff_ffff] {
        out.extend_from_slice(&u32::try_from(half).unwrap_or(0).to_le_bytes());
    }
}

/// Appends a block: type, length, body, zeros up to a multiple of four, length.
fn block(out: &mut Vec<u8>, kind: u32, body: impl FnOnce(&mut Vec<u8>)) {
    let start = out.len();
    out.extend_from_slice(&kind.to_le_bytes());
    out.extend_from_slice(&[0; 4]);
    body(out);
    let padded = start + (out.len() - start).next_multiple_of(4);
    out.resize(padded, 0);
    let len = u32::try_from(padded - start + 4)
        .unwrap_or(u32::MAX)
        .to_le_bytes();
    if let Some(place) = out.get_mut(start + 4..start + 8) {
        place.copy_from_slice(&len);
    }
    out.extend_from_slice(&len);
}

/// Appends an option: code, length, value, zeros.
fn option(out: &mut Vec<u8>, code: u16, value: &[u8]) {
    out.extend_from_slice(&code.to_le_bytes());
    out.extend_from_slice(&u16::try_from(value.len()).unwrap_or(0).to_le_bytes());
    out.extend_from_slice(value);
    pad(value.len(), out);
}

/// Appends zeros after `len` bytes, up to a multiple of four.
pub(super) fn pad(len: usize, out: &mut Vec<u8>) {
    out.resize(out.len() + len.next_multiple_of(4) - len, 0);
}

/// Appends a comment, cut where it is longer than an option can be; nothing where it is empty.
fn comment(text: &str, out: &mut Vec<u8>) {
    if !text.is_empty() {
        option(out, COMMENT, fitting(text).as_bytes());
    }
}

/// A text, cut where it is longer than an option can be.
pub(super) fn fitting(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
