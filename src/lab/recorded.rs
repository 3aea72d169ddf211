//! The recorded run of each lab, packets with the programs' calls between them, in the program itself:
//! for systems where labs cannot run.

use std::io::Cursor;

use super::Lab;
use crate::source::error::SourceError;
use crate::source::file::FileSource;

macro_rules! recorded {
    ($id:literal) => {
        ($id, include_bytes!(concat!("recorded/", $id, ".pcapng")))
    };
}

/// The runs, by the name of their lab. `scripts/make-captures --recorded` makes them.
static RUNS: &[(&str, &[u8])] = &[
    recorded!("echo"),
    recorded!("ports"),
    recorded!("multi"),
    recorded!("two-clients"),
    recorded!("small-buffer"),
    recorded!("unread-data"),
    recorded!("half-close"),
    recorded!("close-wait"),
    recorded!("crossing"),
    recorded!("reset"),
    recorded!("broken-pipe"),
    recorded!("refused"),
    recorded!("scan"),
    recorded!("port-in-use"),
    recorded!("low-port"),
    recorded!("backlog"),
    recorded!("slow-reader"),
    recorded!("time-wait"),
    recorded!("udp-echo"),
    recorded!("udp-closed-port"),
    recorded!("pinger"),
    recorded!("web"),
    recorded!("keep-alive"),
    recorded!("web-clients"),
    recorded!("retransmission"),
    recorded!("ipv6"),
];

/// Opens the recorded run of a lab; `None` where there is none.
///
/// # Errors
/// [`SourceError`] where the recording cannot be read, which a test rules out.
pub fn open(lab: &Lab) -> Option<Result<FileSource, SourceError>> {
    let (id, bytes) = RUNS.iter().find(|(id, _)| *id == lab.id)?;
    let size = u64::try_from(bytes.len()).ok();
    let name = format!("{id}.pcapng");
    Some(FileSource::from_reader(
        &name,
        Box::new(Cursor::new(*bytes)),
        size,
    ))
}
