//! The command line: arguments as typed, a plan, the run, the exit code.

mod answer;
mod args;
mod beside;
mod call_file;
mod calls;
mod dialect;
#[cfg_attr(not(target_os = "linux"), path = "no_doctor.rs")]
mod doctor;
mod document;
mod examples;
mod exit;
mod fail;
mod feeder;
mod files;
mod live;
mod localize;
mod many;
mod matched;
mod meant;
mod options;
mod out;
mod pace;
#[cfg(unix)]
mod pager;
mod party;
mod programs;
mod progress;
mod run_document;
mod show;
#[cfg_attr(not(target_os = "linux"), path = "no_sockets.rs")]
mod sockets;
#[cfg(all(target_os = "linux", target_env = "gnu", target_feature = "crt-static"))]
mod static_names;
mod verbs;
mod view;
mod words;
mod world;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use args::{Cli, Verb};
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};
use fail::Failure;
use world::World;

use crate::text::Lang;
#[cfg(target_os = "linux")]
use crate::trace;

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    #[cfg(all(target_os = "linux", target_env = "gnu", target_feature = "crt-static"))]
    static_names::keep_inside();
    let args: Vec<OsString> = std::env::args_os().collect();
    #[cfg(target_os = "linux")]
    if let Some((_, words)) = args.split_at_checked(2)
        && args.get(1).is_some_and(|verb| verb == trace::VERB)
    {
        return trace::become_program(words);
    }
    let lang = localize::lang_typed(&args)
        .unwrap_or_else(|| Lang::from_environment(|name| std::env::var(name).ok()));
    match parse(&args, lang) {
        Ok(Some(cli)) => run(&cli, lang),
        Ok(None) => ExitCode::SUCCESS,
        Err(failure) => told(Err(failure), lang),
    }
}

/// The exit code of an outcome, which is told where something failed.
fn told(outcome: Result<(), Failure>, lang: Lang) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.tell(lang);
            ExitCode::from(failure.code())
        }
    }
}

/// Reads the arguments; `None` where they only asked for help or the version, which is printed.
fn parse(args: &[OsString], lang: Lang) -> Result<Option<Cli>, Failure> {
    let mut command = localize::command(Cli::command(), lang).version(dialect::version(lang));
    if args.len() < 2 {
        let _ = std::io::stderr().write_all(command.render_help().to_string().as_bytes());
        return Err(Failure::Told { code: exit::USAGE });
    }
    let mut matches = command.try_get_matches_from_mut(args);
    if let Err(error) = &matches
        && error.kind() == ErrorKind::InvalidSubcommand
        && let Some(args) = meant::replay(args)
    {
        matches = command.try_get_matches_from_mut(args);
    }
    let error = match matches {
        Ok(matches) => match Cli::from_arg_matches(&matches) {
            Ok(cli) => return Ok(Some(cli)),
            Err(error) => error,
        },
        Err(error) => error,
    };
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print();
            Ok(None)
        }
        _ => Err(localize::failure(&error, lang)),
    }
}

fn run(cli: &Cli, lang: Lang) -> ExitCode {
    let dialect = match dialect::choose(cli.wireshark.as_deref(), lang) {
        Ok(dialect) => dialect,
        Err(failure) => return told(Err(failure), lang),
    };
    let world = World::ask(lang, dialect, cli.color.unwrap_or_default());
    #[cfg(unix)]
    let pager = pager::begin(cli, &world);
    let outcome = verb(cli, world);
    #[cfg(unix)]
    pager.end();
    told(outcome, lang)
}

fn verb(cli: &Cli, world: World) -> Result<(), Failure> {
    let lang = world.lang;
    let command = || localize::command(Cli::command(), lang);
    match &cli.verb {
        Verb::Lab(args) => verbs::lab::run(args, &world),
        Verb::Run(args) => verbs::run::run(args, &world),
        Verb::Shell(args) => verbs::shell::run(args, &world),
        Verb::States(args) => verbs::states::run(args, &world),
        Verb::Doctor(args) => verbs::doctor::run(args, &world),
        Verb::Capture(args) => verbs::capture::run(args, &world),
        Verb::Replay(args) => verbs::replay::run(args, &world),
        Verb::Report(args) => verbs::report::run(args, &world),
        Verb::Conversations(args) => verbs::conversations::run(args, &world),
        Verb::Check(args) => verbs::check::run(args, &world),
        Verb::Copies(args) => verbs::copies::run(args, &world),
        Verb::Diff(args) => verbs::diff::run(args, &world),
        Verb::Export(args) => verbs::export::run(args, &world),
        Verb::Annotate(args) => verbs::annotate::run(args, &world),
        Verb::Explain(args) => verbs::explain::run(args, &world),
        Verb::Follow(args) => verbs::follow::run(args, &world),
        Verb::Ladder(args) => verbs::ladder::run(args, &world),
        Verb::View(args) => verbs::view::run(args, &world),
        Verb::Plot(args) => verbs::plot::run(args, &world),
        Verb::Serve(args) => verbs::serve::run(args, &world),
        Verb::Client(args) => verbs::client::run(args, &world),
        Verb::Interfaces => verbs::interfaces::run(&world),
        Verb::Columns => verbs::columns::run(&world),
        Verb::Completions(args) => verbs::completions::run(args, command(), &world),
        Verb::Man(args) => verbs::man::run(args, command(), &world),
    }
}
