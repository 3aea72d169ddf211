//! `netlab lab ID -o OUT`, where the suffix of OUT is that of a document: a report on the run,
//! with the question and its answer, and with what the programs said.

use super::LabArgs;
use crate::cli::document::{self, Target};
use crate::cli::fail::Failure;
use crate::cli::options::rows::RowArgs;
use crate::cli::world::World;
use crate::lab::{self, Lab, LabRun};
use crate::model::call::SocketCall;
use crate::model::frame::{Frame, LinkType};
use crate::pipeline::Pipeline;
use crate::report::document::{
    Answers, CaptureFacts, Collector, InterfaceFacts, Part, Section, Step, Steps, sheet,
};
use crate::text::Text;
use crate::text::phrase::phrase;

/// How many lines of the programs are kept.
const LINES: usize = 1000;

phrase! {
    ANSWER: "The question, and what this capture answers",
        "A pergunta, e o que esta captura responde";
    NO_REPORT: "--sections, --brief, --blank and --key are about a report",
        "--sections, --brief, --blank e --key são sobre um relatório";
    NO_REPORT_HINT: "name it with -o (.md .html .tex .csv .json)", "indique-o com -o (.md .html .tex .csv .json)";
    PROGRAMS: "What the programs said", "O que os programas disseram";
    CAPTURED_LIVE: "captured live", "captura ao vivo";

    RECORDED: "recorded", "gravado";
}

/// The report on a run, where one was asked for.
pub(super) struct Document(Option<Collecting>);

struct Collecting {
    target: Target,
    pipeline: Pipeline,
    collector: Collector,
    answers: Answers,
    link: Option<LinkType>,
    said: Vec<Step>,
}

impl Document {
    /// Opens the document that `-o` asks for, and says how the table is shown: on standard output
    /// then. `-T` and `--columns` ask for a table in a file instead.
    pub(super) fn begin(args: &LabArgs, world: &World) -> Result<(Self, RowArgs), Failure> {
        let mut rows = args.rows.clone();
        let table = &mut rows.table;
        let wanted = table.format.is_none() && table.columns.is_none();
        let path = table
            .output
            .take_if(|path| wanted && document::by_suffix(path).is_some());
        let Some(path) = path else {
            return match args.shape.given() {
                true => Err(Failure::usage(
                    NO_REPORT.get(world.lang),
                    NO_REPORT_HINT.get(world.lang),
                )),
                false => Ok((Self(None), rows)),
            };
        };
        let target = Target::open(None, Some(&path), &[], world)?;
        let options = args.shape.plan(target.format.id, world)?;
        let pipeline = world.pipeline(options.summaries());
        let collecting = Collecting {
            target,
            pipeline,
            collector: Collector::new(options),
            answers: args.shape.answers(),
            link: None,
            said: Vec::new(),
        };
        Ok((Self(Some(collecting)), rows))
    }

    pub(super) fn capturing(&mut self, link: LinkType) {
        if let Some(it) = &mut self.0 {
            it.link = Some(link);
        }
    }

    pub(super) fn frame(&mut self, frame: &Frame<'_>) {
        if let Some(it) = &mut self.0 {
            let row = it.pipeline.push(frame);
            it.collector.row(&row, true);
        }
    }

    pub(super) fn call(&mut self, call: &SocketCall) {
        if let Some(it) = &mut self.0 {
            it.collector.call(call);
        }
    }

    pub(super) fn said(&mut self, who: &str, line: &str) {
        if let Some(it) = self.0.as_mut().filter(|it| it.said.len() < LINES) {
            it.said.push(Step {
                frames: who.to_owned(),
                text: line.to_owned(),
            });
        }
    }

    /// Writes the document. `recorded` where the run was an earlier one.
    pub(super) fn finish(
        self,
        lab: &Lab,
        run: &LabRun,
        recorded: bool,
        world: &World,
    ) -> Result<(), Failure> {
        let Some(it) = self.0 else {
            return Ok(());
        };
        let lang = world.lang;
        let (mark, format) = match recorded {
            true => (format!(" ({})", RECORDED.get(lang)), &RECORDED),
            false => (String::new(), &CAPTURED_LIVE),
        };
        let name = format!("netlab lab {}{mark}", lab.id);
        let facts = CaptureFacts {
            name: name.clone(),
            format: format.get(lang).to_owned(),
            interfaces: vec![InterfaceFacts {
                name: Some(run.interface.clone()),
                link: it.link,
                counts: run.stats.interface_counts(),
                ..InterfaceFacts::default()
            }],
            interface_count: 1,
            dialect: world.dialect,
            command: document::command(std::env::args_os()),
            ..CaptureFacts::default()
        };
        let section =
            |id: &str, kind, title: &Text, parts| Section::plain(id, kind, title.get(lang), parts);
        let steps = |id, title: &str, steps| {
            Part::Steps(Steps {
                id,
                title: title.to_owned(),
                steps,
            })
        };
        let lines = lab::answer(lab, &run.evidence, lang).lines;
        let lines = lines.into_iter().map(|text| Step {
            frames: String::new(),
            text,
        });
        let answer = steps("answer", lab.question.get(lang), lines.collect());
        let mut sections = vec![section("answer", "answer", &ANSWER, vec![answer])];
        let conversations = it.pipeline.analyzer().conversations();
        sections.extend(it.collector.finish(&facts, conversations));
        if !it.said.is_empty() {
            let said = steps("said", PROGRAMS.get(lang), it.said);
            sections.push(section("programs", "programs", &PROGRAMS, vec![said]));
        }
        let sections = sheet(sections, it.answers, lang);
        it.target
            .write(&document::report(vec![(name, sections)], world), world)
    }
}
