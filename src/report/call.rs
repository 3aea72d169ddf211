//! A program's socket call as a row of the packet table.
//!
//! Such a row has a time, `call` where packets have their protocol, the call as its Info
//! (`client: send(55) = 55`), both with the language's word for who made it, and the stream of its conversation where that is known. What only
//! packets have, their number above all, stays empty.

use std::fmt::Write;

use super::coloring::Coloring;
use super::columns::{CellOptions, Column, time};
use super::moment::{Moment, Part};
use super::record::Record;
use crate::analysis::clock::RowTimes;
use crate::analysis::conversation::{Conversation, Protocol};
use crate::model::call::{Call, Party, Role, SocketCall};
use crate::text::Lang;
use crate::text::phrase::phrase;
use crate::text::ui;

phrase! {
    /// What stands where packets have their protocol.
    pub PROTOCOL: "call", "chamada";
}

/// tshark's number of the conversation that a call belongs to: the latest between its addresses.
pub fn stream(call: &SocketCall, conversations: &[Conversation]) -> Option<u32> {
    let (local, peer) = (call.local?, call.peer?);
    let protocol = if call.tcp {
        Protocol::Tcp
    } else {
        Protocol::Udp
    };
    let is_its = |it: &&Conversation| {
        it.protocol == protocol && (it.ends() == [local, peer] || it.ends() == [peer, local])
    };
    conversations.iter().rev().find(is_its).map(|it| it.stream)
}

/// A moment as a row of chosen columns.
#[derive(Clone, Copy, Debug)]
pub struct CallRecord<'r> {
    /// The moment.
    pub moment: &'r Moment,
    /// Its times, as those of a packet.
    pub times: RowTimes,
    /// How many decimals its times are shown with: as many as those of packets.
    pub decimals: u8,
    /// tshark's number of its conversation.
    pub stream: Option<u32>,
    /// The columns in order.
    pub columns: &'r [&'static Column],
    /// What the cells have in common.
    pub cells: &'r CellOptions,
}

impl Record for CallRecord<'_> {
    fn cell(&self, place: usize, out: &mut Vec<u8>) {
        match self.columns.get(place).map(|column| column.id) {
            Some("time") => time::write_times(&self.times, self.decimals, self.cells, out),
            Some("protocol") => out.extend_from_slice(PROTOCOL.get(self.cells.lang).as_bytes()),
            Some("info") => out.extend_from_slice(info(self.moment, self.cells.lang).as_bytes()),
            Some("kernel") if self.moment.part != Part::Start => {
                if let Some(kernel) = self.moment.call.kernel {
                    out.extend_from_slice(kernel.to_string().as_bytes());
                }
            }
            Some("stream") => {
                if let Some(stream) = self.stream {
                    out.extend_from_slice(stream.to_string().as_bytes());
                }
            }
            _ => {}
        }
    }

    fn coloring(&self) -> Coloring {
        Coloring::Call
    }

    fn moment(&self) -> Option<&Moment> {
        Some(self.moment)
    }
}

/// What stands in the Info column: `client 1: send(13) = 13  cliente.py:4`.
pub fn info(moment: &Moment, lang: Lang) -> String {
    let call = &moment.call;
    let Party { role, number } = call.party;
    let number = number.map(|it| format!(" {it}")).unwrap_or_default();
    let what = match moment.part {
        Part::Whole => call.to_string(),
        Part::Start => format!("{} …", call.made()),
        Part::Return => format!("… {}", call.returned()),
    };
    let told = matches!(call.call, Call::Accept) || !call.tcp || role == Role::Client;
    let with = match call.peer {
        Some(peer) if moment.several && !told => format!(" ({})", peer.port),
        _ => String::new(),
    };
    let who = match role {
        Role::Server => ui::SERVER,
        Role::Client => ui::CLIENT,
        Role::Program => ui::PROGRAM,
    };
    let mut info = format!("{}{number}{with}: {what}", who.get(lang));
    if let Some(origin) = call.origin {
        // Writing to memory cannot fail.
        if origin.times > 1 {
            let took = call.ended.since(call.began).nanos_clamped() / 1_000_000;
            let _ = write!(
                info,
                " ×{} in {}.{:03} s",
                origin.times,
                took / 1000,
                took % 1000
            );
        }
        if let Some(place) = origin.place {
            let _ = write!(info, "  {place}");
        }
    }
    info
}
