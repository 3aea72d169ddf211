//! A lab with the user's own program in place of the server or the client of the exercise, or of
//! both: its question, and what the programs answer to it.

use std::ffi::OsString;
use std::time::Duration;

use super::LabArgs;
use crate::cli::answer;
use crate::cli::beside;
use crate::cli::exit::FAILED;
use crate::cli::fail::Failure;
use crate::cli::verbs::run::{ends, once};
use crate::cli::world::World;
use crate::lab::Lab;
use crate::model::call::Party;
use crate::run::{Input, Job, PORT, RunOptions};
use crate::text::Lang;
use crate::text::phrase::phrase;

phrase! {
    BEHAVES: "The program behaves as the exercise asks.",
        "O programa se comporta como o exercício pede.";
    BEHAVES_NOT:
        "The program does not behave as the exercise asks: see the last sentence of the answer.",
        "O programa não se comporta como o exercício pede: veja a última frase da resposta.";
}

/// Runs a lab with the commands of server and client, or netlab's own where there is none.
pub(super) fn run(
    lab: &Lab,
    args: &LabArgs,
    commands: &[Option<String>; 2],
    world: &World,
) -> Result<(), Failure> {
    args.write.holds_calls(args.calls_in_capture, world)?;
    let own_network = once::enter(args.sandbox, args.no_sandbox, world)?;
    args.shown(lab, world, |world| {
        rest(lab, args, (commands, own_network), world)
    })
}

/// The run, in the network where it is to be.
fn rest(
    lab: &Lab,
    args: &LabArgs,
    ([server, client], own_network): (&[Option<String>; 2], bool),
    world: &World,
) -> Result<(), Failure> {
    let plan = args.rows.plan(world, false)?;
    let port = lab.port.unwrap_or(lab.exercise.default_port);
    let port = args.server.port.unwrap_or(port);
    let server = match server {
        Some(command) => Job::new(Party::SERVER, command, Input::Nothing),
        None => ours(
            Party::SERVER,
            "serve",
            lab,
            &["--port", &port.to_string()],
            world,
        ),
    };
    let client = match client {
        Some(command) => {
            let input = if args.view {
                Input::Nothing
            } else {
                Input::Ours
            };
            Job::new(Party::CLIENT, command, input)
        }
        None => {
            let message = args.message.as_ref().map(|it| ["--message", it]);
            let more: Vec<&str> = message.into_iter().flatten().collect();
            let call = [&["127.0.0.1", PORT], more.as_slice()].concat();
            ours(Party::CLIENT, "client", lab, &call, world)
        }
    };
    let options = RunOptions {
        server: Some(server),
        clients: vec![client],
        delay: Duration::ZERO,
        port: args.server.port,
        limit: None,
        calls: true,
        own_network,
        keyboard: false,
        env: Vec::new(),
    };
    let file = (&args.write, args.calls_in_capture);
    let shown = once::show(options, plan, file, args.wants_calls(), world)?;
    let ends = ends::lines(&shown.outcome, own_network, world);
    beside::below(&ends, shown.on_stdout, world)?;
    let answered = answer::show(lab, &shown.outcome.evidence, shown.on_stdout, world)?;
    let verdict = if answered { &BEHAVES } else { &BEHAVES_NOT };
    let verdict = format!("{}\n", verdict.get(world.lang));
    beside::below(&verdict, shown.on_stdout, world)?;
    once::verdict(&shown.outcome)?;
    match answered {
        true => Ok(()),
        false => Err(Failure::Told { code: FAILED }),
    }
}

/// The program of the exercise: netlab itself.
fn ours(party: Party, verb: &str, lab: &Lab, more: &[&str], world: &World) -> Job {
    let lang = match world.lang {
        Lang::En => "en",
        Lang::PtBr => "pt-BR",
    };
    let own = ["/proc/self/exe", verb, lab.exercise.id, "--lang", lang];
    let words = own.iter().chain(more);
    Job {
        party,
        words: words.map(OsString::from).collect(),
        input: Input::Nothing,
    }
}
