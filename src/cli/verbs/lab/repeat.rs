//! `--repeat N`: how a lab came out, counted over several runs.

use std::collections::BTreeMap;

use super::{LabArgs, enter, nothing, options, sockets, until_signal};
use crate::analysis::conversation::Protocol;
use crate::analysis::lifecycle::close::{Shape, TimeWait};
use crate::cli::exit::FAILED;
use crate::cli::fail::Failure;
use crate::cli::out::Output;
use crate::cli::programs;
use crate::cli::world::World;
use crate::exercises::stop::stopper;
use crate::lab::{self, Event, Evidence, Lab, Talk};
use crate::model::side::Side;
use crate::render::list::List;
use crate::report::words::close::cell;
use crate::sandbox::{self, Keep};
use crate::source::live::signals::Signals;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text, ui};

phrase! {
    one_run(number, times, packets, closes): "run {number} of {times}: packets: {packets}{closes}",
        "execução {number} de {times}: pacotes: {packets}{closes}";
    was_first(who): "{who} first", "{who} primeiro";
    WHAT: "What", "O quê";
    OUTCOME: "How it came out", "Desfecho";
    COUNT: "How often", "Quantas vezes";
    out_of(count, total): "{count} of {total}", "{count} de {total}";
    ANSWER: "answer (runs)", "resposta (execuções)";
    SHOWN: "shown", "mostrada";
    NOT_SHOWN: "not shown", "não mostrada";
    PACKETS: "packets (runs)", "pacotes (execuções)";
    CLOSE: "close (connections)", "encerramento (conexões)";
    CLOSED_FIRST: "closed first (connections)", "encerrou primeiro (conexões)";
    IN_TIME_WAIT: "in TIME-WAIT (connections)", "em TIME-WAIT (conexões)";
    CLIENT_PORT: "client port (conversations)", "porta do cliente (conversas)";
    differed(least, most): "different ones, {least}–{most}", "diferentes, {least}–{most}";
    used_again(port): "{port}, used again", "{port}, usada de novo";
    BOTH: "both at once", "os dois ao mesmo tempo";
    NOBODY: "nobody", "ninguém";
    NOT_KNOWN: "not seen", "não visto";
}

pub(super) fn run(lab: &Lab, args: &LabArgs, times: u32, world: &World) -> Result<(), Failure> {
    // What is wrong with the options is told before anything runs.
    options(lab, args, world)?;
    enter(args, world)?;
    let mut out = Output::stdout(world.lang);
    let mut tally = Tally::default();
    programs::runtime(sockets(args), world)?.block_on(async {
        let mut signals = Signals::listen().map_err(|cause| programs::system(&cause, world))?;
        keep(true);
        for number in 1..=times {
            let (stopper, stop) = stopper();
            let running = lab::run(lab, options(lab, args, world)?, stop, |event| {
                if matches!(event, Event::Capturing { .. }) {
                    keep(number < times);
                }
            });
            let ran = until_signal(running, &mut signals, &stopper, world).await?;
            if ran.stopped {
                break;
            }
            if ran.evidence.packets.is_empty() {
                return Err(nothing(world));
            }
            tally.add(lab, &ran.evidence);
            if !args.rows.quiet {
                let line = line(&ran.evidence, [number, times], world.lang);
                out.buffer.extend_from_slice(line.as_bytes());
                out.flush()?;
            }
        }
        Ok(())
    })?;
    if tally.runs > 0 {
        if !args.rows.quiet {
            out.buffer.push(b'\n');
        }
        let list = tally.list(world.lang).draw(world.width);
        out.buffer.extend_from_slice(list.as_bytes());
        out.flush()?;
    }
    if tally.shown < tally.runs {
        return Err(Failure::Told { code: FAILED });
    }
    Ok(())
}

/// Gives up what no run needs any more; `captures` says whether another will be opened.
fn keep(captures: bool) {
    sandbox::give_up(Keep {
        captures,
        low_ports: true,
        filters: true,
        ..Keep::default()
    });
}

/// One run in a line: its packets, and how its connections closed.
fn line(evidence: &Evidence, [number, times]: [u32; 2], lang: Lang) -> String {
    let mut closes: BTreeMap<String, u32> = BTreeMap::new();
    for talk in connections(evidence) {
        let shape = cell(&talk.close);
        let first = match first(talk) {
            Some(who) => format!(", {}", was_first(lang, who.get(lang))),
            None => String::new(),
        };
        *closes
            .entry(format!("{}{first}", shape.get(lang)))
            .or_default() += 1;
    }
    let mut list = String::new();
    for (close, count) in closes {
        list.push_str("; ");
        if count > 1 {
            list.push_str(&format!("{count} × "));
        }
        list.push_str(&close);
    }
    let packets = evidence.packets.len();
    format!("{}\n", one_run(lang, &number, &times, &packets, &list))
}

