//! A lab with the user's own program in place of the server or the client of the exercise, or of
//! both: its question, and what the programs answer to it.

use std::ffi::OsString;
use std::fmt::Display;
use std::time::Duration;

use super::{LabArgs, options};
use crate::cli::answer;
use crate::cli::beside;
use crate::cli::exit::FAILED;
use crate::cli::fail::Failure;
use crate::cli::run_document::Document;
use crate::cli::verbs::run::{ends, once};
use crate::cli::world::World;
use crate::exercises::options::{ClientOptions, Clients, Message, Mode, ServerOptions};
use crate::lab::{self, Lab, LabOptions};
use crate::model::call::{Party, Role};
use crate::run::{Input, Job, PORT, RunOptions};
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

phrase! {
    BEHAVES: "The program behaves as the exercise asks.",
        "O programa se comporta como o exercício pede.";
    BEHAVES_NOT:
        "The program does not behave as the exercise asks: see the last sentence of the answer.",
        "O programa não se comporta como o exercício pede: veja a última frase da resposta.";
    SERVER_ALONE: "server", "servidor";
    CLIENT_ALONE: "client", "cliente";
    settings_of(who, settings):
        "settings of the lab for netlab's own {who}, which yours brings along itself if it has them: {settings}",
        "ajustes do lab para o {who} do próprio netlab, que o seu traz consigo se os tiver: {settings}";
    more_programs(id): "the lab {id} needs programs of its own, whose places yours cannot take",
        "o lab {id} precisa de programas próprios, cujos lugares os seus não podem ocupar";
    both(id): "the lab {id} takes both programs of yours or none", "o lab {id} aceita os seus dois programas ou nenhum";
    both_hint(id): "netlab lab {id} --server CMD --client CMD", "netlab lab {id} --server CMD --client CMD";
    fitting(ids): "labs for your programs: {ids}; for everything else there is netlab run",
        "labs para os seus programas: {ids}; para todo o resto há o netlab run";
}

/// Runs a lab with the commands of server and client, or netlab's own where there is none.
pub(super) fn run(
    lab: &Lab,
    args: &LabArgs,
    commands: &[Option<String>; 2],
    world: &World,
) -> Result<(), Failure> {
    args.write.holds_calls(args.calls_in_capture, world)?;
    let mut options = options(lab, args, world)?;
    match lab.settings {
        Some(settings) => settings(&mut options),
        // The lab of an exercise itself needs no settings where both programs are another's.
        None if lab.id == lab.exercise.id => {
            if commands.iter().any(Option::is_none) {
                let said = both(world.lang, lab.id).to_string();
                return Err(Failure::usage(
                    said,
                    both_hint(world.lang, lab.id).to_string(),
                ));
            }
        }
        None => return Err(more_than_two(lab, world)),
    }
    let own_network = once::enter(args.sandbox, args.no_sandbox, world)?;
    args.shown(lab, world, |world| {
        rest(lab, args, options, (commands, own_network), world)
    })
}

/// The run, in the network where it is to be.
fn rest(
    lab: &Lab,
    args: &LabArgs,
    asked: LabOptions,
    ([server, client], own_network): (&[Option<String>; 2], bool),
    world: &World,
) -> Result<(), Failure> {
    let (mut document, rows) = Document::begin(&args.rows, &args.shape, world)?;
    let plan = rows.plan(world, false)?;
    let (server, clients) = programs(lab, args, asked, [server, client], world);
    let options = RunOptions {
        server: Some(server),
        clients,
        delay: Duration::ZERO,
        port: args.server.port,
        limit: None,
        calls: true,
        own_network,
        keyboard: false,
        env: Vec::new(),
    };
    let file = (&args.write, args.calls_in_capture);
    let shown = once::show(
        options,
        (plan, &mut document),
        file,
        args.wants_calls(),
        world,
    )?;
    let ends = ends::lines(&shown.outcome, own_network, world);
    beside::below(&ends, shown.on_stdout, world)?;
    let answered = answer::show(lab, &shown.outcome.evidence, shown.on_stdout, world)?;
    let verdict = if answered { &BEHAVES } else { &BEHAVES_NOT };
    let verdict = format!("{}\n", verdict.get(world.lang));
    beside::below(&verdict, shown.on_stdout, world)?;
    let name = format!("netlab lab {}", lab.id);
    let about = once::about(name, Some(lab), &shown.outcome, own_network, world);
    document.finish(about, world)?;
    once::verdict(&shown.outcome)?;
    match answered {
        true => Ok(()),
        false => Err(Failure::Told { code: FAILED }),
    }
}

