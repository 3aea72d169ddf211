//! The section "What was captured".

use super::capture_facts::CaptureFacts;
use super::drops;
use super::table::Cell;
use super::{Fact, Part, Section};
use crate::model::frame::LinkType;
use crate::model::time::Timestamp;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

/// What was counted while the frames went by.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) frames: u64,
    /// Frames that the document is about; fewer where a filter left out some.
    pub(super) wanted: u64,
    /// Bytes on the wire.
    pub(super) bytes: u64,
    /// Frames of which not every byte was kept.
    pub(super) cut: u64,
    pub(super) first: Option<Timestamp>,
    pub(super) last: Option<Timestamp>,
    pub(super) decimals: u8,
}

impl Counts {
    pub(super) fn span(&self) -> Option<crate::model::time::Span> {
        Some(self.last?.since(self.first?))
    }
}

/// How many interfaces are described.
const INTERFACES: usize = 8;

pub(super) fn section(facts: &CaptureFacts, counts: &Counts, lang: Lang) -> Section {
    let word = |text: &Text| text.get(lang).to_owned();
    let mut list = vec![Fact::new(
        "file",
        word(&FILE),
        Cell::code(facts.name.as_str()),
    )];
    let mut add = |id, label: &Text, value: Cell| {
        if value != Cell::Empty {
            list.push(Fact::new(id, label.get(lang), value));
        }
    };
    let code = |value: &Option<String>| Cell::code(value.as_deref().unwrap_or_default());
    add("sha256", &SHA256, code(&facts.sha256));
    add("size", &SIZE, facts.size.map_or(Cell::Empty, Cell::int));
    add("format", &FORMAT, Cell::text(facts.format.as_str()));
    for interface in facts.interfaces.iter().take(INTERFACES) {
        add("interface", &INTERFACE, code(&interface.name));
        add("description", &DESCRIPTION, code(&interface.description));
        let link = interface.link.map_or_else(String::new, link);
        add("link_type", &LINK_TYPE, Cell::text(link));
        let snap_len = match interface.snap_len {
            0 => Cell::Absent(NO_LIMIT.get(lang).into()),
            bytes => Cell::int(bytes),
        };
        add("snap_len", &SNAP_LEN, snap_len);
        add("capture_filter", &FILTER, code(&interface.filter));
        drops::counts(facts, interface, lang, &mut add);
    }
    if facts.interface_count > INTERFACES as u64 {
        add(
            "interfaces",
            &INTERFACES_ALL,
            Cell::int(facts.interface_count),
        );
    }
    add("hardware", &HARDWARE, code(&facts.hardware));
    add("os", &OS, code(&facts.os));
    add("application", &APPLICATION, code(&facts.application));
    add("comment", &COMMENT, code(&facts.comment));
    // Rows of text may tell only how time goes on.
    let dated = |it: &Timestamp| facts.format != "text" || it.secs() >= 315_360_000;
    let time = |time: Option<Timestamp>| {
        let time = time.filter(dated);
        Cell::text(time.map_or_else(String::new, |time| utc(time, counts.decimals)))
    };
    add("first_time", &FIRST, time(counts.first));
    add("last_time", &LAST, time(counts.last));
    add(
        "duration",
        &DURATION,
        counts.span().map_or(Cell::Empty, Cell::seconds),
    );
    add("packets", &PACKETS, Cell::int(counts.frames));
    if counts.wanted != counts.frames {
        add("packets_shown", &WANTED, Cell::int(counts.wanted));
    }
    add("bytes", &BYTES, Cell::int(counts.bytes));
    if counts.cut > 0 && facts.format != "text" {
        add("packets_cut", &CUT, Cell::int(counts.cut));
    }
    add("dropped", &drops::DROPPED, drops::total(facts, lang));
    add("netlab", &NETLAB, Cell::text(env!("CARGO_PKG_VERSION")));
    add("wireshark", &WIRESHARK, Cell::text(facts.dialect.name()));
    add("command", &COMMAND, Cell::code(facts.command.as_str()));
    let mut parts = vec![Part::Facts(list)];
    let warnings = facts.warnings.iter();
    parts.extend(warnings.map(|it| Part::Text(sentence(it))));
    Section::plain("capture", "capture", word(&TITLE), parts)
}

/// A time as ISO 8601 in UTC, with as many decimals as the capture has. A time outside of the
/// calendar (years -9999 to 9999) is given in seconds since 1970.
fn utc(time: Timestamp, decimals: u8) -> String {
    let mut fraction = format!("{:09}", time.nanos());
    fraction.truncate(decimals.min(9).into());
    let dot = if fraction.is_empty() { "" } else { "." };
    match jiff::Timestamp::from_second(time.secs()) {
        Ok(second) => {
            let text = second.strftime("%Y-%m-%d %H:%M:%S");
            format!("{text}{dot}{fraction} UTC")
        }
        Err(_) => format!("{}{dot}{fraction}", time.secs()),
    }
}

/// A link type by its name in the list of <https://www.tcpdump.org/linktypes.html>, without the
/// prefix that all of them have.
fn link(link: LinkType) -> String {
    let name = match link.0 {
        0 => "NULL",
        1 => "ETHERNET",
        9 => "PPP",
        101 | 12 | 14 => "RAW",
        105 => "IEEE802_11",
        108 => "LOOP",
        113 => "LINUX_SLL",
        127 => "IEEE802_11_RADIOTAP",
        228 => "IPV4",
        229 => "IPV6",
        276 => "LINUX_SLL2",
        other => return other.to_string(),
    };
    format!("{name} ({})", link.0)
}

/// A message as a sentence of its own.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let mut text: String = first.chain(letters).collect();
    if !text.ends_with('.') {
        text.push('.');
    }
    text
}

phrase! {
    TITLE: "What was captured", "O que foi capturado";
    FILE: "Capture", "Captura";
    SHA256: "SHA-256", "SHA-256";
    SIZE: "Size in bytes", "Tamanho em bytes";
    FORMAT: "Format", "Formato";
    INTERFACE: "Interface", "Interface";
    INTERFACES_ALL: "Interfaces in all", "Total de interfaces";
    DESCRIPTION: "Description", "Descrição";
    LINK_TYPE: "Link type", "Tipo de enlace";
    SNAP_LEN: "Snap length in bytes", "Limite por pacote em bytes (snap length)";
    NO_LIMIT: "no limit", "sem limite";
    FILTER: "Capture filter", "Filtro de captura";
    HARDWARE: "Machine", "Máquina";
    OS: "Operating system", "Sistema operacional";
    APPLICATION: "Written by", "Gravado por";
    COMMENT: "Comment", "Comentário";
    FIRST: "First packet", "Primeiro pacote";
    LAST: "Last packet", "Último pacote";
    DURATION: "Duration", "Duração";
    PACKETS: "Packets", "Pacotes";
    WANTED: "Packets in this report", "Pacotes neste relatório";
    BYTES: "Bytes on the wire", "Bytes na rede";
    CUT: "Packets not kept whole", "Pacotes não guardados por inteiro";
    NETLAB: "netlab version", "Versão do netlab";
    WIRESHARK: "Packets worded as in Wireshark", "Pacotes descritos como no Wireshark";
    COMMAND: "Command", "Comando";
}
