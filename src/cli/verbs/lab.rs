//! `netlab lab ID`: an experiment in one command; `netlab lab` lists them.

use std::time::Duration;

use clap::Args;

use crate::cli::fail::{FAILED, Failure, NOTHING_CAPTURED};
use crate::cli::live;
use crate::cli::options::exercise::{ServerArgs, positive_u32, refuse_foreign};
use crate::cli::options::rows::RowArgs;
use crate::cli::options::stop::duration;
use crate::cli::options::write::{Kept, WriteArgs};
use crate::cli::out::Output;
use crate::cli::programs;
use crate::cli::show::Show;
use crate::cli::words;
use crate::cli::world::World;
use crate::exercises::options::{ClientOptions, Message};
use crate::exercises::stop::stopper;
use crate::lab::{self, Event, Lab, LabOptions, LabRun};
use crate::model::call::{Party, Role};
use crate::render::list::List;
use crate::render::rows::DefaultColumns;
use crate::render::wrap;
use crate::sandbox;
use crate::source::live::signals::Signals;
use crate::source::save::Input;
use crate::text::{Text, ui};

#[derive(Args, Debug)]
pub(in crate::cli) struct LabArgs {
    #[arg(value_name = "ID", help = words::LAB_ID.en)]
    id: Option<String>,
    #[arg(long, help = words::EAGER_CLOSE.en, conflicts_with = "close_delay")]
    eager_close: bool,
    #[arg(long, value_name = "TEXT", help = words::MESSAGE_ONE.en)]
    message: Option<String>,
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
    #[command(flatten)]
    write: WriteArgs,
    #[command(flatten)]
    rows: RowArgs,
}

static UNKNOWN_LAB: Text = Text {
    en: "there is no lab {id}",
    pt_br: "não existe o lab {id}",
};
static KNOWN_LABS: Text = Text {
    en: "the labs are: {known}",
    pt_br: "os labs são: {known}",
};
static OWN_NETWORK: Text = Text {
    en: "running in a network namespace of its own, where a plain user may capture",
    pt_br: "executando em um namespace de rede próprio, onde um usuário comum pode capturar",
};
static NOTHING: Text = Text {
    en: "the programs ran, but nothing was captured",
    pt_br: "os programas rodaram, mas nada foi capturado",
};
static NOTHING_HINT: Text = Text {
    en: "try it in a network namespace of its own: add --sandbox",
    pt_br: "tente em um namespace de rede próprio: acrescente --sandbox",
};
static LAB_HEADING: Text = Text {
    en: "Lab",
    pt_br: "Lab",
};
static QUESTION: Text = Text {
    en: "Question it answers",
    pt_br: "Pergunta que responde",
};

pub(in crate::cli) fn run(args: &LabArgs, world: &World) -> Result<(), Failure> {
    match args.id.as_deref() {
        None => list(world),
        Some(id) => {
            let lab = lab::find(id).ok_or_else(|| {
                let known: Vec<_> = lab::ALL.iter().map(|lab| lab.id).collect();
                Failure::usage(
                    UNKNOWN_LAB.fill(world.lang, &[("id", &format!("{id:?}"))]),
                    KNOWN_LABS.fill(world.lang, &[("known", &known.join(" "))]),
                )
            })?;
            experiment(lab, args, world)
        }
    }
}

