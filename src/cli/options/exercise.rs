//! Options of exercises, as typed. Which of them an exercise takes stands with the exercise.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::select::port;
use super::stop::duration;
use crate::cli::fail::Failure;
use crate::cli::meant;
use crate::cli::words;
use crate::cli::world::World;
use crate::exercises::options::{Clients, Mode, ServerOptions};
use crate::exercises::{self, Exercise};
use crate::text::phrase::phrase;

/// What a server is asked to do.
#[derive(Args, Debug, Clone, Default)]
pub(in crate::cli) struct ServerArgs {
    #[arg(long, value_name = "ADDRESS", help = words::SERVER_HOST.en)]
    pub(in crate::cli) host: Option<String>,
    #[arg(long, value_name = "N", help = words::EXERCISE_PORT.en, value_parser = port)]
    pub(in crate::cli) port: Option<u16>,
    #[arg(long, help = words::REUSE_ADDR.en)]
    pub(in crate::cli) reuse_addr: bool,
    #[arg(long, value_name = "N", help = words::CLIENTS.en, value_parser = positive_u32, conflicts_with = "forever")]
    pub(in crate::cli) clients: Option<u32>,
    #[arg(long, help = words::FOREVER.en)]
    pub(in crate::cli) forever: bool,
    #[arg(long, value_name = "BYTES", help = words::BUFFER.en, value_parser = buffer)]
    pub(in crate::cli) buffer: Option<usize>,
    #[arg(long, value_name = "N", help = words::BACKLOG.en, value_parser = number_u32)]
    pub(in crate::cli) backlog: Option<u32>,
    #[arg(long, value_name = "TIME", help = words::CLOSE_DELAY.en, value_parser = duration)]
    pub(in crate::cli) close_delay: Option<Duration>,
    #[arg(long, value_name = "TIME", help = words::IDLE_TIMEOUT.en, value_parser = duration)]
    pub(in crate::cli) idle_timeout: Option<Duration>,
    #[arg(long, value_name = "MODE", help = words::MODE.en, value_parser = mode)]
    pub(in crate::cli) mode: Option<Mode>,
    #[arg(long, value_name = "SHARE", help = words::LOSS.en, value_parser = share)]
    pub(in crate::cli) loss: Option<f64>,
    #[arg(long, value_name = "N", help = words::SEED.en, value_parser = number_u64)]
    pub(in crate::cli) seed: Option<u64>,
    #[arg(long = "answers", value_name = "N", help = words::ANSWERS.en, value_parser = positive_u32)]
    pub(in crate::cli) messages: Option<u32>,
    #[arg(long, value_name = "FOLDER", help = words::ROOT.en)]
    pub(in crate::cli) root: Option<PathBuf>,
}

impl ServerArgs {
    /// The options for `exercise`; refuses those that are not `taken` here.
    pub(in crate::cli) fn plan(
        &self,
        exercise: &Exercise,
        taken: &[&str],
        world: &World,
    ) -> Result<ServerOptions, Failure> {
        let given = [
            ("clients", self.clients.is_some()),
            ("forever", self.forever),
            ("buffer", self.buffer.is_some()),
            ("backlog", self.backlog.is_some()),
            ("close-delay", self.close_delay.is_some()),
            ("idle-timeout", self.idle_timeout.is_some()),
            ("mode", self.mode.is_some()),
            ("loss", self.loss.is_some()),
            ("seed", self.seed.is_some()),
            ("answers", self.messages.is_some()),
            ("root", self.root.is_some()),
        ];
        refuse_foreign(exercise, &given, taken, world)?;
        let default = ServerOptions::default();
        Ok(ServerOptions {
            host: self.host.clone().unwrap_or(default.host),
            port: self.port,
            reuse_addr: self.reuse_addr,
            clients: if self.forever {
                Some(Clients::Forever)
            } else {
                self.clients.map(Clients::Count)
            },
            buffer: self.buffer,
            backlog: self.backlog,
            close_delay: self.close_delay,
            idle_timeout: self.idle_timeout,
            mode: self.mode,
            loss: self.loss,
            seed: self.seed,
            messages: self.messages,
            root: self.root.clone(),
        })
    }
}

phrase! {
    not_taken(exercise, option): "the exercise {exercise} has no option --{option} here",
        "o exercício {exercise} não tem a opção --{option} aqui";
    takes(known): "it takes: {known}", "ele aceita: {known}";
    unknown_exercise(id): "there is no exercise {id}", "não existe o exercício {id}";
    known_exercises(known): "the exercises are: {known}", "os exercícios são: {known}";
}

/// The exercise called `id`.
pub(in crate::cli) fn find(id: &str, world: &World) -> Result<&'static Exercise, Failure> {
    exercises::find(id).ok_or_else(|| {
        let known: Vec<_> = exercises::ALL.iter().map(|exercise| exercise.id).collect();
        Failure::usage(
            unknown_exercise(world.lang, format!("{id:?}")).to_string(),
            meant::or_list(
                id,
                &known,
                known_exercises(world.lang, known.join(" ")).to_string(),
                world.lang,
            ),
        )
    })
}

/// Refuses options that were given and that the exercise does not take.
pub(in crate::cli) fn refuse_foreign(
    exercise: &Exercise,
    given: &[(&str, bool)],
    taken: &[&str],
    world: &World,
) -> Result<(), Failure> {
    let foreign = given
        .iter()
        .find(|(name, given)| *given && !taken.contains(name));
    let Some((option, _)) = foreign else {
        return Ok(());
    };
    let known = taken
        .iter()
        .map(|name| format!("--{name}"))
        .collect::<Vec<_>>()
        .join(" ");
    Err(Failure::usage(
        not_taken(world.lang, &exercise.id, option).to_string(),
        takes(world.lang, &known).to_string(),
    ))
}

phrase! {
    for_others(host):
        "{host} means every interface: whoever reaches this computer can use this server while it \
         runs; without --host only programs here can",
        "{host} significa todas as interfaces: quem alcança este computador pode usar este \
            servidor enquanto ele roda; sem --host, só programas daqui podem";
}

/// Warns where a server listens to every interface.
pub(in crate::cli) fn warn_of_others(host: &str, world: &World) {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let everywhere = bare.parse().is_ok_and(|ip: IpAddr| ip.is_unspecified());
    // As inet_aton(3) writes 0.0.0.0.
    if everywhere || bare == "0" {
        world.warn(&for_others(world.lang, &host).to_string());
    }
}

/// Reads a number of at least 1.
pub(in crate::cli) fn positive_u32(text: &str) -> Result<u32, String> {
    text.parse()
        .ok()
        .filter(|count| *count > 0)
        .ok_or_else(|| "1, 2, 3, …".to_owned())
}

/// Reads the size of a buffer: at least one byte, at most a gigabyte.
pub(in crate::cli) fn buffer(text: &str) -> Result<usize, String> {
    let size = text
        .parse()
        .ok()
        .filter(|size| (1..=1 << 30).contains(size));
    size.ok_or_else(|| "1–1073741824".to_owned())
}

/// Reads a number, 0 included.
pub(in crate::cli) fn number_u32(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| "0, 1, 2, …".to_owned())
}

fn number_u64(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "0, 1, 2, …".to_owned())
}

fn share(text: &str) -> Result<f64, String> {
    let share = text
        .parse()
        .ok()
        .filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "0–1, 0.3".to_owned())
}

fn mode(text: &str) -> Result<Mode, String> {
    Mode::from_name(text).ok_or_else(|| "async, threads, iterative, one".to_owned())
}
