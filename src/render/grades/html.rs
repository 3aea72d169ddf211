//! `-T html`: one page that sorts, with the lines and the packets of each file behind a click.

use super::{Format, GradeWriter};
use crate::render::document::page;
use crate::render::xml::escaped;
use crate::report::grades::{Grade, GradeRecord, HEADINGS, Outcome, Verdict, frames};
use crate::report::record::{CellKind, Heading, Record};
use crate::text::Lang;
use crate::text::phrase::phrase;

pub(super) static FORMAT: Format = Format {
    id: "html",
    suffixes: &["html", "htm"],
    pictures: true,
    open: |options| {
        Box::new(Html {
            title: options.title.clone(),
            lang: options.lang(),
        })
    },
};

phrase! {
    HINT: "Click a file for its lines and its packets, a heading to sort.",
        "Clique em um arquivo para ver suas linhas e seus pacotes, em um título de coluna para ordenar.";
    FILTER: "Filter", "Filtrar";
    SORT: "Sort", "Ordenar";
    FOUND: "{shown} of {all} files", "{shown} de {all} arquivos";
    SHOWN: "shown", "mostra";
    MISSING: "missing", "falta";
}

struct Html {
    title: String,
    lang: Lang,
}

impl GradeWriter for Html {
    fn begin(&mut self, out: &mut Vec<u8>) {
        let lang = self.lang;
        let mut text = page::begin(&self.title, lang);
        text.push_str(&format!(
            "<main>\n<div class=\"sheet\">\n<p class=\"tools\"><label>{} <input type=\"search\">\
             </label> <label class=\"sort\">{} <select></select></label> \
             <output data-words=\"{}\"></output><span class=\"hint\">{}</span></p>\n\
             <div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n\
             <table class=\"grades\">\n<thead><tr>",
            FILTER.get(lang),
            SORT.get(lang),
            FOUND.get(lang),
            HINT.get(lang),
            escaped(&self.title),
        ));
        for heading in HEADINGS {
            text.push_str(&format!(
                "<th scope=\"col\" class=\"{}\"><button type=\"button\">{}</button></th>",
                class(heading),
                heading.header.get(lang),
            ));
        }
        text.push_str("</tr></thead>\n");
        out.extend_from_slice(text.as_bytes());
    }

    fn file(&mut self, grade: &Grade, out: &mut Vec<u8>) {
        let color = match grade.outcome {
            Outcome::Judged(_) if grade.passes() => "",
            _ => " bad",
        };
        let mut text = format!("<tbody class=\"row{color}\"><tr>");
        for (place, heading) in HEADINGS.iter().enumerate() {
            let mut cell = Vec::new();
            GradeRecord(grade, self.lang).cell(place, &mut cell);
            let cell = escaped(&String::from_utf8_lossy(&cell));
            let class = class(heading);
            text.push_str(&match place {
                0 => format!(
                    "<th scope=\"row\" class=\"{class}\" data-label=\"{}\"><button type=\"button\" \
                     aria-expanded=\"false\">{cell}</button></th>",
                    escaped(heading.header.get(self.lang)),
                ),
                _ => format!(
                    "<td class=\"{class}\" data-label=\"{}\">{cell}</td>",
                    escaped(heading.header.get(self.lang)),
                ),
            });
        }
        text.push_str(&format!(
            "</tr><tr class=\"more\" hidden><td colspan=\"{}\"><ul class=\"why\">",
            HEADINGS.len()
        ));
        for verdict in grade.verdicts() {
            text.push_str(&self.line(verdict));
        }
        text.push_str("</ul>");
        if let Some(ladder) = &grade.ladder {
            text.push_str("<figure>");
            text.push_str(ladder);
            text.push_str("</figure>");
        }
        text.push_str("</td></tr></tbody>\n");
        out.extend_from_slice(text.as_bytes());
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"</table>\n</div>\n</div>\n</main>\n");
        out.extend_from_slice(page::end("").as_bytes());
    }
}

impl Html {
    fn line(&self, verdict: &Verdict) -> String {
        let (word, detail) = match verdict.shown {
            true => (
                &SHOWN,
                format!("{} {}", frames(&verdict.frames), verdict.said),
            ),
            false => (&MISSING, verdict.said.clone()),
        };
        let detail = match detail.trim() {
            "" => String::new(),
            detail => format!(": {}", escaped(detail)),
        };
        format!(
            "<li>{} <small>({})</small> <strong>{}</strong>{detail}</li>",
            escaped(&verdict.name),
            self.lang.decimal(verdict.points.to_string()),
            word.get(self.lang),
        )
    }
}

fn class(heading: &Heading) -> &'static str {
    match heading.kind {
        CellKind::Number => "num",
        CellKind::Text if heading.id == "result" => "c-result",
        CellKind::Text => "long",
    }
}
