//! `netlab capture`: live, beside programs that already run.

use std::ops::ControlFlow;
use std::path::Path;
use std::thread;

use clap::Args;
use tokio::runtime::Runtime;

use crate::cli::doctor::{self, Wanted};
use crate::cli::exit::NOTHING_CAPTURED;
use crate::cli::fail::Failure;
use crate::cli::live;
use crate::cli::matched;
use crate::cli::options::rows::RowArgs;
use crate::cli::options::select::SelectArgs;
use crate::cli::options::stop::{StopArgs, Until};
use crate::cli::options::write::{self, Kept, WriteArgs};
use crate::cli::programs;
use crate::cli::show::Show;
use crate::cli::sockets::{self, Changes};
use crate::cli::view;
use crate::cli::words;
use crate::cli::world::World;
use crate::model::filter::CaptureFilter;
use crate::sandbox::{self, Keep};
use crate::source::live::queue::{self, Given, Inlet, Outlet};
use crate::source::live::signals::Signals;
use crate::source::live::{Event, LiveOptions, LiveSource, LiveStats, Stop};
use crate::source::save::{Description, folder};
use crate::text::phrase::phrase;

#[derive(Args, Debug)]
pub(in crate::cli) struct CaptureArgs {
    #[arg(short = 'i', long, value_name = "NAME", help = words::INTERFACE.en)]
    interface: Option<String>,
    #[command(flatten)]
    select: SelectArgs,
    #[command(flatten)]
    stop: StopArgs,
    #[command(flatten)]
    write: WriteArgs,
    #[arg(long, help = words::CAPTURE_STATES.en)]
    states: bool,
    #[command(flatten)]
    rows: RowArgs,
    #[arg(long, help = words::VIEW.en, conflicts_with_all = ["output", "format", "columns", "details", "hex"])]
    view: bool,
}

phrase! {
    NOTHING: "nothing was captured", "nada foi capturado";
    NOTHING_HINT:
        "is the program running, does it use this port, and does its traffic pass this interface? \
         netlab interfaces lists them",
        "o programa está rodando, usa esta porta, e o tráfego dele passa por esta interface? \
            netlab interfaces as lista";
}

/// Room in the kernel, in bytes: four times that of labs, since nobody knows how fast these packets
/// come. How much of it each block of libpcap takes was not measured.
const BUFFER: usize = 64 << 20;

phrase! {
    skipped(count, first):
        "{count} packets from packet {first} on are not shown: whoever reads the rows was too slow, \
         and there was no room for more to wait; with -w FILE none is missing",
        "{count} pacotes a partir do pacote {first} não são mostrados: quem lê as linhas foi \
            lento demais, e não havia espaço para mais pacotes em espera; com -w ARQUIVO nenhum \
            falta";
}

pub(in crate::cli) fn run(args: &CaptureArgs, world: &World) -> Result<(), Failure> {
    match args.view {
        true => view::beside("netlab capture", world, |world| capture(args, world)),
        false => capture(args, world),
    }
}

