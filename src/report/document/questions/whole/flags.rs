//! The flags of TCP, each with a packet of this capture.

use crate::analysis::row::Row;
use crate::model::frame::FrameNo;
use crate::model::tcp::TcpFlags;
use crate::report::document::questions::column::column;
use crate::report::document::table::{self, Cell, Line, Table};
use crate::report::record::CellKind;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

/// A flag and what it means.
struct Meaning {
    bit: TcpFlags,
    name: &'static str,
    means: Text,
}

static MEANINGS: [Meaning; 6] = [
    Meaning {
        bit: TcpFlags::SYN,
        name: "SYN",
        means: Text::new(
            "the sender's first sequence number is in this segment",
            "o primeiro número de sequência de quem envia está neste segmento",
        ),
    },
    Meaning {
        bit: TcpFlags::ACK,
        name: "ACK",
        means: Text::new(
            "the field Ack counts: the next byte that the sender expects",
            "o campo Ack vale: o próximo byte que quem envia espera",
        ),
    },
    Meaning {
        bit: TcpFlags::PSH,
        name: "PSH",
        means: Text::new(
            "hand the data to the program without waiting for more",
            "entregar os dados ao programa sem esperar por mais",
        ),
    },
    Meaning {
        bit: TcpFlags::FIN,
        name: "FIN",
        means: Text::new(
            "the sender will send no more data",
            "quem envia não vai enviar mais dados",
        ),
    },
    Meaning {
        bit: TcpFlags::RST,
        name: "RST",
        means: Text::new(
            "drop the connection at once",
            "abandonar a conexão imediatamente",
        ),
    },
    Meaning {
        bit: TcpFlags::URG,
        name: "URG",
        means: Text::new("the urgent pointer counts", "o ponteiro de urgência vale"),
    },
];

/// Which flags occurred.
#[derive(Debug, Default)]
pub(super) struct Flags {
    /// The first frame with each, and how many there are.
    seen: [(FrameNo, u64); MEANINGS.len()],
}

impl Flags {
    pub(super) fn row(&mut self, row: &Row<'_>) {
        let Some(header) = row.whole_header() else {
            return;
        };
        for (meaning, (frame, count)) in MEANINGS.iter().zip(&mut self.seen) {
            if header.flags.any(meaning.bit) {
                if *count == 0 {
                    *frame = row.frame.no;
                }
                *count += 1;
            }
        }
    }

    /// The flags that occurred; `None` where there is no TCP.
    pub(super) fn table(&self, lang: Lang) -> Option<Table> {
        let occurred = MEANINGS.iter().zip(&self.seen);
        let occurred = occurred.filter(|(_, (_, count))| *count > 0);
        let lines = occurred.map(|(meaning, (frame, count))| {
            Line::Row(table::Row {
                cells: vec![
                    Cell::text(meaning.name),
                    Cell::text(format!("0x{:03x}", meaning.bit.0)),
                    Cell::text(meaning.means.get(lang)),
                    Cell::int(*frame),
                    Cell::int(*count),
                ],
                ..table::Row::default()
            })
        });
        let lines: Vec<Line> = lines.collect();
        if lines.is_empty() {
            return None;
        }
        let mut means = column("means", &MEANS, CellKind::Text, lang);
        means.long = true;
        Some(Table {
            id: "flags",
            title: TITLE.get(lang).to_owned(),
            columns: vec![
                column("flag", &FLAG, CellKind::Text, lang),
                column("bit", &BIT, CellKind::Text, lang),
                means,
                column("first_no", &FIRST, CellKind::Number, lang),
                column("packets", &PACKETS, CellKind::Number, lang),
            ],
            lines,
        })
    }
}

phrase! {
    TITLE: "What SYN, ACK, PSH, FIN mean: the flags of this capture",
        "O que significam SYN, ACK, PSH, FIN: as flags desta captura";
    FLAG: "Flag", "Flag";
    BIT: "Bit", "Bit";
    MEANS: "Meaning", "Significado";
    FIRST: "First in packet", "Primeiro no pacote";
    PACKETS: "Packets", "Pacotes";
}
