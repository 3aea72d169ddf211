//! `netlab lab ID --recorded`: the table, the summary and the answer from the recorded run, where
//! labs cannot run or nobody wants to wait. Every output is marked.

use super::LabArgs;
use crate::cli::answer;
use crate::cli::exit::FAILED;
use crate::cli::fail::Failure;
use crate::cli::files;
use crate::cli::run_document::{About, Document};
use crate::cli::show::Show;
use crate::cli::world::World;
use crate::lab::recorded;
use crate::lab::{Collector, Event, Lab};
use crate::model::filter::CaptureFilter;
use crate::model::frame::LinkType;
use crate::render::rows::DefaultColumns;
use crate::source::live::LiveStats;
use crate::source::save::Description;
use crate::text::phrase::phrase;

phrase! {
    RECORDED:
        "recorded: these packets are from an earlier run of this lab on Linux, with its usual \
         options; the programs' calls and words were not recorded",
        "gravado: estes pacotes são de uma execução anterior deste lab no Linux, com as opções \
            de costume; as chamadas e as mensagens dos programas não foram gravadas";
    none(id): "there is no recorded run of the lab {id}", "não há execução gravada do lab {id}";
    NONE_HINT: "netlab lab lists the labs", "netlab lab lista os labs";
}

/// What the interface of the recording is called in files that are written from it.
const INTERFACE: &str = "lo (recorded)";

pub(super) fn run(lab: &Lab, args: &LabArgs, world: &World) -> Result<(), Failure> {
    let lang = world.lang;
    let source = recorded::open(lab).ok_or_else(|| {
        let cause = none(lang, &lab.id).to_string();
        Failure::usage(cause, NONE_HINT.get(lang))
    })?;
    let mut source = source.map_err(|error| files::failure(&error, world))?;
    let (mut document, rows) = Document::begin(&args.rows, &args.shape, world)?;
    let plan = rows.plan(world, false)?;
    let nowhere = args.write.takes_stdout();
    let reading = plan.format.columns == DefaultColumns::Reading && plan.output.is_none();
    let on_stdout = reading && !nowhere;
    let about = source.facts().interfaces.first().cloned();
    let link = about.and_then(|it| it.link).unwrap_or(LinkType::ETHERNET);
    let mut kept = args.write.begin_live(
        &Description {
            link,
            decimals: 9,
            snap_len: 0,
            name: INTERFACE,
            filter: "",
        },
        world,
    )?;
    let said = format!("netlab: {}", RECORDED.get(lang));
    let mut show = match nowhere {
        true => Show::nothing(plan, world),
        false => Show::prepare(plan, world)?,
    };
    match on_stdout {
        true => {
            show.line(&said)?;
            show.blank_line();
        }
        false => world.note(&said),
    }
    show.head();
    let begins = Event::Capturing {
        link,
        decimals: 9,
        interface: INTERFACE,
        filter: &CaptureFilter::default(),
    };
    document.take(&begins, world);
    let mut seen = Collector::new();
    while let Some(frame) = files::next(&mut source, world)? {
        document.take(&Event::Frame(frame), world);
        seen.see(&frame);
        kept.frame(&frame)?;
        show.frame(&frame, true)?;
    }
    kept.finish()?;
    show.end()?;
    let evidence = seen.finish(Vec::new());
    let answered = answer::show(lab, &evidence, on_stdout, world)?;
    let about = About {
        name: format!("netlab lab {}", lab.id),
        lab: Some(lab),
        recorded: true,
        interface: Some(INTERFACE.to_owned()),
        stats: LiveStats::default(),
        evidence: &evidence,
        own_network: false,
        ends: Vec::new(),
    };
    document.finish(about, world)?;
    match answered {
        true => Ok(()),
        false => Err(Failure::Told { code: FAILED }),
    }
}
