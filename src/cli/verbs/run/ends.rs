//! How the programs of a run ended, in words.

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
    IDLE: "nothing had happened for 10 s", "nada acontecia havia 10 s";
    NOT_READY: "it was not waiting for clients after 10 s (no listen, no bind of a UDP socket)",
        "não esperava por clientes depois de 10 s (nenhum listen, nenhum bind de um socket UDP)";
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
    let names: Vec<String> = outcome
        .ended
        .iter()
        .map(|it| name(it.party, world))
        .collect();
    let widest = names.iter().map(|it| it.chars().count()).max().unwrap_or(0);
    for (it, name) in outcome.ended.iter().zip(names) {
        let end = end(it, outcome.why, world);
        out.push_str(&format!("  {name:widest$}  {end}\n"));
    }
    out.push_str(&states(outcome, world));
    if outcome.unwatched.is_none() {
        out.push_str(&format!("\n{}\n", traced::NOTE.get(world.lang)));
    }
    out
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

fn end(it: &Ended, why: Option<Why>, world: &World) -> String {
    let lang = world.lang;
    let why = why.filter(|_| it.stopped).map(|why| match why {
        Why::Done => &DONE,
        Why::Asked => &ASKED,
        Why::TimeLimit => &TIME_LIMIT,
        Why::Idle => &IDLE,
        Why::NotReady => &NOT_READY,
    });
    let how = match (why, it.end) {
        (_, None) => LIVES.get(lang).to_owned(),
        (Some(why), _) => stopped(lang, why.get(lang)).to_string(),
        (None, Some(End::Code(code))) => exited(lang, &code).to_string(),
        (None, Some(End::Signal(signal))) => killed_by(lang, &signal).to_string(),
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
