//! What the file formats' readers must know of a link type: its name is enough for everyone
//! else (<https://www.tcpdump.org/linktypes.html>).

use crate::source::damage::Damage;

/// The most bytes a packet can have: tshark's limit for every link type but three.
const USUAL_MOST: u32 = 262_144;

/// The most bytes of a packet that can be in a file, by link type. A file that claims more is
/// damaged. The limits are those of tshark 4.0.
pub(super) fn most_bytes(link: u32) -> u32 {
    match link {
        // D-Bus messages and USBPcap transfers.
        231 | 249 => 128 << 20,
        // Elektrobit's high-speed capture format.
        279 => 8 << 20,
        _ => USUAL_MOST,
    }
}

/// How many bytes in front of a packet are about the packet and not of it, by link type. tshark
/// takes them off and does not count them in the packet's length.
fn bytes_about(link: u32) -> u32 {
    match link {
        // Point-to-point protocol: the direction.
        204 => 1,
        // Near-field communication.
        245 => 2,
        // ATM as SunATM has it; MTP2; Bluetooth HCI with a direction, and Linux's monitor.
        123 | 139 | 201 | 254 => 4,
        // Linux LAPB with a direction; I2C.
        196 | 209 => 5,
        // Infrared and LAPD on Linux: a cooked header.
        144 | 177 => 16,
        _ => 0,
    }
}

/// Where the packet begins behind what is only about it.
///
/// # Errors
/// [`Damage::PacketTooShort`] where it does not even hold that.
pub(super) fn packet_start(link: u32, len: u32) -> Result<u32, Damage> {
    let least = bytes_about(link);
    if len < least {
        return Err(Damage::PacketTooShort { len, least });
    }
    Ok(least)
}

/// Whether tshark 4.0 has a name for this link type of a pcap file. It refuses a file with another.
pub(super) fn is_known(link: u32) -> bool {
    matches!(link, 0..=3 | 6..=14 | 16 | 18..=19 | 32 | 50..=51 | 99..=101 | 104..=109 | 112..=114 | 117..=119 | 121..=123 | 127..=131 | 133 | 135..=144 | 147..=163 | 165 | 167 | 169..=173 | 177..=181 | 183..=184 | 186..=190 | 192 | 195..=197 | 199..=204 | 209..=215 | 220 | 224..=231 | 235..=237 | 239..=243 | 245 | 248..=256 | 258..=260 | 264 | 266 | 268 | 270..=276 | 279..=280 | 283 | 287..=288 | 290 | 292..=295)
}
