//! `-T zeek`: a conn.log of Zeek's, tab-separated with its header; what is not known is `-`.

use super::{DefaultColumns, Format, RowOptions, RowWriter};
use crate::render::escape;
use crate::report::conversations::ZEEK_TYPES;
use crate::report::record::Record;

/// The format of a conn.log, which conversations alone have.
pub static ZEEK: Format = Format {
    id: "zeek",
    suffixes: &["log"],
    columns: DefaultColumns::All,
    open: |options| Box::new(Zeek { options }),
};

struct Zeek {
    options: RowOptions,
}

impl RowWriter for Zeek {
    fn begin(&mut self, out: &mut Vec<u8>) {
        let fields = self.options.headings.iter().map(|it| it.id);
        let types = fields.clone().map(|field| {
            let known = ZEEK_TYPES.iter().find(|(name, _)| *name == field);
            known.map_or("string", |(_, kind)| kind)
        });
        let fields: Vec<&str> = fields.collect();
        let types: Vec<&str> = types.collect();
        let head = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n";
        out.extend_from_slice(head.as_bytes());
        let lines = format!(
            "#fields\t{}\n#types\t{}\n",
            fields.join("\t"),
            types.join("\t")
        );
        out.extend_from_slice(lines.as_bytes());
    }

    fn row(&mut self, record: &dyn Record, out: &mut Vec<u8>) {
        for place in 0..self.options.headings.len() {
            if place > 0 {
                out.push(b'\t');
            }
            let start = out.len();
            record.cell(place, out);
            escape::controls(out, start);
            if out.len() == start {
                out.push(b'-');
            }
        }
        out.push(b'\n');
    }

    fn end(&mut self, _: &mut Vec<u8>) {}
}
