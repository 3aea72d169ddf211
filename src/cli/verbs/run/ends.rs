//! How the programs of a run ended, in words.

use crate::cli::beside::{self, name};
use crate::cli::world::World;
use crate::lab;
use crate::model::call::Role;
use crate::run::{Ended, Outcome, Why};
use crate::text::Text;
use crate::trace::End;

static HEADING: Text = Text {
    en: "Programs",
    pt_br: "Programas",
};
static CODE: Text = Text {
    en: "exit code {code}",
    pt_br: "código de saída {code}",
};
static SIGNAL: Text = Text {
    en: "ended by signal {signal}",
    pt_br: "terminado pelo sinal {signal}",
};
static LIVES: Text = Text {
    en: "still running: nothing could end it",
    pt_br: "ainda em execução: nada conseguiu encerrá-lo",
};
static STOPPED: Text = Text {
    en: "stopped by netlab: {why}",
    pt_br: "encerrado pelo netlab: {why}",
};
static DONE: Text = Text {
    en: "it went on after the clients had ended",
    pt_br: "continuava depois que os clientes terminaram",
};
static ASKED: Text = Text {
    en: "Ctrl-C",
    pt_br: "Ctrl-C",
};
static TIME_LIMIT: Text = Text {
    en: "the time limit was over",
    pt_br: "o tempo limite acabou",
};
static IDLE: Text = Text {
    en: "nothing had happened for 10 s",
    pt_br: "nada acontecia havia 10 s",
};
static NOT_READY: Text = Text {
    en: "it was not waiting for clients after 10 s (no listen, no bind of a UDP socket)",
    pt_br: "não esperava por clientes depois de 10 s (nenhum listen, nenhum bind de um socket UDP)",
};

static UNTOLD: Text = Text {
    en: "{count} more lines of it are not shown",
    pt_br: "outras {count} linhas dele não são mostradas",
};

static KEYBOARD: Text = Text {
    en: "it reads the keyboard: give it lines with {option}",
    pt_br: "ele lê o teclado: dê linhas a ele com {option}",
};

static LEDGER: Text = Text {
    en: "Where the time of each message went (the programs were watched: every call took some \
         microseconds longer than it does alone)",
    pt_br: "Para onde foi o tempo de cada mensagem (os programas foram acompanhados: cada chamada levou \
            alguns microssegundos a mais do que leva sozinha)",
};

/// The latency ledger, a line for each message.
pub(super) fn ledger(outcome: &Outcome, world: &World) -> String {
    let lines = lab::ledger(&outcome.evidence, world.lang);
    let lines = lines.iter().map(|line| format!("  {line}\n"));
    format!("{}\n{}", LEDGER.get(world.lang), lines.collect::<String>())
}

/// What the calls show, and a line for each program.
pub(in crate::cli) fn lines(outcome: &Outcome, own_network: bool, world: &World) -> String {
    let mut out = beside::conclusions(&outcome.evidence, own_network, world);
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
        (Some(why), _) => STOPPED.fill(lang, &[("why", &why.get(lang))]),
        (None, Some(End::Code(code))) => CODE.fill(lang, &[("code", &code)]),
        (None, Some(End::Signal(signal))) => SIGNAL.fill(lang, &[("signal", &signal)]),
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
        how.push_str(&KEYBOARD.fill(lang, &[("option", &option)]));
    }
    if it.untold > 0 {
        how.push_str("; ");
        how.push_str(&UNTOLD.fill(lang, &[("count", &it.untold)]));
    }
    how
}
