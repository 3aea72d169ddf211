//! The view beside something that goes on: what verbs show goes to it, and what they print waits
//! until the user has left it.

use std::io::IsTerminal;
use std::path::Path;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::thread;

use super::document::{self, Target};
use super::fail::Failure;
use super::feeder::{Feeder, Sent};
use super::options::write;
use super::out::{Output, no_room};
use super::programs;
use super::world::World;
use crate::analysis::AnalyzerOptions;
use crate::model::frame::{Frame, LinkType};
use crate::pipeline::indexed::Indexed;
use crate::render::ascii::Letters;
use crate::render::ladder;
use crate::report::document::{CaptureFacts, Collector, Options};
use crate::report::ladder::{LadderBuilder, LadderOptions};
use crate::text::Text;
use crate::view::capture::Capture;
use crate::view::{self, Outside, View};

static NO_TERMINAL: Text = Text::new(
    "a view needs a terminal to be shown in",
    "uma visualização precisa de um terminal para ser mostrada",
);
static NO_TERMINAL_HINT: Text = Text::new(
    "netlab replay FILE shows the same rows anywhere, and netlab explain FILE says what they do",
    "netlab replay ARQUIVO mostra as mesmas linhas em qualquer lugar, e netlab explain ARQUIVO diz o que elas fazem",
);

/// Refuses where there is no terminal.
pub(super) fn terminal(world: &World) -> Result<(), Failure> {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let input = std::io::stdin().is_terminal() || cfg!(unix) && Path::new("/dev/tty").exists();
    if world.stdout_is_terminal && input && !dumb {
        return Ok(());
    }
    let (cause, hint) = (
        NO_TERMINAL.get(world.lang),
        NO_TERMINAL_HINT.get(world.lang),
    );
    Err(Failure::usage(cause, hint))
}

/// How a view looks here.
pub(super) fn options(name: &str, ascii: bool, world: &World) -> view::Options {
    let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(set);
    let utf8 = locale.is_none_or(|it| it.to_lowercase().replace('-', "").contains("utf8"));
    view::Options {
        lang: world.lang,
        letters: match ascii || !utf8 {
            true => Letters::Ascii,
            false => Letters::Unicode,
        },
        color: world.color,
        contrast: false,
        large: false,
        name: name.to_owned(),
    }
}

/// What the analysis of a view goes by.
pub(super) fn analysis(world: &World) -> AnalyzerOptions {
    AnalyzerOptions {
        summaries: 0,
        at_a_time: 0,
        dialect: world.dialect,
    }
}

