//! HTML in one file: no network, one small script, readable on a telephone and on paper, in light
//! and in dark.

mod links;
mod table;
mod words;

use links::Links;

use super::page;
use super::{Chunk, Contents, Format, Piece, RenderOptions, Strand, Volume, picture, visible};
use crate::report::document::{Cell, Fact, Part, Picture, Report, Section, Steps};
use crate::text::Lang;

pub(super) static FORMAT: Format = Format {
    id: "html",
    suffixes: &["html", "htm"],
    piece,
    between: b"",
    bind,
};

struct Html {
    out: String,
    lang: Lang,
    /// The fields that occur, each with what it holds.
    fields: Vec<(&'static str, &'static str)>,
    /// Where the packets stand that the page shows.
    links: Links,
}

/// The lines of the contents, and the sections.
const ENTRIES: &str = "entries";
const SECTIONS: &str = "sections";

fn piece(sections: &[Section], options: &RenderOptions) -> Piece {
    let mut html = Html::new(options.lang);
    html.entries(sections);
    let entries = std::mem::take(&mut html.out);
    html.links = Links::of(sections);
    for section in sections {
        html.section(section, 2);
    }
    let strands = [(ENTRIES, entries), (SECTIONS, html.out)];
    let strands = strands.map(|(id, text)| (Strand::plain(id), text.into_bytes()));
    Piece {
        strands: strands.into(),
        fields: html.fields,
        attachments: Vec::new(),
    }
}

fn bind(report: &Report, contents: &Contents) -> Vec<Volume> {
    let lang = report.lang;
    let mut chunks = Vec::new();
    let mut html = Html::new(lang);
    html.raw(&page::begin(&report.title, lang));
    html.raw("<nav aria-label=\"");
    html.text(words::CONTENTS.get(lang));
    html.raw("\"><ul>\n");
    chunks.push(Chunk::Bytes(html.out.into_bytes()));
    chunks.extend(contents.chunk(ENTRIES));
    chunks.push(Chunk::Bytes(b"</ul></nav>\n<main>\n".to_vec()));
    chunks.extend(contents.chunk(SECTIONS));
    let mut html = Html::new(lang);
    html.glossary(&contents.fields);
    let (version, dialect) = (report.version, report.dialect.name());
    html.raw("</main>\n");
    html.raw(&page::end(&format!(" {version} · Wireshark {dialect}")));
    chunks.push(Chunk::Bytes(html.out.into_bytes()));
    let beside = None;
    vec![Volume { beside, chunks }]
}

impl Html {
    fn new(lang: Lang) -> Self {
        Self {
            out: String::new(),
            lang,
            fields: Vec::new(),
            links: Links::default(),
        }
    }

    fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Text in an element or in an attribute: nothing in it is markup.
    fn text(&mut self, text: &str) {
        for character in visible(text).chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                _ => self.out.push(character),
            }
        }
    }

    /// What the fields behind the packets hold.
    fn glossary(&mut self, fields: &[(&str, &str)]) {
        if fields.is_empty() {
            return;
        }
        self.raw("<section id=\"fields\"><h2>");
        self.text(words::FIELDS.get(self.lang));
        self.raw("</h2>\n<dl class=\"fields\">\n");
        for (id, about) in fields {
            self.raw(&format!("<div><dt>{id}</dt><dd>"));
            self.text(about);
            self.raw("</dd></div>\n");
        }
        self.raw("</dl></section>\n");
    }

    fn entries<'s>(&mut self, sections: impl IntoIterator<Item = &'s Section>) {
        for section in sections {
            self.raw("<li><a href=\"#");
            self.text(&section.id);
            self.raw("\">");
            self.text(&section.title);
            self.raw("</a>");
            // The answers about a conversation are no line of their own.
            let beside = |it: &&Section| section.kind == "conversation" && it.kind == "questions";
            let (answers, inner): (Vec<_>, Vec<_>) = section.sections.iter().partition(beside);
            for answers in answers {
                self.raw(" · <a href=\"#");
                self.text(&answers.id);
                self.raw("\">");
                self.text(words::ANSWERS.get(self.lang));
                self.raw("</a>");
            }
            if !inner.is_empty() {
                self.raw("<ul>\n");
                self.entries(inner);
                self.raw("</ul>");
            }
            self.raw("</li>\n");
        }
    }

    fn section(&mut self, section: &Section, level: usize) {
        let level = level.min(6);
        self.raw("<section id=\"");
        self.text(&section.id);
        self.raw(&format!("\" class=\"{}\">\n<h{level}>", section.kind));
        self.text(&section.title);
        self.raw(&format!("</h{level}>\n"));
        let is_picture = |part: &Part| matches!(part, Part::Picture(_));
        for group in section
            .parts
            .chunk_by(|a, b| is_picture(a) && is_picture(b))
        {
            let pictures = group.iter().all(is_picture);
            // Beside each other where there is room.
            self.raw(if pictures {
                "<div class=\"pictures\">\n"
            } else {
                ""
            });
            for part in group {
                self.part(part, section, level);
            }
            self.raw(if pictures { "</div>\n" } else { "" });
        }
        for inner in &section.sections {
            self.section(inner, level + 1);
        }
        self.raw("</section>\n");
    }

    fn part(&mut self, part: &Part, section: &Section, level: usize) {
        match part {
            Part::Text(text) => {
                self.raw("<p>");
                self.text(text);
                self.raw("</p>\n");
            }
            Part::Facts(facts) => self.facts(facts, section),
            Part::Steps(steps) => self.steps(steps, section, level + 1),
            Part::Table(table) => self.table(table, section),
            Part::Picture(picture) => self.picture(picture),
        }
    }

    fn facts(&mut self, facts: &[Fact], section: &Section) {
        self.raw("<dl class=\"facts\">\n");
        for fact in facts {
            self.raw("<div><dt>");
            self.text(&fact.label);
            // Nothing but a line to write on, which on paper has room above it.
            let room = match &fact.value {
                Cell::Text(text) => !text.is_empty() && text.chars().all(|it| it == '_'),
                _ => false,
            };
            self.raw(if room {
                "</dt><dd class=\"room\">"
            } else {
                "</dt><dd>"
            });
            match &fact.value {
                // What a file says of itself may name anything.
                Cell::Text(text) if section.kind != "capture" => self.sentence(text),
                Cell::Code(text) => self.code(text),
                value => self.text(&value.shown(self.lang)),
            }
            self.raw("</dd></div>\n");
        }
        self.raw("</dl>\n");
    }

    fn steps(&mut self, steps: &Steps, section: &Section, level: usize) {
        let level = level.min(6);
        if steps.title != section.title {
            self.raw(&format!("<h{level}>"));
            self.text(&steps.title);
            self.raw(&format!("</h{level}>\n"));
        }
        let plain = steps.steps.iter().all(|step| step.frames.is_empty());
        let plain = if plain { " plain" } else { "" };
        self.raw(&format!("<ul class=\"steps{plain}\">\n"));
        for step in &steps.steps {
            self.raw("<li><span class=\"frames\">");
            self.frames(&step.frames);
            self.raw("</span> <span>");
            match steps.id {
                // What programs said may name anything.
                "said" => self.text(&step.text),
                _ => self.sentence(&step.text),
            }
            self.raw("</span></li>\n");
        }
        self.raw("</ul>\n");
    }

    fn code(&mut self, text: &str) {
        self.raw("<code>");
        self.text(text);
        self.raw("</code>");
    }

    /// A picture as it is: its own texts were escaped where it was drawn.
    fn picture(&mut self, picture: &Picture) {
        let pages = picture::pages(picture, self.lang);
        let long = if pages.len() > 1 {
            " class=\"long\""
        } else {
            ""
        };
        self.raw(&format!("<figure{long}>"));
        for svg in &pages {
            self.raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
            self.text(&picture.title);
            self.raw("\">");
            // Inside of HTML an SVG element has no XML declaration in front.
            let start = svg.find("<svg").unwrap_or(svg.len());
            self.raw(svg.get(start..).unwrap_or_default());
            self.raw("</div>");
        }
        self.raw("<figcaption>");
        self.text(&picture.title);
        self.raw("</figcaption></figure>\n");
    }
}
