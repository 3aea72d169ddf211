//! ARP (RFC 826) with its relatives for other hardware, in tshark's words. By hand: etherparse refuses
//! a message that is cut, of which tshark tells what is there.

use std::fmt;
use std::net::Ipv4Addr;

use crate::decode::draft::Label;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::{Short, View};
use crate::model::packet::OtherKind;

const REQUEST: u16 = 1;
const REPLY: u16 = 2;
const DRARP_ERROR: u16 = 7;

/// Reads an ARP message.
pub(in crate::decode) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("ARP");
    context.draft.kind = OtherKind::Arp;
    let hardware = view.be16(0)?;
    if hardware == 19 {
        return over_atm(view, context);
    }
    let [p0, p1, hardware_len, protocol_len] = *view.array::<4>(2)?;
    let kind = view.be16(6)?;
    let protocol = u16::from_be_bytes([p0, p1]);
    let (hardware_len, protocol_len) = (usize::from(hardware_len), usize::from(protocol_len));
    let message = Message {
        sender_hardware: (8, hardware_len),
        sender: (8 + hardware_len, protocol_len),
        target_hardware: (8 + hardware_len + protocol_len, hardware_len),
        target: (8 + 2 * hardware_len + protocol_len, protocol_len),
        ethernet: matches!(hardware, 1 | 6) && hardware_len == 6,
        ipv4: protocol == 0x0800 && protocol_len == 4,
        radio: hardware == 3,
        view,
    };
    let len = 8 + 2 * (hardware_len + protocol_len);
    if let Some(trailer) = context.trailer.take() {
        context.draft.behind = trailer.behind(view, len, context.dialect);
    }
    // Without room for its addresses it stays without a name of its own.
    if len > view.len {
        return Err(Short::Malformed);
    }
    context.draft.protocol = Label::Name(match kind {
        3 | 4 => "RARP",
        5..=7 | 11..=23 if message.radio => "ARP",
        5..=DRARP_ERROR => "DRARP",
        8 | 9 => "Inverse ARP",
        11..=22 => "MARS",
        23 => "MAPOS",
        _ => "ARP",
    });
    let twice = message.learn(kind, context)?;
    message.words(kind, context)?;
    view.head(match kind {
        // Of the last field an error uses one byte.
        DRARP_ERROR => message.target.0 + protocol_len.min(1),
        _ => len,
    })?;
    if let Some(address) = twice {
        context
            .draft
            .write(format_args!(" (duplicate use of {address} detected!)"));
    }
    Ok(Next::Done)
}

/// ATM's ARP (RFC 2225) has numbers of its own, of which only the name is told.
fn over_atm<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let header = *view.array::<12>(0)?;
    let [_, _, _, _, _, _, k0, k1, _, _, _, _] = header;
    let length = |at: usize, mask: u8| header.get(at).map_or(0, |len| usize::from(len & mask));
    let lengths = [4, 5, 9, 10].map(|at| length(at, 0x3f));
    let len = 12 + lengths.iter().sum::<usize>() + length(8, 0xff) + length(11, 0xff);
    if len > view.len {
        return Err(Short::Malformed);
    }
    view.head(len)?;
    context.draft.protocol = Label::Name(match u16::from_be_bytes([k0, k1]) {
        3 | 4 => "ATMRARP",
        8 | 9 => "Inverse ATMARP",
        11..=22 => "MARS",
        23 => "MAPOS",
        _ => "ATMARP",
    });
    Ok(Next::Done)
}

/// Where the addresses stand: start and length.
struct Message<'a> {
    sender_hardware: (usize, usize),
    sender: (usize, usize),
    target_hardware: (usize, usize),
    target: (usize, usize),
    ethernet: bool,
    ipv4: bool,
    /// Amateur packet radio (AX.25), of which tshark knows the first messages only.
    radio: bool,
    view: View<'a>,
}

/// An address of either kind, as tshark prints it.
enum Text<'a> {
    Ipv4(Ipv4Addr),
    /// Bytes, and what stands between two of them.
    Bytes(&'a [u8], &'static str),
}

/// How many bytes of an address that has no form of its own are printed.
const MOST_BYTES: usize = 36;

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Text::Ipv4(address) => write!(f, "{address}"),
            Text::Bytes([], _) => f.write_str("<No address>"),
            Text::Bytes(bytes, between) => {
                for (place, byte) in bytes.iter().take(MOST_BYTES).enumerate() {
                    let between = if place == 0 { "" } else { between };
                    write!(f, "{between}{byte:02x}")?;
                }
                f.write_str(if bytes.len() > MOST_BYTES { "…" } else { "" })
            }
        }
    }
}

