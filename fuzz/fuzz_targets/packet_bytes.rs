//! Any bytes as one frame of any link type. The first two bytes choose the link type, the third
//! how many bytes the capture cut off.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netlab::analysis::AnalyzerOptions;
use netlab::model::frame::{Frame, LinkType};
use netlab::model::time::Timestamp;
use netlab::pipeline::Pipeline;
use netlab::report::columns::{COLUMNS, CellOptions};

fuzz_target!(|data: &[u8]| {
    let [low, high, cut, bytes @ ..] = data else { return };
    let mut pipeline = Pipeline::new(AnalyzerOptions {
        summaries: 10,
        ..AnalyzerOptions::default()
    });
    let mut out = Vec::new();
    // Twice, so that fragments and conversations meet themselves.
    for no in 1..=2 {
        let row = pipeline.push(&Frame {
            no,
            time: Some(Timestamp::new(i64::from(no), 0)),
            decimals: 6,
            link: LinkType(u32::from(u16::from_le_bytes([*low, *high]) & 0x1ff)),
            interface: 0,
            wire_len: u32::try_from(bytes.len()).unwrap_or(u32::MAX) + u32::from(*cut),
            bytes,
        });
        for column in COLUMNS {
            (column.write)(&row, &CellOptions::default(), &mut out);
        }
        out.clear();
    }
});
