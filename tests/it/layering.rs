//! The layers hold: a module imports only what its row allows, and a dependency is named only in
//! its home.

use std::collections::BTreeSet;

use crate::support::{files, root, shown};

/// Module, and the modules it may import.
const ROWS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("model", &[]),
    ("source", &["model", "text"]),
    ("decode", &["model"]),
    ("kernel", &["model"]),
    ("exercises", &["kernel", "model", "text"]),
    ("sandbox", &["text"]),
    ("trace", &["kernel", "model"]),
    ("analysis", &["model", "text"]),
    ("report", &["analysis", "model", "text"]),
    ("render", &["report", "analysis", "model", "text"]),
    ("pipeline", &["source", "decode", "analysis", "model"]),
    (
        "lab",
        &[
            "exercises",
            "sandbox",
            "pipeline",
            "source",
            "report",
            "analysis",
            "model",
            "text",
        ],
    ),
    ("course", &["lab", "report", "analysis", "model", "text"]),
    (
        "run",
        &[
            "lab", "trace", "kernel", "decode", "analysis", "source", "model",
        ],
    ),
    (
        "view",
        &[
            "pipeline", "source", "render", "report", "analysis", "model", "text",
        ],
    ),
    (
        "cli",
        &[
            "text",
            "model",
            "source",
            "decode",
            "exercises",
            "sandbox",
            "analysis",
            "report",
            "render",
            "pipeline",
            "lab",
            "course",
            "trace",
            "run",
            "kernel",
            "view",
        ],
    ),
];

/// Dependency, and the modules that may name it.
const HOMES: &[(&str, &[&str])] = &[
    ("pcap", &["source"]),
    ("flate2", &["source", "decode"]),
    ("sha2", &["source"]),
    ("ruzstd", &["source"]),
    ("lz4_flex", &["source"]),
    ("signal_hook", &["source"]),
    ("tempfile", &["source", "cli"]),
    ("etherparse", &["decode", "model"]),
    ("hashbrown", &["analysis", "decode"]),
    ("foldhash", &["analysis", "decode", "report"]),
    ("tokio", &["source", "exercises", "lab", "run", "cli"]),
    ("httparse", &["analysis", "exercises"]),
    ("socket2", &["exercises"]),
    (
        "nix",
        &[
            "source",
            "sandbox",
            "kernel",
            "exercises",
            "lab",
            "trace",
            "run",
            "cli",
        ],
    ),
    (
        "libc",
        &["source", "sandbox", "kernel", "exercises", "trace", "run"],
    ),
    ("rustix", &["trace", "sandbox"]),
    ("addr2line", &["trace"]),
    ("framehop", &["trace"]),
    ("gimli", &["trace"]),
    ("object", &["trace"]),
    ("seccompiler", &["trace"]),
    ("cap_std", &["exercises"]),
    ("icu_properties", &["text"]),
    ("landlock", &["sandbox"]),
    ("tabled", &["render"]),
    ("serde_json", &["render"]),
    ("serde", &["course"]),
    ("toml", &["course"]),
    ("csv", &["render"]),
    ("parquet", &["render"]),
    ("plotters", &["render"]),
    ("strsim", &["text"]),
    ("plotters_backend", &["render"]),
    ("anstyle", &["render"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("terminal_size", &["cli"]),
    ("ratatui", &["view"]),
];

/// Layers that take no input, write no output and know no clock.
const PURE: &[&str] = &["text", "model", "decode", "analysis", "report", "render"];

/// What pure layers must not name.
const EDGES: &[&str] = &[
    "std::fs",
    "std::net::Tcp",
    "std::net::Udp",
    "std::thread",
    "std::process",
    "std::env",
    "SystemTime",
    "Instant::now",
    "println!",
    "eprintln!",
    "print!(",
    "stdout(",
    "stderr(",
];

fn module_of(path: &str) -> String {
    let inside = path.trim_start_matches("src/");
    inside
        .split('/')
        .next()
        .unwrap_or(inside)
        .trim_end_matches(".rs")
        .to_owned()
}

/// A file's lines without comments and without its tests at the bottom.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(number, line)| (number + 1, line))
        .take_while(|(_, line)| *line != "#[cfg(test)]")
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Says what is wrong with one file.
fn check(path: &str, text: &str) -> Vec<String> {
    let module = module_of(path);
    let mut wrong = Vec::new();
    let allowed = ROWS
        .iter()
        .find(|(name, _)| *name == module)
        .map(|(_, allowed)| *allowed);
    for (number, line) in code(text) {
        let mut complain = |what: String| wrong.push(format!("{path}:{number}: {what}"));
        if line.contains("crate::{") {
            complain("one module per use line: crate::{…} hides what is imported".to_owned());
        }
        for part in line.split("crate::").skip(1) {
            let end = part.find(|c: char| !(c.is_alphanumeric() || c == '_'));
            let other = &part[..end.unwrap_or(part.len())];
            let known = ROWS.iter().any(|(name, _)| *name == other);
            if let Some(allowed) = allowed
                && known
                && other != module
                && !allowed.contains(&other)
            {
                complain(format!("{module} must not import {other}"));
            }
        }
        for (dependency, homes) in HOMES {
            let named = line.contains(&format!("{dependency}::"))
                && !line.contains(&format!("_{dependency}::"))
                && !line.contains(&format!("::{dependency}::"));
            if named && !homes.contains(&module.as_str()) {
                complain(format!("{dependency} is named outside of {homes:?}"));
            }
        }
        if PURE.contains(&module.as_str()) {
            for edge in EDGES.iter().filter(|edge| line.contains(**edge)) {
                complain(format!("{module} is pure and must not name {edge}"));
            }
        }
    }
    wrong
}

#[test]
fn modules_import_only_what_their_row_allows() {
    let mut wrong = Vec::new();
    for path in files(&root().join("src"), "rs") {
        let text = std::fs::read_to_string(&path).unwrap();
        wrong.extend(check(&shown(&path), &text));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_module_has_a_row() {
    let known: BTreeSet<String> = ROWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let there: BTreeSet<String> = files(&root().join("src"), "rs")
        .iter()
        .map(|path| module_of(&shown(path)))
        .filter(|module| module != "main" && module != "lib")
        .collect();
    assert_eq!(there, known);
}

#[test]
fn a_planted_violation_is_caught() {
    let caught = |path: &str, line: &str| check(path, line).len();
    assert_eq!(
        caught("src/analysis/x.rs", "use crate::source::file::FileSource;"),
        1
    );
    assert_eq!(
        caught("src/report/x.rs", "use crate::{analysis, source};"),
        1
    );
    assert_eq!(
        caught(
            "src/lab/mod.rs",
            "let x = etherparse::Ethernet2Header::LEN;"
        ),
        1
    );
    assert_eq!(caught("src/model/x.rs", "use std::fs::File;"), 1);
    assert_eq!(
        caught("src/decode/x.rs", "let now = std::time::Instant::now();"),
        1
    );
    assert_eq!(
        caught("src/report/x.rs", "use crate::analysis::row::Row;"),
        0
    );
    assert_eq!(caught("src/cli/mod.rs", "use clap::Parser;"), 0);
}
