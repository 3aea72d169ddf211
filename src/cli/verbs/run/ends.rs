//! How the programs of a run ended, in words.

use std::time::Duration;

use nix::sys::signal::Signal;

use crate::cli::beside;
use crate::cli::party::name;
use crate::cli::world::World;
use crate::lab;
use crate::model::address::Endpoint;
use crate::model::call::Role;
use crate::model::kernel::KernelSocket;
use crate::model::tcp::TcpState;
use crate::report::socket;
use crate::report::traced;
use crate::run::{Ended, RunReport, Why};
use crate::text::phrase::phrase;
use crate::text::quantity::given;
use crate::text::ui;
use crate::trace::End;

phrase! {
    STATES: "States of both ends now, as the kernel has them", "Estados das duas pontas agora, segundo o kernel";
    and_more(count): "… and {count} more", "… e mais {count}";
    HEADING: "Programs", "Programas";
    exited(code): "exit code {code}", "código de saída {code}";
    killed_by(signal): "ended by signal {signal}", "terminado pelo sinal {signal}";
    LIVES: "still running: nothing could end it", "ainda em execução: nada conseguiu encerrá-lo";
    stopped(why): "stopped by netlab: {why}", "encerrado pelo netlab: {why}";
    DONE: "it went on after the clients had ended", "continuava depois que os clientes terminaram";
    ASKED: "Ctrl-C", "Ctrl-C";
    TIME_LIMIT: "the time limit was over", "o tempo limite acabou";
    idle(time): "nothing had happened for {time} (--time-limit gives more time)",
        "nada acontecia havia {time} (--time-limit dá mais tempo)";
    not_ready(time): "it was not waiting for clients after {time} (no listen, no bind of a UDP socket)",
        "não esperava por clientes depois de {time} (nenhum listen, nenhum bind de um socket UDP)";
    other_port(address): "it waited at {address}, and --port asks for another port",
        "ele esperava em {address}, e --port pede outra porta";
    untold(count): "{count} more lines of it are not shown",
        "outras {count} linhas dele não são mostradas";
    keyboard(option): "it reads the keyboard: give it lines with {option}",
        "ele lê o teclado: dê linhas a ele com {option}";
    LEDGER: "Where the time of each message went", "Para onde foi o tempo de cada mensagem";
}

/// How many connections are told of.
const CONNECTIONS: usize = 10;

/// The latency ledger, a line for each message.
pub(super) fn ledger(outcome: &RunReport, world: &World) -> String {
    let lines = lab::ledger(&outcome.evidence, world.lang);
    let lines = lines.iter().map(|line| format!("  {line}\n"));
    let (heading, note) = (LEDGER.get(world.lang), traced::NOTE.get(world.lang));
    format!("{heading}\n{}{note}\n", lines.collect::<String>())
}

/// What the calls show, and a line for each program.
pub(in crate::cli) fn lines(outcome: &RunReport, own_network: bool, world: &World) -> String {
    let shown = lab::conclusions(&outcome.evidence, own_network, world.lang);
    let mut out = beside::conclusions(&shown, world);
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(&format!("{}\n", HEADING.get(world.lang)));
    let programs = programs(outcome, world);
    let names = programs.iter().map(|[name, _]| name.chars().count());
    let widest = names.max().unwrap_or(0);
    for [name, end] in programs {
        out.push_str(&format!("  {name:widest$}  {end}\n"));
    }
    out.push_str(&states(outcome, world));
    if outcome.unwatched.is_none() {
        out.push_str(&format!("\n{}\n", traced::NOTE.get(world.lang)));
    }
    out
}

/// Each program, and how it ended.
pub(in crate::cli) fn programs(outcome: &RunReport, world: &World) -> Vec<[String; 2]> {
    let ended = outcome.ended.iter();
    let ended = ended.map(|it| [name(it.party, world), end(it, outcome, world)]);
    ended.collect()
}

/// The states of both ends of each connection, as the kernel has them now.
fn states(outcome: &RunReport, world: &World) -> String {
    let lang = world.lang;
    let mut out = String::new();
    let shown = |end: &(Endpoint, Option<KernelSocket>)| {
        let state = end.1.map_or(TcpState::Closed, |it| it.state).name();
        let timer = socket::timer(end.1.and_then(|it| it.timer), lang);
        let comma = if timer.is_empty() { "" } else { ", " };
        format!("{} {state}{comma}{timer}", socket::end(Some(end.0)))
    };
    for [client, server] in outcome.last.iter().take(CONNECTIONS) {
        if out.is_empty() {
            out = format!("\n{}\n", STATES.get(lang));
        }
        let (a, b) = (ui::CLIENT.get(lang), ui::SERVER.get(lang));
        out.push_str(&format!("  {a} {}; {b} {}\n", shown(client), shown(server)));
    }
    match outcome.last.len().saturating_sub(CONNECTIONS) {
        0 => {}
        more => out.push_str(&format!("  {}\n", and_more(lang, more))),
    }
    out
}

/// `11 (SIGSEGV)`
fn named(signal: i32) -> String {
    match Signal::try_from(signal) {
        Ok(name) => format!("{signal} ({name})"),
        Err(_) => signal.to_string(),
    }
}

fn end(it: &Ended, outcome: &RunReport, world: &World) -> String {
    let lang = world.lang;
    let seconds = |time: Duration| given(Duration::from_secs(time.as_secs()), lang);
    let other = || other_port(lang, socket::end(outcome.elsewhere)).to_string();
    let why = outcome.why.filter(|_| it.stopped).map(|why| match why {
        Why::Done => DONE.get(lang).to_owned(),
        Why::Asked => ASKED.get(lang).to_owned(),
        Why::TimeLimit if outcome.elsewhere.is_some() => {
            format!("{}; {}", TIME_LIMIT.get(lang), other())
        }
        Why::TimeLimit => TIME_LIMIT.get(lang).to_owned(),
        Why::Idle(time) => idle(lang, seconds(time)).to_string(),
        Why::NotReady(time) => match outcome.elsewhere {
            Some(_) => other(),
            None => not_ready(lang, seconds(time)).to_string(),
        },
    });
    let how = match (why, it.end) {
        (_, None) => LIVES.get(lang).to_owned(),
        (Some(why), _) => stopped(lang, why).to_string(),
        (None, Some(End::Code(code))) => exited(lang, &code).to_string(),
        (None, Some(End::Signal(signal))) => killed_by(lang, named(signal)).to_string(),
    };
    let mut how = match it.last_error.as_ref().filter(|_| it.failed()) {
        Some(line) => format!("{how}: {line}"),
        None => how,
    };
    let no_input = |line: &String| line.starts_with("EOFError");
    if it.reads_keyboard || it.last_error.as_ref().is_some_and(no_input) {
        let option = match it.party.role {
            Role::Server => "--server-input",
            Role::Client | Role::Program => "--client-input",
        };
        how.push_str("; ");
        how.push_str(&keyboard(lang, &option).to_string());
    }
    if it.untold > 0 {
        how.push_str("; ");
        how.push_str(&untold(lang, &it.untold).to_string());
    }
    how
}
