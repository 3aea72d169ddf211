//! Interface descriptions, and what they make of a packet's time.

use super::super::facts::InterfaceFacts;
use super::super::links;
use super::super::order::ByteOrder;
use super::option;
use crate::model::frame::LinkType;
use crate::model::time::Timestamp;
use crate::source::damage::Damage;

/// An interface of the current section.
#[derive(Clone, Copy, Debug)]
pub(super) struct Interface {
    pub(super) link: LinkType,
    /// How many bytes of a packet were kept at most; 0 for no limit.
    pub(super) snap_len: u32,
    /// The most bytes a packet can have.
    pub(super) most: u32,
    /// How many decimals tshark shows of its times.
    pub(super) decimals: u8,
    units: u64,
    offset: i64,
}

impl Interface {
    /// The interface that the block in `bytes` describes.
    pub(super) fn read(
        order: ByteOrder,
        bytes: &[u8],
        size: usize,
    ) -> Result<(Self, InterfaceFacts), Damage> {
        let link = u32::from(order.u16(bytes, 8));
        let mut interface = Self {
            link: LinkType(link),
            snap_len: order.u32(bytes, 12),
            most: links::most_bytes(link),
            decimals: 6,
            units: 1_000_000,
            offset: 0,
        };
        let mut facts = InterfaceFacts {
            link: Some(interface.link),
            snap_len: interface.snap_len,
            ..InterfaceFacts::default()
        };
        let keep = |place: &mut Option<String>, text: Option<String>| {
            if place.is_none() {
                *place = text;
            }
        };
        for option in option::options(order, bytes.get(16..size - 4).unwrap_or_default()) {
            let option = option?;
            match option.code {
                option::INTERFACE_RESOLUTION => {
                    // Another length than 1 is passed over, as tshark does.
                    if let [resolution] = *option.value {
                        (interface.units, interface.decimals) = units_and_decimals(resolution);
                    }
                }
                option::INTERFACE_OFFSET if option.value.len() == 8 => {
                    interface.offset = order.u64(option.value, 0).cast_signed();
                }
                option::INTERFACE_NAME => keep(&mut facts.name, option.text()),
                option::INTERFACE_DESCRIPTION => keep(&mut facts.description, option.text()),
                option::INTERFACE_OS => keep(&mut facts.os, option.text()),
                option::INTERFACE_FILTER => match option.value.split_first() {
                    Some((0, text)) => {
                        let text = option::PlainOption {
                            code: option.code,
                            value: text,
                        };
                        keep(&mut facts.filter, text.text());
                    }
                    Some(_) => {}
                    None => return Err(Damage::Option { code: option.code }),
                },
                _ => {}
            }
        }
        facts.decimals = interface.decimals;
        Ok((interface, facts))
    }

    /// The time of a packet from the two halves of its time stamp. What a resolution finer than
    /// nanoseconds overflows, it overflows in tshark too.
    #[inline]
    pub(super) fn time(&self, high: u32, low: u32) -> Timestamp {
        let stamp = (u64::from(high) << 32) | u64::from(low);
        let (secs, nanos) = match self.units {
            // The two resolutions that occur: a division by a constant is no division.
            1_000_000 => (stamp / 1_000_000, stamp % 1_000_000 * 1000),
            1_000_000_000 => (stamp / 1_000_000_000, stamp % 1_000_000_000),
            units => {
                let parts = (stamp % units).wrapping_mul(1_000_000_000);
                (stamp / units, parts / units)
            }
        };
        Timestamp::new(
            secs.cast_signed().wrapping_add(self.offset),
            u32::try_from(nanos).unwrap_or(0),
        )
    }
}

/// How many units `if_tsresol` makes of a second, and how many decimals tshark shows then: 0, 1,
/// 2, 3, 6 or 9, never more than the resolution has. A resolution finer than 64 bits hold
/// counts as the finest.
fn units_and_decimals(resolution: u8) -> (u64, u8) {
    let exponent = u32::from(resolution & 0x7f);
    if resolution & 0x80 == 0 {
        let decimals = match exponent {
            few @ 0..=3 => u8::try_from(few).unwrap_or(3),
            4..=5 => 3,
            6..=8 => 6,
            _ => 9,
        };
        (10_u64.checked_pow(exponent).unwrap_or(u64::MAX), decimals)
    } else {
        let decimals = match exponent {
            0..=3 => 0,
            4..=6 => 1,
            7..=9 => 2,
            10..=19 => 3,
            20..=29 => 6,
            _ => 9,
        };
        (1_u64.checked_shl(exponent).unwrap_or(u64::MAX), decimals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The figures of tshark 4.0.17 for the time stamp 0x0001020304050607.
    #[test]
    fn times_come_out_as_tshark_shows_them() {
        let cases: &[(u8, i64, u32, u8)] = &[
            (0, 283_686_952_306_183, 0, 0),
            (1, 28_368_695_230_618, 300_000_000, 1),
            (2, 2_836_869_523_061, 830_000_000, 2),
            (5, 2_836_869_523, 61_830_000, 3),
            (6, 283_686_952, 306_183_000, 6),
            (8, 2_836_869, 523_061_830, 6),
            (9, 283_686, 952_306_183, 9),
            (10, 28_368, 695_230_618, 9),
            (11, 2836, 131_653_298, 9),
            (15, 0, 12_921, 9),
            (19, 0, 1, 9),
            (0x7f, 0, 0, 9),
            (0x80, 283_686_952_306_183, 0, 0),
            (0x83, 35_460_869_038_272, 875_000_000, 0),
            (0x86, 4_432_608_629_784, 109_375_000, 1),
            (0x88, 1_108_152_157_446, 27_343_750, 2),
            (0x8a, 277_038_039_361, 506_835_937, 3),
            (0x94, 270_544_960, 313_971_519, 6),
            (0x9d, 528_408, 125_613_225, 6),
            (0x9e, 264_204, 62_806_612, 9),
            (0xa8, 258, 11_780_084, 9),
            (0xbf, 0, 1, 9),
            (0xff, 0, 0, 9),
        ];
        for &(resolution, secs, nanos, decimals) in cases {
            let (units, shown) = units_and_decimals(resolution);
            let interface = Interface {
                link: LinkType::ETHERNET,
                snap_len: 0,
                most: 0,
                decimals: shown,
                units,
                offset: 0,
            };
            let time = interface.time(0x0001_0203, 0x0405_0607);
            assert_eq!(
                (time, shown),
                (Timestamp::new(secs, nanos), decimals),
                "resolution {resolution:#x}"
            );
        }
    }
}
