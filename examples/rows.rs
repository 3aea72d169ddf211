//! Prints chosen columns of each packet, separated by tabs:
//! `cargo run --example rows -- captures/echo-log.pcap no info phase states`

use std::error::Error;
use std::io::{Write, stdout};

use netlab::analysis::AnalyzerOptions;
use netlab::pipeline::Pipeline;
use netlab::report::columns::{self, CellOptions};
use netlab::source::file::FileSource;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("name a capture and columns")?;
    let chosen: Vec<&columns::Column> = arguments
        .map(|id| columns::find(&id).ok_or(format!("there is no column {id}")))
        .collect::<Result<_, _>>()?;
    let mut file = FileSource::open(&path)?;
    let mut pipeline = Pipeline::new(AnalyzerOptions::default());
    let options = CellOptions::default();
    let mut out = stdout().lock();
    let mut line = Vec::new();
    while let Some(frame) = file.next_frame()? {
        let row = pipeline.push(&frame);
        line.clear();
        for (place, column) in chosen.iter().enumerate() {
            if place > 0 {
                line.push(b'\t');
            }
            (column.write)(&row, &options, &mut line);
        }
        line.push(b'\n');
        out.write_all(&line)?;
    }
    Ok(())
}
