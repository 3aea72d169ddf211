//! `-T gradescope`: the `results.json` of an autograder
//! (<https://gradescope-autograders.readthedocs.io/en/latest/specs/>).

use serde_json::json;

use super::json::{Sums, points, tests};
use super::{Format, GradeWriter};
use crate::report::grades::Grade;

pub(super) static FORMAT: Format = Format {
    id: "gradescope",
    suffixes: &[],
    pictures: false,
    open: |options| Box::new(Gradescope(Sums::new(options))),
};

struct Gradescope(Sums);

impl GradeWriter for Gradescope {
    fn begin(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"output_format\":\"text\",\"tests\":[");
    }

    fn file(&mut self, grade: &Grade, out: &mut Vec<u8>) {
        self.0.add(grade);
        for it in tests(grade) {
            let status = if it.shown { "passed" } else { "failed" };
            let test = json!({
                "name": it.name, "score": points(it.earned), "max_score": points(it.of),
                "status": status, "output": it.said, "visibility": "visible",
            });
            self.0.list.put(&test, out);
        }
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        let score = points(self.0.points);
        out.extend_from_slice(format!("\n],\"score\":{score}}}\n").as_bytes());
    }
}
