//! Lists how each TCP conversation of a capture ended, and who began to close it:
//! `cargo run --example closes -- captures/multi.pcapng`

use std::error::Error;
use std::io::{Write, stdout};

use netlab::analysis::AnalyzerOptions;
use netlab::analysis::conversation::Protocol;
use netlab::pipeline::Pipeline;
use netlab::report::words::close::cell;
use netlab::source::file::FileSource;
use netlab::text::Lang;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name a capture")?;
    let mut file = FileSource::open(&path)?;
    let mut pipeline = Pipeline::new(AnalyzerOptions::default());
    while let Some(frame) = file.next_frame()? {
        // Nobody wants the rows, only the conversations.
        pipeline.observe(&frame);
    }
    let mut out = stdout().lock();
    for conversation in pipeline.analyzer().conversations() {
        if conversation.protocol != Protocol::Tcp {
            continue;
        }
        let close = conversation.lifecycle.close();
        let words = cell(&close);
        let by = close
            .started_by
            .map(|side| conversation.ends()[side.index()].port);
        let by = by.map_or_else(|| "nobody".to_owned(), |port| format!("port {port}"));
        writeln!(
            out,
            "tcp.stream {}: {}, begun by {by}",
            conversation.stream,
            words.get(Lang::En)
        )?;
    }
    Ok(())
}
