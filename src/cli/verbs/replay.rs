//! `netlab replay FILE`: the table of a capture file.

use clap::Args;

use crate::cli::answer;
use crate::cli::beside;
use crate::cli::calls::{self, Calls};
use crate::cli::exit::FAILED;
use crate::cli::fail::Failure;
use crate::cli::files;
use crate::cli::files::names;
use crate::cli::matched;
use crate::cli::options::rows::RowArgs;
use crate::cli::options::select::{SelectArgs, positive};
use crate::cli::options::write::{self, Kept, WriteArgs};
use crate::cli::pace::{self, Pace, Speed};
use crate::cli::programs;
use crate::cli::show::Show;
use crate::cli::words;
use crate::cli::world::World;
use crate::lab::{self, Collector, Lab};
use crate::model::call::SocketCall;
use crate::model::frame::Frame;
use crate::render::rows::DefaultColumns;
use crate::source::file::{FileSource, is_stream};
use crate::source::filter::FileFilter;
use crate::source::live::signals::Signals;

#[derive(Args, Debug)]
pub(in crate::cli) struct ReplayArgs {
    #[arg(value_name = "FILE", help = words::FILE.en, value_parser = names())]
    file: String,
    #[command(flatten)]
    select: SelectArgs,
    #[arg(short = 'c', long = "count", value_name = "N", help = words::COUNT_ROWS.en, value_parser = positive)]
    count: Option<u64>,
    #[arg(long, value_name = "PACE", help = words::PACE.en, value_parser = pace::speed, num_args = 0..=1, default_missing_value = "1x")]
    pace: Option<Speed>,
    #[arg(long, value_name = "ID", help = words::OF_LAB.en)]
    lab: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
    #[command(flatten)]
    rows: RowArgs,
}

impl ReplayArgs {
    /// The file that is read.
    pub(in crate::cli) fn file(&self) -> &str {
        &self.file
    }

    /// Whether rows leave at the speed of the capture.
    pub(in crate::cli) fn is_paced(&self) -> bool {
        self.pace.is_some()
    }
}

pub(in crate::cli) fn run(args: &ReplayArgs, world: &World) -> Result<(), Failure> {
    let live = args.pace.is_some() || is_stream(&args.file);
    let plan = args.rows.plan(world, live)?;
    let lab = args.lab.as_deref().map(|id| answer::find(id, world));
    let lab = lab.transpose()?;
    let reading = plan.format.columns == DefaultColumns::Reading;
    let times = plan.shows_round_trips();
    let on_stdout = reading && plan.output.is_none() && !args.write.takes_stdout();
    let filter = files::filter(args.select.filter(), world)?;
    let display = args.select.display(world)?;
    args.write.spare(&args.file, world)?;
    args.write.apart(plan.output.as_deref(), world)?;
    write::spare_output(
        std::slice::from_ref(&args.file),
        plan.output.as_deref(),
        world,
    )?;
    let mut source = files::open(&args.file, world)?;
    let kept = args.write.begin_from(&source, world)?;
    // It looks into /proc, which is out of reach later.
    let runtime = args.pace.map(|_| programs::runtime(0, world)).transpose()?;
    let output = plan.output.clone();
    let show = match args.write.takes_stdout() {
        true => Show::nothing(plan, world),
        false => Show::begin(plan, world)?,
    };
    let show = show.only(display);
    let mut replay = Replay {
        show,
        filter,
        kept,
        left: args.count,
        asked: lab,
        seen: lab.map(|_| Collector::new()),
        reader: Calls::default(),
        calls: Vec::new(),
        full: false,
        world,
    };
    match (args.pace, runtime) {
        (Some(speed), Some(runtime)) => {
            let signals = runtime.block_on(async { Signals::listen() });
            let signals = signals.map_err(|cause| programs::system(&cause, world))?;
            files::enclose(output.as_deref());
            runtime.block_on(paced(&mut source, &mut replay, speed, signals))
        }
        _ => {
            files::enclose(output.as_deref());
            at_once(&mut source, &mut replay)
        }
    }?;
    replay.kept.finish()?;
    if args.count.is_some() && replay.left == Some(0) {
        replay.show.cut_short();
    }
    if replay.show.rows() == 0 {
        let conversations = replay.show.conversations();
        matched::none(source.frames(), args.select.said(), conversations, world);
    }
    replay.show.end()?;
    files::end(&source, world)?;
    let seen = replay.seen.map(|seen| seen.finish(replay.calls));
    if let Some(seen) = seen.as_ref().filter(|it| !it.calls.is_empty() && reading) {
        let shown = calls::shown(seen, world);
        beside::below(&beside::conclusions(&shown, world), on_stdout, world)?;
    }
    if reading || times {
        replay.reader.file(source.facts());
        replay.reader.tell(on_stdout, world)?;
    }
    match (replay.asked, seen) {
        (Some(lab), Some(seen)) if !answer::show(lab, &seen, on_stdout, world)? => {
            Err(Failure::Told { code: FAILED })
        }
        _ => Ok(()),
    }
}

