//! Any bytes as a capture file: read, decode, analyse, and write every row in every format.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use netlab::analysis::AnalyzerOptions;
use netlab::pipeline::Pipeline;
use netlab::render::rows::{FORMATS, RowOptions};
use netlab::report::columns::{COLUMNS, CellOptions, PacketRecord};
use netlab::source::file::FileSource;
use netlab::text::Lang;

fuzz_target!(|data: &[u8]| {
    let input = Box::new(Cursor::new(data.to_vec()));
    let Ok(mut source) = FileSource::from_reader("fuzz", input, None) else { return };
    let mut pipeline = Pipeline::new(AnalyzerOptions {
        summaries: 10,
        ..AnalyzerOptions::default()
    });
    let mut writers: Vec<_> = FORMATS
        .iter()
        .map(|format| {
            (format.open)(RowOptions {
                headings: COLUMNS.iter().map(|column| column.heading()).collect(),
                lang: Lang::PtBr,
                width: Some(80),
                color: true,
                sniff: 2,
            })
        })
        .collect();
    let mut out = Vec::new();
    let cells = CellOptions::default();
    loop {
        let ahead = source.upcoming().take(3).count();
        pipeline.prefetch(|| source.upcoming());
        let Ok(Some(frame)) = source.next_frame() else {
            assert_eq!(ahead, 0, "a frame was seen that does not come");
            break;
        };
        let row = pipeline.push(&frame);
        for writer in &mut writers {
            let record = PacketRecord { row: &row, columns: COLUMNS, cells: &cells };
            writer.row(&record, &mut out);
        }
        out.clear();
    }
});
