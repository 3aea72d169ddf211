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

#[test]
fn unsafe_code_stands_only_where_it_is_allowed() {
    for path in files(&root().join("src"), "rs") {
        let text = std::fs::read_to_string(&path).unwrap();
        let uses = text.lines().any(|line| {
            let line = line.trim_start();
            !line.starts_with("//") && line.contains("unsafe {")
        });
        if uses {
            assert!(
                text.contains("SAFETY:"),
                "{}: unsafe without a SAFETY comment",
                shown(&path)
            );
        }
    }
}

#[test]
fn the_changelog_has_an_unreleased_part() {
    let text = std::fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    assert!(text.contains("## [Unreleased]") || text.contains("## [0."));
}
