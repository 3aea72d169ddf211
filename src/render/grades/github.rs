//! `-T github`: what GitHub Classroom's graders hand to its `autograding-grading-reporter`, which
//! takes it in base64.

use serde_json::json;

use super::json::{Sums, points, tests};
use super::{Format, GradeWriter};
use crate::report::grades::Grade;

pub(super) static FORMAT: Format = Format {
    id: "github",
    suffixes: &[],
    pictures: false,
    open: |options| Box::new(Github(Sums::new(options))),
};

struct Github(Sums);

impl GradeWriter for Github {
    fn begin(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"version\":1,\"tests\":[");
    }

    fn file(&mut self, grade: &Grade, out: &mut Vec<u8>) {
        self.0.add(grade);
        for it in tests(grade) {
            let status = if it.shown { "pass" } else { "fail" };
            let test = json!({
                "name": it.name, "status": status, "score": points(it.earned),
                "message": it.said, "test_code": "", "filename": grade.file, "line_no": 0,
                "execution_time": 0,
            });
            self.0.list.put(&test, out);
        }
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        let status = if self.0.failed { "fail" } else { "pass" };
        let of = points(self.0.of);
        let end = format!("\n],\"status\":\"{status}\",\"max_score\":{of}}}\n");
        out.extend_from_slice(end.as_bytes());
    }
}
