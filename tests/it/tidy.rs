//! Taste that a machine can check.

use crate::support::{files, root, shown};

const LONGEST: usize = 400;

/// Files that may be longer, each with its reason.
const LONG: &[(&str, &str)] = &[];

#[test]
fn files_are_short() {
    let mut long = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for path in files(&root().join(folder), "rs") {
            let lines = std::fs::read_to_string(&path).unwrap().lines().count();
            let name = shown(&path);
            if lines > LONGEST && !LONG.iter().any(|(known, _)| *known == name) {
                long.push(format!("{name}: {lines} lines, more than {LONGEST}"));
            }
        }
    }
    assert!(long.is_empty(), "\n{}", long.join("\n"));
}

#[test]
fn exceptions_are_still_needed() {
    for (name, reason) in LONG {
        let lines = std::fs::read_to_string(root().join(name))
            .unwrap()
            .lines()
            .count();
        assert!(
            lines > LONGEST && !reason.is_empty(),
            "{name} needs no exception any more"
        );
    }
}

#[test]
fn every_source_file_says_what_it_is_for() {
    for folder in ["src", "tests"] {
        for path in files(&root().join(folder), "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(
                text.starts_with("//! "),
                "{} begins with no `//!` sentence",
                shown(&path)
            );
        }
    }
}

#[test]
fn allowances_give_their_reason() {
    for path in files(&root().join("src"), "rs") {
        let text = std::fs::read_to_string(&path).unwrap();
        for (at, _) in text
            .match_indices("#[allow(")
            .chain(text.match_indices("#[expect("))
        {
            let rest = &text[at..];
            let attribute = &rest[..rest.find(")]").map_or(rest.len(), |end| end)];
            assert!(
                attribute.contains("reason"),
                "{}: {attribute}",
                shown(&path)
            );
        }
    }
}

/// Files with unsafe code, each with how many places: what the crate denies elsewhere.
const UNSAFE: &[(&str, usize)] = &[
    ("src/cli/static_names.rs", 2),
    ("src/source/live/wait_unix.rs", 1),
    ("src/trace/resume.rs", 1),
];

#[test]
fn unsafe_code_stands_only_where_it_is_allowed() {
    let mut found = Vec::new();
    for path in files(&root().join("src"), "rs") {
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.lines().map(str::trim_start);
        let uses = code
            .filter(|line| !line.starts_with("//"))
            .filter(|line| line.contains("unsafe {") || line.contains("unsafe extern"))
            .count();
        if uses > 0 {
            assert_eq!(uses, text.matches("SAFETY:").count(), "{}", shown(&path));
            found.push((shown(&path), uses));
        }
    }
    let found: Vec<(&str, usize)> = found
        .iter()
        .map(|(path, uses)| (path.as_str(), *uses))
        .collect();
    assert_eq!(found, UNSAFE);
}

#[test]
fn the_changelog_begins_with_what_is_not_released_or_with_this_version() {
    let text = std::fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    let first = text.lines().find(|line| line.starts_with("## "));
    let version = format!("## [{}]", env!("CARGO_PKG_VERSION"));
    let first = first.unwrap_or_default();
    assert!(
        first == "## [Unreleased]" || first.starts_with(&version),
        "{first}"
    );
}
