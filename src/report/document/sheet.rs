//! A document as a sheet to fill in, and as the key to it: the same questions with the same numbers.

use super::{Cell, Line, Part, Section};
use crate::text::Lang;
use crate::text::phrase::phrase;

/// Which answers a document has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Answers {
    /// All of them.
    #[default]
    Given,
    /// None: questions, packets and pictures, with room to write.
    Blank,
    /// Nothing but questions with their answers.
    Alone,
}

phrase! {
    TITLE_BLANK: "Your answer:", "Sua resposta:";
}

/// Tables that describe what a student is to find out.
const ANSWERING: [&str; 3] = ["states", "conversations", "exchanges"];

/// The sections with the answers that are wanted. Questions are numbered where not all is given.
pub fn sheet(mut sections: Vec<Section>, answers: Answers, lang: Lang) -> Vec<Section> {
    if answers == Answers::Given {
        return sections;
    }
    let mut number = 0;
    for section in &mut sections {
        numbered(section, &mut number);
    }
    match answers {
        Answers::Blank => {
            // What the calls show answers the questions.
            sections.retain(|section| !is_glossary(section) && section.kind != "calls");
            sections.iter_mut().for_each(|section| blank(section, lang));
        }
        _ => sections.retain_mut(key),
    }
    sections
}

fn is_questions(section: &Section) -> bool {
    matches!(section.kind, "questions" | "answer")
}

/// What SYN, ACK and the others mean here is an answer, too.
fn is_glossary(section: &Section) -> bool {
    section.id.starts_with("flags")
}

fn numbered(section: &mut Section, number: &mut usize) {
    if section.kind == "questions" && !is_glossary(section) {
        for part in &mut section.parts {
            if let Part::Facts(facts) = part {
                for fact in facts {
                    *number += 1;
                    fact.label = format!("{number}. {}", fact.label);
                }
            }
        }
    }
    for inner in &mut section.sections {
        numbered(inner, number);
    }
}

/// Takes the answers out.
fn blank(section: &mut Section, lang: Lang) {
    let questions = is_questions(section);
    let described = section.kind == "conversation";
    section.parts.retain_mut(|part| match part {
        Part::Facts(facts) if questions => {
            for fact in facts {
                fact.value = Cell::text("_".repeat(120));
            }
            true
        }
        Part::Facts(_) => !described,
        Part::Steps(steps) if section.kind == "answer" => {
            let room = super::Step {
                frames: TITLE_BLANK.get(lang).to_owned(),
                text: "_".repeat(120),
            };
            steps.steps = vec![room];
            true
        }
        Part::Steps(steps) => steps.id == "said",
        Part::Table(table) if table.id == "packets" => {
            // Its part in the conversation is what a sheet asks for.
            let place = table.columns.iter().position(|column| column.id == "phase");
            if let Some(place) = place {
                table.columns.remove(place);
            }
            for line in &mut table.lines {
                if let Line::Row(row) = line {
                    row.detail = None;
                    if let Some(place) = place.filter(|place| *place < row.cells.len()) {
                        row.cells.remove(place);
                    }
                }
            }
            true
        }
        Part::Table(table) => !questions && !ANSWERING.contains(&table.id),
        Part::Text(_) => !described,
        Part::Picture(_) => true,
    });
    section
        .sections
        .iter_mut()
        .for_each(|inner| blank(inner, lang));
}

/// Leaves the questions with their answers; whether there are any.
fn key(section: &mut Section) -> bool {
    if is_questions(section) {
        section
            .parts
            .retain(|part| !matches!(part, Part::Picture(_)));
        return true;
    }
    section.parts.clear();
    section.sections.retain_mut(key);
    !section.sections.is_empty()
}
