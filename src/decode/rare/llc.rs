//! Logical link control (IEEE 802.2) and the subnetwork access protocol on top of it.

use super::lan;
use super::osi;
use super::stp;
use crate::decode::link::ethernet;
use crate::decode::link::ethertype;
use crate::decode::network;
use crate::decode::step::{Context, Next, Step, named};
use crate::decode::view::{Short, View};

const SNAP: u8 = 0xaa;

/// Unnumbered information.
const UI: u8 = 0x03;

/// Padding in front of a bridged frame behind an LLC header (RFC 2684, 5.2).
const PADDING: usize = 2;

/// Reads an LLC header.
pub(in crate::decode) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("LLC");
    let [to, from] = *view.array::<2>(0)?;
    let control = view.byte(2)?;
    let unnumbered = control & 3 == 3;
    let header = if unnumbered { 3 } else { 4 };
    if to == SNAP && from == SNAP {
        return snap(view, header, PADDING, context);
    }
    write(view, context)?;
    let rest = view.skip(header)?;
    // Only information carries something: numbered frames, and UI without the poll bit.
    if rest.is_empty() || !(control & 1 == 0 || control == UI) {
        return Ok(Next::Done);
    }
    match to {
        0x06 => Ok(Next::Layer(network::ip, rest)),
        0x42 => Ok(Next::Layer(stp::layer, rest)),
        0xe0 | 0x10 => named("IPX", context),
        0xf0 => named("NetBIOS", context),
        0x04 | 0x08 | 0x0c | 0x40 | 0xc8 => named("SNA", context),
        0x7e => named("X.25", context),
        0x80 => named("3Com XNS", context),
        // BACnet, which tshark calls one of two names.
        0x82 => named("", context),
        0xbc => named("Vines LLC", context),
        0xf8 => named("HPEXT", context),
        0xfc => named("RPL", context),
        0xfe | 0x14 | 0x20 | 0x34 | 0x54 => Ok(Next::Layer(osi::layer, rest)),
        _ => Ok(Next::Done),
    }
}

/// An organization and its protocol number, `at` bytes into the view. Bridged frames have
/// `padding` bytes in front.
pub(super) fn snap<'a>(
    view: View<'a>,
    at: usize,
    padding: usize,
    context: &mut Context<'a>,
) -> Step<'a> {
    let [a, b, c, p0, p1] = *view.array::<5>(at)?;
    let number = u16::from_be_bytes([p0, p1]);
    let rest = view.skip(at + 5)?;
    match ([a, b, c], number) {
        // Encapsulated Ethernet, and Cisco's and Apple's way of saying the same.
        ([0, 0, 0] | [0, 0, 0xf8] | [0x08, 0, 0x07], ethernet::MAX_LENGTH..) => {
            ethertype::next(number, rest, context)
        }
        ([0, 0x80, 0xc2], 0x0001 | 0x0007) => Ok(Next::Layer(ethernet::layer, rest.skip(padding)?)),
        ([0, 0x80, 0xc2], 0x0004 | 0x000a) => {
            Ok(Next::Layer(lan::fddi_in_order, rest.skip(padding + 1)?))
        }
        ([0, 0x80, 0xc2], 0x000e) => Ok(Next::Layer(stp::layer, rest)),
        ([0, 0, 0x0c], 0x2000) => named("CDP", context),
        ([0, 0, 0x0c], 0x2003) => named("VTP", context),
        ([0, 0, 0x0c], 0x2004) => named("DTP", context),
        ([0, 0, 0x0c], 0x0111) => named("UDLD", context),
        ([0, 0, 0x0c], 0x0139) => named("MCP", context),
        ([0, 0, 0x0c], 0x2001) => named("CGMP", context),
        ([0, 0, 0x0c], 0x0104) => named("PAGP", context),
        ([0, 0, 0x0c], 0x0108 | 0x0109 | 0x010b | 0x010c) => Ok(Next::Layer(stp::layer, rest)),
        _ => Ok(Next::Done),
    }
}

