//! Rows of text in place of a capture: what is copied out of Wireshark, or printed by tshark and
//! tcpdump. Each row becomes a packet that says what the row says, and nothing else: its link type
//! is [`LinkType::ROWS`](crate::model::frame::LinkType::ROWS), of which no raw number, no payload
//! and no date is told.

mod apart;
mod build;
mod line;
mod tcpdump;
mod wireshark;

use std::net::IpAddr;

use self::build::Builder;
use crate::model::frame::FrameNo;
use crate::model::tcp::TcpFlags;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

/// How many lines that cannot be read are named.
const NAMED: usize = 5;

/// What one row says.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its number, where it has one.
    no: Option<FrameNo>,
    /// Its time in nanoseconds, where it has one.
    time: Option<i128>,
    /// How many decimals of a second it has.
    decimals: u8,
    ends: [IpAddr; 2],
    /// The length of the frame, where it is told.
    wire_len: Option<u32>,
    what: What,
}

/// What kind of packet a row tells of.
#[derive(Clone, Debug)]
enum What {
    Tcp(Tcp),
    Udp {
        ports: [u16; 2],
        len: u32,
    },
    /// Neither, or not told: the columns as they stand.
    Other {
        protocol: String,
        info: String,
    },
}

/// A TCP segment as it is told.
#[derive(Clone, Debug, Default)]
struct Tcp {
    ports: [u16; 2],
    flags: TcpFlags,
    /// `None` where tcpdump leaves it out.
    seq: Option<u32>,
    ack: u32,
    window: u32,
    /// The window has its scale already.
    scaled: bool,
    len: u32,
    mss: Option<u16>,
    sack_permitted: bool,
    /// The shift of the window.
    shift: Option<u8>,
    times: Option<[u32; 2]>,
    sacks: Vec<[u32; 2]>,
}

/// Why a row is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// It has no two IP addresses.
    Addresses,
    /// It begins as a row does, and is no whole one with two ends.
    Part,
    /// A number of the segment is missing.
    Numbers,
    /// Its window is larger than the field, and the SYN with the scale is not there.
    Window,
}

impl Broken {
    fn words(self) -> &'static Text {
        match self {
            Broken::Addresses => &ADDRESSES,
            Broken::Part => &PART,
            Broken::Numbers => &NUMBERS,
            Broken::Window => &WINDOW,
        }
    }
}

phrase! {
    ADDRESSES: "no two IP addresses", "sem dois endereços IP";
    PART: "it is no whole row with two ends", "não é uma linha inteira, com duas pontas";
    NUMBERS: "Seq, Ack, Win or Len is missing", "falta Seq, Ack, Win ou Len";
    WINDOW: "a window above 65535 needs the row of the SYN with its scale (WS)",
        "uma janela acima de 65535 precisa da linha do SYN com a escala dela (WS)";
    cannot_read(line, why): "line {line} cannot be read: {why}",
        "a linha {line} não pode ser lida: {why}";
    more_lines(count;): "1 more line cannot be read" | "{count} more lines cannot be read",
        "mais 1 linha não pode ser lida" | "mais {count} linhas não podem ser lidas";
    TEXT_ONLY: "these are rows of text: raw numbers, payload and what the rows leave out are not known",
        "estas são linhas de texto: números brutos, dados e o que as linhas omitem não são conhecidos";
}
/// Rows as a capture in memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// A pcap file of the packets.
    pub(super) pcap: Vec<u8>,
    /// The number of each, and whether it has a time.
    pub(super) numbers: Vec<(FrameNo, bool)>,
    /// How many decimals of a second the times have at most.
    pub(super) decimals: u8,
    /// The lines that cannot be read, counted from 1.
    broken: Vec<(usize, Broken)>,
}

impl Rows {
    /// Reads a text; `None` where it has no row.
    pub(super) fn read(text: &str) -> Option<Rows> {
        let mut rows = Rows::default();
        let mut builder = Builder::new();
        let (mut last, mut any) = (0, false);
        for (line, row) in apart::rows(text) {
            match row.and_then(|row| builder.add(&row).map(|()| row)) {
                Ok(row) => {
                    any |= !matches!(row.what, What::Other { .. });
                    let next = last + 1;
                    rows.decimals = rows.decimals.max(row.decimals);
                    last = row.no.filter(|no| *no >= next).unwrap_or(next);
                    rows.numbers.push((last, row.time.is_some()));
                }
                Err(why) => rows.broken.push((line, why)),
            }
        }
        rows.pcap = builder.finish();
        any.then_some(rows)
    }

    /// What a reader should know of it.
    pub(super) fn warnings(&self, lang: Lang) -> Vec<String> {
        let named = self.broken.iter().take(NAMED);
        let mut all: Vec<String> = named
            .map(|(line, why)| cannot_read(lang, line, why.words().get(lang)).to_string())
            .collect();
        let more = self.broken.len().saturating_sub(NAMED) as u64;
        if more > 0 {
            all.push(more_lines(lang, more).to_string());
        }
        all.push(TEXT_ONLY.get(lang).to_owned());
        all
    }
}
