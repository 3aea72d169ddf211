//! `netlab capture`: live, beside programs that already run.

use std::ops::ControlFlow;

use clap::Args;

use crate::cli::exit::NOTHING_CAPTURED;
use crate::cli::fail::Failure;
use crate::cli::live;
use crate::cli::matched;
use crate::cli::options::rows::RowArgs;
use crate::cli::options::select::SelectArgs;
use crate::cli::options::stop::{StopArgs, Until};
use crate::cli::options::write::WriteArgs;
use crate::cli::programs;
use crate::cli::show::Show;
use crate::cli::words;
use crate::cli::world::World;
use crate::source::live::signals::Signals;
use crate::source::live::{Event, LiveOptions, LiveSource, Stop};
use crate::source::save::Description;
use crate::text::Text;

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
    #[command(flatten)]
    rows: RowArgs,
}

static NOTHING: Text = Text {
    en: "nothing was captured",
    pt_br: "nada foi capturado",
};
static NOTHING_HINT: Text = Text {
    en: "is the program running, does it use this port, and does its traffic pass this interface? \
         netlab interfaces lists them",
    pt_br: "o programa está rodando, usa esta porta, e o tráfego dele passa por esta interface? \
            netlab interfaces as lista",
};

pub(in crate::cli) fn run(args: &CaptureArgs, world: &World) -> Result<(), Failure> {
    let plan = args.rows.plan(world, true)?;
    let filter = args.select.filter();
    let display = args.select.display(world)?;
    let options = LiveOptions {
        interface: args.interface.clone(),
        filter: filter.clone(),
        ..LiveOptions::default()
    };
    // Before the banner: who reads it may ask to stop at once, and that is a normal end.
    let runtime = programs::runtime(world)?;
    let signals = runtime.block_on(async { Signals::listen() });
    let mut signals = signals.map_err(|cause| programs::system(&cause))?;
    let mut source = LiveSource::open(&options).map_err(|error| live::failure(&error, world))?;
    let interface = Description {
        link: source.link(),
        decimals: source.decimals(),
        snap_len: source.snaplen(),
        name: source.interface(),
        filter: &filter.to_string(),
    };
    let mut kept = args.write.begin_live(&interface, world)?;
    live::banner(&source, &filter, world);
    let mut show = match args.write.takes_stdout() {
        true => Show::nothing(plan, world),
        false => Show::begin(plan, world)?,
    };
    show = show.only(display);
    let mut captured = 0_u64;
    show.flush()?;

    let outcome = runtime.block_on(async {
        let mut stop = Stop::new().signals(&mut signals);
        if let Some(count) = args.stop.count {
            stop = stop.count(count);
        }
        if let Some(duration) = args.stop.duration {
            stop = stop.after(duration);
        }
        let mut failed = None;
        let ran = source
            .run(stop, |event| {
                let shown = match event {
                    Event::Frame(frame) => {
                        captured += 1;
                        show.frame(&frame, true).and_then(|shown| match shown {
                            true => kept.frame(&frame),
                            false => Ok(()),
                        })
                    }
                    Event::Idle => show.flush(),
                };
                if let Err(failure) = shown {
                    failed = Some(failure);
                    return ControlFlow::Break(());
                }
                let closed = args.stop.until == Some(Until::Closed) && show.all_closed();
                if closed {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            })
            .await;
        match (failed, ran) {
            (Some(failure), _) => Err(failure),
            (None, Err(error)) => Err(live::failure(&error, world)),
            (None, Ok(_)) => Ok(()),
        }
    });
    // Whatever ended the capture: what is there is shown, and drops are told.
    let stats = source.stats();
    let counted = stats.as_ref().map_or(Ok(()), |stats| kept.count(*stats));
    let kept = counted.and(kept.finish());
    if show.rows() == 0 {
        matched::none(captured, args.select.said(), show.conversations(), world);
    }
    let finished = if matches!(outcome, Err(Failure::BrokenPipe)) {
        Ok(0)
    } else {
        show.end()
    };
    if let (Ok(stats), Ok(_)) = (stats, &finished) {
        live::counts(captured, stats, world);
    }
    outcome?;
    kept?;
    finished?;
    let required = args.stop.count.is_some() || args.stop.until.is_some();
    if captured == 0 && required {
        let (cause, hint) = (NOTHING.get(world.lang), NOTHING_HINT.get(world.lang));
        return Err(Failure::new(NOTHING_CAPTURED, cause, hint));
    }
    Ok(())
}
