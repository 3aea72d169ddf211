//! An LLC header in tshark's words: control field, then the service access points.

use crate::decode::step::Context;
use crate::decode::view::{Short, View};

/// Writes the words of an LLC header other than SNAP's.
pub(super) fn write<'a>(view: View<'a>, context: &mut Context<'a>) -> Result<(), Short> {
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
