//! One run of a lab: what the programs say, the table with their calls, the summary, the answer.

use super::document::Document;
use super::{LabArgs, enter, failure, nothing, options};
use crate::cli::answer;
use crate::cli::exit::FAILED;
use crate::cli::fail::Failure;
use crate::cli::live;
use crate::cli::options::rows::RowPlan;
use crate::cli::options::write::Kept;
use crate::cli::programs;
use crate::cli::show::Show;
use crate::cli::world::World;
use crate::exercises::stop::stopper;
use crate::lab::{self, Entry, Event, Lab, Timeline};
use crate::model::call::{Party, Role, SocketCall};
use crate::model::frame::Frame;
use crate::render::rows::DefaultColumns;
use crate::source::live::signals::Signals;
use crate::source::save::Description;
use crate::text::ui;

pub(super) fn run(lab: &Lab, args: &LabArgs, world: &World) -> Result<(), Failure> {
    let options = options(lab, args, world)?;
    let (mut document, rows) = Document::begin(args, world)?;
    let plan = rows.plan(world, false)?;
    enter(args, world)?;
    let mut kept = None;
    let mut table = LabTable::begin(plan, args, world)?;
    let mut failed = None;
    let outcome = programs::runtime(world)?.block_on(async {
        let mut signals = Signals::listen().map_err(|cause| programs::system(&cause))?;
        let (stopper, stop) = stopper();
        let running = lab::run(lab, options, stop, |event| {
            let shown = match event {
                Event::Said { party, line } => {
                    document.said(&name(party, world), line);
                    table.say(party, line, world)
                }
                Event::Capturing {
                    link,
                    decimals,
                    interface,
                    filter,
                } => {
                    document.capturing(link);
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
                Event::Frame(frame) => {
                    document.frame(&frame);
                    kept.as_mut()
                        .map_or(Ok(()), |kept: &mut Kept| kept.frame(&frame))
                        .and_then(|()| table.frame(&frame))
                }
                Event::Called(call) => {
                    document.call(call);
                    table.call(call)
                }
                Event::Idle => Ok(()),
            };
            if let Err(failure) = shown {
                failed.get_or_insert(failure);
                stopper.stop();
            }
        });
        tokio::pin!(running);
        let ran = tokio::select! {
            ran = &mut running => ran,
            _ = signals.next() => {
                stopper.stop();
                running.await
            }
        };
        ran.map_err(|error| failure(&error, world))
    });
    if let Some(failure) = failed {
        return Err(failure);
    }
    if let Some(mut kept) = kept {
        if let Ok(run) = &outcome {
            kept.count(run.stats)?;
        }
        kept.finish()?;
    }
    let on_stdout = table.reading;
    let rows = table.end()?;
    let run = outcome?;
    let answered = answer::show(lab, &run.evidence, on_stdout, world)?;
    document.finish(lab, &run, world)?;
    if run.stats.dropped + run.stats.interface_dropped > 0 {
        live::counts(rows, run.stats, world);
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

/// `server`, `client 2`
fn name(party: Party, world: &World) -> String {
    let role = match party.role {
        Role::Server => &ui::SERVER,
        Role::Client => &ui::CLIENT,
    };
    let number = party
        .number
        .map(|number| format!(" {number}"))
        .unwrap_or_default();
    format!("{}{number}", role.get(world.lang))
}

/// The table of a lab. For readers it comes after what the programs say; rows that are data for
/// others leave as the frames come, unless calls stand between them.
struct LabTable {
    show: Show,
    /// Someone reads standard output, now.
    reading: bool,
    /// Frames and calls that wait for their place.
    waiting: Option<Timeline>,
    /// Calls stand in the table.
    calls: bool,
    /// The table has begun.
    begun: bool,
}

impl LabTable {
    fn begin(plan: RowPlan, args: &LabArgs, world: &World) -> Result<Self, Failure> {
        let columns = plan.format.columns;
        let nowhere = args.write.takes_stdout();
        let reading = columns == DefaultColumns::Reading && plan.output.is_none() && !nowhere;
        // The contract of tsv and csv lists packets and nothing else.
        let calls = !args.no_calls && (args.calls || columns != DefaultColumns::Exchange);
        let show = match nowhere {
            true => Show::nothing(plan, world),
            false => Show::prepare(plan, world)?,
        };
        let mut table = Self {
            show,
            reading,
            waiting: (reading || calls).then(Timeline::default),
            calls,
            begun: false,
        };
        if !reading {
            table.head();
        }
        Ok(table)
    }

    fn head(&mut self) {
        if !self.begun {
            self.begun = true;
            self.show.head();
        }
    }

    fn frame(&mut self, frame: &Frame<'_>) -> Result<(), Failure> {
        let Some(waiting) = &mut self.waiting else {
            return self.show.frame(frame, true);
        };
        self.show.begins_with(frame);
        waiting.frame(frame);
        self.release_if_full()
    }

    fn call(&mut self, call: &SocketCall) -> Result<(), Failure> {
        match &mut self.waiting {
            Some(waiting) if self.calls => waiting.call(*call),
            _ => return Ok(()),
        }
        self.release_if_full()
    }

    fn release_if_full(&mut self) -> Result<(), Failure> {
        match &self.waiting {
            Some(waiting) if waiting.is_full() => self.release(),
            _ => Ok(()),
        }
    }

    /// Shows what waits.
    fn release(&mut self) -> Result<(), Failure> {
        self.head();
        let Self { show, waiting, .. } = self;
        let Some(waiting) = waiting else {
            return Ok(());
        };
        waiting.empty(|entry| match entry {
            Entry::Frame(frame) => show.frame(&frame, true),
            Entry::Call(moment) => show.call(&moment),
        })
    }

    /// Shows what a program said: before the table, or on standard error where standard output
    /// holds data.
    fn say(&mut self, party: Party, line: &str, world: &World) -> Result<(), Failure> {
        let who = name(party, world);
        let line = format!("{who:<8} │ {line}");
        if self.reading {
            self.show.line(&line)
        } else {
            world.note(&line);
            Ok(())
        }
    }

    /// Shows what still waits, and the summary. Returns how many packets there were.
    fn end(mut self) -> Result<u64, Failure> {
        if self.reading && self.waiting.as_ref().is_some_and(|it| !it.is_empty()) {
            self.show.blank_line();
        }
        self.release()?;
        self.show.end()
    }
}
