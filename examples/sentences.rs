//! Says one sentence about each packet of a capture, in Portuguese where the locale asks for it:
//! `cargo run --example sentences -- captures/echo-log.pcap`

use std::error::Error;
use std::io::{Write, stdout};

use netlab::analysis::AnalyzerOptions;
use netlab::pipeline::Pipeline;
use netlab::report::explain::Explainer;
use netlab::source::file::FileSource;
use netlab::text::Lang;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name a capture")?;
    let lang = Lang::from_environment(|name| std::env::var(name).ok());
    let mut file = FileSource::open(&path)?;
    let mut pipeline = Pipeline::new(AnalyzerOptions {
        summaries: 1000,
        ..AnalyzerOptions::default()
    });
    let explainer = Explainer::new(lang);
    let mut out = stdout().lock();
    while let Some(frame) = file.next_frame()? {
        let row = pipeline.push(&frame);
        let explanation = explainer.row(&row);
        writeln!(out, "#{} {}", row.frame.no, explanation.sentence)?;
    }
    Ok(())
}