fn capture(args: &CaptureArgs, world: &World) -> Result<(), Failure> {
    let plan = args.rows.plan(world, true)?;
    let output = plan.output.clone();
    args.write.apart(output.as_deref(), world)?;
    let filter = args.select.filter();
    let display = args.select.display(world)?;
    let options = options(args, &filter);
    // Before the banner: who reads it may ask to stop at once, and that is a normal end.
    let runtime = programs::runtime(0, world)?;
    let signals = runtime.block_on(async { Signals::listen() });
    let signals = signals.map_err(|cause| programs::system(&cause, world))?;
    let begin = || Changes::begin(&args.select.port, world);
    let mut changes = args.states.then(begin).transpose()?;
    let source = LiveSource::open(&options).map_err(|error| live::failure(&error, world))?;
    let interface = Description {
        link: source.link(),
        decimals: source.decimals(),
        snap_len: source.snaplen(),
        name: source.interface(),
        filter: &filter.to_string(),
    };
    let wanted = Wanted::of_capture(&args.select.port, source.interface(), &filter);
    let mut kept = args.write.begin_live(&interface, world)?;
    announce(&source, &filter, world)?;
    let mut show = match args.write.takes_stdout() {
        true => Show::nothing(plan, world),
        false => Show::begin(plan, world)?,
    };
    // What a display filter chooses is known only to who shows it.
    let file = display.is_none().then(|| kept.take_file()).flatten();
    show = show.only(display);
    show.flush()?;
    enclose(output.as_deref());

    let (inlet, outlet) = queue::queue(queue::Source {
        link: source.link(),
        decimals: source.decimals(),
        file,
    });
    let (shown, taken) = thread::scope(|scope| {
        let take = || take(source, inlet, signals, &args.stop, &runtime, world);
        let taker = thread::Builder::new().spawn_scoped(scope, take);
        let taker = taker.map_err(|cause| programs::system(&cause, world))?;
        let until_closed = args.stop.until == Some(Until::Closed);
        let outlet = match changes {
            Some(_) => outlet.ticking(sockets::EVERY),
            None => outlet,
        };
        let end = (until_closed, &mut changes);
        let shown = consume(outlet, &mut show, &mut kept, end, world);
        match taker.join() {
            Ok(taken) => Ok((shown, taken)),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })?;
    // Whatever ended the capture: what is there is shown, and drops are told.
    let counted = taken.stats.map_or(Ok(()), |stats| kept.count(stats));
    let kept = counted.and(kept.finish());
    let captured = taken.frames;
    if show.rows() == 0 {
        matched::none(captured, args.select.said(), show.conversations(), world);
    }
    let finished = match shown {
        Err(Failure::BrokenPipe) => Ok(0),
        _ => show.end(),
    };
    if let (Some(stats), Ok(_)) = (taken.stats, &finished) {
        live::counts(captured, stats, world);
    }
    shown?;
    taken.outcome?;
    kept?;
    finished?;
    enough(captured, &wanted, args, world)
}

/// Gives up what taking packets does not need once the capture is open. From here on only rows are
/// put at `output`, and packets that wait for their turn in a temporary file.
fn enclose(output: Option<&Path>) {
    sandbox::give_up(Keep {
        files: output.is_some(),
        ..Keep::default()
    });
    let waiting = std::env::temp_dir();
    match output {
        Some(output) => sandbox::confine_writing(&[&waiting, folder(output)]),
        None => sandbox::confine_writing(&[&waiting]),
    }
}

/// Says what is captured, and opens the view where one is wanted.
fn announce(source: &LiveSource, filter: &CaptureFilter, world: &World) -> Result<(), Failure> {
    live::banner(source, filter, world);
    let view = world.view.as_ref();
    view.map_or(Ok(()), |it| it.begin(source.link(), source.decimals()))
}

/// Where nothing was captured, says why as far as that can be found out, and fails where something
/// was required.
fn enough(
    captured: u64,
    wanted: &Wanted,
    args: &CaptureArgs,
    world: &World,
) -> Result<(), Failure> {
    if captured == 0 {
        let found = doctor::traffic(wanted, world);
        if !found.is_empty() {
            world.note(doctor::lines(&found, world.width).trim_end());
        }
    }
    let required = args.stop.count.is_some() || args.stop.until.is_some();
    if captured == 0 && required {
        let (cause, hint) = (NOTHING.get(world.lang), NOTHING_HINT.get(world.lang));
        return Err(Failure::new(NOTHING_CAPTURED, cause, hint));
    }
    Ok(())
}

/// What is captured, and with how much room.
fn options(args: &CaptureArgs, filter: &CaptureFilter) -> LiveOptions {
    LiveOptions {
        interface: args.interface.clone(),
        filter: filter.clone(),
        buffer: BUFFER,
        ..LiveOptions::default()
    }
}

/// How taking packets from the kernel went.
struct Taken {
    outcome: Result<(), Failure>,
    /// How many packets were taken.
    frames: u64,
    /// What the kernel counted.
    stats: Option<LiveStats>,
}

/// Takes packets from the kernel until the capture ends, and writes the capture file. Nothing here
/// waits for who reads the rows.
fn take(
    mut source: LiveSource,
    mut inlet: Inlet,
    mut signals: Signals,
    conditions: &StopArgs,
    runtime: &Runtime,
    world: &World,
) -> Taken {
    let mut stop = Stop::new().signals(&mut signals).when(inlet.enough());
    if let Some(count) = conditions.count {
        stop = stop.count(count);
    }
    if let Some(duration) = conditions.duration {
        stop = stop.after(duration);
    }
    let mut failed = None;
    let ran = runtime.block_on(source.run(stop, |event| {
        let put = match event {
            Event::Frame(frame) => inlet.frame(&frame),
            Event::Idle => inlet.hand_on(),
        };
        match put {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(write::failure(&error, world));
                ControlFlow::Break(())
            }
        }
    }));
    let stats = source.stats().ok();
    let counts = stats.map(|stats| stats.interface_counts());
    let finished = inlet.finish(counts.as_ref());
    let finished = finished.map_err(|error| write::failure(&error, world));
    let outcome = match (failed, ran) {
        (Some(failure), _) => Err(failure),
        (None, Err(error)) => Err(live::failure(&error, world)),
        (None, Ok(_)) => finished,
    };
    Taken {
        outcome,
        frames: source.frames(),
        stats,
    }
}

/// Shows packets as they come out of the queue, until there are no more.
fn consume(
    outlet: Outlet,
    show: &mut Show,
    kept: &mut Kept,
    (until_closed, changes): (bool, &mut Option<Changes>),
    world: &World,
) -> Result<(), Failure> {
    let mut failed = None;
    outlet.run(|given| {
        if let Err(failure) = between(given, changes, show) {
            failed = Some(failure);
            return ControlFlow::Break(());
        }
        let shown = match given {
            Given::Frame(frame) => show.frame(&frame, true).and_then(|shown| match shown {
                true => kept.frame(&frame),
                false => Ok(()),
            }),
            Given::Skipped { first, count } => {
                world.warn(&skipped(world.lang, first, count).to_string());
                Ok(())
            }
            Given::Idle => show.flush(),
        };
        if let Err(failure) = shown {
            failed = Some(failure);
            return ControlFlow::Break(());
        }
        if until_closed && show.all_closed() {
            outlet.enough();
        }
        ControlFlow::Continue(())
    });
    outlet.enough();
    if let (Some(changes), None) = (changes, &failed) {
        changes.look();
        changes.show_all(show)?;
    }
    failed.map_or(Ok(()), Err)
}

/// Shows the changes of sockets that were seen before the packet that comes next, or, where none
/// waits, those that have waited for one.
fn between(
    given: Given<'_>,
    changes: &mut Option<Changes>,
    show: &mut Show,
) -> Result<(), Failure> {
    let Some(changes) = changes else {
        return Ok(());
    };
    match given {
        Given::Frame(frame) => {
            show.begins_with(&frame);
            changes.show_before(frame.time, show)?;
        }
        Given::Idle => changes.show_idle(show)?,
        Given::Skipped { .. } => {}
    }
    changes.look();
    Ok(())
}
