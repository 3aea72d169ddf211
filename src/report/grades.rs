//! What became of one file: line by line, what is shown and what is missing.

use std::fmt;

use super::record::{CellKind, Heading, Record};
use crate::model::frame::FrameNo;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

/// Points, in hundredths, so that they add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(pub u64);

impl Points {
    /// What a line is worth unless it says otherwise.
    pub const ONE: Points = Points(100);

    /// Points as they are typed; `None` where they are negative, too many, or finer than
    /// hundredths.
    pub fn read(typed: f64) -> Option<Points> {
        let text = format!("{typed}");
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let whole: u32 = whole.parse().ok()?;
        let part: u64 = match part.len() {
            0 => 0,
            1 => part.parse::<u64>().ok()? * 10,
            2 => part.parse().ok()?,
            _ => return None,
        };
        Some(Points(u64::from(whole) * 100 + part))
    }
}

impl fmt::Display for Points {
    /// `2`, `0.5`, `1.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = format!("{:02}", self.0 % 100);
        match part.trim_end_matches('0') {
            "" => write!(f, "{}", self.0 / 100),
            part => write!(f, "{}.{part}", self.0 / 100),
        }
    }
}

/// One line of a specification, judged on one file.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// What was asked.
    pub name: String,
    /// What it is worth.
    pub points: Points,
    /// Whether the file shows it.
    pub shown: bool,
    /// The frames that show it; none where it is missing.
    pub frames: Vec<FrameNo>,
    /// Where it is missing: the nearest thing that is there. Of a lab also what is shown.
    pub said: String,
}

/// What became of a file.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It was judged.
    Judged(Vec<Verdict>),
    /// It cannot be read: why.
    Unreadable(String),
}

/// One file.
#[derive(Clone, Debug)]
pub struct Grade {
    /// As it was named.
    pub file: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What all lines together are worth.
    pub of: Points,
    /// How it ended, where that was not at its proper end.
    pub warning: Option<String>,
    /// Its packets as a picture, where the format shows one.
    pub ladder: Option<String>,
}

impl Grade {
    /// Its lines; none where it cannot be read.
    pub fn verdicts(&self) -> &[Verdict] {
        match &self.outcome {
            Outcome::Judged(verdicts) => verdicts,
            Outcome::Unreadable(_) => &[],
        }
    }

    /// Whether everything is shown.
    pub fn passes(&self) -> bool {
        let verdicts = self.verdicts();
        !verdicts.is_empty() && verdicts.iter().all(|it| it.shown)
    }

    /// What the lines that are shown are worth.
    pub fn points(&self) -> Points {
        let shown = self.verdicts().iter().filter(|it| it.shown);
        Points(shown.map(|it| it.points.0).sum())
    }

    /// `pass`, `fail` or `unreadable`; not translated.
    pub fn result(&self) -> &'static str {
        match (&self.outcome, self.passes()) {
            (Outcome::Unreadable(_), _) => "unreadable",
            (_, true) => "pass",
            (_, false) => "fail",
        }
    }

    /// What is shown, each with its frames.
    pub fn shown(&self) -> String {
        let shown = self.verdicts().iter().filter(|it| it.shown);
        let one = |it: &Verdict| match (it.frames.is_empty(), it.said.is_empty()) {
            (false, _) => format!("{} {}", it.name, frames(&it.frames)),
            (true, true) => it.name.clone(),
            (true, false) => format!("{}: {}", it.name, it.said),
        };
        shown.map(one).collect::<Vec<_>>().join("; ")
    }

    /// What is missing, each with the nearest thing that is there.
    pub fn missing(&self) -> String {
        if let Outcome::Unreadable(why) = &self.outcome {
            return why.clone();
        }
        // What is the same for several lines is said once.
        let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
        for it in self.verdicts().iter().filter(|it| !it.shown) {
            match groups.iter_mut().find(|(said, _)| *said == it.said) {
                Some((_, names)) => names.push(&it.name),
                None => groups.push((&it.said, vec![&it.name])),
            }
        }
        let groups = groups.iter();
        let one = |(said, names): &(&str, Vec<&str>)| format!("{}: {said}", names.join(", "));
        let mut all: Vec<String> = groups.map(one).collect();
        all.extend(self.warning.clone());
        all.join("; ")
    }
}

/// How many frames of a line are named.
const NAMED: usize = 10;

/// Frame numbers, what follows on each other together: `[1–3, 8]`; nothing where there are none.
pub fn frames(numbers: &[FrameNo]) -> String {
    let mut spans: Vec<(FrameNo, FrameNo)> = Vec::new();
    for no in numbers {
        match spans.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*no) => *last = *no,
            _ => spans.push((*no, *no)),
        }
    }
    if spans.is_empty() {
        return String::new();
    }
    let more = spans.len() > NAMED;
    let spans = spans.iter().take(NAMED);
    let mut list: Vec<String> = spans
        .map(|(first, last)| match first == last {
            true => first.to_string(),
            false => format!("{first}–{last}"),
        })
        .collect();
    if more {
        list.push("…".to_owned());
    }
    format!("[{}]", list.join(", "))
}

phrase! {
    FILE: "File", "Arquivo";
    RESULT: "Result", "Resultado";
    POINTS: "Points", "Pontos";
    OF: "Of", "De";
    SHOWN: "Shown", "Mostra";
    MISSING: "Missing, and the nearest thing found", "Falta, e o mais próximo que há";
}

const fn heading(id: &'static str, header: Text, kind: CellKind) -> Heading {
    Heading { id, header, kind }
}

/// The columns of the list of files.
pub static HEADINGS: &[Heading] = &[
    heading("file", FILE, CellKind::Text),
    heading("result", RESULT, CellKind::Text),
    heading("points", POINTS, CellKind::Number),
    heading("of", OF, CellKind::Number),
    heading("shown", SHOWN, CellKind::Text),
    heading("missing", MISSING, CellKind::Text),
];

/// A file as a row.
#[derive(Clone, Copy, Debug)]
pub struct GradeRecord<'g>(pub &'g Grade, pub Lang);

impl Record for GradeRecord<'_> {
    fn cell(&self, place: usize, out: &mut Vec<u8>) {
        let grade = self.0;
        let cell = match place {
            0 => grade.file.clone(),
            1 => grade.result().to_owned(),
            2 => grade.points().to_string(),
            3 => grade.of.to_string(),
            4 => grade.shown(),
            _ => grade.missing(),
        };
        out.extend_from_slice(cell.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_and_written_as_they_are_typed() {
        for (typed, hundredths, written) in [
            (2.0, 200, "2"),
            (0.5, 50, "0.5"),
            (1.25, 125, "1.25"),
            (0.0, 0, "0"),
        ] {
            let points = Points::read(typed).expect("points");
            assert_eq!(
                (points.0, points.to_string()),
                (hundredths, written.to_owned())
            );
        }
        for wrong in [-1.0, 0.125, f64::NAN, f64::INFINITY, 1e20] {
            assert_eq!(Points::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn frames_that_follow_each_other_stand_together() {
        assert_eq!(frames(&[1, 2, 3, 8]), "[1–3, 8]");
        assert_eq!(frames(&[7]), "[7]");
    }
}
