//! `netlab lab ID --recorded`: the table with the programs' calls, the summary and the answer from
//! the recorded run, where labs cannot run or nobody wants to wait. Every output is marked.

use super::LabArgs;
use crate::cli::answer;
use crate::cli::beside::Beside;
use crate::cli::calls::Calls;
use crate::cli::exit::FAILED;
use crate::cli::fail::Failure;
use crate::cli::files;
use crate::cli::run_document::{About, Document};
use crate::cli::world::World;
use crate::lab::recorded;
use crate::lab::{Collector, Event, Lab};
use crate::model::filter::CaptureFilter;
use crate::model::frame::{Frame, LinkType};
use crate::source::file::FileSource;
use crate::source::live::LiveStats;
use crate::text::phrase::phrase;

phrase! {
    RECORDED:
        "recorded: these packets and calls are from an earlier run of this lab on Linux, with its \
         usual options; what the programs said was not recorded",
        "gravado: estes pacotes e chamadas são de uma execução anterior deste lab no Linux, com as \
            opções de costume; o que os programas disseram não foi gravado";
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
    let mut table = Beside::begin(plan, &args.write, args.wants_calls(), world)?;
    table.line(&format!("netlab: {}", RECORDED.get(lang)), world)?;
    let on_stdout = table.reading;
    let mut seen = Collector::new();
    let mut calls = Vec::new();
    play(&mut source, world, |event| {
        match &event {
            Event::Frame(frame) => seen.see(frame),
            Event::Called(call) => calls.push(**call),
            _ => {}
        }
        document.take(&event, world);
        table.take(&event, (&args.write, args.calls_in_capture), world)
    })?;
    table.end(None)?;
    let evidence = seen.finish(calls);
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

/// Lets the recorded run happen again: its packets, with the numbers that they had, and its calls.
fn play(
    source: &mut FileSource,
    world: &World,
    mut each: impl FnMut(Event<'_>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let link = source.facts().interfaces.first().and_then(|it| it.link);
    each(Event::Capturing {
        link: link.unwrap_or(LinkType::ETHERNET),
        decimals: 9,
        interface: INTERFACE,
        filter: &CaptureFilter::default(),
    })?;
    let mut reader = Calls::default();
    let mut packets = 0;
    while let Some(frame) = files::next(source, world)? {
        if let Some(call) = reader.of(&frame) {
            each(Event::Called(&call))?;
        } else if frame.link != LinkType::SYSTEMD_JOURNAL {
            // Calls have numbers of frames in the file, and none beside a capture.
            packets += 1;
            each(Event::Frame(Frame {
                no: packets,
                ..frame
            }))?;
        }
    }
    Ok(())
}
