//! What `-V` and `-x` put under a row, and the view beside it: every known field, and the bytes.

use std::io::Write;
use std::net::SocketAddr;

use crate::analysis::row::Row;
use crate::model::address::Endpoint;
use crate::model::call::SocketCall;
use crate::model::dialect::Dialect;
use crate::model::time::Timestamp;
use crate::render::escape;
use crate::report::columns;
use crate::report::columns::{CHECKSUM_STATE, COLUMNS, CellOptions, TCP_OPTIONS};
use crate::report::words::checksum;

/// The length of the longest name.
const WIDEST: usize = {
    let (mut widest, mut at) = (0, 0);
    while at < COLUMNS.len() {
        if COLUMNS[at].id.len() > widest {
            widest = COLUMNS[at].id.len();
        }
        at += 1;
    }
    widest
};

/// Appends every column that the packet has a value for, a line each.
pub fn fields(row: &Row<'_>, options: &CellOptions, out: &mut Vec<u8>) {
    let own_words = columns::own_words(row);
    for column in COLUMNS {
        let start = out.len();
        name(column.id, out);
        let cell = out.len();
        (column.write)(row, options, out);
        if out.len() == cell {
            out.truncate(start);
            continue;
        }
        if !own_words || column.heading().quotes() {
            escape::controls(out, cell);
        }
        if column.id == TCP_OPTIONS {
            one_by_one(out, cell);
        }
        let right = column.id == CHECKSUM_STATE && out.ends_with(b" right");
        out.push(b'\n');
        if column.id == CHECKSUM_STATE
            && !right
            && let Some(remark) = checksum::remark(row.packet.checksum(), options.lang)
        {
            name("", out);
            let _ = writeln!(out, "({remark})");
        }
    }
}

/// Gives each option of the cell that begins at `cell` a line of its own.
fn one_by_one(out: &mut Vec<u8>, cell: usize) {
    let options = out.split_off(cell);
    for (place, option) in options.split(|byte| *byte == b';').enumerate() {
        if place > 0 {
            out.push(b'\n');
            name("", out);
        }
        out.extend_from_slice(option.trim_ascii_start());
    }
}

/// Appends a name, and spaces up to where values begin.
fn name(name: &str, out: &mut Vec<u8>) {
    const MARGIN: usize = 4;
    let start = out.len() + MARGIN;
    // In a piece of a fixed size, which needs no call.
    out.extend_from_slice(&[b' '; MARGIN + WIDEST + 2]);
    if let Some(place) = out.get_mut(start..start + name.len()) {
        place.copy_from_slice(name.as_bytes());
    }
}

/// Appends whose words the fields have.
pub fn dialect(dialect: Dialect, out: &mut Vec<u8>) {
    name("wireshark", out);
    let _ = writeln!(out, "{}", dialect.name());
}

/// Appends what is known of a call, a line each.
pub fn call(call: &SocketCall, out: &mut Vec<u8>) {
    let end = |end: Option<Endpoint>| {
        end.map_or_else(String::new, |end| {
            SocketAddr::new(end.ip, end.port).to_string()
        })
    };
    let time = |time: Timestamp| format!("{}.{:09}", time.secs(), time.nanos());
    let fields = [
        ("local", end(call.local)),
        ("peer", end(call.peer)),
        ("began", time(call.began)),
        ("acted", time(call.acted)),
        ("ended", time(call.ended)),
        (
            "kernel",
            call.kernel.map(|it| it.to_string()).unwrap_or_default(),
        ),
    ];
    for (name, value) in fields {
        if !value.is_empty() {
            let _ = writeln!(out, "    {name:7}{value}");
        }
    }
}
