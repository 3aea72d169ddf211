//! `netlab lab ID`: an experiment in one command; `netlab lab` lists them.

mod list;
mod once;
mod recorded;
mod repeat;
#[cfg(target_os = "linux")]
mod source;
#[cfg_attr(target_os = "linux", path = "yours.rs")]
#[cfg_attr(not(target_os = "linux"), path = "not_yours.rs")]
mod yours;

use std::time::Duration;

use clap::Args;

use crate::cli::answer;
use crate::cli::beside;
use crate::cli::exit::{Exit, NOT_PERMITTED, NOTHING_CAPTURED};
use crate::cli::fail::Failure;
use crate::cli::options::exercise::{ServerArgs, positive_u32, refuse_foreign, warn_of_others};
use crate::cli::options::report::ShapeOptions;
use crate::cli::options::rows::RowArgs;
use crate::cli::options::stop::duration;
use crate::cli::options::write::WriteArgs;
use crate::cli::view;
use crate::cli::words;
use crate::cli::world::World;
use crate::exercises::options::{ClientOptions, Message};
use crate::exercises::stop::Stopper;
use crate::lab::{Lab, LabError, LabOptions, LabRun};
use crate::sandbox;
use crate::source::live::signals::Signals;
use crate::text::phrase::phrase;

#[derive(Args, Debug)]
pub(in crate::cli) struct LabArgs {
    #[arg(value_name = "ID", help = words::LAB_ID.en)]
    id: Option<String>,
    #[arg(long = "server", value_name = "CMD", help = words::LAB_SERVER_CMD.en)]
    server_command: Option<String>,
    #[arg(long = "client", value_name = "CMD", help = words::LAB_CLIENT_CMD.en)]
    client_command: Option<String>,
    #[cfg(target_os = "linux")]
    #[arg(long, value_name = "LANGUAGE", help = words::SOURCE.en, conflicts_with_all = ["server_command", "client_command", "repeat", "recorded"])]
    source: Option<source::Source>,
    #[arg(long, help = words::EAGER_CLOSE.en, conflicts_with = "close_delay")]
    eager_close: bool,
    #[arg(long, value_name = "TEXT", help = words::MESSAGE_ONE.en)]
    message: Option<String>,
    #[arg(long, value_name = "TEXT", help = words::NONCE.en)]
    nonce: Option<String>,
    #[arg(long, value_name = "N", help = words::TIMES.en, value_parser = positive_u32)]
    times: Option<u32>,
    #[arg(long, value_name = "TIME", help = words::PAUSE.en, value_parser = duration)]
    pause: Option<Duration>,
    #[command(flatten)]
    server: ServerArgs,
    #[arg(long, help = words::SANDBOX.en, conflicts_with = "no_sandbox")]
    sandbox: bool,
    #[arg(long, help = words::NO_SANDBOX.en)]
    no_sandbox: bool,
    #[arg(long, help = words::RECORDED.en, conflicts_with_all = ["sandbox", "no_sandbox", "repeat"])]
    recorded: bool,
    #[arg(long, help = words::CALLS.en, overrides_with = "no_calls")]
    calls: bool,
    #[arg(long, help = words::NO_CALLS.en)]
    no_calls: bool,
    #[arg(long, value_name = "N", help = words::REPEAT.en, value_parser = positive_u32, conflicts_with_all = ["server_command", "client_command", "write", "output", "format", "columns", "calls", "details", "hex"])]
    repeat: Option<u32>,
    #[arg(long, help = words::CALLS_IN_CAPTURE.en, requires = "write")]
    calls_in_capture: bool,
    #[command(flatten)]
    shape: ShapeOptions,
    #[command(flatten)]
    write: WriteArgs,
    #[command(flatten)]
    rows: RowArgs,
    #[arg(long, help = words::VIEW.en, conflicts_with_all = ["output", "format", "columns", "details", "hex", "repeat"])]
    view: bool,
}

impl LabArgs {
    /// Whether the labs are listed, and none runs.
    pub(in crate::cli) fn lists(&self) -> bool {
        self.id.is_none()
    }

    /// Does the rest of a run, in a view where one is wanted.
    fn shown<T: Send>(
        &self,
        lab: &Lab,
        world: &World,
        rest: impl FnOnce(&World) -> Result<T, Failure> + Send,
    ) -> Result<T, Failure> {
        match self.view {
            true => view::beside(&format!("netlab lab {}", lab.id), world, rest),
            false => rest(world),
        }
    }

    /// What was said of calls.
    fn wants_calls(&self) -> Option<bool> {
        (self.calls || self.no_calls).then_some(!self.no_calls)
    }
}

