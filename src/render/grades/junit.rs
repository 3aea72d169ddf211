//! `-T junit`: JUnit's XML, a test suite for each file.

use super::{Format, GradeWriter};
use crate::render::xml::escaped;
use crate::report::grades::{Grade, Outcome, frames};

pub(super) static FORMAT: Format = Format {
    id: "junit",
    suffixes: &["xml"],
    pictures: false,
    open: |options| {
        Box::new(Junit {
            title: options.title.clone(),
        })
    },
};

struct Junit {
    title: String,
}

impl GradeWriter for Junit {
    fn begin(&mut self, out: &mut Vec<u8>) {
        let begin = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{}\">\n",
            escaped(&self.title)
        );
        out.extend_from_slice(begin.as_bytes());
    }

    fn file(&mut self, grade: &Grade, out: &mut Vec<u8>) {
        let file = escaped(&grade.file);
        let verdicts = grade.verdicts();
        let failures = verdicts.iter().filter(|it| !it.shown).count();
        let unreadable = matches!(grade.outcome, Outcome::Unreadable(_));
        let (tests, errors) = match unreadable {
            true => (1, 1),
            false => (verdicts.len(), 0),
        };
        let mut text = format!(
            "<testsuite name=\"{file}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">\n"
        );
        if let Outcome::Unreadable(why) = &grade.outcome {
            let why = escaped(why);
            text.push_str(&format!(
                "<testcase classname=\"{file}\" name=\"{file}\"><error message=\"{why}\"/></testcase>\n"
            ));
        }
        for it in verdicts {
            let name = escaped(&it.name);
            text.push_str(&format!("<testcase classname=\"{file}\" name=\"{name}\">"));
            match it.shown {
                true => {
                    let said = format!("{} {}", frames(&it.frames), it.said);
                    text.push_str(&format!(
                        "<system-out>{}</system-out>",
                        escaped(said.trim())
                    ));
                }
                false => text.push_str(&format!("<failure message=\"{}\"/>", escaped(&it.said))),
            }
            text.push_str("</testcase>\n");
        }
        text.push_str("</testsuite>\n");
        out.extend_from_slice(text.as_bytes());
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"</testsuites>\n");
    }
}
