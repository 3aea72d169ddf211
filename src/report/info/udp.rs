//! The Info text of a UDP or UDP-Lite datagram.

use super::{field, number, ports};
use crate::model::missing::Missing;
use crate::model::packet::Datagram;
use crate::model::transport::Extent;
use crate::model::udp::UdpLength;

/// Appends the Info text; what is missing of it, where it was `captured` and not told by text.
pub(super) fn write(datagram: &Datagram<'_>, captured: bool, out: &mut Vec<u8>) {
    ports(datagram.source_port, datagram.destination_port, out);
    if let Err(missing) = body(datagram, out)
        && captured
    {
        out.extend_from_slice(missing.text().as_bytes());
    }
}

fn body(datagram: &Datagram<'_>, out: &mut Vec<u8>) -> Result<(), Missing> {
    let transport = &datagram.transport;
    transport.reach(6)?;
    let (Some(field_value), Some(length)) = (datagram.length_field, datagram.length()) else {
        return Ok(());
    };
    let mut jumbo = false;
    if transport.lite {
        // Coverage 0 means everything.
        let coverage = match u32::from(field_value) {
            0 => transport.len,
            coverage => coverage,
        };
        if coverage < 8 || coverage > transport.len {
            field(
                " [BAD LIGHTWEIGHT UDP CHECKSUM COVERAGE LENGTH ",
                coverage,
                out,
            );
            field(" < 8 or > ", transport.len, out);
            out.push(b']');
        }
    } else {
        match length {
            UdpLength::TooShort(length) => {
                field(" [BAD UDP LENGTH ", length, out);
                out.extend_from_slice(b" < 8]");
                return Ok(());
            }
            UdpLength::Bytes(length)
                if length > transport.len && transport.extent == Extent::Whole =>
            {
                out.extend_from_slice(b" [BAD UDP LENGTH ");
                number(length, out);
                out.extend_from_slice(b" > IP PAYLOAD LENGTH]");
            }
            UdpLength::Bytes(_) => {}
            UdpLength::Jumbo(_) => jumbo = true,
        }
    }
    let len = datagram.payload_len().unwrap_or_default();
    field(" Len=", len, out);
    if jumbo {
        out.extend_from_slice(b" [Jumbogram]");
    }
    transport.reach(8)?;
    if datagram.checksum_field == Some(0) && (transport.over_ipv6 || transport.lite) {
        out.extend_from_slice(b" [ILLEGAL CHECKSUM (0)]");
    }
    // One byte of payload is enough for tshark to say nothing.
    if len > 0 && transport.bytes.len() == 8 {
        transport.reach(9)?;
    }
    Ok(())
}
