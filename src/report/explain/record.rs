//! Explanations as rows, for the formats of tables.

use super::Explanation;
use crate::model::frame::FrameNo;
use crate::report::record::{CellKind, Heading, Record};
use crate::text::Text;

static NO: Heading = Heading {
    id: "no",
    header: Text::new("No.", "Nº"),
    kind: CellKind::Number,
};
static EXPLANATION: Heading = Heading {
    id: "explanation",
    header: Text::new("Explanation", "Explicação"),
    kind: CellKind::Text,
};
static WHY: Heading = Heading {
    id: "why",
    header: Text::new("Why", "Por quê"),
    kind: CellKind::Text,
};

/// The columns: `no`, `explanation`, and `why` where it is asked for.
pub fn headings(why: bool) -> Vec<Heading> {
    let mut headings = vec![NO, EXPLANATION];
    headings.extend(why.then_some(WHY));
    headings
}

/// An explained packet as a row of [`headings`].
#[derive(Clone, Copy, Debug)]
pub struct ExplanationRecord<'e> {
    /// Its frame.
    pub no: FrameNo,
    /// What is said of it.
    pub explanation: &'e Explanation,
    /// Whether there is a column for the reasons.
    pub why: bool,
}

impl Record for ExplanationRecord<'_> {
    fn cell(&self, place: usize, out: &mut Vec<u8>) {
        match place {
            0 => out.extend_from_slice(self.no.to_string().as_bytes()),
            1 => out.extend_from_slice(self.explanation.sentence.as_bytes()),
            2 if self.why => {
                for (place, why) in self.explanation.why.iter().enumerate() {
                    let joint = if place > 0 { "; " } else { "" };
                    let source = why.source;
                    out.extend_from_slice(format!("{joint}{} [{source}]", why.text).as_bytes());
                }
            }
            _ => {}
        }
    }
}
