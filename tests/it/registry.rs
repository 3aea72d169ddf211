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
fn placeholders(text: &str) -> Vec<String> {
    let mut names: Vec<String> = text
        .split('{')
        .skip(1)
        .filter_map(|part| part.split('}').next())
        .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_'))
        .map(str::to_owned)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn both_languages_have_the_same_placeholders() {
    let mut seen = 0;
    let all = files(&root().join("src"), "rs").into_iter();
    // The macro itself has no phrases.
    for path in all.filter(|path| !path.ends_with("text/phrase.rs")) {
        let source = std::fs::read_to_string(&path).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        let phrases = code.split("phrase! {\n").skip(1);
        let phrases = phrases.filter_map(|block| block.split("\n}").next());
        let phrases = phrases.flat_map(|block| block.split(";\n")).map(literals);
        let texts = code.split("Text::new(").skip(1);
        let texts = texts
            .filter(|text| text.trim_start().starts_with('"'))
            .map(literals);
        let texts = texts.map(|found| found.into_iter().take(2).collect());
        for found in phrases.chain::<Vec<Vec<String>>>(texts.collect()) {
            // A phrase with a count has two literals a language.
            let (en, pt_br) = found.split_at(found.len() / 2);
            assert_eq!(en.len(), pt_br.len(), "{}: {found:?}", shown(&path));
            if en.is_empty() {
                continue;
            }
            seen += 1;
            let named = |texts: &[String]| placeholders(&texts.join(" "));
            assert_eq!(named(en), named(pt_br), "{}: {en:?}", shown(&path));
            let silent = |text: &String| text.is_empty();
            assert_eq!(
                en.iter().any(silent),
                pt_br.iter().any(silent),
                "{}: {en:?}",
                shown(&path)
            );
        }
    }
    assert!(
        seen > 1000,
        "only {seen} texts were found: the test reads the wrong thing"
    );
}

/// The string literals of a piece of code, comments left out.
fn literals(code: &str) -> Vec<String> {
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match (character, &mut open) {
            ('\\', Some(literal)) => literal.extend(characters.next()),
            ('"', Some(_)) => found.extend(open.take()),
            ('"', None) => open = Some(String::new()),
            (_, Some(literal)) => literal.push(character),
            _ => {}
        }
    }
    found
}
