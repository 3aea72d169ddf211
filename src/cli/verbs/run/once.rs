//! One run: what the programs say, the table with their calls, the summary, how each ended.

use std::io::IsTerminal;

use super::RunArgs;
use super::ends;
use crate::cli::beside::{self, Beside};
use crate::cli::exit::{FAILED, INTERRUPTED};
use crate::cli::fail::Failure;
use crate::cli::live;
use crate::cli::options::rows::RowPlan;
use crate::cli::options::write::WriteArgs;
use crate::cli::party;
use crate::cli::programs;
use crate::cli::run_document::{About, Document};
use crate::cli::view;
use crate::cli::world::World;
use crate::lab::{Event, Lab};
use crate::model::call::{Party, Role};
use crate::run::{self, Input, Job, Lines, RunOptions, RunReport, Why};
use crate::sandbox::{self, Keep};
use crate::source::live::signals::Signals;
use crate::text::phrase::phrase;
use crate::trace::UnknownKind;

phrase! {
    CALLS_ONLY: "showing the calls without packets", "mostrando as chamadas sem os pacotes";
    forbidden(cause):
        "this system forbids watching programs (ptrace: {cause}): the packets are shown, their calls are not",
        "este sistema não permite acompanhar programas (ptrace: {cause}): os pacotes são mostrados, as chamadas não";
    FORBIDDEN_HINT:
        "in a container: --cap-add=SYS_PTRACE; on a machine: sudo sysctl kernel.yama.ptrace_scope=1",
        "em um contêiner: --cap-add=SYS_PTRACE; em uma máquina: sudo sysctl kernel.yama.ptrace_scope=1";
    uring(who): "{who} uses io_uring: some of its calls are not known",
        "{who} usa io_uring: algumas das suas chamadas não são conhecidas";
    other_socket(who):
        "{who} listens at a socket that is neither TCP nor UDP (a Unix socket, for example): what goes over it is \
             no packet of a network, and is not shown",
        "{who} escuta em um socket que não é TCP nem UDP (um socket Unix, por exemplo): o que passa por ele não é \
                pacote de rede, e não é mostrado";
    no_rights(word):
        "{word} can give no rights to a program of a run: leave it out (a run needs no rights), or start netlab itself with it",
        "{word} não consegue dar privilégios a um programa de uma execução: deixe-o de fora (uma execução não precisa de privilégios), ou inicie com ele o próprio netlab";
    TYPE_CLIENTS: "for clients, open another terminal and type: netlab shell",
        "para os clientes, abra outro terminal e digite: netlab shell";
}

pub(super) fn run(args: &RunArgs, world: &World) -> Result<(), Failure> {
    args.write.holds_calls(args.calls_in_capture, world)?;
    if args.view {
        view::terminal(world)?;
    }
    let own_network = enter(args.sandbox, args.no_sandbox, world)?;
    match args.view {
        true => view::beside("netlab run", world, |world| rest(args, own_network, world)),
        false => rest(args, own_network, world),
    }
}

/// The run, in the network where it is to be.
fn rest(args: &RunArgs, own_network: bool, world: &World) -> Result<(), Failure> {
    let mut commands = args.server.iter().chain(&args.clients).chain(&args.command);
    let gains = |it: &&String| matches!(it.split_whitespace().next(), Some("sudo" | "su" | "doas"));
    if let Some(command) = commands.find(gains) {
        let word = command.split_whitespace().next().unwrap_or_default();
        world.note(&format!("netlab: {}", no_rights(world.lang, word)));
    }
    let (mut document, rows) = Document::begin(&args.rows, &args.shape, world)?;
    let plan = rows.plan(world, false)?;
    let options = options(args, own_network);
    if own_network && options.clients.is_empty() {
        world.note(&format!("netlab: {}", TYPE_CLIENTS.get(world.lang)));
    }
    let file = (&args.write, args.calls_in_capture);
    let calls = (args.calls || args.no_calls).then_some(!args.no_calls);
    let shown = (plan, &mut document);
    let ran = show(options, shown, file, calls, world)?;
    if let Some(cause) = ran.outcome.unwatched.filter(|it| !it.is_empty()) {
        let (text, hint) = (forbidden(world.lang, cause), FORBIDDEN_HINT);
        world.note(&format!("netlab: {text}\n  {}", hint.get(world.lang)));
    }
    if let Some(error) = &ran.outcome.no_capture {
        // Why there is no network of its own was told before.
        if args.no_sandbox || !sandbox::needed() {
            live::failure(error, world).tell(world.lang);
        }
        world.note(&format!("netlab: {}", CALLS_ONLY.get(world.lang)));
    }
    for it in &ran.outcome.unknown {
        let (lang, who) = (world.lang, party::name(it.party, world));
        let text = match it.kind {
            UnknownKind::Uring => uring(lang, who).to_string(),
            UnknownKind::OtherSocket => other_socket(lang, who).to_string(),
        };
        world.note(&format!("netlab: {text}"));
    }
    if args.ledger {
        let ledger = ends::ledger(&ran.outcome, world);
        beside::below(&ledger, ran.on_stdout, world)?;
    }
    let lines = ends::lines(&ran.outcome, own_network, world);
    beside::below(&lines, ran.on_stdout, world)?;
    let about = about(
        "netlab run".to_owned(),
        None,
        &ran.outcome,
        own_network,
        world,
    );
    document.finish(about, world)?;
    verdict(&ran.outcome)
}

