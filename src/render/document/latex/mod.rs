//! LaTeX that compiles with a plain TeX distribution (`pdflatex`, no shell escape, no package
//! beyond the usual ones). A picture is drawn in characters, unless its SVG, which lies beside,
//! was turned into a PDF of the same name.

mod table;
mod text;

use text::{code, drawn, prose};

use super::{Attachment, Format, RenderOptions, Rendered, picture};
use crate::render::ascii::Letters;
use crate::report::document::{Cell, Fact, Part, Picture, Report, Section, Steps};
use crate::text::Lang;

pub(super) static FORMAT: Format = Format {
    id: "tex",
    suffixes: &["tex", "latex"],
    render,
};

/// How many lines of a picture in characters fit a page.
const ONE_PAGE: usize = 70;

const PREAMBLE: &str = r"\documentclass[a4paper,10pt]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{textcomp}
\usepackage[a4paper,margin=16mm]{geometry}
\usepackage{array,longtable,graphicx}
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\setlength{\parindent}{0pt}
\setlength{\parskip}{4pt}
\setlength{\emergencystretch}{3em}
\setlength{\LTleft}{0pt}
\setcounter{secnumdepth}{0}
";

/// Sectioning commands, from the outermost one.
const LEVELS: [&str; 4] = ["section", "subsection", "subsubsection", "paragraph"];

struct Latex<'r> {
    out: String,
    lang: Lang,
    options: &'r RenderOptions,
    attachments: Vec<Attachment>,
}

fn render(report: &Report, options: &RenderOptions) -> Rendered {
    let mut latex = Latex {
        out: PREAMBLE.to_owned(),
        lang: report.lang,
        options,
        attachments: Vec::new(),
    };
    latex
        .out
        .push_str("\\begin{document}\n{\\LARGE\\bfseries\\raggedright ");
    prose(&report.title, &mut latex.out);
    latex.out.push_str("\\par}\n\n");
    for section in &report.sections {
        latex.section(section, 0);
    }
    latex.out.push_str("\\end{document}\n");
    Rendered {
        main: latex.out.into_bytes(),
        attachments: latex.attachments,
    }
}

impl Latex<'_> {
    fn heading(&mut self, level: usize, title: &str) {
        let command = LEVELS
            .get(level)
            .or(LEVELS.last())
            .copied()
            .unwrap_or_default();
        self.out.push_str(&format!("\\{command}{{"));
        prose(title, &mut self.out);
        self.out.push_str("}\n\n");
    }

    fn section(&mut self, section: &Section, level: usize) {
        self.heading(level, &section.title);
        for part in &section.parts {
            match part {
                Part::Text(text) => {
                    prose(text, &mut self.out);
                    self.out.push_str("\n\n");
                }
                Part::Facts(facts) => self.facts(facts),
                Part::Steps(steps) => self.steps(steps, &section.title),
                Part::Table(table) => {
                    if table.title != section.title {
                        self.heading(level + 1, &table.title);
                    }
                    self.table(table);
                }
                Part::Picture(picture) => self.picture(picture, section, level),
            }
        }
        for inner in &section.sections {
            self.section(inner, level + 1);
        }
    }

    fn facts(&mut self, facts: &[Fact]) {
        let layout = r"{\small\begin{longtable}{@{}>{\raggedright\arraybackslash}p{55mm}>{\raggedright\arraybackslash}p{118mm}@{}}";
        self.out.push_str(layout);
        self.out.push('\n');
        for fact in facts {
            prose(&fact.label, &mut self.out);
            self.out.push_str(" & ");
            match &fact.value {
                Cell::Code(text) => code(text, &mut self.out),
                other => prose(&other.shown(self.lang), &mut self.out),
            }
            self.out.push_str(" \\\\\n");
        }
        self.out.push_str("\\end{longtable}}\n\n");
    }

    fn steps(&mut self, steps: &Steps, title: &str) {
        if steps.title != title {
            self.out.push_str("\\textbf{");
            prose(&steps.title, &mut self.out);
            self.out.push_str("}\n");
        }
        self.out
            .push_str("\\begin{itemize}\\setlength{\\itemsep}{0pt}\n");
        for step in &steps.steps {
            // In braces, or a bracket would be the item's own label.
            self.out.push_str("\\item {");
            if !step.frames.is_empty() {
                prose(&step.frames, &mut self.out);
                self.out.push_str("\\quad ");
            }
            prose(&step.text, &mut self.out);
            self.out.push_str("}\n");
        }
        self.out.push_str("\\end{itemize}\n\n");
    }

    fn picture(&mut self, picture: &Picture, section: &Section, level: usize) {
        self.heading(level + 1, &picture.title);
        let name = self.options.stem.as_ref().map(|stem| {
            let name: String = format!("{stem}-{}-{}", section.id, picture.id);
            self.attachments.push(Attachment {
                name: format!("{name}.svg"),
                bytes: picture::svg(picture, self.lang).into_bytes(),
            });
            name
        });
        // A name that LaTeX might read as something else is not named.
        let plain = |c: char| c.is_ascii_alphanumeric() || "-.".contains(c);
        let name = name.filter(|name| name.chars().all(plain));
        if let Some(name) = &name {
            self.out.push_str(&format!(
                "\\IfFileExists{{{name}.pdf}}{{\\includegraphics[width=\\linewidth]{{{name}.pdf}}}}{{%\n"
            ));
        }
        let drawing = picture::characters(picture, Letters::Latin, self.lang);
        // What fits a page stays on one.
        let [begin, end] = match drawing.lines().count() <= ONE_PAGE {
            true => [
                "\\noindent\\begin{minipage}{\\linewidth}",
                "\\end{minipage}\\par",
            ],
            false => ["", ""],
        };
        self.out.push_str(&format!("{begin}{{\\scriptsize\n"));
        for line in drawing.lines() {
            drawn(line, &mut self.out);
        }
        self.out.push_str(&format!("\\par}}{end}\n"));
        self.out
            .push_str(if name.is_some() { "}\n\n" } else { "\n" });
        prose(&picture.alt, &mut self.out);
        self.out.push_str("\n\n");
    }
}