/// The programs of the user, and netlab's own in place of one that there is not.
fn programs(
    lab: &Lab,
    args: &LabArgs,
    asked: LabOptions,
    [server, client]: [&Option<String>; 2],
    world: &World,
) -> (Job, Vec<Job>) {
    let port = lab.port.unwrap_or(lab.exercise.default_port);
    let port = args.server.port.unwrap_or(port);
    let host = asked.server.host.clone();
    // Netlab's own sources open as many connections as their exercise asks for.
    let copies = match args.source {
        Some(_) => 1,
        None => asked.client.clients.unwrap_or(1),
    };
    let of_server = server_words(&asked.server);
    let of_client = client_words(&asked.client);
    let told = |words: &[String], who| {
        if args.source.is_none() {
            told(words, who, world);
        }
    };
    let server = match server {
        Some(command) => {
            told(&of_server, &SERVER_ALONE);
            Job::new(Party::SERVER, command, Input::Nothing)
        }
        None => {
            let at = ["--host", &host, "--port", &port.to_string()].map(str::to_owned);
            ours(
                Party::SERVER,
                "serve",
                lab,
                &[&at, &of_server[..]].concat(),
                world,
            )
        }
    };
    let clients = match client {
        Some(command) => {
            // So many clients are so many runs of it.
            let rest = client_words(&ClientOptions {
                clients: None,
                times: asked.client.times.filter(|it| *it > 1),
                ..asked.client
            });
            told(&rest, &CLIENT_ALONE);
            let input = || match args.view || copies > 1 {
                true => Input::Nothing,
                false => Input::Ours,
            };
            let party = |number| Party {
                role: Role::Client,
                number: (copies > 1).then_some(number),
            };
            let jobs = (1..=copies).map(|it| Job::new(party(it), command, input()));
            jobs.collect()
        }
        None => {
            let at = [host.as_str(), PORT].map(str::to_owned);
            vec![ours(
                Party::CLIENT,
                "client",
                lab,
                &[&at, &of_client[..]].concat(),
                world,
            )]
        }
    };
    (server, clients)
}

/// Says which settings of the lab a program of the user's has to bring along itself.
fn told(words: &[String], who: &Text, world: &World) {
    if !words.is_empty() {
        let text = settings_of(world.lang, who.get(world.lang), words.join(" ")).to_string();
        world.note(&format!("netlab: {text}"));
    }
}

/// That a lab is more than a server and a client.
fn more_than_two(lab: &Lab, world: &World) -> Failure {
    let fit = lab::ALL.iter().filter(|it| it.settings.is_some());
    let fit: Vec<&str> = fit.map(|it| it.id).collect();
    Failure::usage(
        more_programs(world.lang, lab.id).to_string(),
        fitting(world.lang, fit.join(" ")).to_string(),
    )
}

/// Options of a server as they are typed after `netlab serve`, without where it waits.
fn server_words(options: &ServerOptions) -> Vec<String> {
    let mut words = Words::default();
    words.flag("reuse-addr", options.reuse_addr);
    match options.clients {
        Some(Clients::Count(count)) => words.value("clients", Some(count)),
        Some(Clients::Forever) => words.flag("forever", true),
        None => {}
    }
    words.value("buffer", options.buffer);
    words.value("backlog", options.backlog);
    words.time("close-delay", options.close_delay);
    words.time("idle-timeout", options.idle_timeout);
    words.value("mode", options.mode.map(Mode::name));
    words.value("loss", options.loss);
    words.value("seed", options.seed);
    words.value("answers", options.messages);
    let root = options.root.as_ref();
    words.value("root", root.map(|it| it.display()));
    words.0
}

/// Options of a client as they are typed after `netlab client ID HOST PORT`.
fn client_words(options: &ClientOptions) -> Vec<String> {
    let mut words = Words::default();
    if let Message::Text(text) = &options.message {
        words.value("message", Some(text));
    }
    words.time("timeout", options.timeout);
    words.value("times", options.times);
    words.value("clients", options.clients);
    words.time("pause", options.pause);
    words.value("messages", options.messages);
    words.value("buffer", options.buffer);
    words.0
}

/// Words of a command.
#[derive(Default)]
struct Words(Vec<String>);

impl Words {
    fn flag(&mut self, name: &str, given: bool) {
        self.0.extend(given.then(|| format!("--{name}")));
    }

    fn value(&mut self, name: &str, value: Option<impl Display>) {
        self.0.extend(value.map(|it| format!("--{name}={it}")));
    }

    fn time(&mut self, name: &str, time: Option<Duration>) {
        self.value(name, time.map(|it| format!("{}us", it.as_micros())));
    }
}

/// The program of the exercise: netlab itself.
fn ours(party: Party, verb: &str, lab: &Lab, more: &[String], world: &World) -> Job {
    let lang = match world.lang {
        Lang::En => "en",
        Lang::PtBr => "pt-BR",
    };
    let own = ["/proc/self/exe", verb, lab.exercise.id, "--lang", lang];
    let words = own.into_iter().chain(more.iter().map(String::as_str));
    Job {
        party,
        words: words.map(OsString::from).collect(),
        input: Input::Nothing,
    }
}
