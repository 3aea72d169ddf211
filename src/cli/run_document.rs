//! `-o OUT` of a lab or a run, where the suffix of OUT is that of a document: a report on it, with the
//! question of a lab and its answer, and with what the programs said and how they ended.

use super::document::{self, Target};
use super::fail::Failure;
use super::options::report::ShapeOptions;
use super::options::rows::RowArgs;
use super::party;
use super::world::World;
use crate::lab::{self, Event, Evidence, Lab};
use crate::model::frame::LinkType;
use crate::pipeline::Pipeline;
use crate::report::document::{
    Answers, CaptureFacts, Collector, InterfaceFacts, Options, Part, Section, Step, Steps, sheet,
};
use crate::source::live::LiveStats;
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
    ENDS: "How the programs ended", "Como os programas terminaram";
    CAPTURED_LIVE: "captured live", "captura ao vivo";

    RECORDED: "recorded", "gravado";
}

/// The report on a run, where one was asked for.
pub(in crate::cli) struct Document(Option<Collecting>);

struct Collecting {
    target: Target,
    pipeline: Pipeline,
    options: Options,
    collector: Collector,
    answers: Answers,
    link: Option<LinkType>,
    said: Vec<Step>,
}

/// What a document is about.
pub(in crate::cli) struct About<'a> {
    /// What was run: `netlab lab echo`.
    pub(in crate::cli) name: String,
    /// The lab whose question is answered.
    pub(in crate::cli) lab: Option<&'a Lab>,
    /// The run was an earlier one.
    pub(in crate::cli) recorded: bool,
    /// The interface; `None` where nothing was captured.
    pub(in crate::cli) interface: Option<String>,
    /// What the kernel counted.
    pub(in crate::cli) stats: LiveStats,
    /// What was captured and called.
    pub(in crate::cli) evidence: &'a Evidence,
    /// The programs had a network of their own.
    pub(in crate::cli) own_network: bool,
    /// Who ended, and how.
    pub(in crate::cli) ends: Vec<[String; 2]>,
}

impl Document {
    /// Opens the document that `-o` asks for, and says how the table is shown: on standard output
    /// then. `-T` and `--columns` ask for a table in a file instead.
    pub(in crate::cli) fn begin(
        rows: &RowArgs,
        shape: &ShapeOptions,
        world: &World,
    ) -> Result<(Self, RowArgs), Failure> {
        let mut rows = rows.clone();
        let table = &mut rows.table;
        let wanted = table.format.is_none() && table.columns.is_none();
        let path = table
            .output
            .take_if(|path| wanted && document::by_suffix(path).is_some());
        let Some(path) = path else {
            return match shape.given() {
                true => Err(Failure::usage(
                    NO_REPORT.get(world.lang),
                    NO_REPORT_HINT.get(world.lang),
                )),
                false => Ok((Self(None), rows)),
            };
        };
        let target = Target::open(None, Some(&path), &[], world)?;
        let options = shape.plan(target.format.id, world)?;
        let pipeline = world.pipeline(options.summaries());
        let collecting = Collecting {
            target,
            pipeline,
            collector: Collector::new(options.clone()),
            options,
            answers: shape.answers(),
            link: None,
            said: Vec::new(),
        };
        Ok((Self(Some(collecting)), rows))
    }

    /// Whether one was asked for.
    pub(in crate::cli) fn is_wanted(&self) -> bool {
        self.0.is_some()
    }

    /// Keeps what happens.
    pub(in crate::cli) fn take(&mut self, event: &Event<'_>, world: &World) {
        let Some(it) = &mut self.0 else {
            return;
        };
        match event {
            Event::Said { party, line } if it.said.len() < LINES => it.said.push(Step {
                frames: party::name(*party, world),
                text: (*line).to_owned(),
            }),
            Event::Capturing { link, .. } => it.link = Some(*link),
            Event::Frame(frame) => {
                let row = it.pipeline.push(frame);
                it.collector.row(&row, true);
            }
            Event::Called(call) => it.collector.call(call),
            Event::Said { .. } | Event::Idle => {}
        }
    }

    /// Writes the document.
    pub(in crate::cli) fn finish(self, about: About<'_>, world: &World) -> Result<(), Failure> {
        let Some(it) = self.0 else {
            return Ok(());
        };
        let lang = world.lang;
        let (mark, format) = match about.recorded {
            true => (format!(" ({})", RECORDED.get(lang)), &RECORDED),
            false => (String::new(), &CAPTURED_LIVE),
        };
        let name = format!("{}{mark}", about.name);
        let interface = about.interface.map(|name| InterfaceFacts {
            name: Some(name),
            link: it.link,
            counts: about.stats.interface_counts(),
            ..InterfaceFacts::default()
        });
        let facts = CaptureFacts {
            name: name.clone(),
            format: format.get(lang).to_owned(),
            interface_count: u64::from(interface.is_some()),
            interfaces: interface.into_iter().collect(),
            dialect: world.dialect,
            command: document::command(std::env::args_os()),
            ..CaptureFacts::default()
        };
        let conversations = it.pipeline.analyzer().conversations();
        let mut sections = it.collector.finish(&facts, conversations);
        let shown = lab::conclusions(about.evidence, about.own_network, lang);
        document::conclusions(&mut sections, shown, &it.options, world);
        if let Some(lab) = about.lab {
            let lines = lab::answer(lab, about.evidence, lang).lines;
            let lines = lines.into_iter().map(|text| Step {
                frames: String::new(),
                text,
            });
            let answer = steps("answer", lab.question.get(lang), lines.collect());
            sections.insert(0, section("answer", &ANSWER, answer, world));
        }
        if !it.said.is_empty() {
            let said = steps("said", PROGRAMS.get(lang), it.said);
            sections.push(section("programs", &PROGRAMS, said, world));
        }
        if !about.ends.is_empty() {
            let ends = about.ends.into_iter();
            let ends = ends.map(|[frames, text]| Step { frames, text });
            let ends = steps("ends", ENDS.get(lang), ends.collect());
            sections.push(section("ends", &ENDS, ends, world));
        }
        let sections = sheet(sections, it.answers, lang);
        it.target
            .write(&document::report(&name, world), &sections, world)
    }
}

fn steps(id: &'static str, title: &str, steps: Vec<Step>) -> Part {
    Part::Steps(Steps {
        id,
        title: title.to_owned(),
        steps,
    })
}

fn section(id: &'static str, title: &Text, part: Part, world: &World) -> Section {
    Section::plain(id, id, title.get(world.lang), vec![part])
}
