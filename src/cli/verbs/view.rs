//! `netlab view FILE`: an exchange walked through in the terminal.

use std::io::IsTerminal;
use std::path::Path;

use clap::Args;

use crate::cli::fail::Failure;
use crate::cli::files;
use crate::cli::files::names;
use crate::cli::options::select::SelectArgs;
use crate::cli::programs;
use crate::cli::progress::Progress;
use crate::cli::view;
use crate::cli::words;
use crate::cli::world::World;
use crate::report::document::CaptureFacts;
use crate::report::traced;
use crate::source::file::FileSource;
use crate::view::capture::Capture;
use crate::view::select::Selection;
use crate::view::{Outside, View, terminal};

#[derive(Args, Debug)]
pub(in crate::cli) struct ViewArgs {
    #[arg(value_name = "FILE", help = words::FILE.en, value_parser = names())]
    file: String,
    #[arg(long, help = words::LARGE.en)]
    large: bool,
    #[arg(long, help = words::HIGH_CONTRAST.en)]
    high_contrast: bool,
    #[arg(long, help = words::ASCII.en)]
    ascii: bool,
    #[command(flatten)]
    select: SelectArgs,
}

pub(in crate::cli) fn run(args: &ViewArgs, world: &World) -> Result<(), Failure> {
    view::terminal(world)?;
    let display = args.select.display(world)?;
    let filter = args.select.filter();
    let chosen = (!filter.is_empty()).then(|| files::filter(filter, world));
    let chosen = chosen.transpose()?;
    let opened = FileSource::open_kept(&args.file);
    let (mut source, kept) = opened.map_err(|error| files::failure(&error, world))?;
    // Without a keyboard on standard input, the terminal is opened only later.
    if std::io::stdin().is_terminal() {
        files::enclose(Some(Path::new("netlab-view")));
    }
    let mut progress = Progress::begin(&args.file, None, world);
    let capture = Capture::read(&mut source, &kept, view::analysis(world), || {
        progress.packet(|| 0);
    });
    drop(progress);
    let mut capture = capture.map_err(|error| files::failure(&error, world))?;
    capture.select(Selection {
        talk: None,
        text: args.select.said(),
        display,
        capture: chosen,
    });
    let mut options = view::options(&args.file, args.ascii, world);
    options.large = args.large;
    options.contrast = args.high_contrast;
    options.color &= !args.high_contrast;
    let mut shown = View::new(capture, options, false);
    let watched = source.facts().watched;
    if watched {
        shown.tell(traced::MARK.get(world.lang));
    }
    let mut file = File {
        args,
        watched,
        world,
    };
    let ran = terminal::run(&mut shown, &mut file);
    ran.map_err(|cause| programs::system(&cause, world))?;
    files::end(&source, world)
}

/// A file that is walked through.
struct File<'a> {
    args: &'a ViewArgs,
    /// Its programs were watched.
    watched: bool,
    world: &'a World,
}

impl Outside for File<'_> {
    fn feed(&mut self, _: &mut View) -> bool {
        false
    }

    fn export(&mut self, capture: &mut Capture, path: &Path) -> Result<(), String> {
        let name = &self.args.file;
        let facts = CaptureFacts {
            name: name.clone(),
            watched: self.watched,
            ..CaptureFacts::default()
        };
        view::export(capture, facts, std::slice::from_ref(name), path, self.world)
    }
}
