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
use crate::lab::{Lab, LabOptions, Yours};
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
    SHOW: "The programs show what the lab is about.", "Os programas mostram aquilo de que o lab trata.";
    SHOW_NOT:
        "The programs do not show what the lab is about: see the last sentence of the answer.",
        "Os programas não mostram aquilo de que o lab trata: veja a última frase da resposta.";
    more_programs(id): "the lab {id} needs what netlab alone does in it: yours cannot take a place there",
        "o lab {id} depende do que só o netlab faz nele: os seus não podem ter lugar ali";
    ELSEWHERE: "netlab run runs yours without a question", "o netlab run executa os seus sem pergunta";
    needs(id, programs): "the lab {id} needs {programs} of yours", "o lab {id} precisa {programs}";
    BOTH: "both programs", "dos seus dois programas";
    YOUR_CLIENT: "a client", "de um cliente seu";
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
    let [server, client] = commands.each_ref().map(Option::is_some);
    match lab.yours {
        Yours::Either(settings) => settings(&mut options),
        Yours::Both { clients } if server && client => {
            options.client.clients = options.client.clients.or(Some(clients));
        }
        Yours::Client | Yours::Alone if client => {}
        Yours::Nobody => return Err(nobody(lab, world)),
        Yours::Both { .. } => return Err(missing(lab, &BOTH, "--server CMD --client CMD", world)),
        Yours::Client | Yours::Alone => {
            return Err(missing(lab, &YOUR_CLIENT, "--client CMD", world));
        }
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
        server,
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
    // What an exercise asks of a program, or what a pair of programs is to show.
    let asks = matches!(lab.yours, Yours::Either(_));
    let verdict = match (asks, answered) {
        (true, true) => &BEHAVES,
        (true, false) => &BEHAVES_NOT,
        (false, true) => &SHOW,
        (false, false) => &SHOW_NOT,
    };
    let verdict = format!("{}\n", verdict.get(world.lang));
    beside::below(&verdict, shown.on_stdout, world)?;
    let name = format!("netlab lab {}", lab.id);
    let about = once::about(name, Some(lab), &shown.outcome, own_network, world);
    document.finish(about, world)?;
    // Programs that show what goes wrong may well fail.
    match answered && !asks {
        true => once::stopped(&shown.outcome)?,
        false => once::verdict(&shown.outcome)?,
    }
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
) -> (Option<Job>, Vec<Job>) {
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
            Some(Job::new(Party::SERVER, command, Input::Nothing))
        }
        None if matches!(lab.yours, Yours::Alone) => None,
        None => {
            let at = ["--host", &host, "--port", &port.to_string()].map(str::to_owned);
            let words = [&at, &of_server[..]].concat();
            Some(ours(Party::SERVER, "serve", lab, &words, world))
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

/// That a program is missing in a lab.
fn missing(lab: &Lab, text: &'static Text, options: &str, world: &World) -> Failure {
    let cause = needs(world.lang, lab.id, text.get(world.lang)).to_string();
    Failure::usage(cause, format!("netlab lab {} {options}", lab.id))
}

/// That no program of the user's can take a place in a lab.
fn nobody(lab: &Lab, world: &World) -> Failure {
    Failure::usage(
        more_programs(world.lang, lab.id).to_string(),
        ELSEWHERE.get(world.lang),
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
