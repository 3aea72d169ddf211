//! One run of a lab: what the programs say, the table with their calls, the summary, the answer.

use super::recorded;
use super::{LabArgs, enter_or_say, nothing, options, sockets, until_signal};
use crate::cli::answer;
use crate::cli::beside::Beside;
use crate::cli::exit::FAILED;
use crate::cli::fail::Failure;
use crate::cli::live;
use crate::cli::programs;
use crate::cli::run_document::{About, Document};
use crate::cli::world::World;
use crate::exercises::stop::stopper;
use crate::lab::{self, Event, Lab, LabOptions};
use crate::sandbox::{self, Keep};
use crate::source::live::signals::Signals;

pub(super) fn run(lab: &Lab, args: &LabArgs, world: &World) -> Result<(), Failure> {
    let options = options(lab, args, world)?;
    args.write.holds_calls(args.calls_in_capture, world)?;
    if args.recorded || !enter_or_say(args, world)? {
        return args.shown(lab, world, |world| recorded::run(lab, args, world));
    }
    args.shown(lab, world, |world| rest(lab, args, options, world))
}

/// The run, in the network where it is to be.
fn rest(lab: &Lab, args: &LabArgs, options: LabOptions, world: &World) -> Result<(), Failure> {
    let (mut document, rows) = Document::begin(&args.rows, &args.shape, world)?;
    let plan = rows.plan(world, false)?;
    let mut table = Beside::begin(plan, &args.write, args.wants_calls(), world)?;
    let mut failed = None;
    let outcome = programs::runtime(sockets(args), world)?.block_on(async {
        let mut signals = Signals::listen().map_err(|cause| programs::system(&cause, world))?;
        let (stopper, stop) = stopper();
        let running = lab::run(lab, options, stop, |event| {
            let shown = show(&event, &mut table, &mut document, args, world);
            if let Err(failure) = shown {
                failed.get_or_insert(failure);
                stopper.stop();
            }
        });
        until_signal(running, &mut signals, &stopper, world).await
    });
    if let Some(failure) = failed {
        return Err(failure);
    }
    let on_stdout = table.reading;
    let rows = table.end(outcome.as_ref().ok().map(|it| it.stats))?;
    let run = outcome?;
    let answered = answer::show(lab, &run.evidence, on_stdout, world)?;
    let about = About {
        name: format!("netlab lab {}", lab.id),
        lab: Some(lab),
        recorded: false,
        interface: Some(run.interface.clone()),
        stats: run.stats,
        evidence: &run.evidence,
        own_network: sandbox::entered(),
        ends: Vec::new(),
    };
    document.finish(about, world)?;
    match run.stats.dropped + run.stats.interface_dropped {
        0 => live::full_sockets(run.stats, world),
        _ => live::counts(rows, run.stats, world),
    }
    if rows == 0 && !run.stopped {
        return Err(nothing(world));
    }
    // A lab that was stopped early owes no proof.
    if !answered && !run.stopped {
        return Err(Failure::Told { code: FAILED });
    }
    Ok(())
}

/// Shows what happens in the lab, and keeps it for the report.
fn show(
    event: &Event<'_>,
    table: &mut Beside,
    document: &mut Document,
    args: &LabArgs,
    world: &World,
) -> Result<(), Failure> {
    document.take(event, world);
    let shown = table.take(event, (&args.write, args.calls_in_capture), world);
    if matches!(event, Event::Capturing { .. }) {
        // The capture is open, and of the programs only a server may need a right.
        sandbox::give_up(Keep {
            low_ports: true,
            filters: true,
            files: args.rows.table.output.is_some(),
            ..Keep::default()
        });
    }
    shown
}
