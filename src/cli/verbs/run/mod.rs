//! `netlab run`: anybody's programs beside a capture.

#[cfg(target_os = "linux")]
pub(in crate::cli) mod ends;
#[cfg_attr(target_os = "linux", path = "once.rs")]
#[cfg_attr(not(target_os = "linux"), path = "unsupported.rs")]
pub(in crate::cli) mod once;

use std::time::Duration;

use clap::Args;

use crate::cli::fail::Failure;
use crate::cli::options::exercise::positive_u32;
use crate::cli::options::report::ShapeOptions;
use crate::cli::options::rows::RowArgs;
use crate::cli::options::select::port;
use crate::cli::options::stop::duration;
use crate::cli::options::write::WriteArgs;
use crate::cli::words;
use crate::cli::world::World;
use crate::text::phrase::phrase;

#[derive(Args, Debug)]
pub(in crate::cli) struct RunArgs {
    #[arg(long, value_name = "CMD", help = words::RUN_SERVER.en)]
    server: Option<String>,
    #[arg(long = "client", value_name = "CMD", help = words::RUN_CLIENT.en)]
    clients: Vec<String>,
    #[arg(value_name = "CMD", help = words::RUN_COMMAND.en, trailing_var_arg = true, allow_hyphen_values = true, conflicts_with_all = ["server", "clients"])]
    command: Vec<String>,
    #[arg(long = "clients", value_name = "N", help = words::RUN_CLIENTS.en, value_parser = positive_u32, requires = "clients")]
    copies: Option<u32>,
    #[arg(long, value_name = "TIME", help = words::RUN_DELAY.en, value_parser = duration)]
    delay: Option<Duration>,
    #[arg(long, value_name = "N", help = words::RUN_PORT.en, value_parser = port)]
    port: Option<u16>,
    #[arg(long, value_name = "TIME", help = words::RUN_LIMIT.en, value_parser = duration)]
    time_limit: Option<Duration>,
    #[arg(long, value_name = "LINE", help = words::SERVER_INPUT.en)]
    server_input: Vec<String>,
    #[arg(long, value_name = "LINE", help = words::CLIENT_INPUT.en)]
    client_input: Vec<String>,
    #[arg(long, help = words::SANDBOX.en, conflicts_with = "no_sandbox")]
    sandbox: bool,
    #[arg(long, help = words::NO_SANDBOX.en)]
    no_sandbox: bool,
    #[arg(long, help = words::CALLS.en, conflicts_with = "no_calls")]
    calls: bool,
    #[arg(long, help = words::RUN_NO_CALLS.en)]
    no_calls: bool,
    #[arg(long, help = words::LEDGER.en, conflicts_with = "no_calls")]
    ledger: bool,
    #[arg(long, help = words::CALLS_IN_CAPTURE.en, requires = "write")]
    calls_in_capture: bool,
    #[command(flatten)]
    shape: ShapeOptions,
    #[command(flatten)]
    write: WriteArgs,
    #[command(flatten)]
    rows: RowArgs,
    #[arg(long, help = words::VIEW.en, conflicts_with_all = ["output", "format", "columns", "details", "hex"])]
    view: bool,
}

phrase! {
    NOTHING_TO_RUN: "there is no program to run", "não há programa para executar";
    NOTHING_TO_RUN_HINT:
        "for example: netlab run --server 'python3 server.py' --client 'python3 client.py'",
        "por exemplo: netlab run --server 'python3 servidor.py' --client 'python3 cliente.py'";
}

#[cfg(not(target_os = "linux"))]
phrase! {
    LINUX_ONLY: "netlab run works on Linux only", "netlab run só funciona no Linux";
}
#[cfg(not(target_os = "linux"))]
phrase! {
    LINUX_ONLY_HINT:
        "run the programs in two terminals beside netlab capture; files that netlab run wrote on \
         Linux can be read here",
        "rode os programas em dois terminais ao lado de netlab capture; os arquivos que o netlab \
            run gravou no Linux podem ser lidos aqui";
}

/// That programs can be watched on Linux only.
#[cfg(not(target_os = "linux"))]
pub(in crate::cli) fn linux_only(world: &World) -> Failure {
    let (cause, hint) = (LINUX_ONLY.get(world.lang), LINUX_ONLY_HINT.get(world.lang));
    Failure::usage(cause, hint)
}

pub(in crate::cli) fn run(args: &RunArgs, world: &World) -> Result<(), Failure> {
    args.write.apart(args.rows.table.output.as_deref(), world)?;
    let commands = args.server.iter().chain(&args.clients).chain(&args.command);
    let mut commands = commands.peekable();
    if commands.peek().is_none() || commands.any(|it| it.trim().is_empty()) {
        let (cause, hint) = (
            NOTHING_TO_RUN.get(world.lang),
            NOTHING_TO_RUN_HINT.get(world.lang),
        );
        return Err(Failure::usage(cause, hint));
    }
    once::run(args, world)
}
