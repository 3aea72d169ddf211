//! Programs beside a capture, as they are shown: what they say, and the table with their calls.

use super::call_file::CallFile;
use super::exit::Exit;
use super::fail::Failure;
use super::options::rows::RowPlan;
use super::options::write::WriteArgs;
use super::out::Output;
use super::party::name;
use super::show::Show;
use super::world::World;
use crate::lab::{self, Entry, Event, Timeline};
use crate::model::call::{Party, SocketCall};
use crate::model::frame::Frame;
use crate::render::rows::DefaultColumns;
use crate::render::{escape, wrap};
use crate::sandbox;
use crate::sandbox::SandboxError;
use crate::source::live::LiveStats;
use crate::source::save::Description;
use crate::text::phrase::phrase;

phrase! {
    OWN_NETWORK: "running in a network namespace of its own, where a plain user may capture",
        "executando em um namespace de rede próprio, onde um usuário comum pode capturar";
}

/// Moves into a network of its own, and says so. The process has no second thread yet.
pub(super) fn enter(world: &World) -> Result<(), SandboxError> {
    sandbox::enter()?;
    world.note(&format!("netlab: {}", OWN_NETWORK.get(world.lang)));
    Ok(())
}

/// That there is no network of its own, as the end of the process.
pub(super) fn not_entered(error: &SandboxError, world: &World) -> Failure {
    Failure::new(
        error.exit_code(),
        error.message(world.lang),
        error.hint(world.lang),
    )
}

/// Writes lines below the table: on standard output, or, where that holds data, on standard error.
pub(super) fn below(lines: &str, on_stdout: bool, world: &World) -> Result<(), Failure> {
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

/// What the calls and the packets show together, a line each with a heading.
pub(super) fn conclusions(shown: &[String], world: &World) -> String {
    let mut out = String::new();
    if !shown.is_empty() {
        out.push_str(lab::SHOWN.get(world.lang));
        out.push('\n');
    }
    for line in shown {
        out.push_str(&format!("  {line}\n"));
    }
    out
}

/// The table of programs beside a capture, and the file that keeps it. For readers the table comes
/// after what the programs say; rows that are data for others leave as the frames come, unless
/// calls stand between them, there or in the file.
pub(super) struct Beside {
    show: Show,
    /// Someone reads standard output, now.
    pub(super) reading: bool,
    /// Frames and calls that wait for their place.
    waiting: Option<Timeline>,
    /// Calls stand in the table.
    calls: bool,
    /// The table has begun.
    begun: bool,
    /// A view shows it as it happens.
    live: bool,
    /// The file.
    file: CallFile,
}

impl Beside {
    /// Opens the output. `calls` is what the user said of calls, if anything.
    pub(super) fn begin(
        plan: RowPlan,
        write: &WriteArgs,
        calls: Option<bool>,
        world: &World,
    ) -> Result<Self, Failure> {
        let columns = plan.format.columns;
        let nowhere = write.takes_stdout();
        let reading = columns == DefaultColumns::Reading && plan.output.is_none() && !nowhere;
        // The contract of tsv and csv lists packets and nothing else.
        let calls = calls.unwrap_or(columns != DefaultColumns::Exchange);
        let show = match nowhere {
            true => Show::nothing(plan, world),
            false => Show::prepare(plan, world)?,
        };
        let mut table = Self {
            show,
            reading,
            waiting: (reading || calls || write.is_pcapng()).then(Timeline::default),
            calls,
            begun: false,
            live: world.view.is_some(),
            file: CallFile::default(),
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

    /// Shows what happens. Where the capture begins, so does its file, with calls between the packets
    /// where `calls` says so.
    pub(super) fn take(
        &mut self,
        event: &Event<'_>,
        (write, calls): (&WriteArgs, bool),
        world: &World,
    ) -> Result<(), Failure> {
        match *event {
            Event::Capturing {
                link,
                decimals,
                interface,
                filter,
            } => {
                if let Some(view) = &world.view {
                    view.begin(link, decimals)?;
                }
                let interface = Description {
                    link,
                    decimals,
                    snap_len: 0,
                    name: interface,
                    filter: &filter.to_string(),
                };
                self.file = CallFile::begin(write.begin_live(&interface, world)?, calls, world);
                Ok(())
            }
            Event::Said { party, line } => self.say(party, line, world),
            Event::Frame(frame) => self.frame(&frame),
            Event::Called(call) => self.call(call),
            // A view shows what there is, later calls behind it.
            Event::Idle if self.live => self.release(),
            Event::Idle => Ok(()),
        }
    }

    /// Takes a frame.
    pub(super) fn frame(&mut self, frame: &Frame<'_>) -> Result<(), Failure> {
        let Some(waiting) = &mut self.waiting else {
            self.file.frame(frame)?;
            return self.show.frame(frame, true).map(drop);
        };
        self.show.begins_with(frame);
        waiting.frame(frame);
        self.release_if_full()
    }

    /// Takes a call that has returned.
    pub(super) fn call(&mut self, call: &SocketCall) -> Result<(), Failure> {
        match &mut self.waiting {
            Some(waiting) => waiting.call(*call),
            None => return Ok(()),
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
        let Self {
            show,
            waiting,
            file,
            calls,
            ..
        } = self;
        let Some(waiting) = waiting else {
            return Ok(());
        };
        waiting.empty(|entry| match entry {
            Entry::Frame(frame) => {
                file.frame(&frame)?;
                show.frame(&frame, true).map(drop)
            }
            Entry::Call(moment) => {
                file.call(&moment)?;
                match calls {
                    true => show.call(&moment),
                    false => Ok(()),
                }
            }
        })
    }

    /// Shows what a program said: before the table, or on standard error where standard output
    /// holds data.
    fn say(&mut self, party: Party, line: &str, world: &World) -> Result<(), Failure> {
        self.line(&format!("{:<8} │ {line}", name(party, world)), world)
    }

    /// Shows a line where the lines of programs stand.
    pub(super) fn line(&mut self, line: &str, world: &World) -> Result<(), Failure> {
        if self.reading {
            return self.show.line(line);
        }
        world.note(line);
        Ok(())
    }

    /// Shows what still waits, and the summary; ends the file, with what the kernel counted. Returns
    /// how many packets there were.
    pub(super) fn end(mut self, stats: Option<LiveStats>) -> Result<u64, Failure> {
        if self.reading && self.waiting.as_ref().is_some_and(|it| !it.is_empty()) {
            self.show.blank_line();
        }
        self.release()?;
        self.file.end(stats)?;
        self.show.end()
    }
}
