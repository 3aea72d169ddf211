//! `netlab client ID`: the client of an exercise, alone.

use std::time::Duration;

use clap::Args;
use tokio::io::BufReader;

use crate::cli::fail::Failure;
use crate::cli::options::exercise::{self, buffer, positive_u32, refuse_foreign};
use crate::cli::options::select::port;
use crate::cli::options::stop::duration;
use crate::cli::programs;
use crate::cli::words;
use crate::cli::world::World;
use crate::exercises::Exercise;
use crate::exercises::options::{ClientOptions, Message};
use crate::model::call::Party;

#[derive(Args, Debug)]
pub(in crate::cli) struct ClientArgs {
    #[arg(value_name = "ID", help = words::EXERCISE_ID.en)]
    id: String,
    #[arg(value_name = "HOST", help = words::HOST_PORT_PATH.en, conflicts_with = "host")]
    at_host: Option<String>,
    #[arg(value_name = "PORT", help = words::EXERCISE_PORT.en, value_parser = port, conflicts_with = "port")]
    at_port: Option<u16>,
    #[arg(value_name = "PATH", help = words::PATH.en)]
    path: Option<String>,
    #[arg(long, value_name = "ADDRESS", help = words::CLIENT_HOST.en)]
    host: Option<String>,
    #[arg(long, value_name = "N", help = words::EXERCISE_PORT.en, value_parser = port)]
    port: Option<u16>,
    #[arg(long, value_name = "TIME", help = words::TIMEOUT.en, value_parser = duration)]
    timeout: Option<Duration>,
    #[arg(long, value_name = "TEXT", help = words::MESSAGE.en)]
    message: Option<String>,
    #[arg(short = 'c', long = "times", visible_alias = "count", value_name = "N", help = words::TIMES.en, value_parser = positive_u32)]
    times: Option<u32>,
    #[arg(long, value_name = "N", help = words::CLIENTS_AT_ONCE.en, value_parser = positive_u32)]
    clients: Option<u32>,
    #[arg(long, value_name = "TIME", help = words::PAUSE.en, value_parser = duration)]
    pause: Option<Duration>,
    #[arg(long, value_name = "N", help = words::MESSAGES.en, value_parser = positive_u32)]
    messages: Option<u32>,
    #[arg(long, help = words::UNCONNECTED.en)]
    unconnected: bool,
    #[arg(long, help = words::KEEP_ALIVE.en)]
    keep_alive: bool,
    #[arg(long, value_name = "BYTES", help = words::BUFFER.en, value_parser = buffer)]
    buffer: Option<usize>,
}

impl ClientArgs {
    fn plan(&self, exercise: &Exercise, world: &World) -> Result<ClientOptions, Failure> {
        let given = [
            ("message", self.message.is_some()),
            ("times", self.times.is_some()),
            ("clients", self.clients.is_some()),
            ("pause", self.pause.is_some()),
            ("messages", self.messages.is_some()),
            ("unconnected", self.unconnected),
            ("keep-alive", self.keep_alive),
            ("buffer", self.buffer.is_some()),
            ("path", self.path.is_some()),
        ];
        refuse_foreign(exercise, &given, exercise.client_options, world)?;
        let default = ClientOptions::default();
        let host = self.host.clone().or_else(|| self.at_host.clone());
        Ok(ClientOptions {
            host: host.unwrap_or(default.host),
            port: self.port.or(self.at_port),
            timeout: self.timeout,
            message: match self.message.as_deref() {
                None => Message::Default,
                Some("-") => Message::Lines(Box::new(BufReader::new(tokio::io::stdin()))),
                Some(text) => Message::Text(text.to_owned()),
            },
            times: self.times,
            clients: self.clients,
            pause: self.pause,
            messages: self.messages,
            unconnected: self.unconnected,
            keep_alive: self.keep_alive,
            buffer: self.buffer,
            path: self.path.clone(),
        })
    }
}

pub(in crate::cli) fn run(args: &ClientArgs, world: &World) -> Result<(), Failure> {
    let exercise = exercise::find(&args.id, world)?;
    let options = args.plan(exercise, world)?;
    let setting = programs::alone(Party::CLIENT, world);
    let runtime = programs::runtime(args.clients.unwrap_or(1).into(), world)?;
    let outcome = runtime.block_on(exercise.drive(options, setting));
    // Standard input may still be waited for in a thread of the runtime's.
    runtime.shutdown_background();
    outcome.map_err(|error| programs::failure(&error, world))
}
