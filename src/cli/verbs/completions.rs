//! `netlab completions SHELL`: clap's own generator, told the names of labs, exercises, columns and
//! of the interfaces of this machine.

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, Args, Command, ValueHint};
use clap_complete::Shell;

use crate::cli::fail::Failure;
use crate::cli::out::Output;
use crate::cli::words;
use crate::cli::world::World;
use crate::exercises;
use crate::lab;
use crate::report::columns;
use crate::report::conversations;
use crate::report::document::Sections;
use crate::source::devices;
use crate::text::Lang;

#[derive(Args, Debug)]
pub(in crate::cli) struct CompletionsArgs {
    #[arg(value_name = "SHELL", help = words::SHELL.en, hide_possible_values = true)]
    shell: Shell,
}

pub(in crate::cli) fn run(
    args: &CompletionsArgs,
    command: Command,
    world: &World,
) -> Result<(), Failure> {
    let mut out = Output::stdout(world.lang);
    let mut command = informed(command, world.lang);
    clap_complete::generate(args.shell, &mut command, "netlab", &mut out.buffer);
    out.flush()
}

/// The command line with the names that its arguments take.
fn informed(mut command: Command, lang: Lang) -> Command {
    let verbs: Vec<String> = command
        .get_subcommands()
        .map(|verb| verb.get_name().to_owned())
        .collect();
    for verb in &verbs {
        command =
            command.mut_subcommand(verb, |it| it.mut_args(|arg| known(verb, &verbs, arg, lang)));
    }
    command
}

/// An argument with the names that it takes, where there are some.
fn known(verb: &str, verbs: &[String], arg: Arg, lang: Lang) -> Arg {
    let name = arg.get_id().as_str().to_owned();
    let values: Vec<PossibleValue> = match (verb, name.as_str()) {
        ("lab", "id") | ("replay", "lab") => lab::ALL
            .iter()
            .map(|lab| PossibleValue::new(lab.id).help(lab.question.get(lang)))
            .collect(),
        ("serve" | "client", "id") => exercises::ALL
            .iter()
            .map(|exercise| PossibleValue::new(exercise.id).help(exercise.title.get(lang)))
            .collect(),
        (_, "interface") => devices::list()
            .unwrap_or_default()
            .iter()
            .map(|device| PossibleValue::new(device.name.clone()))
            .collect(),
        ("man", "verb") => verbs.iter().map(PossibleValue::new).collect(),
        ("conversations", "columns" | "sort") => conversations::COLUMNS
            .iter()
            .map(|column| PossibleValue::new(column.id))
            .collect(),
        (_, "columns") => columns::COLUMNS
            .iter()
            .map(|column| PossibleValue::new(column.id).help(column.about.get(lang)))
            .collect(),
        (_, "sections") => Sections::NAMES
            .iter()
            .map(|(name, _)| PossibleValue::new(*name))
            .collect(),
        (_, "file" | "files" | "output" | "write") => {
            return arg.value_hint(ValueHint::FilePath);
        }
        (_, "root") => return arg.value_hint(ValueHint::DirPath),
        _ => return arg,
    };
    arg.value_parser(PossibleValuesParser::new(values))
}
