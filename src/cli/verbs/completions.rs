//! `netlab completions SHELL`: clap's own generator.

use clap::{Args, Command};
use clap_complete::Shell;

use crate::cli::fail::Failure;
use crate::cli::out::Output;
use crate::cli::words;
use crate::cli::world::World;

#[derive(Args, Debug)]
pub(in crate::cli) struct CompletionsArgs {
    #[arg(value_name = "SHELL", help = words::SHELL.en, hide_possible_values = true)]
    shell: Shell,
}

pub(in crate::cli) fn run(
    args: &CompletionsArgs,
    mut command: Command,
    world: &World,
) -> Result<(), Failure> {
    let mut out = Output::stdout(world.lang);
    clap_complete::generate(args.shell, &mut command, "netlab", &mut out.buffer);
    out.flush()
}
