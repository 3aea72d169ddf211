//! What is said of a packet does not depend on whether those before it were explained.

use std::path::PathBuf;

use netlab::analysis::AnalyzerOptions;
use netlab::pipeline::Pipeline;
use netlab::report::explain::{Explainer, Explanation};
use netlab::source::file::FileSource;
use netlab::text::Lang;

use crate::support::corpus;
use crate::support::{files, root};

/// What is said of the packets that `wanted` names.
fn said(path: &str, wanted: impl Fn(u32) -> bool) -> Vec<(u32, Explanation)> {
    let mut source = FileSource::open(path).unwrap();
    let mut pipeline = Pipeline::new(AnalyzerOptions {
        summaries: usize::MAX,
        ..AnalyzerOptions::default()
    });
    let explainer = Explainer::new(Lang::En);
    let mut said = Vec::new();
    while let Some(frame) = source.next_frame().unwrap() {
        let row = pipeline.push(&frame);
        if wanted(frame.no) {
            said.push((frame.no, explainer.row(&row)));
        }
    }
    said
}

/// Each packet once explained behind neighbours that are not.
fn compare(path: &str) {
    let whole = said(path, |_| true);
    for rest in [0, 1, 2] {
        let wanted = |no: u32| no % 3 == rest;
        let some = said(path, wanted);
        let same = whole.iter().filter(|(no, _)| wanted(*no));
        assert!(same.eq(&some), "{path}");
    }
}

#[test]
fn nobody_has_to_ask_about_what_came_before() {
    for path in files(&root().join("captures"), "pcapng") {
        compare(&path.display().to_string());
    }
}

#[test]
#[ignore = "needs ../shared"]
fn nobody_has_to_ask_about_what_came_before_in_the_corpus() {
    let is_pcap = |path: &PathBuf| path.extension().is_some_and(|suffix| suffix == "pcap");
    for path in corpus().into_iter().filter(is_pcap) {
        if path.metadata().unwrap().len() < 50_000 {
            compare(&path.display().to_string());
        }
    }
}