/// Writes the words of an LLC header other than SNAP's.
fn write<'a>(view: View<'a>, context: &mut Context<'a>) -> Result<(), Short> {
    let [to, from, control] = *view.array::<3>(0)?;
    let response = from & 1 == 1;
    let letter = if response { " F" } else { " P" };
    let draft = &mut context.draft;
    if control & 3 == 3 {
        let final_bit = if control & 0x10 != 0 { letter } else { "" };
        let function = unnumbered(control, response);
        draft.write(format_args!("U{final_bit}, func={function}"));
    } else {
        let second = view.byte(3)?;
        let last = second & 1 == 1;
        let received = second >> 1;
        if control & 1 == 0 {
            // A response polls, too.
            let poll = if last { " P" } else { "" };
            let sent = control >> 1;
            draft.write(format_args!("I{poll}, N(R)={received}, N(S)={sent}"));
        } else {
            let final_bit = if last { letter } else { "" };
            let function = ["RR", "RNR", "REJ", "SREJ"][usize::from(control >> 2 & 3)];
            draft.write(format_args!(
                "S{final_bit}, func={function}, N(R)={received}"
            ));
        }
    }
    draft.add("; DSAP ");
    access_point(to, context);
    let group = if to & 1 == 1 { "Group" } else { "Individual" };
    context.draft.write(format_args!(" {group}, SSAP "));
    access_point(from, context);
    context
        .draft
        .add(if response { " Response" } else { " Command" });
    Ok(())
}

fn access_point(point: u8, context: &mut Context<'_>) {
    let point = point & 0xfe;
    match POINTS.iter().find(|(number, _)| *number == point) {
        Some((_, name)) => context.draft.add(name),
        None => context.draft.write(format_args!("0x{point:02x}")),
    }
}

/// The function of an unnumbered frame, whose bits two names share in some cases.
fn unnumbered(control: u8, response: bool) -> &'static str {
    match (control & 0xec, response) {
        (0x00, _) => "UI",
        (0x0c, false) => "SARM",
        (0x0c, true) => "DM",
        (0x20, _) => "UP",
        (0x40, false) => "DISC",
        (0x40, true) => "RD",
        (0x60, _) => "UA",
        (0x6c, _) => "SABME",
        (0x2c, _) => "SABM",
        (0x80, _) => "SNRM",
        (0x84, _) => "FRMR",
        (0xac, _) => "XID",
        (0xe0, _) => "TEST",
        (0x4c, _) => "SARME",
        (0x8c, _) => "RESET",
        (0xc4, _) => "CFGR",
        (0xcc, _) => "SNRME",
        (0xec, _) => "BCN",
        (0x04, false) => "SIM",
        (0x04, true) => "RIM",
        _ => "Unknown",
    }
}

/// Service access points with a name.
static POINTS: &[(u8, &str)] = &[
    (0x00, "NULL LSAP"),
    (0x02, "LLC Sub-Layer Management"),
    (0x04, "SNA Path Control"),
    (0x06, "TCP/IP"),
    (0x08, "SNA"),
    (0x0c, "SNA"),
    (
        0x0e,
        "PROWAY (IEC955) Network Management and Initialization",
    ),
    (0x10, "NetWare (unofficial?)"),
    (0x14, "ISO Network Layer (OSLAN 1)"),
    (0x18, "Texas Instruments"),
    (0x20, "ISO Network Layer (unofficial?)"),
    (0x34, "ISO Network Layer (unofficial?)"),
    (0x42, "Spanning Tree BPDU"),
    (0x4e, "EIA RS-511 Manufacturing Message Service"),
    (0x54, "ISO Network Layer (OSLAN 2)"),
    (0x7e, "ISO 8208 (X.25 over 802.2)"),
    (0x80, "XNS"),
    (0x82, "BACnet"),
    (0x86, "Nestar"),
    (0x8e, "PROWAY (IEC955) Active Station List Maintenance"),
    (0x98, "ARP"),
    (0xaa, "SNAP"),
    (0xb4, "HP JetDirect Printer"),
    (0xba, "Banyan Vines"),
    (0xbc, "Banyan Vines"),
    (0xe0, "NetWare"),
    (0xf0, "NetBIOS"),
    (0xf4, "IBM Net Management"),
    (0xf8, "HP Extended LLC"),
    (0xfa, "Ungermann-Bass"),
    (0xfc, "Remote Program Load"),
    (0xfe, "ISO Network Layer"),
];
