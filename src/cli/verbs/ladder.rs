//! `netlab ladder FILE`: the packets of conversations as arrows between their ends.

use clap::Args;

use crate::cli::calls::Calls;
use crate::cli::fail::Failure;
use crate::cli::files;
use crate::cli::files::names;
use crate::cli::options::picture::{Form, PictureArgs, size};
use crate::cli::options::select::positive;
use crate::cli::progress::Progress;
use crate::cli::words;
use crate::cli::world::World;
use crate::render::ladder;
use crate::report::ladder::words as said;
use crate::report::ladder::{LadderBuilder, LadderOptions};

#[derive(Args, Debug)]
pub(in crate::cli) struct LadderArgs {
    #[arg(value_name = "FILE", help = words::FILE.en, value_parser = names())]
    file: String,
    #[command(flatten)]
    picture: PictureArgs,
    #[arg(long, help = words::TOGETHER.en)]
    together: bool,
    #[arg(long, value_name = "N", help = words::ARROWS.en, value_parser = positive)]
    arrows: Option<u64>,
}

/// How many conversations have a record, from which pictures take which datagram answers which, what
/// is in the capture twice, what each end sent, and when a window was zero.
pub(super) const RECORDS: usize = 10_000;

impl LadderArgs {
    /// The file that is read.
    pub(in crate::cli) fn file(&self) -> &str {
        &self.file
    }
}

pub(in crate::cli) fn run(args: &LadderArgs, world: &World) -> Result<(), Failure> {
    let form = args.picture.form(world)?;
    let mut source = files::open(&args.file, world)?;
    let mut out = args.picture.open(&args.file, world)?;
    args.picture.enclose();
    let mut builder = LadderBuilder::new(options(args));
    let mut pipeline = world.pipeline(RECORDS);
    let mut progress = Progress::begin(&args.file, None, world);
    let mut calls = Calls::default();
    while let Some(frame) = files::next(&mut source, world)? {
        if let Some(call) = calls.of(&frame) {
            builder.call(&call);
        }
        builder.push(&pipeline.push(&frame));
        progress.packet(|| 0);
    }
    drop(progress);
    let ladders = builder.finish(pipeline.analyzer().conversations());
    if ladders.ladders.is_empty() {
        files::end(&source, world)?;
        return Err(args.picture.nothing(&args.file, world));
    }
    match form {
        Form::Svg => {
            let picture = ladder::document(&ladders, world.lang);
            out.buffer.extend_from_slice(picture.as_bytes());
        }
        Form::Text => {
            let text = args.picture.text(world);
            for (place, drawn) in ladders.ladders.iter().enumerate() {
                if place > 0 {
                    out.buffer.push(b'\n');
                }
                let picture = ladder::text(drawn, &text);
                out.buffer.extend_from_slice(picture.as_bytes());
                out.flush_if_full()?;
            }
        }
    }
    out.finish()?;
    if let Some(others) = said::others(&ladders, world.lang) {
        world.note(&format!("netlab: {others}"));
    }
    calls.file(source.facts());
    calls.tell(args.picture.on_stdout(), world)?;
    files::end(&source, world)
}

fn options(args: &LadderArgs) -> LadderOptions {
    let usual = LadderOptions::default();
    LadderOptions {
        choice: args.picture.choice(),
        conversations: args.picture.conversations(usual.conversations),
        arrows: args.arrows.map_or(usual.arrows, size),
        together: args.together,
    }
}