/// The TCP conversations.
fn connections(evidence: &Evidence) -> impl Iterator<Item = &Talk> {
    evidence
        .talks
        .iter()
        .filter(|talk| talk.protocol == Protocol::Tcp)
}

/// Who closed first: one end; `None` where there was no first, or no close.
fn first(talk: &Talk) -> Option<&'static Text> {
    let crossing = talk.close.shape == Shape::Crossing;
    let side = talk.close.started_by.filter(|_| !crossing)?;
    Some(role(talk, side))
}

fn role(talk: &Talk, side: Side) -> &'static Text {
    if side == talk.client_side {
        &ui::CLIENT
    } else {
        &ui::SERVER
    }
}

/// How often each outcome was seen.
#[derive(Default)]
struct Tally {
    runs: u32,
    shown: u32,
    packets: BTreeMap<usize, u32>,
    connections: u32,
    closes: Vec<(&'static Text, u32)>,
    firsts: Vec<(&'static Text, u32)>,
    waits: Vec<(&'static Text, u32)>,
    ports: BTreeMap<u16, u32>,
}

impl Tally {
    fn add(&mut self, lab: &Lab, evidence: &Evidence) {
        self.runs += 1;
        self.shown += u32::from(lab::answer(lab, evidence, Lang::En).shown);
        *self.packets.entry(evidence.packets.len()).or_default() += 1;
        for talk in &evidence.talks {
            *self.ports.entry(talk.client.port).or_default() += 1;
        }
        for talk in connections(evidence) {
            self.connections += 1;
            let close = &talk.close;
            let shape = cell(close);
            count(&mut self.closes, shape);
            let nobody = if close.shape == Shape::Crossing {
                &BOTH
            } else {
                &NOBODY
            };
            count(&mut self.firsts, first(talk).unwrap_or(nobody));
            let waits = match close.time_wait {
                TimeWait::One(side) => role(talk, side),
                TimeWait::Both => &BOTH,
                TimeWait::Nobody => &NOBODY,
                TimeWait::NotShown => &NOT_KNOWN,
            };
            count(&mut self.waits, waits);
        }
    }

    fn list(&self, lang: Lang) -> List {
        let of = |count: u32, total: u32| out_of(lang, &count, &total).to_string();
        let mut rows: Vec<[String; 3]> = Vec::new();
        let mut row = |what: &Text, outcome: String, count: u32, total: u32| {
            rows.push([what.get(lang).to_owned(), outcome, of(count, total)]);
        };
        for (outcome, count) in [(&SHOWN, self.shown), (&NOT_SHOWN, self.runs - self.shown)] {
            if count > 0 {
                row(&ANSWER, outcome.get(lang).to_owned(), count, self.runs);
            }
        }
        for (packets, count) in &self.packets {
            row(&PACKETS, packets.to_string(), *count, self.runs);
        }
        let kinds = [
            (&CLOSE, &self.closes),
            (&CLOSED_FIRST, &self.firsts),
            (&IN_TIME_WAIT, &self.waits),
        ];
        for (what, outcomes) in kinds {
            for (outcome, count) in outcomes {
                row(what, outcome.get(lang).to_owned(), *count, self.connections);
            }
        }
        let total = self.ports.values().sum();
        if let (Some(least), Some(most)) = (self.ports.keys().min(), self.ports.keys().max()) {
            let different = u32::try_from(self.ports.len()).unwrap_or(u32::MAX);
            let range = differed(lang, least, most).to_string();
            row(&CLIENT_PORT, range, different, total);
        }
        for (port, count) in self.ports.iter().filter(|(_, count)| **count > 1) {
            let port = used_again(lang, port).to_string();
            row(&CLIENT_PORT, port, *count, total);
        }
        List {
            header: [&WHAT, &OUTCOME, &COUNT]
                .map(|text| text.get(lang).to_owned())
                .to_vec(),
            rows: rows.into_iter().map(Vec::from).collect(),
            numeric: vec![2],
            ..List::default()
        }
    }
}

/// Counts an outcome; the more frequent stand first.
fn count(outcomes: &mut Vec<(&'static Text, u32)>, outcome: &'static Text) {
    match outcomes.iter_mut().find(|(known, _)| *known == outcome) {
        Some((_, count)) => *count += 1,
        None => outcomes.push((outcome, 1)),
    }
    outcomes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
}
