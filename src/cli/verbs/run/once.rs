//! One run: what the programs say, the table with their calls, the summary, how each ended.

use std::io::IsTerminal;

use super::RunArgs;
use super::ends;
use crate::cli::beside::{self, Beside};
use crate::cli::exit::{FAILED, INTERRUPTED};
use crate::cli::fail::Failure;
use crate::cli::live;
use crate::cli::options::write::Kept;
use crate::cli::out::Output;
use crate::cli::programs;
use crate::cli::world::World;
use crate::lab::Event;
use crate::model::call::{Party, Role};
use crate::render::{escape, wrap};
use crate::run::{self, Input, Job, Lines, Outcome, RunOptions, Why};
use crate::sandbox;
use crate::source::live::signals::Signals;
use crate::source::save::Description;

pub(super) fn run(args: &RunArgs, world: &World) -> Result<(), Failure> {
    let plan = args.rows.plan(world, false)?;
    let own_network = enter(args, world)?;
    let mut options = options(args, own_network);
    // Without it lines are not known, and everything else is.
    let lines = Lines::prepare().ok().filter(|_| options.calls);
    options.env.extend(lines.iter().map(Lines::env));
    let runtime = programs::runtime(world)?;
    let mut kept = None;
    let calls = (args.calls || args.no_calls).then_some(!args.no_calls);
    let mut table = Beside::begin(plan, &args.write, calls, world)?;
    let mut failed = None;
    let outcome = runtime.block_on(async {
        let mut signals = Signals::listen()?;
        run::run(options, &mut signals, |event| {
            if failed.is_some() {
                return;
            }
            let shown = match event {
                Event::Said { party, line } => table.say(party, line, world),
                Event::Capturing {
                    link,
                    decimals,
                    interface,
                    filter,
                } => {
                    let interface = Description {
                        link,
                        decimals,
                        snap_len: 0,
                        name: interface,
                        filter: &filter.to_string(),
                    };
                    let begun = args.write.begin_live(&interface, world);
                    begun.map(|it| kept = Some(it))
                }
                Event::Frame(frame) => kept
                    .as_mut()
                    .map_or(Ok(()), |kept: &mut Kept| kept.frame(&frame))
                    .and_then(|()| table.frame(&frame)),
                Event::Called(call) => table.call(call),
                Event::Idle => Ok(()),
            };
            failed = shown.err();
        })
        .await
    });
    // Threads that read what a program says may wait for one that lives on.
    runtime.shutdown_background();
    drop(lines);
    if let Some(failure) = failed {
        return Err(failure);
    }
    let outcome = outcome.map_err(|cause| programs::system(&cause))?;
    if let Some(mut kept) = kept {
        if let Some(stats) = outcome.stats {
            kept.count(stats)?;
        }
        kept.finish()?;
    }
    let on_stdout = table.reading;
    let rows = table.end()?;
    let lines = ends::lines(&outcome, own_network, world);
    tell(&lines, on_stdout, world)?;
    if let Some(stats) = outcome.stats
        && stats.dropped + stats.interface_dropped > 0
    {
        live::counts(rows, stats, world);
    }
    verdict(&outcome)
}

/// The exit code: that of Ctrl-C, or whether everything ended well.
fn verdict(outcome: &Outcome) -> Result<(), Failure> {
    match outcome.why {
        Some(Why::Asked) => Err(Failure::Told { code: INTERRUPTED }),
        Some(Why::Idle | Why::TimeLimit | Why::NotReady) => Err(Failure::Told { code: FAILED }),
        _ if outcome.ended.iter().any(|it| it.failed()) => Err(Failure::Told { code: FAILED }),
        _ => Ok(()),
    }
}

/// Writes lines below the table: on standard output, or, where that holds data, on standard error.
fn tell(lines: &str, on_stdout: bool, world: &World) -> Result<(), Failure> {
    if lines.is_empty() {
        return Ok(());
    }
    if !on_stdout {
        world.note(lines.trim_end());
        return Ok(());
    }
    let mut out = Output::stdout(world.lang);
    let fitted = world.width.map(|width| wrap::lines(lines, width));
    out.buffer.push(b'\n');
    out.buffer
        .extend_from_slice(&escape::lines(fitted.as_deref().unwrap_or(lines)));
    out.flush()
}

/// Enters a network of its own where that was asked for or is needed, and says whether it did.
/// Where there is none, the calls are shown without packets. No second thread exists yet.
fn enter(args: &RunArgs, world: &World) -> Result<bool, Failure> {
    if !args.sandbox && (args.no_sandbox || !sandbox::needed()) {
        return Ok(false);
    }
    match beside::enter(world) {
        Ok(()) => Ok(true),
        Err(error) if args.sandbox => Err(beside::not_entered(&error, world)),
        // What may have been refused after the namespace was made leaves no usable network.
        Err(error) => {
            let failure = beside::not_entered(&error, world);
            if sandbox::entered() {
                return Err(failure);
            }
            failure.tell(world.lang);
            Ok(false)
        }
    }
}

fn options(args: &RunArgs, own_network: bool) -> RunOptions {
    let keyboard = std::io::stdin().is_terminal();
    let alone = args.clients.is_empty();
    let ours = |lines: &[String], owner: bool| match lines {
        [] if owner => Input::Ours,
        [] => Input::Nothing,
        lines => Input::Text(lines.iter().map(|line| format!("{line}\n")).collect()),
    };
    let server = args.server.as_ref().map(|command| {
        let input = ours(&args.server_input, alone);
        Job::new(Party::SERVER, command, input)
    });
    let copies = usize::try_from(args.copies.unwrap_or(1)).unwrap_or(usize::MAX);
    let commands: Vec<&String> = args
        .clients
        .iter()
        .flat_map(|command| std::iter::repeat_n(command, copies))
        .collect();
    let only = commands.len() == 1;
    let clients = commands.into_iter().zip(1..).map(|(command, number)| {
        let party = Party {
            role: Role::Client,
            number: (!only).then_some(number),
        };
        Job::new(party, command, ours(&args.client_input, only))
    });
    let mut clients: Vec<Job> = clients.collect();
    let input = || ours(&args.client_input, true);
    match args.command.as_slice() {
        [] => {}
        [command] => clients.push(Job::new(Party::PROGRAM, command, input())),
        words => clients.push(Job {
            party: Party::PROGRAM,
            words: words.iter().map(Into::into).collect(),
            input: input(),
        }),
    }
    RunOptions {
        server,
        clients,
        delay: args.delay.unwrap_or_default(),
        port: args.port,
        limit: args.time_limit,
        calls: !args.no_calls,
        own_network,
        keyboard,
        env: Vec::new(),
    }
}
