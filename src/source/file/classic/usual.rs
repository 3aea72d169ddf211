//! A shorter way to the records of the usual pcap file: little-endian, microseconds, nothing around a
//! packet. Most captures are such a file, and the look-ahead can follow it without changing
//! the reader. Whatever is unusual is left to [`Classic::any`]; the test below compares the two.

use super::{Classic, Lengths, Variant};
use crate::model::frame::LinkType;
use crate::model::time::Timestamp;
use crate::source::file::links;
use crate::source::file::order::ByteOrder;
use crate::source::file::record::Record;

impl Classic {
    /// Whether the file is a usual one.
    pub(super) fn may_be_usual(&self) -> bool {
        self.variant == Variant::Plain
            && self.order == ByteOrder::Little
            && self.lengths == Lengths::Usual
            && links::packet_start(self.link, 0) == Ok(0)
    }

    /// The next packet of a file in which nothing is unusual, where all of it is in the window;
    /// `None` leaves it to [`Classic::any`].
    #[inline]
    pub(in crate::source::file) fn usual(&self, bytes: &[u8]) -> Option<Record> {
        const HEADER: usize = 16;
        const MICROS: u32 = 1_000_000;
        let head = bytes.first_chunk::<HEADER>().filter(|_| self.is_usual)?;
        let [secs, micros, kept, original] =
            [0, 4, 8, 12].map(|at| ByteOrder::Little.u32(head, at));
        let size = HEADER + kept as usize;
        let sound = kept <= self.most && micros < MICROS && size <= bytes.len();
        sound.then(|| Record {
            time: Some(Timestamp::claimed(
                i64::from(secs),
                (micros * 1000).cast_signed(),
            )),
            decimals: self.decimals,
            link: LinkType(self.link),
            interface: 0,
            wire_len: original,
            start: HEADER,
            len: kept as usize,
            size,
            about: 0,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::source::file::classic::{Classic, Magic};
    use crate::source::file::window::Window;

    fn record(secs: u32, micros: u32, kept: u32, original: u32) -> Vec<u8> {
        let header = [secs, micros, kept, original].map(u32::to_le_bytes);
        let packet = vec![7; kept.min(200) as usize];
        [header.as_flattened(), &packet].concat()
    }

    #[test]
    fn the_shorter_way_reads_what_the_other_one_reads() {
        let header = [0xa1b2_c3d4, 0x0004_0002, 0, 0, 262_144, 1].map(u32::to_le_bytes);
        let mut taken = 0;
        for (secs, micros, kept, original) in [
            (0, 0, 0, 0),
            (1, 999_999, 60, 60),
            (u32::MAX, 1, 100, 1500),
            (1, 1_000_000, 60, 60),
            (1, u32::MAX, 60, 60),
            (1, 1, 100, 60),
            (1, 1, 300_000, 300_000),
            (1, 1, 201, 201),
        ] {
            let whole = record(secs, micros, kept, original);
            for len in (0..=whole.len()).rev() {
                let file = [header.as_flattened(), &whole[..len]].concat();
                let mut window = Window::new(Box::new(std::io::Cursor::new(file)));
                assert!(window.has(24).unwrap());
                let magic = Magic::of(window.bytes()).unwrap();
                let Ok((reader, _)) = Classic::open(magic, &mut window, true) else {
                    panic!("not a capture");
                };
                if let Some(usual) = reader.usual(window.bytes()) {
                    let any = reader.any(&mut window).unwrap();
                    assert_eq!(format!("{:?}", Some(usual)), format!("{any:?}"));
                    taken += 1;
                }
            }
        }
        assert_eq!(taken, 4);
    }
}