fn list(world: &World) -> Result<(), Failure> {
    let text = |text: &Text| text.get(world.lang).to_owned();
    let list = List {
        header: vec![text(&LAB_HEADING), text(&QUESTION)],
        rows: lab::ALL
            .iter()
            .map(|lab| vec![lab.id.to_owned(), text(&lab.question)])
            .collect(),
        ..List::default()
    };
    let mut out = Output::stdout(world.lang);
    out.buffer
        .extend_from_slice(list.draw(world.width).as_bytes());
    out.flush()
}

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
        ("message", args.message.is_some()),
        ("times", args.times.is_some()),
        ("pause", args.pause.is_some()),
    ];
    refuse_foreign(exercise, &given, &taken, world)?;
    let server = args.server.plan(exercise, &taken, world)?;
    Ok(LabOptions {
        lang: world.lang,
        client: ClientOptions {
            message: args.message.clone().map_or(Message::Default, Message::Text),
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

fn experiment(lab: &Lab, args: &LabArgs, world: &World) -> Result<(), Failure> {
    let options = options(lab, args, world)?;
    let mut plan = args.rows.plan(world, false)?;
    // What the programs say comes first, then the whole table.
    plan.rows.sniff = usize::MAX;
    let reading = plan.format.columns == DefaultColumns::Reading && plan.output.is_none();
    // Before the first thread exists.
    if args.sandbox || (!args.no_sandbox && sandbox::needed()) {
        sandbox::enter().map_err(|error| {
            Failure::new(
                error.exit_code(),
                error.message(world.lang),
                error.hint(world.lang),
            )
        })?;
        world.note(&format!("netlab: {}", OWN_NETWORK.get(world.lang)));
    }
    let mut kept = None;
    let mut show = match args.write.takes_stdout() {
        true => Show::nothing(plan, world),
        false => Show::begin(plan, world)?,
    };
    let reading = reading && !args.write.takes_stdout();
    let mut failed = None;
    let outcome = programs::runtime(world)?.block_on(async {
        let mut signals = Signals::listen().map_err(|cause| programs::system(&cause))?;
        let (stopper, stop) = stopper();
        let running = lab::run(lab, options, stop, |event| {
            let shown = match event {
                Event::Said { party, line } => say(&mut show, party, line, reading, world),
                Event::Capturing { link, decimals } => args
                    .write
                    .begin(Input::Live { link, decimals }, world)
                    .map(|it| kept = Some(it)),
                Event::Frame(frame) => kept
                    .as_mut()
                    .map_or(Ok(()), |kept: &mut Kept| kept.frame(&frame))
                    .and_then(|()| show.frame(&frame, true)),
                Event::Called(_) | Event::Idle => Ok(()),
            };
            if let Err(failure) = shown {
                failed.get_or_insert(failure);
                stopper.stop();
            }
        });
        tokio::pin!(running);
        let ran = tokio::select! {
            ran = &mut running => ran,
            _ = signals.next() => {
                stopper.stop();
                running.await
            }
        };
        ran.map_err(|error| {
            Failure::new(
                error.exit_code(),
                error.message(world.lang),
                error.hint(world.lang),
            )
        })
    });
    if let Some(failure) = failed {
        return Err(failure);
    }
    kept.map_or(Ok(()), Kept::finish)?;
    if reading && show.rows() > 0 {
        show.blank_line();
    }
    let rows = show.end()?;
    let run = outcome?;
    let answered = answer(lab, &run, reading, world)?;
    if run.stats.dropped + run.stats.interface_dropped > 0 {
        live::counts(rows, run.stats, world);
    }
    if rows == 0 && !run.stopped {
        let (cause, hint) = (NOTHING.get(world.lang), NOTHING_HINT.get(world.lang));
        return Err(Failure::new(NOTHING_CAPTURED, cause, hint));
    }
    // A lab that was stopped early owes no proof.
    if !answered && !run.stopped {
        return Err(Failure::Told { code: FAILED });
    }
    Ok(())
}

/// Shows the answer to the lab's question, below the table or, where standard output holds data,
/// on standard error. Returns whether the capture showed what the lab is about.
fn answer(lab: &Lab, run: &LabRun, reading: bool, world: &World) -> Result<bool, Failure> {
    let answer = lab::answer(lab, &run.evidence, world.lang);
    let mut text = format!("\n{}\n", lab.question.get(world.lang));
    for line in &answer.lines {
        text.push_str("  ");
        text.push_str(line);
        text.push('\n');
    }
    if reading {
        let mut out = Output::stdout(world.lang);
        let fitted = world.width.map(|width| wrap::lines(&text, width));
        out.buffer
            .extend_from_slice(fitted.as_ref().unwrap_or(&text).as_bytes());
        out.flush()?;
    } else {
        world.note(text.trim_end());
    }
    Ok(answer.shown)
}

/// Shows what a program said: before the table, or on standard error where standard output holds
/// data.
fn say(
    show: &mut Show,
    party: Party,
    line: &str,
    reading: bool,
    world: &World,
) -> Result<(), Failure> {
    let role = match party.role {
        Role::Server => &ui::SERVER,
        Role::Client => &ui::CLIENT,
    };
    let number = party
        .number
        .map(|number| format!(" {number}"))
        .unwrap_or_default();
    let who = format!("{}{number}", role.get(world.lang));
    let line = format!("{who:<8} │ {line}");
    if reading {
        show.line(&line)
    } else {
        world.note(&line);
        Ok(())
    }
}