impl<'a> Message<'a> {
    /// What the message says; nothing as long as one of its addresses is missing.
    fn words(&self, kind: u16, context: &mut Context<'a>) -> Result<(), Short> {
        let draft = &mut context.draft;
        match kind {
            REQUEST | REPLY => return self.asked(kind, context),
            0 | 5..=7 | 10.. if self.radio => {
                draft.write(format_args!("Unknown ARP opcode 0x{kind:04x}"));
            }
            3 | 5 | 8 => {
                let asked = self.hardware(self.target_hardware)?;
                let sender = self.hardware(self.sender_hardware)?;
                draft.write(format_args!("Who is {asked}? Tell {sender}"));
            }
            4 | 6 => {
                let hardware = self.hardware(self.target_hardware)?;
                let target = self.protocol(self.target)?;
                draft.write(format_args!("{hardware} is at {target}"));
            }
            9 => {
                let hardware = self.hardware(self.sender_hardware)?;
                let sender = self.protocol(self.sender)?;
                draft.write(format_args!("{hardware} is at {sender}"));
            }
            DRARP_ERROR => draft.add("DRARP Error"),
            10 => draft.add("ARP NAK"),
            0 | 65535 => draft.write(format_args!("Reserved opcode {kind}")),
            24 | 25 => draft.write(format_args!("Experimental {} ( opcode {kind} )", kind - 23)),
            _ => match MARS.iter().find(|(number, _)| *number == kind) {
                Some((_, words)) => {
                    let hardware = self.hardware(self.sender_hardware)?;
                    let sender = self.protocol(self.sender)?;
                    draft.write(format_args!("{words} from {hardware} at {sender}"));
                }
                None => draft.write(format_args!("Unknown ARP opcode 0x{kind:04x}")),
            },
        }
        Ok(())
    }

    /// A request or a reply, also those that tell rather than ask.
    fn asked(&self, kind: u16, context: &mut Context<'a>) -> Result<(), Short> {
        let (target, sender) = (self.field(self.target)?, self.field(self.sender)?);
        let zero = |start: usize, len: usize| {
            let bytes = self.view.bytes.get(start..start + len);
            bytes.is_some_and(|bytes| bytes.iter().all(|byte| *byte == 0))
        };
        // tshark looks at six bytes of hardware and four of IP whatever the lengths are.
        let nobody = zero(self.target_hardware.0, 6);
        let (shown, asking) = (self.protocol(self.target)?, self.protocol(self.sender)?);
        let draft = &mut context.draft;
        match (kind, target == sender) {
            (REQUEST, true) if nobody => {
                draft.write(format_args!("ARP Announcement for {shown}"));
            }
            (REQUEST, true) => draft.write(format_args!("Gratuitous ARP for {shown} (Request)")),
            (REQUEST, false) if nobody && zero(self.sender.0, 4) => {
                draft.write(format_args!("Who has {shown}? (ARP Probe)"));
            }
            (REQUEST, false) => draft.write(format_args!("Who has {shown}? Tell {asking}")),
            (_, true) => draft.write(format_args!("Gratuitous ARP for {asking} (Reply)")),
            (_, false) => {
                let hardware = self.hardware(self.sender_hardware)?;
                draft.write(format_args!("{asking} is at {hardware}"));
            }
        }
        Ok(())
    }

    /// Learns whose hardware addresses IP addresses have, of IPv4 over Ethernet; the one that was
    /// another's before. Of a reply the target counts, too, and last.
    fn learn(&self, kind: u16, context: &mut Context<'a>) -> Result<Option<Ipv4Addr>, Short> {
        if !matches!(kind, REQUEST | REPLY) || !self.ethernet || !self.ipv4 {
            return Ok(None);
        }
        let quoted = context.draft.is_frozen();
        let (no, neighbours) = (context.no, context.memory.neighbours());
        let mut twice = None;
        let sender = self.binding(self.sender_hardware, self.sender)?;
        if let Some((address, hardware)) = sender.filter(|_| !quoted) {
            twice = neighbours.changed(address, hardware, no).then_some(address);
        }
        let target = self.binding(self.target_hardware, self.target)?;
        if let Some((address, hardware)) = target.filter(|_| !quoted && kind == REPLY)
            && twice != Some(address)
        {
            twice = neighbours.changed(address, hardware, no).then_some(address);
        }
        Ok(twice)
    }

    /// Whose hardware address an IP address has; `None` where one of them is nobody's or a group's.
    fn binding(
        &self,
        hardware: (usize, usize),
        protocol: (usize, usize),
    ) -> Result<Option<(Ipv4Addr, [u8; 6])>, Short> {
        let address = Ipv4Addr::from(*self.view.array::<4>(protocol.0)?);
        let hardware = *self.view.array::<6>(hardware.0)?;
        let group = hardware[0] & 1 == 1;
        let one = !group && hardware != [0; 6] && !address.is_unspecified();
        Ok(one.then_some((address, hardware)))
    }

    fn hardware(&self, place: (usize, usize)) -> Result<Text<'a>, Short> {
        let between = if self.ethernet { ":" } else { "" };
        Ok(Text::Bytes(self.field(place)?, between))
    }

    fn protocol(&self, place: (usize, usize)) -> Result<Text<'a>, Short> {
        Ok(match *self.field(place)? {
            [a, b, c, d] if self.ipv4 => Text::Ipv4(Ipv4Addr::from([a, b, c, d])),
            ref bytes => Text::Bytes(bytes, ""),
        })
    }

    fn field(&self, (start, len): (usize, usize)) -> Result<&'a [u8], Short> {
        let end = start + len;
        let bytes = self.view.head(end)?.get(start..);
        bytes.ok_or(Short::Malformed)
    }
}

/// The messages of MARS (RFC 2022) and MAPOS (RFC 2176), which tell who sends them.
static MARS: &[(u16, &str)] = &[
    (11, "MARS request"),
    (12, "MARS MULTI request"),
    (13, "MARS MSERV request"),
    (14, "MARS JOIN request"),
    (15, "MARS LEAVE"),
    (16, "MARS NAK"),
    (17, "MARS UNSERV request"),
    (18, "MARS SJOIN request"),
    (19, "MARS SLEAVE"),
    (20, "MARS grouplist request"),
    (21, "MARS grouplist reply"),
    (22, "MARS redirect map"),
    (23, "MAPOS UNARP request"),
];