phrase! {
    NOTHING: "the programs ran, but nothing was captured",
        "os programas rodaram, mas nada foi capturado";
    NOTHING_HINT: "try it in a network namespace of its own: add --sandbox",
        "tente em um namespace de rede próprio: acrescente --sandbox";
    INSTEAD: "here is the recorded run of the lab instead, as with --recorded",
        "aqui está, em vez disso, a execução gravada do lab, como com --recorded";
}

pub(in crate::cli) fn run(args: &LabArgs, world: &World) -> Result<(), Failure> {
    args.write.apart(args.rows.table.output.as_deref(), world)?;
    match args.id.as_deref() {
        None => list::run(args, world),
        Some(id) => {
            let lab = answer::find(id, world)?;
            if args.view {
                view::terminal(world)?;
            }
            match args.repeat {
                Some(times) => repeat::run(lab, args, times, world),
                None if args.server_command.is_some() || args.client_command.is_some() => {
                    let commands = [args.server_command.clone(), args.client_command.clone()];
                    yours::run(lab, args, &commands, world)
                }
                #[cfg(target_os = "linux")]
                None if args.source.is_some() => match args.source {
                    Some(source) => source::run(lab, args, source, world),
                    None => Ok(()),
                },
                None => once::run(lab, args, world),
            }
        }
    }
}

/// What the lab is asked to do.
fn options(lab: &Lab, args: &LabArgs, world: &World) -> Result<LabOptions, Failure> {
    let exercise = lab.exercise;
    let lists = [
        lab.options,
        exercise.server_options,
        exercise.client_options,
    ];
    let taken: Vec<&str> = lists.concat();
    let given = [
        ("eager-close", args.eager_close),
        ("message", args.message.is_some() || args.nonce.is_some()),
        ("times", args.times.is_some()),
        ("pause", args.pause.is_some()),
    ];
    refuse_foreign(exercise, &given, &taken, world)?;
    let server = args.server.plan(exercise, &taken, world)?;
    Ok(LabOptions {
        lang: world.lang,
        client: ClientOptions {
            message: match (&args.message, &args.nonce) {
                (None, None) => Message::Default,
                (Some(message), None) => Message::Text(message.clone()),
                (None, Some(nonce)) => Message::Text(format!("nonce {nonce}")),
                (Some(message), Some(nonce)) => Message::Text(format!("{message} {nonce}")),
            },
            times: args.times,
            pause: args.pause,
            clients: args.server.clients,
            messages: server.messages,
            buffer: server.buffer,
            ..ClientOptions::default()
        },
        server,
        eager_close: args.eager_close,
    })
}

/// How many sockets the programs of a lab have at a time: each client one, and the server one for
/// each of them.
fn sockets(args: &LabArgs) -> u64 {
    let clients = args.server.clients.unwrap_or(4);
    2 * u64::from(clients) + 4
}

/// Enters a network of its own where that was asked for or is needed. The process has no second
/// thread yet.
fn enter(args: &LabArgs, world: &World) -> Result<(), Failure> {
    if !args.sandbox
        && let Some(host) = &args.server.host
    {
        warn_of_others(host, world);
    }
    if args.sandbox || (!args.no_sandbox && sandbox::needed()) {
        let entered = beside::enter(world);
        entered.map_err(|error| beside::not_entered(&error, world))?;
    }
    Ok(())
}

/// The same; where the system forbids it, that is said and it gives `false`.
fn enter_or_say(args: &LabArgs, world: &World) -> Result<bool, Failure> {
    match enter(args, world) {
        Err(failure) if !args.sandbox && failure.code() == NOT_PERMITTED => {
            failure.tell(world.lang);
            world.note(&format!("netlab: {}", INSTEAD.get(world.lang)));
            Ok(false)
        }
        other => other.map(|()| true),
    }
}

/// A run, which Ctrl-C stops.
async fn until_signal(
    running: impl Future<Output = Result<LabRun, LabError>>,
    signals: &mut Signals,
    stopper: &Stopper,
    world: &World,
) -> Result<LabRun, Failure> {
    tokio::pin!(running);
    let ran = tokio::select! {
        ran = &mut running => ran,
        _ = signals.next() => {
            stopper.stop();
            running.await
        }
    };
    ran.map_err(|error| failure(&error, world))
}

fn failure(error: &LabError, world: &World) -> Failure {
    Failure::new(
        error.exit_code(),
        error.message(world.lang),
        error.hint(world.lang),
    )
}

/// The programs ran, and the capture is empty.
fn nothing(world: &World) -> Failure {
    let (cause, hint) = (NOTHING.get(world.lang), NOTHING_HINT.get(world.lang));
    Failure::new(NOTHING_CAPTURED, cause, hint)
}
