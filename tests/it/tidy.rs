//! Taste that a machine can check. Each check is tried on a text that it has to complain of, too.

use crate::support::{files, root, shown};

/// Complains of a file: its path below the root, and its text.
type Check = fn(&str, &str) -> Vec<String>;

/// What each check complains of, as a sample, and the folders that it looks at.
const CHECKS: &[(Check, &str, &[&str])] = &[
    (long_file, "", &["src", "tests", "benches"]),
    (long_function, "", &["src", "tests", "benches"]),
    (unexplained_file, "use std::fs;\n", &["src", "tests"]),
    (bare_allowance, "#[allow(dead_code)]\nfn f() {}\n", &["src"]),
    (bare_allowance, "#![expect(\n    dead_code\n)]\n", &["src"]),
    (unsafe_code, "fn f() { unsafe { g() } }\n", &["src"]),
    (unsafe_code, "unsafe impl Send for F {}\n", &["src"]),
    (
        unsafe_code,
        "#![allow(unsafe_code, reason = \"\")]\n",
        &["src"],
    ),
];

#[test]
fn the_sources_are_tidy() {
    let mut wrong = Vec::new();
    for (check, sample, folders) in CHECKS {
        let long = || "fn f() {\n".to_owned() + &"    g();\n".repeat(400) + "}\n";
        let sample = match *sample {
            "" => long(),
            text => text.to_owned(),
        };
        assert_eq!(check("src/sample.rs", &sample).len(), 1, "{sample}");
        for path in folders
            .iter()
            .flat_map(|folder| files(&root().join(folder), "rs"))
        {
            let text = std::fs::read_to_string(&path).unwrap();
            wrong.extend(check(&shown(&path), &text));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn long_file(name: &str, text: &str) -> Vec<String> {
    const LONGEST: usize = 400;
    let lines = text.lines().count();
    let long = lines > LONGEST;
    let complaint = format!("{name}: {lines} lines, more than {LONGEST}");
    long.then_some(complaint).into_iter().collect()
}

/// Functions end at the brace that stands as far left as they begin: the sources are formatted.
fn long_function(name: &str, text: &str) -> Vec<String> {
    const LONGEST: usize = 80;
    let lines: Vec<&str> = text.lines().collect();
    let mut long = Vec::new();
    for (from, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let words: Vec<&str> = code.split_whitespace().take(5).collect();
        let at = words.iter().position(|word| *word == "fn");
        let declares = at.is_some_and(|at| words[..at].iter().all(|it| !it.starts_with("//")));
        if !declares || line.ends_with(['}', ';', ',']) {
            continue;
        }
        let indent = &line[..line.len() - code.len()];
        let ends = |line: &&str| {
            let rest = line.strip_prefix(indent).unwrap_or("  ");
            rest == "}" || (rest.ends_with(';') && !rest.starts_with(' '))
        };
        let length = lines[from..].iter().position(ends).unwrap_or(0) + 1;
        let what = words.get(at.unwrap_or(0) + 1).copied().unwrap_or("");
        let what = what.split(['(', '<']).next().unwrap_or("");
        if length > LONGEST {
            long.push(format!(
                "{name}: {what}: {length} lines, more than {LONGEST}"
            ));
        }
    }
    long
}

fn unexplained_file(name: &str, text: &str) -> Vec<String> {
    let explained = text.starts_with("//! ");
    let complaint = format!("{name} begins with no `//!` sentence");
    (!explained).then_some(complaint).into_iter().collect()
}

fn bare_allowance(name: &str, text: &str) -> Vec<String> {
    let starts = ["#[allow(", "#[expect(", "#![allow(", "#![expect("];
    let found = starts.iter().flat_map(|start| text.match_indices(start));
    found
        .map(|(at, _)| text[at..].split(")]").next().unwrap_or_default())
        .filter(|attribute| !attribute.contains("reason"))
        .map(|attribute| format!("{name}: {attribute}) gives no reason"))
        .collect()
}

/// Files with unsafe code, each with how many places: what the crate denies elsewhere.
const UNSAFE: &[(&str, usize)] = &[
    ("src/cli/static_names.rs", 2),
    ("src/source/live/wait_unix.rs", 1),
    ("src/trace/resume.rs", 1),
];

/// Unsafe code anywhere else, or without a reason for each place.
fn unsafe_code(name: &str, text: &str) -> Vec<String> {
    let code = text.lines().map(str::trim_start);
    let code = code.filter(|line| !line.starts_with("//"));
    let words =
        code.flat_map(|line| line.split(|it: char| !it.is_alphanumeric() && !"_-".contains(it)));
    let (mut places, mut allowed) = (0, 0);
    for word in words {
        places += usize::from(word == "unsafe");
        allowed += usize::from(word == "unsafe_code");
    }
    let known = UNSAFE.iter().find(|(path, _)| *path == name);
    let reasons = text.matches("SAFETY:").count();
    let fine = match known {
        Some((_, count)) => places == *count && reasons == *count && allowed > 0,
        None => places == 0 && allowed == 0,
    };
    let complaint = format!("{name}: {places} places of unsafe code, {reasons} reasons");
    (!fine).then_some(complaint).into_iter().collect()
}

#[test]
fn what_may_be_unsafe_is_there() {
    for (name, _) in UNSAFE {
        assert!(root().join(name).is_file(), "{name}");
    }
}

/// Whether a changelog begins with what is not released yet, or with this version.
fn is_current(changelog: &str) -> bool {
    let first = changelog.lines().find(|line| line.starts_with("## "));
    let version = format!("## [{}]", env!("CARGO_PKG_VERSION"));
    first.is_some_and(|first| first == "## [Unreleased]" || first.starts_with(&version))
}

#[test]
fn the_changelog_begins_with_what_is_not_released_or_with_this_version() {
    let text = std::fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    assert!(is_current(&text));
    assert!(!is_current(""));
    assert!(!is_current("## [0.0.0]\n## [Unreleased]\n"));
}
