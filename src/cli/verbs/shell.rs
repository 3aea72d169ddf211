//! `netlab shell`: a shell in the network that `netlab run` made for a plain user.

use std::process::{Command, ExitStatus};

use clap::Args;

use crate::cli::exit::FAILED;
use crate::cli::fail::Failure;
use crate::cli::programs;
use crate::cli::words;
use crate::cli::world::World;
use crate::sandbox;
use crate::text::phrase::phrase;

#[derive(Args, Debug)]
pub(in crate::cli) struct ShellArgs {
    #[arg(value_name = "CMD", help = words::SHELL_COMMAND.en, trailing_var_arg = true, allow_hyphen_values = true)]
    command: Vec<String>,
}

phrase! {
    NONE: "no netlab run of yours has a network of its own now",
        "nenhum netlab run seu tem uma rede própria agora";
    NONE_HINT:
        "start one in another terminal: netlab run --server 'python3 server.py'; where netlab may \
         capture without it, any terminal reaches the server",
        "inicie um em outro terminal: netlab run --server 'python3 servidor.py'; onde o netlab pode \
            capturar sem ela, qualquer terminal alcança o servidor";
    inside(pid): "this shell is in the network of netlab run (process {pid}); exit leaves it",
        "este shell está na rede do netlab run (processo {pid}); exit sai dela";
}

pub(in crate::cli) fn run(args: &ShellArgs, world: &World) -> Result<(), Failure> {
    let entered = sandbox::join().map_err(|cause| programs::system(&cause, world))?;
    let Some(pid) = entered else {
        let (cause, hint) = (NONE.get(world.lang), NONE_HINT.get(world.lang));
        return Err(Failure::new(FAILED, cause, hint));
    };
    let shell = || std::env::var("SHELL").unwrap_or_else(|_| "sh".to_owned());
    let (name, arguments) = match args.command.split_first() {
        Some((name, arguments)) => (name.clone(), arguments),
        None => {
            let text = inside(world.lang, &pid).to_string();
            world.note(&format!("netlab: {text}"));
            (shell(), [].as_slice())
        }
    };
    let status = Command::new(name).args(arguments).status();
    match code(status.map_err(|cause| programs::system(&cause, world))?) {
        0 => Ok(()),
        code => Err(Failure::Told { code }),
    }
}

/// The exit code of a program, as far as one of ours can have it.
fn code(status: ExitStatus) -> u8 {
    status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .unwrap_or(FAILED)
}
