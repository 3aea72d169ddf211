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
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "netlab", &mut script);
    let mut script = String::from_utf8_lossy(&script).into_owned();
    let labs: Vec<&str> = lab::ALL.iter().map(|lab| lab.id).collect();
    let labs = labs.join(" ");
    // What may be a lab or a file is a list without files to clap; bash adds files by itself.
    match args.shell {
        Shell::Fish => {
            if let Some((before, after)) = script.split_once(FISH_EXPECT) {
                let after = after.replacen(" -r -f -a ", " -r -F -a ", 1);
                script = format!("{before}{FISH_EXPECT}{after}");
            }
            script.push_str(&fish_words(&command));
        }
        Shell::Zsh => {
            let both = format!(
                ":SPEC:{{_alternative \"labs\\:lab\\:({labs})\" \"files\\:file\\:_files\"}}"
            );
            script = script.replace(&format!(":SPEC:({labs})"), &both);
        }
        _ => {}
    }
    out.buffer.extend_from_slice(script.as_bytes());
    out.flush()
}

/// The beginning of `check -e` in the script for fish.
const FISH_EXPECT: &str = "__fish_netlab_using_subcommand check\" -s e -l expect";

/// The names that stand alone behind a command, of which clap's generator for fish knows nothing.
fn fish_words(command: &Command) -> String {
    let mut out = String::new();
    for verb in command.get_subcommands() {
        let of_verb = format!("__fish_netlab_using_subcommand {}", verb.get_name());
        let alone = verb.get_positionals().flat_map(Arg::get_possible_values);
        for value in alone {
            let about = value
                .get_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            let about = about.replace('\\', "\\\\").replace('\'', "\\'");
            let name = value.get_name();
            out.push_str(&format!(
                "complete -c netlab -n \"{of_verb}\" -f -a '{name}' -d '{about}'\n"
            ));
        }
    }
    out
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
        ("check", "expect") => lab::ALL
            .iter()
            .map(|lab| PossibleValue::new(lab.id))
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
