//! The command line: arguments as typed, a plan, the run, the exit code.

use std::io::Write;
use std::process::ExitCode;

use crate::analysis::AnalyzerOptions;
use crate::pipeline::Pipeline;
use crate::report::columns::{COLUMNS, CellOptions};
use crate::source::file::FileSource;

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(2) else {
        return ExitCode::from(2);
    };
    let Ok(mut source) = FileSource::open(&path) else {
        return ExitCode::from(5);
    };
    let mut pipeline = Pipeline::new(AnalyzerOptions::default());
    let mut out = Vec::new();
    let ids: Vec<&str> = COLUMNS.iter().map(|column| column.id).collect();
    out.extend_from_slice(ids.join("\t").as_bytes());
    out.push(b'\n');
    while let Ok(Some(frame)) = source.next_frame() {
        let row = pipeline.push(&frame);
        for (place, column) in COLUMNS.iter().enumerate() {
            if place > 0 {
                out.push(b'\t');
            }
            (column.write)(&row, &CellOptions::default(), &mut out);
        }
        out.push(b'\n');
        if out.len() > 30_000 {
            let _ = std::io::stdout().write_all(&out);
            out.clear();
        }
    }
    let _ = std::io::stdout().write_all(&out);
    ExitCode::SUCCESS
}
