//! The questions of lab sheets: each has its answer in a capture, and no answer is false for any
//! capture of the corpus.

mod answers;
mod claims;
mod corpus;
mod seen;

use netlab::report::document::{Cell, Fact, Part, Section};

/// The questions with their answers, of a section and those inside it.
pub(crate) fn facts<'s>(section: &'s Section, out: &mut Vec<(&'s str, &'s Fact)>) {
    if section.kind == "questions" {
        for part in &section.parts {
            if let Part::Facts(list) = part {
                out.extend(list.iter().map(|fact| (section.id.as_str(), fact)));
            }
        }
    }
    section.sections.iter().for_each(|inner| facts(inner, out));
}

/// What an answer says.
pub(crate) fn said(fact: &Fact) -> &str {
    match &fact.value {
        Cell::Text(text) => text,
        other => panic!("{}: {other:?}", fact.id),
    }
}

/// The number at the start of a text.
fn number(text: &str) -> Option<u64> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text[..end].parse().ok()
}

/// The frames that a text names.
pub(crate) fn frames(text: &str) -> Vec<u32> {
    let named = text.split('#').skip(1).filter_map(number);
    named.filter_map(|no| u32::try_from(no).ok()).collect()
}
