//! The note beside the round trips of programs that were watched.

use super::table::Cell;
use super::{Part, Section};
use crate::model::call::SocketCall;
use crate::report::traced;
use crate::text::Lang;

/// Sections that show round trips.
const SECTIONS: [&str; 3] = ["conversations", "conversation", "together"];
/// Questions whose answers do.
const QUESTIONS: [&str; 2] = ["rtt", "pings"];

/// Adds it to each section and each answer that shows some, where programs were `watched` or the calls
/// are those of such programs.
pub(super) fn noted(watched: bool, calls: &[SocketCall], sections: &mut [Section], lang: Lang) {
    if watched || calls.iter().any(traced::is_watched) {
        note(sections, lang);
    }
}

fn note(sections: &mut [Section], lang: Lang) {
    let text = traced::NOTE.get(lang);
    for section in sections {
        for part in &mut section.parts {
            let Part::Facts(facts) = part else {
                continue;
            };
            for fact in facts.iter_mut().filter(|it| QUESTIONS.contains(&it.id)) {
                if let Cell::Text(answer) = &fact.value {
                    fact.value = Cell::text(format!("{answer} {text}"));
                }
            }
        }
        if SECTIONS.contains(&section.kind) && !section.parts.is_empty() {
            section.parts.push(Part::Text(text.to_owned()));
        }
        note(&mut section.sections, lang);
    }
}
