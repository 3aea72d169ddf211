//! pcap: a file header, then a header of 16 bytes before each packet.

use super::Input;
use super::error::Unfit;
use super::layout::{SNAP_LEN, is_micros, kept};
use crate::model::frame::{Frame, LinkType};

/// Writes pcap.
pub(super) struct Writer {
    link: Option<LinkType>,
    begun: Option<Begun>,
}

#[derive(Clone, Copy)]
struct Begun {
    link: LinkType,
    nanos: bool,
}

impl Writer {
    /// A writer to `out`. For a file the header waits for the first frame, which tells whether
    /// nanoseconds are needed.
    pub(super) fn begin(input: Input, out: &mut Vec<u8>) -> Self {
        let mut writer = Self {
            link: None,
            begun: None,
        };
        match input {
            Input::Live { link, decimals } => {
                writer.header(link, decimals > 6, out);
            }
            Input::File { link } => writer.link = link,
        }
        writer
    }

    /// Appends a frame to `out`.
    pub(super) fn write(&mut self, frame: &Frame<'_>, out: &mut Vec<u8>) -> Result<(), Unfit> {
        let len = kept(frame)?;
        let time = frame.time.ok_or(Unfit::NoTime)?;
        let secs = u32::try_from(time.secs()).map_err(|_| Unfit::Time)?;
        // The field of the file header holds 16 bits of link type.
        if frame.link.0 > 0xffff {
            return Err(Unfit::LinkType { link: frame.link });
        }
        let nanos_needed = !is_micros(time);
        let begun = match self.begun {
            Some(begun) => begun,
            None => self.header(frame.link, nanos_needed || frame.decimals > 6, out),
        };
        if begun.link != frame.link {
            return Err(Unfit::SecondLinkType {
                first: begun.link,
                second: frame.link,
            });
        }
        if nanos_needed && !begun.nanos {
            return Err(Unfit::FinerTime);
        }
        let fraction = if begun.nanos {
            time.nanos()
        } else {
            time.nanos() / 1000
        };
        for field in [secs, fraction, len, frame.wire_len] {
            out.extend_from_slice(&field.to_le_bytes());
        }
        out.extend_from_slice(frame.bytes);
        Ok(())
    }

    fn header(&mut self, link: LinkType, nanos: bool, out: &mut Vec<u8>) -> Begun {
        let begun = Begun { link, nanos };
        let magic: u32 = if nanos { 0xa1b2_3c4d } else { 0xa1b2_c3d4 };
        out.extend_from_slice(&magic.to_le_bytes());
        for version in [2_u16, 4] {
            out.extend_from_slice(&version.to_le_bytes());
        }
        // Time zone and accuracy, which nobody fills in, then the snap length.
        for field in [0, 0, SNAP_LEN, link.0] {
            out.extend_from_slice(&field.to_le_bytes());
        }
        self.begun = Some(begun);
        begun
    }

    /// Appends the header of a file that has no packets.
    pub(super) fn finish(&mut self, out: &mut Vec<u8>) {
        if self.begun.is_none() {
            let link = self.link.unwrap_or(LinkType::ETHERNET);
            self.header(link, false, out);
        }
    }
}