/// Does `work` in a thread of its own, with a world in which what is shown goes to a view, and shows
/// that. A user who leaves it early ends the work as Ctrl-C does.
pub(super) fn beside<T: Send>(
    name: &str,
    world: &World,
    work: impl FnOnce(&World) -> Result<T, Failure> + Send,
) -> Result<T, Failure> {
    terminal(world)?;
    let (feeder, receiver, left) = Feeder::open();
    let watched = World {
        view: Some(feeder),
        ..world.clone()
    };
    thread::scope(|scope| {
        let working = thread::Builder::new().spawn_scoped(scope, move || {
            let done = work(&watched);
            drop(watched);
            done
        });
        let working = working.map_err(|cause| programs::system(&cause, world))?;
        let mut live = Live {
            receiver,
            over: false,
            first: None,
            world,
        };
        let shown = live.show(name);
        left.set();
        #[cfg(unix)]
        if !live.over {
            let _ = nix::sys::signal::raise(nix::sys::signal::Signal::SIGINT);
        }
        drop(live);
        match working.join() {
            Ok(done) => shown.and(done),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// The end of a view that something goes on beside.
struct Live<'w> {
    receiver: Receiver<Sent>,
    /// Nothing more will come.
    over: bool,
    /// What came before the view was there.
    first: Option<Sent>,
    world: &'w World,
}

impl Live<'_> {
    fn show(&mut self, name: &str) -> Result<(), Failure> {
        let (link, decimals) = loop {
            match self.receiver.recv() {
                Ok(Sent::Begin(link, decimals)) => break (link, decimals),
                Ok(Sent::Frame(frame, bytes)) => {
                    let known = (frame.link, frame.decimals);
                    self.first = Some(Sent::Frame(frame, bytes));
                    break known;
                }
                Ok(Sent::Call(call)) => {
                    self.first = Some(Sent::Call(call));
                    break (LinkType::ETHERNET, 9);
                }
                Ok(Sent::Told(text) | Sent::State(text)) => self.world.note(&text),
                // It failed before anything could be shown, and says why.
                Ok(Sent::End) | Err(_) => {
                    self.over = true;
                    return Ok(());
                }
            }
        };
        let world = self.world;
        let capture = Indexed::live(link, decimals, analysis(world))
            .map_err(|cause| no_room(cause, world.lang))?;
        let mut view = View::new(Capture::of(capture), options(name, false, world), true);
        let ran = view::terminal::run(&mut view, self);
        ran.map_err(|cause| programs::system(&cause, world))
    }
}

impl Outside for Live<'_> {
    fn feed(&mut self, view: &mut View) -> bool {
        /// After so many it is drawn again.
        const AT_ONCE: usize = 2_000;
        for taken in 0..AT_ONCE {
            let sent = match self.first.take() {
                Some(sent) => Ok(sent),
                None => self.receiver.try_recv(),
            };
            match sent {
                Ok(Sent::Begin(..)) => {}
                Ok(Sent::Frame(frame, bytes)) => view.capture.frame(&Frame {
                    bytes: &bytes,
                    ..frame
                }),
                Ok(Sent::Call(moment)) => view.capture.call(moment),
                Ok(Sent::Told(text)) => view.tell(&text),
                Ok(Sent::State(line)) => view.capture.state(&line),
                Err(TryRecvError::Empty) => return taken > 0,
                Ok(Sent::End) | Err(TryRecvError::Disconnected) => {
                    self.over = true;
                    view.end();
                    break;
                }
            }
        }
        true
    }

    fn export(&mut self, capture: &mut Capture, path: &Path) -> Result<(), String> {
        let facts = CaptureFacts {
            name: "netlab view".to_owned(),
            ..CaptureFacts::default()
        };
        export(capture, facts, &[], path, self.world)
    }
}

/// Writes what is shown to a file whose suffix names the format.
pub(super) fn export(
    capture: &mut Capture,
    facts: CaptureFacts,
    read: &[String],
    path: &Path,
    world: &World,
) -> Result<(), String> {
    let words = |failure: Failure| failure.said();
    if path.extension().is_some_and(|suffix| suffix == "svg") {
        write::spare_output(read, Some(path), world).map_err(words)?;
        let mut builder = LadderBuilder::new(LadderOptions::default());
        let shown: Vec<bool> = shown(capture);
        let pipeline = capture.indexed.each(0, |row| {
            if is_shown(&shown, row.frame.no) {
                builder.push(row);
            }
            true
        });
        capture.shown_calls().for_each(|call| builder.call(&call));
        let ladders = builder.finish(pipeline.analyzer().conversations());
        let mut out = Output::create(path, world.lang).map_err(words)?;
        let picture = ladder::document(&ladders, world.lang);
        out.buffer.extend_from_slice(picture.as_bytes());
        return out.finish().map_err(words);
    }
    let target = Target::open(None, Some(path), read, world).map_err(words)?;
    let options = Options {
        lang: world.lang,
        ..Options::default()
    };
    let summaries = options.summaries();
    let mut collector = Collector::new(options);
    let shown: Vec<bool> = shown(capture);
    let pipeline = capture.indexed.each(summaries, |row| {
        collector.row(row, is_shown(&shown, row.frame.no));
        true
    });
    capture.shown_calls().for_each(|call| collector.call(&call));
    let facts = CaptureFacts {
        dialect: world.dialect,
        command: document::command(std::env::args_os()),
        ..facts
    };
    let sections = collector.finish(&facts, pipeline.analyzer().conversations());
    let report = document::report(&facts.name, world);
    target.write(&report, &sections, world).map_err(words)
}

/// Which frames are shown, by their numbers from 1.
fn shown(capture: &Capture) -> Vec<bool> {
    let count = capture.indexed.index.count();
    (1..=count).map(|no| capture.shows_packet(no)).collect()
}

fn is_shown(shown: &[bool], no: u32) -> bool {
    let at = usize::try_from(no).unwrap_or(usize::MAX).wrapping_sub(1);
    shown.get(at).copied().unwrap_or(false)
}