/// A file that is being shown.
struct Replay<'w> {
    show: Show,
    filter: FileFilter,
    kept: Kept,
    /// How many more packets to show.
    left: Option<u64>,
    /// The lab whose question is to be answered.
    asked: Option<&'static Lab>,
    /// What was seen: for that, or from the first call on that the file holds.
    seen: Option<Collector>,
    reader: Calls,
    calls: Vec<SocketCall>,
    /// There are too many packets or calls to conclude from.
    full: bool,
    world: &'w World,
}

impl Replay<'_> {
    fn done(&self) -> bool {
        self.left == Some(0)
    }

    fn wants(&mut self, frame: &Frame<'_>) -> Result<bool, Failure> {
        files::admits(&mut self.filter, frame, self.world)
    }

    /// Puts what there is before the reader: the next packet may be long in coming.
    fn flush(&mut self) -> Result<(), Failure> {
        self.kept.flush()?;
        self.show.flush()
    }

    // Every frame of every file passes here: without the word the second caller, which reads piece by
    // piece, may keep it out of the first one's loop.
    #[inline(always)]
    fn frame(&mut self, frame: &Frame<'_>, whole: &[u8], wanted: bool) -> Result<(), Failure> {
        // Numbers of frames are those of the file, so that every frame is seen, shown or not.
        if let Some(call) = self.reader.of(frame)
            && !self.full
        {
            self.seen.get_or_insert_with(Collector::new);
            self.calls.push(call);
        }
        if let Some(seen) = &mut self.seen {
            seen.see(frame);
            let full = seen.count() >= lab::PACKETS || self.calls.len() >= lab::CALLS;
            if full && self.asked.is_none() {
                (self.full, self.seen) = (true, None);
                self.calls = Vec::new();
            }
        }
        if self.show.frame(frame, wanted)? {
            self.left = self.left.map(|left| left - 1);
            self.kept.whole(frame, whole)?;
        }
        Ok(())
    }
}

/// Shows the file as fast as it can be read.
fn at_once(source: &mut FileSource, replay: &mut Replay<'_>) -> Result<(), Failure> {
    let stream = source.is_stream();
    while !replay.done() {
        if stream && !source.holds_next() {
            replay.flush()?;
        }
        replay.show.prefetch(source);
        let Some((frame, whole)) = files::next_whole(source, replay.world)? else {
            break;
        };
        let wanted = replay.wants(&frame)?;
        replay.frame(&frame, whole, wanted)?;
    }
    Ok(())
}

/// Shows the file row by row, each at its time. Ctrl-C ends it as it ends a live capture.
async fn paced(
    source: &mut FileSource,
    replay: &mut Replay<'_>,
    speed: Speed,
    mut signals: Signals,
) -> Result<(), Failure> {
    let mut pace = Pace::begin(speed);
    while !replay.done() {
        if source.is_stream() && !source.holds_next() {
            replay.flush()?;
        }
        let Some((frame, whole)) = files::next_whole(source, replay.world)? else {
            break;
        };
        let wanted = replay.wants(&frame)?;
        if let Some(turn) = pace.turn(&frame).filter(|_| wanted) {
            replay.show.flush()?;
            if pace::wait(turn, &mut signals).await {
                break;
            }
        }
        replay.frame(&frame, whole, wanted)?;
    }
    Ok(())
}