/// What the document on a run is about.
pub(in crate::cli) fn about<'a>(
    name: String,
    lab: Option<&'a Lab>,
    outcome: &'a RunReport,
    own_network: bool,
    world: &World,
) -> About<'a> {
    About {
        name,
        lab,
        recorded: false,
        interface: outcome.interface.clone(),
        stats: outcome.stats.unwrap_or_default(),
        evidence: &outcome.evidence,
        own_network,
        ends: ends::programs(outcome, world),
    }
}

/// A run that was shown, without its ends.
pub(in crate::cli) struct Shown {
    pub(in crate::cli) outcome: RunReport,
    /// What follows goes to standard output, where somebody reads it.
    pub(in crate::cli) on_stdout: bool,
}

/// Runs programs, shows what they say, the table and the summary, and keeps that for the document. `file` is where packets are
/// kept, and whether calls are.
pub(in crate::cli) fn show(
    mut options: RunOptions,
    (plan, document): (RowPlan, &mut Document),
    (write, in_capture): (&WriteArgs, bool),
    calls: Option<bool>,
    world: &World,
) -> Result<Shown, Failure> {
    // Without it lines are not known, and everything else is.
    let lines = Lines::prepare().ok().filter(|_| options.calls);
    options.env.extend(lines.iter().map(Lines::env));
    // Of each program its output is read, its errors, and what it has open is asked of a handle.
    let count = options.clients.len() + usize::from(options.server.is_some());
    let open = u64::try_from(count).unwrap_or(u64::MAX).saturating_mul(4);
    let runtime = programs::runtime(open, world)?;
    let files = plan.output.is_some() || document.is_wanted();
    let mut table = Beside::begin(plan, write, calls, world)?;
    let mut failed = None;
    let outcome = runtime.block_on(async {
        let mut signals = Signals::listen()?;
        run::run(options, &mut signals, |event| {
            if failed.is_some() {
                return;
            }
            document.take(&event, world);
            failed = table.take(&event, (write, in_capture), world).err();
            if matches!(event, Event::Capturing { .. }) {
                // The programs keep the user's rights: another thread starts them.
                sandbox::give_up(Keep {
                    programs: true,
                    files,
                    ..Keep::default()
                });
            }
        })
        .await
    });
    // Threads that read what a program says may wait for one that lives on.
    runtime.shutdown_background();
    drop(lines);
    if let Some(failure) = failed {
        return Err(failure);
    }
    let outcome = outcome.map_err(|cause| programs::system(&cause, world))?;
    let on_stdout = table.reading;
    let rows = table.end(outcome.stats)?;
    if let Some(stats) = outcome.stats {
        match stats.dropped + stats.interface_dropped {
            0 => live::full_sockets(stats, world),
            _ => live::counts(rows, stats, world),
        }
    }
    Ok(Shown { outcome, on_stdout })
}

/// The exit code of programs that had to be stopped: that of Ctrl-C, or of a failure.
pub(in crate::cli) fn stopped(outcome: &RunReport) -> Result<(), Failure> {
    match outcome.why {
        Some(Why::Asked) => Err(Failure::Told { code: INTERRUPTED }),
        Some(Why::Idle(_) | Why::TimeLimit | Why::NotReady(_)) => {
            Err(Failure::Told { code: FAILED })
        }
        Some(Why::Done) | None => Ok(()),
    }
}

/// The exit code: that, or whether every program ended well.
pub(in crate::cli) fn verdict(outcome: &RunReport) -> Result<(), Failure> {
    stopped(outcome)?;
    match outcome.ended.iter().any(|it| it.failed()) {
        true => Err(Failure::Told { code: FAILED }),
        false => Ok(()),
    }
}

/// Enters a network of its own where that was asked for or is needed, and says whether it did.
/// Where there is none, the calls are shown without packets. No second thread exists yet.
pub(in crate::cli) fn enter(wanted: bool, refused: bool, world: &World) -> Result<bool, Failure> {
    if !wanted && (refused || !sandbox::needed()) {
        return Ok(false);
    }
    match beside::enter(world) {
        Ok(()) => Ok(true),
        Err(error) if wanted => Err(beside::not_entered(&error, world)),
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
    // In a view the keyboard steps.
    let keyboard = !args.view && std::io::stdin().is_terminal();
    let alone = args.clients.is_empty();
    let ours = |lines: &[String], owner: bool| match lines {
        [] if owner && !args.view => Input::Ours,
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
