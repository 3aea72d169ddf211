//! The ordered lists are honest: every file of a folder is listed, ids are unique, every text is
//! there in both languages with the same placeholders.

use std::collections::BTreeSet;

use netlab::render::rows::FORMATS;
use netlab::report::columns::{COLUMNS, EXCHANGE, READING};

use crate::support::{files, root, shown};

fn assert_unique(what: &str, ids: &[&str]) {
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "{what} are not unique: {ids:?}");
}

#[test]
fn every_column_has_a_name_of_its_own_and_says_what_it_holds_in_both_languages() {
    let ids: Vec<&str> = COLUMNS.iter().map(|column| column.id).collect();
    assert_unique("column ids", &ids);
    let mut said = BTreeSet::new();
    for column in COLUMNS {
        for text in [column.about.en, column.about.pt_br] {
            assert!(
                text.ends_with('.') && said.insert(text),
                "{}: {text:?}",
                column.id
            );
            assert!(!text.contains("  "), "{}: {text:?}", column.id);
        }
        let (en, pt_br) = (column.header.en, column.header.pt_br);
        assert_eq!(en.is_empty(), pt_br.is_empty(), "{}", column.id);
    }
}

#[test]
fn the_tsv_contract_stands() {
    let ids = |columns: &[&netlab::report::columns::Column]| {
        columns
            .iter()
            .map(|column| column.id)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        ids(EXCHANGE),
        "no time source destination protocol length info stream phase"
    );
    assert!(ids(READING).starts_with("no time source destination protocol length info"));
}

#[test]
fn every_format_is_listed_once_and_suffixes_are_not_shared() {
    let ids: Vec<&str> = FORMATS.iter().map(|format| format.id).collect();
    assert_unique("format ids", &ids);
    let suffixes: Vec<&str> = FORMATS
        .iter()
        .flat_map(|f| f.suffixes.iter().copied())
        .collect();
    assert_unique("suffixes", &suffixes);
    assert_eq!(ids[0], "table");
}

/// The names in braces of a text, sorted.
fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = text
        .split('{')
        .skip(1)
        .filter_map(|part| part.split('}').next())
        .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_'))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn both_languages_have_the_same_placeholders() {
    let mut seen = 0;
    for path in files(&root().join("src"), "rs") {
        let source = std::fs::read_to_string(&path).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        for part in code.split("Text {").skip(1) {
            let Some((en, rest)) = literal_after(part, "en:") else {
                continue;
            };
            let Some((pt_br, _)) = literal_after(rest, "pt_br:") else {
                continue;
            };
            seen += 1;
            assert_eq!(
                placeholders(&en),
                placeholders(&pt_br),
                "{}: {en:?} and {pt_br:?}",
                shown(&path)
            );
            assert_eq!(en.is_empty(), pt_br.is_empty(), "{}: {en:?}", shown(&path));
        }
    }
    assert!(
        seen > 20,
        "only {seen} texts were found: the test reads the wrong thing"
    );
}

/// The string literal that follows `field` within `text`, and what comes after it.
fn literal_after<'a>(text: &'a str, field: &str) -> Option<(String, &'a str)> {
    let rest = text
        .trim_start()
        .strip_prefix(field)?
        .trim_start()
        .strip_prefix('"')?;
    let mut literal = String::new();
    let mut characters = rest.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((literal, rest[at + 1..].trim_start().trim_start_matches(','))),
            '\\' => literal.extend(characters.next().map(|(_, escaped)| escaped)),
            _ => literal.push(character),
        }
    }
    None
}
