//! Reports: what they say, that they say it in every format, that nothing escapes its place.

mod annotate;
mod browser;
mod escapes;
mod formats;
mod latex;
mod lengths;
mod limits;
mod metadata;
mod output;
mod packets;
mod schema;

use crate::support::{run, stderr, stdout};

/// The capture of the exercise.
const LOG: &str = "captures/echo-log.pcap";

/// Standard output of a run that ends well.
fn good(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{args:?}: {}",
        stderr(&output)
    );
    stdout(&output)
}

/// A report as JSON.
fn json(args: &[&str]) -> serde_json::Value {
    let args = [&["report", "-T", "json"], args].concat();
    serde_json::from_str(&good(&args)).unwrap()
}

/// The section of that id.
fn section<'v>(report: &'v serde_json::Value, id: &str) -> &'v serde_json::Value {
    let sections = report["sections"].as_array().unwrap();
    let found = sections.iter().find(|section| section["id"] == id);
    found.unwrap_or_else(|| panic!("no section {id}"))
}
