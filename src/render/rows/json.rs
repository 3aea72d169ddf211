//! `-T json`: one array of the objects of `-T jsonl`, written as the rows come.

use super::jsonl::Objects;
use super::{DefaultColumns, Format, RowWriter};
use crate::report::record::Record;

pub(super) static FORMAT: Format = Format {
    id: "json",
    suffixes: &["json"],
    columns: DefaultColumns::All,
    open: |options| {
        Box::new(Json {
            objects: Objects::new(options),
            rows: 0,
        })
    },
};

struct Json {
    objects: Objects,
    rows: u64,
}

impl RowWriter for Json {
    fn begin(&mut self, out: &mut Vec<u8>) {
        out.push(b'[');
    }

    fn row(&mut self, record: &dyn Record, out: &mut Vec<u8>) {
        out.extend_from_slice(if self.rows == 0 {
            b"\n".as_slice()
        } else {
            b",\n".as_slice()
        });
        self.rows += 1;
        self.objects.write(record, out);
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n]\n");
    }
}
