//! `netlab plot FILE`: conversations over time.

use clap::Args;

use crate::analysis::conversation::Protocol;
use crate::cli::calls::Calls;
use crate::cli::fail::Failure;
use crate::cli::files;
use crate::cli::files::names;
use crate::cli::options::picture::{Form, PictureArgs};
use crate::cli::progress::Progress;
use crate::cli::words;
use crate::cli::world::World;
use crate::render::plots;
use crate::report::plots::words as said;
use crate::report::plots::{PlotBuilder, PlotKind, PlotOptions};
use crate::text::phrase::phrase;

phrase! {
    tcp_alone(file):
        "{file} has only UDP conversations, and UDP has neither sequence numbers nor acknowledgments",
        "{file} só tem conversas UDP, e o UDP não tem números de sequência nem reconhecimentos";
    TCP_ALONE_HINT: "--kind throughput plots UDP too", "--kind throughput desenha também UDP";
}

/// How many conversations are plotted unless more are asked for.
const CONVERSATIONS: usize = 4;

#[derive(Args, Debug)]
pub(in crate::cli) struct PlotArgs {
    #[arg(value_name = "FILE", help = words::FILE.en, value_parser = names())]
    file: String,
    #[arg(long, value_name = "KIND", help = words::KIND.en, value_parser = kinds(), hide_possible_values = true)]
    kind: Option<String>,
    #[command(flatten)]
    picture: PictureArgs,
}

fn kinds() -> clap::builder::PossibleValuesParser {
    PlotKind::ALL.map(PlotKind::id).into()
}

impl PlotArgs {
    /// The file that is read.
    pub(in crate::cli) fn file(&self) -> &str {
        &self.file
    }
}

pub(in crate::cli) fn run(args: &PlotArgs, world: &World) -> Result<(), Failure> {
    let form = args.picture.form(world)?;
    let typed = |kind: &PlotKind| args.kind.as_deref() == Some(kind.id());
    let kind = PlotKind::ALL
        .into_iter()
        .find(typed)
        .unwrap_or(PlotKind::Sequence);
    let options = PlotOptions {
        kind,
        choice: args.picture.choice(),
        conversations: args.picture.conversations(CONVERSATIONS),
    };
    let mut source = files::open(&args.file, world)?;
    let mut out = args.picture.open(&args.file, world)?;
    args.picture.enclose();
    let mut builder = PlotBuilder::new(options);
    let mut pipeline = world.pipeline(super::ladder::RECORDS);
    let mut progress = Progress::begin(&args.file, None, world);
    let mut calls = Calls::default();
    while let Some(frame) = files::next(&mut source, world)? {
        calls.of(&frame);
        builder.push(&pipeline.push(&frame));
        progress.packet(|| 0);
    }
    drop(progress);
    let plotted = builder.finish(pipeline.analyzer().conversations());
    if plotted.plots.is_empty() {
        files::end(&source, world)?;
        let conversations = pipeline.analyzer().conversations();
        let udp = !conversations.is_empty()
            && conversations.iter().all(|it| it.protocol == Protocol::Udp);
        if udp && args.picture.first() && kind != PlotKind::Throughput {
            let cause = tcp_alone(world.lang, &args.file).to_string();
            return Err(Failure::usage(cause, TCP_ALONE_HINT.get(world.lang)));
        }
        return Err(args.picture.nothing(&args.file, world));
    }
    match form {
        Form::Svg => {
            let picture = plots::document(&plotted, world.lang);
            out.buffer.extend_from_slice(picture.as_bytes());
        }
        Form::Text => {
            let text = args.picture.text(world);
            for (place, plot) in plotted.plots.iter().enumerate() {
                if place > 0 {
                    out.buffer.push(b'\n');
                }
                let picture = plots::text(plot, &text);
                out.buffer.extend_from_slice(picture.as_bytes());
                out.flush_if_full()?;
            }
        }
    }
    out.finish()?;
    if let Some(others) = said::others(&plotted, world.lang) {
        world.note(&format!("netlab: {others}"));
    }
    if kind == PlotKind::Rtt {
        calls.file(source.facts());
        calls.tell(args.picture.on_stdout(), world)?;
    }
    files::end(&source, world)
}
