//! Tables that sort, filter and open.

use super::{Html, words};
use crate::report::coloring::Coloring;
use crate::report::document::{Cell, Detail, Line, Row, Section, Table};
use crate::report::record::CellKind;

/// A table shorter than this needs no filter.
const FILTERED: usize = 12;

/// Whether a column holds numbers of packets.
fn holds_frames(column: &str) -> bool {
    matches!(column, "no" | "request" | "answer" | "segment" | "acked_in")
        || column.ends_with("_no")
}

impl Html {
    pub(super) fn table(&mut self, table: &Table, section: &Section) {
        let opens = table
            .lines
            .iter()
            .any(|line| matches!(line, Line::Row(row) if row.detail.is_some()));
        self.raw("<div class=\"sheet\">\n");
        self.tools(table, opens);
        self.raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
        self.text(&table.title);
        // Said by the heading above already, and still there for who cannot see it.
        let same = if table.title == section.title {
            " class=\"same\""
        } else {
            ""
        };
        self.raw(&format!(
            "\">\n<table class=\"{}\">\n<caption{same}>",
            table.id
        ));
        self.text(&table.title);
        self.raw("</caption>\n<thead><tr>");
        for column in &table.columns {
            self.raw(&format!(
                "<th scope=\"col\" class=\"{}\"><button type=\"button\">",
                class(column)
            ));
            self.text(&column.title);
            self.raw("</button></th>");
        }
        self.raw("</tr></thead>\n");
        for line in &table.lines {
            match line {
                Line::Row(row) => self.row(table, row, section),
                Line::Gap(gap) => {
                    self.raw(&format!(
                        "<tbody class=\"gap\"><tr><td colspan=\"{}\">",
                        table.columns.len()
                    ));
                    self.text(&gap.text);
                    self.raw("</td></tr></tbody>\n");
                }
            }
        }
        self.raw("</table>\n</div>\n</div>\n");
    }

    /// What stands above a table: filter, sort, open.
    fn tools(&mut self, table: &Table, opens: bool) {
        let lang = self.lang;
        let filtered = table.lines.len() >= FILTERED || opens;
        if !filtered && table.lines.len() < 2 {
            return;
        }
        self.raw(if filtered {
            "<p class=\"tools\"><label>"
        } else {
            "<p class=\"tools few\">"
        });
        if filtered {
            self.text(words::FILTER.get(lang));
            self.raw(" <input type=\"search\"></label> ");
        }
        // Where rows become cards, headings cannot be clicked.
        self.raw("<label class=\"sort\">");
        self.text(words::SORT.get(lang));
        self.raw(" <select></select></label>");
        if opens {
            self.raw(" <button type=\"button\" class=\"all\" data-open=\"");
            self.text(words::OPEN_ALL.get(lang));
            self.raw("\" data-close=\"");
            self.text(words::CLOSE_ALL.get(lang));
            self.raw("\">");
            self.text(words::OPEN_ALL.get(lang));
            self.raw("</button>");
        }
        if filtered {
            self.raw(" <output data-words=\"");
            // The script puts the numbers in.
            self.text(&words::found(lang, "{shown}", "{all}").to_string());
            self.raw("\"></output>");
        }
        if opens {
            self.raw("<span class=\"hint\">");
            self.text(words::HINT.get(lang));
            self.raw(" <span class=\"heads\">");
            self.text(words::HINT_SORT.get(lang));
            self.raw("</span></span>");
        }
        self.raw("</p>\n");
    }

    fn row(&mut self, table: &Table, row: &Row, section: &Section) {
        let coloring = match row.coloring {
            Coloring::BadTcp => " bad",
            Coloring::IcmpErrors => " icmp",
            Coloring::TcpRst => " rst",
            Coloring::TcpSynFin => " synfin",
            Coloring::Plain | Coloring::Call => "",
        };
        let name = row.cells.first().map_or("", Cell::as_str);
        self.raw(&format!("<tbody class=\"row{coloring}\""));
        if row.detail.is_some() {
            self.raw(&format!(" id=\"{}-p", section.id));
            self.text(name);
            self.raw("\"");
        }
        self.raw("><tr>");
        for (place, (column, cell)) in table.columns.iter().zip(&row.cells).enumerate() {
            let class = class(column);
            match place {
                0 => self.raw(&format!("<th scope=\"row\" class=\"{class}\"")),
                _ => self.raw(&format!("<td class=\"{class}\"")),
            }
            // Where there is room for one column only, each cell says what it is.
            if row.detail.is_none() {
                self.raw(" data-label=\"");
                self.text(&column.title);
                self.raw("\"");
            }
            self.raw(">");
            if place == 0 && row.detail.is_some() {
                self.raw("<button type=\"button\" aria-expanded=\"false\">");
                self.text(cell.as_str());
                self.raw("</button></th>");
                continue;
            }
            match (column.id, cell) {
                ("client" | "server", Cell::Text(text)) => self.address(text),
                (id, Cell::Number(number)) if holds_frames(id) => self.frame(number),
                (_, Cell::Code(text)) => self.code(text),
                _ => self.text(&column.shown(cell, self.lang)),
            }
            self.raw(if place == 0 { "</th>" } else { "</td>" });
        }
        self.raw("</tr>");
        if let Some(detail) = &row.detail {
            self.more(detail, table.columns.len());
        }
        self.raw("</tbody>\n");
    }

    /// An address that breaks before its port where it must.
    fn address(&mut self, text: &str) {
        match text.rfind(':') {
            Some(colon) => {
                let (host, port) = text.split_at(colon);
                self.text(host);
                self.raw("<wbr>");
                self.text(port);
            }
            None => self.text(text),
        }
    }

    fn more(&mut self, detail: &Detail, columns: usize) {
        self.raw(&format!(
            "<tr class=\"more\" hidden><td colspan=\"{columns}\">"
        ));
        if !detail.sentence.is_empty() {
            self.raw("<p class=\"said\">");
            self.sentence(&detail.sentence);
            self.raw("</p>");
        }
        if !detail.why.is_empty() {
            self.raw("<p class=\"head\">");
            self.text(words::WHY.get(self.lang));
            self.raw("</p><ul class=\"why\">");
            for step in &detail.why {
                self.raw("<li>");
                self.sentence(&step.text);
                self.raw(" <small>");
                self.text(step.source);
                self.raw("</small></li>");
            }
            self.raw("</ul>");
        }
        self.raw("<p class=\"head\">");
        self.text(words::FIELDS.get(self.lang));
        self.raw("</p><dl class=\"fields\">");
        for field in &detail.fields {
            if !self.fields.contains(&(field.id, field.about)) {
                self.fields.push((field.id, field.about));
            }
            self.raw(&format!("<div><dt>{}</dt><dd>", field.id));
            match &field.value {
                Cell::Code(text) => self.code(text),
                // As Wireshark shows its fields.
                value => self.text(value.as_str()),
            }
            self.raw("</dd></div>");
        }
        self.raw("</dl></td></tr>");
    }
}

/// `num` for numbers, `opt` for what gives way where there is little room, `long` for what wraps,
/// and the column's own name.
fn class(column: &crate::report::document::Column) -> String {
    let kind = match column.kind {
        CellKind::Number => " num",
        CellKind::Text => "",
    };
    let optional = if column.essential { "" } else { " opt" };
    let long = if column.long { " long" } else { "" };
    format!("c-{}{kind}{optional}{long}", column.id)
}
