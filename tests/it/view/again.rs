//! Rows made again from an index are those that reading the capture from its start gives.

use std::collections::HashMap;
use std::path::Path;

use netlab::analysis::AnalyzerOptions;
use netlab::analysis::row::Row;
use netlab::pipeline::Pipeline;
use netlab::pipeline::again::Again;
use netlab::pipeline::index::Index;
use netlab::report::columns::{COLUMNS, CellOptions};
use netlab::report::explain::Explainer;
use netlab::source::file::FileSource;
use netlab::text::Lang;

use crate::support::{corpus, files, root};

/// Everything that a row says.
fn said(row: &Row<'_>) -> String {
    let mut out = Vec::new();
    for column in COLUMNS {
        (column.write)(row, &CellOptions::default(), &mut out);
        out.push(b'|');
    }
    let explanation = Explainer::new(Lang::En).row(row);
    format!("{}{explanation:?}", String::from_utf8_lossy(&out))
}

fn same(path: &Path) -> Option<usize> {
    let path = path.to_str()?;
    let options = AnalyzerOptions::default();
    let (mut source, kept) = FileSource::open_kept(path).ok()?;
    let mut index = Index::new(options);
    while let Ok(Some((frame, place))) = source.next_placed() {
        index.push(&frame, place, |_| false);
        if index.count() >= 20_000 {
            break;
        }
    }
    index.close();
    // From the end, the start and the middle, in no order.
    let count = index.count();
    let starts = [count.saturating_sub(30), 0, count / 2, count / 3, 0];
    let windows = starts.map(|start| (start + 1..=count.min(start + 30)).collect::<Vec<u32>>());
    let mut pipeline = Pipeline::new(AnalyzerOptions {
        summaries: usize::MAX,
        ..options
    });
    let mut first = FileSource::open(path).ok()?;
    let mut rows = HashMap::new();
    for no in 1..=count {
        let row = pipeline.push(&first.next_frame().ok()??);
        if windows.iter().any(|window| window.contains(&no)) {
            rows.insert(no, said(&row));
        }
    }
    let mut revisit = source.revisit(&kept);
    let mut again = Again::with_copies(options.dialect, 7);
    for wanted in windows {
        let mut seen = Vec::new();
        let conversations = again.rows(&index, &mut revisit, &wanted, |row| {
            seen.push(row.frame.no);
            let id = row.analysis.conversation.map(|id| id.index());
            assert_eq!(said(row), rows[&row.frame.no], "{path}");
            assert_eq!(id.is_some(), row.conversation.is_some());
        });
        assert_eq!(seen, wanted, "{path}");
        assert!(conversations.len() <= wanted.len());
    }
    Some(rows.len())
}

#[test]
fn rows_again_are_those_of_the_whole_capture() {
    let mut paths = files(&root().join("captures"), "pcapng");
    paths.extend(files(&root().join("captures"), "pcap"));
    let ours = paths.len();
    paths.extend(corpus());
    let rows: usize = paths.iter().filter_map(|path| same(path)).sum();
    assert!(ours > 15 && rows > 300, "{ours} files, {rows} rows");
}
