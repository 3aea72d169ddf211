//! The tables of captures, of socket calls that stand in them, and of answers.

use super::{Batch, columns};
use crate::model::address::Endpoint;
use crate::model::call::{CallResult, SocketCall};
use crate::model::frame::FrameNo;
use crate::model::time::Timestamp;
use crate::report::document::{Part, Section};
use crate::report::text_address;

/// What is known of a capture at its end.
#[derive(Clone, Debug, Default)]
pub struct CaptureRow {
    /// Its file, as it was named.
    pub file: String,
    /// The size of the file in bytes.
    pub size: u64,
    /// Its rows.
    pub packets: FrameNo,
    /// How many conversations it has.
    pub conversations: usize,
    /// The times of its first frame, and of its latest.
    pub times: Option<[Timestamp; 2]>,
    /// Its programs were watched: times are longer than they would be alone.
    pub watched: bool,
    /// What is wrong with it: it is cut or damaged, its times go back.
    pub warning: Option<String>,
}

columns! {
    /// The columns of captures.
    pub CAPTURES, capture(row: &CaptureRow):
    "file" text Some(&row.file);
    "size" count Some(row.size);
    "packets" int Some(row.packets);
    "conversations" count Some(row.conversations);
    "first_ns" count row.times.map(|[first, _]| first.total_nanos());
    "last_ns" count row.times.map(|[_, last]| last.total_nanos());
    "watched" mark row.watched;
    "warning" text row.warning.as_deref();
    "netlab" text Some(env!("CARGO_PKG_VERSION"));
    "schema" text Some(super::VERSION);
}

columns! {
    /// The columns of socket calls.
    pub CALLS, call(frame: FrameNo, call: &SocketCall):
    "frame" int Some(frame);
    "party" text Some(call.party.role.name());
    "number" int call.party.number;
    "call" written |out| out.extend_from_slice(call.to_string().as_bytes());
    "protocol" text Some(if call.tcp { "TCP" } else { "UDP" });
    "local" written |out| address(call.local, out);
    "local_port" int call.local.map(|it| it.port);
    "peer" written |out| address(call.peer, out);
    "peer_port" int call.peer.map(|it| it.port);
    "began_ns" count Some(call.began.total_nanos());
    "acted_ns" count Some(call.acted.total_nanos());
    "ended_ns" count Some(call.ended.total_nanos());
    "bytes" count match call.result {
        CallResult::Bytes(bytes) => Some(bytes),
        _ => None,
    };
    "error" text match call.result {
        CallResult::Failed(error) => Some(error),
        _ => None,
    };
}

fn address(end: Option<Endpoint>, out: &mut Vec<u8>) {
    if let Some(end) = end {
        text_address::write(end.ip.into(), out);
    }
}

columns! {
    /// The columns of answers.
    pub ANSWERS, answer(section: &str, id: &str, question: &str, said: &str):
    "about" text Some(section.strip_suffix("-questions").unwrap_or(section));
    "question" text Some(id);
    "asked" text Some(question);
    "answer" text Some(said);
}

/// Appends the answers of some sections.
pub fn answers(batch: &mut Batch, sections: &[Section]) {
    for section in sections {
        for part in &section.parts {
            if let Part::Facts(facts) = part
                && section.kind == "questions"
            {
                for fact in facts {
                    let said = fact.value.as_str();
                    batch.add(|row| answer(row, &section.id, fact.id, &fact.label, said));
                }
            }
        }
        answers(batch, &section.sections);
    }
}
