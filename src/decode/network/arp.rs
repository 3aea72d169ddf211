//! ARP (RFC 826) with its relatives for other hardware, in tshark's words.

use std::net::Ipv4Addr;

use crate::decode::step::{Context, Next, Step};
use crate::decode::view::{Short, View};
use crate::model::packet::OtherKind;

/// Reads an ARP message.
pub(in crate::decode) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("ARP");
    context.draft.kind = OtherKind::Arp;
    let hardware = view.be16(0)?;
    if hardware == 19 {
        context.draft.protocol = crate::decode::draft::Label::Name("ATMARP");
        return Ok(Next::Done);
    }
    let [p0, p1, hardware_len, protocol_len] = *view.array::<4>(2)?;
    let kind = view.be16(6)?;
    let protocol = u16::from_be_bytes([p0, p1]);
    let (hardware_len, protocol_len) = (usize::from(hardware_len), usize::from(protocol_len));
    context.draft.protocol = crate::decode::draft::Label::Name(match kind {
        3 | 4 => "RARP",
        5..=7 => "DRARP",
        8 | 9 => "Inverse ARP",
        11..=22 => "MARS",
        23 => "MAPOS",
        _ => "ARP",
    });
    let message = Message {
        sender_hardware: (8, hardware_len),
        sender: (8 + hardware_len, protocol_len),
        target_hardware: (8 + hardware_len + protocol_len, hardware_len),
        target: (8 + 2 * hardware_len + protocol_len, protocol_len),
        ethernet: matches!(hardware, 1 | 6) && hardware_len == 6,
        ipv4: protocol == 0x0800 && protocol_len == 4,
    };
    let len = 8 + 2 * (hardware_len + protocol_len);
    if let Some(trailer) = context.trailer.take() {
        context.draft.cut_trailer = trailer.is_cut_behind(view, len);
    }
    message.words(kind, view, context)?;
    if matches!(kind, 1 | 2) && hardware_len == 6 && message.ipv4 {
        let sender = message.learn(view, message.sender_hardware, message.sender, context);
        // In a reply tshark goes by the target alone, where that has addresses.
        let last = match kind {
            2 => message
                .learn(view, message.target_hardware, message.target, context)
                .or(sender),
            _ => sender,
        };
        if let Some((address, true)) = last {
            context
                .draft
                .write(format_args!(" (duplicate use of {address} detected!)"));
        }
    }
    view.head(len)?;
    Ok(Next::Done)
}

/// Where the addresses stand: start and length.
struct Message {
    sender_hardware: (usize, usize),
    sender: (usize, usize),
    target_hardware: (usize, usize),
    target: (usize, usize),
    ethernet: bool,
    ipv4: bool,
}

impl Message {
    fn words<'a>(&self, kind: u16, view: View<'a>, context: &mut Context<'a>) -> Result<(), Short> {
        match kind {
            1 | 2 if self.ipv4 => {
                let sender = field(view, self.sender)?;
                let target = field(view, self.target)?;
                if kind == 1 && sender == [0; 4] && target != sender {
                    context.draft.add("Who has ");
                    self.protocol(view, self.target, context)?;
                    context.draft.add("? (ARP Probe)");
                    return Ok(());
                }
                if sender == target {
                    let asked = field(view, self.target_hardware)?;
                    let (words, end) = match kind {
                        2 => ("Gratuitous ARP for ", " (Reply)"),
                        _ if asked.iter().all(|byte| *byte == 0) => ("ARP Announcement for ", ""),
                        _ => ("Gratuitous ARP for ", " (Request)"),
                    };
                    context.draft.add(words);
                    self.protocol(view, self.target, context)?;
                    context.draft.add(end);
                    return Ok(());
                }
            }
            _ => {}
        }
        match kind {
            1 => {
                context.draft.add("Who has ");
                self.protocol(view, self.target, context)?;
                context.draft.add("? Tell ");
                self.protocol(view, self.sender, context)
            }
            2 => {
                self.protocol(view, self.sender, context)?;
                context.draft.add(" is at ");
                self.hardware(view, self.sender_hardware, context)
            }
            3 | 5 => {
                context.draft.add("Who is ");
                self.hardware(view, self.target_hardware, context)?;
                context.draft.add("? Tell ");
                self.hardware(view, self.sender_hardware, context)
            }
            4 | 6 => {
                self.hardware(view, self.target_hardware, context)?;
                context.draft.add(" is at ");
                self.protocol(view, self.target, context)
            }
            8 => {
                context.draft.add("Who is ");
                self.hardware(view, self.target_hardware, context)?;
                context.draft.add("? Tell ");
                self.hardware(view, self.sender_hardware, context)
            }
            9 => {
                self.hardware(view, self.sender_hardware, context)?;
                context.draft.add(" is at ");
                self.protocol(view, self.sender, context)
            }
            0 | 7 | 10 => {
                context.draft.add(match kind {
                    0 => "Reserved opcode 0",
                    7 => "DRARP Error",
                    _ => "ARP NAK",
                });
                Ok(())
            }
            // Those of MARS (RFC 2022) and experiments are known, and left alone.
            11..=25 => Ok(()),
            _ => {
                context
                    .draft
                    .write(format_args!("Unknown ARP opcode 0x{kind:04x}"));
                Ok(())
            }
        }
    }

    /// Learns whose hardware address an IP address has; the IP address, and whether it was
    /// another's before. `None` where there is nothing to learn.
    fn learn<'a>(
        &self,
        view: View<'a>,
        hardware: (usize, usize),
        protocol: (usize, usize),
        context: &mut Context<'a>,
    ) -> Option<(Ipv4Addr, bool)> {
        let hardware = *field(view, hardware).ok()?.first_chunk::<6>()?;
        let address = Ipv4Addr::from(*field(view, protocol).ok()?.first_chunk::<4>()?);
        let group = hardware[0] & 1 == 1;
        if context.draft.is_frozen() || group || hardware == [0; 6] || address.is_unspecified() {
            return None;
        }
        let changed = context.memory.neighbours.changed(address, hardware);
        Some((address, changed))
    }

    fn hardware<'a>(
        &self,
        view: View<'a>,
        place: (usize, usize),
        context: &mut Context<'a>,
    ) -> Result<(), Short> {
        let bytes = field(view, place)?;
        if bytes.is_empty() {
            context.draft.add("<No address>");
        }
        for (place, byte) in bytes.iter().enumerate() {
            let colon = if place == 0 || !self.ethernet {
                ""
            } else {
                ":"
            };
            context.draft.write(format_args!("{colon}{byte:02x}"));
        }
        Ok(())
    }

    fn protocol<'a>(
        &self,
        view: View<'a>,
        place: (usize, usize),
        context: &mut Context<'a>,
    ) -> Result<(), Short> {
        let bytes = field(view, place)?;
        match *bytes {
            [a, b, c, d] if self.ipv4 => {
                let address = Ipv4Addr::from([a, b, c, d]);
                context.draft.write(format_args!("{address}"));
            }
            [] => context.draft.add("<No address>"),
            _ => {
                for byte in bytes {
                    context.draft.write(format_args!("{byte:02x}"));
                }
            }
        }
        Ok(())
    }
}

fn field(view: View<'_>, (start, len): (usize, usize)) -> Result<&[u8], Short> {
    let end = start + len;
    view.head(end)?.get(start..).ok_or(Short::Malformed)
}
