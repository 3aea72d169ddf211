//! `-T json`: everything that is known of each file, with stable keys. What other formats in JSON
//! have in common stands here too.

use serde_json::{Map, Number, Value, json};

use super::{Format, GradeOptions, GradeWriter};
use crate::report::grades::{Grade, Outcome, Points, Verdict, frames};

pub(super) static FORMAT: Format = Format {
    id: "json",
    suffixes: &["json"],
    pictures: false,
    open: |options| {
        Box::new(Json {
            title: options.title.clone(),
            list: List::default(),
        })
    },
};

struct Json {
    title: String,
    list: List,
}

impl GradeWriter for Json {
    fn begin(&mut self, out: &mut Vec<u8>) {
        let title = Value::from(self.title.as_str());
        out.extend_from_slice(format!("{{\"title\":{title},\"files\":[").as_bytes());
    }

    fn file(&mut self, grade: &Grade, out: &mut Vec<u8>) {
        let mut file = Map::new();
        file.insert("file".into(), grade.file.as_str().into());
        file.insert("result".into(), grade.result().into());
        file.insert("points".into(), points(grade.points()));
        file.insert("of".into(), points(grade.of));
        let lines = grade.verdicts().iter().map(|it| {
            json!({
                "name": it.name, "points": points(earned(it)), "of": points(it.points),
                "shown": it.shown, "frames": it.frames, "said": it.said,
            })
        });
        file.insert("lines".into(), lines.collect());
        if let Outcome::Unreadable(why) = &grade.outcome {
            file.insert("error".into(), why.as_str().into());
        }
        if let Some(warning) = &grade.warning {
            file.insert("warning".into(), warning.as_str().into());
        }
        self.list.put(&Value::Object(file), out);
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n]}\n");
    }
}

/// The elements of a JSON array, one a line.
#[derive(Default)]
pub(super) struct List {
    begun: bool,
}

impl List {
    pub(super) fn put(&mut self, value: &Value, out: &mut Vec<u8>) {
        out.extend_from_slice(if self.begun { b",\n" } else { b"\n" });
        self.begun = true;
        out.extend_from_slice(value.to_string().as_bytes());
    }
}

/// Points as a number.
pub(super) fn points(points: Points) -> Value {
    let text = points.to_string();
    let number: Option<Number> = serde_json::from_str(&text).ok();
    number.map_or(Value::Null, Value::Number)
}

/// What a line brings.
pub(super) fn earned(verdict: &Verdict) -> Points {
    match verdict.shown {
        true => verdict.points,
        false => Points::default(),
    }
}

/// One test of a platform that knows tests and no files.
pub(super) struct Test {
    pub(super) name: String,
    pub(super) shown: bool,
    pub(super) earned: Points,
    pub(super) of: Points,
    pub(super) said: String,
}

/// The lines of a file as tests. Where it cannot be read, one test that fails.
pub(super) fn tests(grade: &Grade) -> Vec<Test> {
    if let Outcome::Unreadable(why) = &grade.outcome {
        return vec![Test {
            name: grade.file.clone(),
            shown: false,
            earned: Points::default(),
            of: grade.of,
            said: why.clone(),
        }];
    }
    let one = |it: &Verdict| Test {
        name: format!("{}: {}", grade.file, it.name),
        shown: it.shown,
        earned: earned(it),
        of: it.points,
        said: match it.shown {
            true if it.said.is_empty() => frames(&it.frames),
            _ => it.said.clone(),
        },
    };
    grade.verdicts().iter().map(one).collect()
}

/// The sums that stand behind a list of tests.
#[derive(Default)]
pub(super) struct Sums {
    pub(super) list: List,
    pub(super) points: Points,
    pub(super) of: Points,
    pub(super) failed: bool,
}

impl Sums {
    pub(super) fn new(_: &GradeOptions) -> Self {
        Self::default()
    }

    pub(super) fn add(&mut self, grade: &Grade) {
        self.points = Points(self.points.0.saturating_add(grade.points().0));
        self.of = Points(self.of.0.saturating_add(grade.of.0));
        self.failed |= !grade.passes();
    }
}
