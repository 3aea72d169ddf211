//! pcapng: a section header, an interface description before the first packet of each
//! interface, an enhanced packet block for each packet.

use super::error::Unfit;
use super::layout::{is_micros, kept};
use crate::model::frame::Frame;

/// The option that holds a comment, in every block.
const COMMENT: u16 = 1;
/// The longest value of an option, in bytes.
const LONGEST: usize = 0xffff;

/// Writes pcapng.
#[derive(Default)]
pub(super) struct Writer {
    interfaces: Vec<Interface>,
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
        let units = 10_u64.pow(u32::from(resolution));
        let parts = u64::from(time.nanos) / (1_000_000_000 / units);
        let stamp = u64::try_from(time.secs)
            .ok()
            .and_then(|secs| secs.checked_mul(units)?.checked_add(parts))
            .ok_or(Unfit::Time)?;
        let interface = self.interface(
            Interface {
                number: frame.interface,
                link,
                resolution,
                snap_len: 0,
            },
            out,
        );
        let (high, low) = (stamp >> 32, stamp & 0xffff_ffff);
        block(out, 6, |out| {
            out.extend_from_slice(&interface.to_le_bytes());
            for half in [high, low] {
                out.extend_from_slice(&u32::try_from(half).unwrap_or(0).to_le_bytes());
            }
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
            block(out, 1, |out| {
                out.extend_from_slice(&interface.link.to_le_bytes());
                out.extend_from_slice(&[0, 0]);
                out.extend_from_slice(&interface.snap_len.to_le_bytes());
                if interface.resolution != 6 {
                    option(out, 9, &[interface.resolution]);
                    option(out, 0, &[]);
                }
            });
            self.interfaces.push(interface);
            self.interfaces.len() - 1
        });
        u32::try_from(place).unwrap_or(u32::MAX)
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
fn pad(len: usize, out: &mut Vec<u8>) {
    out.resize(out.len() + len.next_multiple_of(4) - len, 0);
}

/// Appends a comment, cut where it is longer than an option can be; nothing where it is empty.
fn comment(text: &str, out: &mut Vec<u8>) {
    if !text.is_empty() {
        let mut end = text.len().min(LONGEST);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        option(out, COMMENT, text.get(..end).unwrap_or_default().as_bytes());
    }
}
