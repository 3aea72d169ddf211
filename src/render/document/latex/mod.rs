//! LaTeX that compiles with a plain TeX distribution (`pdflatex`, no shell escape, no package
//! beyond the usual ones). Pictures are TikZ.

mod table;
mod text;
mod tikz;

use text::{code, prose};

use super::{Contents, Format, Piece, RenderOptions, Volume, alone, picture};
use crate::report::document::{Cell, Fact, Part, Picture, Report, Section, Steps};
use crate::text::Lang;

pub(super) static FORMAT: Format = Format {
    id: "tex",
    suffixes: &["tex", "latex"],
    piece,
    between: b"",
    bind,
};

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

struct Latex {
    out: String,
    lang: Lang,
}

fn piece(sections: &[Section], options: &RenderOptions) -> Piece {
    let mut latex = Latex {
        out: String::new(),
        lang: options.lang,
    };
    for section in sections {
        latex.section(section, 0);
    }
    Piece::text(latex.out)
}

fn bind(report: &Report, contents: &Contents) -> Vec<Volume> {
    let mut out = PREAMBLE.to_owned();
    tikz::preamble(&mut out);
    out.push_str("\\begin{document}\n{\\LARGE\\bfseries\\raggedright ");
    prose(&report.title, &mut out);
    out.push_str("\\par}\n\n");
    alone(out, contents, "\\end{document}\n")
}

impl Latex {
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
                Part::Picture(picture) => self.picture(picture, level),
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

    fn picture(&mut self, picture: &Picture, level: usize) {
        self.heading(level + 1, &picture.title);
        for page in picture::pages(picture, self.lang) {
            tikz::picture(&page, &mut self.out);
        }
        prose(&picture.alt, &mut self.out);
        self.out.push_str("\n\n");
    }
}
