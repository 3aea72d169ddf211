//! `netlab annotate FILE -o OUT.pcapng`: the same packets, each with its explanation as a comment
//! that Wireshark shows.

use std::path::Path;

use clap::Args;

use crate::cli::fail::Failure;
use crate::cli::files;
use crate::cli::files::names;
use crate::cli::options::write;
use crate::cli::progress::Progress;
use crate::cli::words;
use crate::cli::world::World;
use crate::render::escape;
use crate::report::annotation::{self, Phases};
use crate::report::explain::Explainer;
use crate::source::STANDARD_INPUT;
use crate::source::file::{FileSource, Format, Piece};
use crate::source::save::{Copier, SaveFormat};
use crate::text::phrase::phrase;

#[derive(Args, Debug)]
pub(in crate::cli) struct AnnotateArgs {
    #[arg(value_name = "FILE", help = words::FILE.en, value_parser = names())]
    file: String,
    #[arg(short = 'o', long = "output", value_name = "OUT", required = true, help = words::ANNOTATE_OUTPUT.en)]
    output: String,
}

phrase! {
    not_pcapng(path): "only pcapng has a place for comments, and {path} has another suffix",
        "só pcapng tem lugar para comentários, e {path} tem outro sufixo";
    NAME_IT: "name the output OUT.pcapng, or '-' for standard output",
        "dê à saída um nome como OUT.pcapng, ou '-' para a saída padrão";
}

pub(in crate::cli) fn run(args: &AnnotateArgs, world: &World) -> Result<(), Failure> {
    let format = SaveFormat::of(&args.output).map_err(|error| write::failure(&error, world))?;
    if format != SaveFormat::Pcapng && args.output != "-" {
        return Err(Failure::usage(
            not_pcapng(world.lang, &args.output).to_string(),
            NAME_IT.get(world.lang),
        ));
    }
    write::spare(&args.file, &args.output, "-o", world)?;
    let mut source = files::open(&args.file, world)?;
    if source.facts().format == Format::Text {
        return Err(write::no_packets(world));
    }
    let size = source.facts().size.filter(|_| args.file != STANDARD_INPUT);
    // The comment on the whole stands first, so that a file is read twice; a pipe cannot be.
    let again = size.map(|_| files::open(&args.file, world)).transpose()?;
    files::enclose(Some(Path::new(&args.output)));
    let comment = match again {
        Some(source) => whole(source, world)?,
        None => annotation::names(world.lang),
    };
    let failure = |error| write::failure(&error, world);
    let copier = Copier::create(&args.output, &comment, source.facts());
    let mut copier = copier.map_err(failure)?;
    let mut pipeline = world.following();
    let explainer = Explainer::new(world.lang).with_reasons(false);
    let mut progress = Progress::begin(&args.file, None, world);
    loop {
        if source.is_stream() && !source.holds_next() {
            copier.flush().map_err(failure)?;
        }
        let piece = source.next_piece();
        let (frame, stored) = match piece.map_err(|error| files::failure(&error, world))? {
            None => break,
            Some(Piece::Block(stored)) => {
                copier.block(stored).map_err(failure)?;
                continue;
            }
            Some(Piece::Frame(frame, stored)) => (frame, stored),
        };
        let row = pipeline.push(&frame);
        let explanation = explainer.row(&row);
        let comment = harmless(annotation::packet(&row, &explanation, world.lang));
        copier.frame(&frame, stored, &comment).map_err(failure)?;
        progress.packet(|| 0);
    }
    drop(progress);
    copier.finish().map_err(failure)?;
    world.not_followed(&pipeline);
    // The process ends: to give back each conversation by itself takes longer than to analyse a packet.
    std::mem::forget(pipeline);
    files::end(&source, world)
}

/// Reads a file for the comment on the whole.
fn whole(mut source: FileSource, world: &World) -> Result<String, Failure> {
    let mut pipeline = world.pipeline(annotation::CONVERSATIONS);
    let mut phases = Phases::default();
    while let Some(frame) = files::next(&mut source, world)? {
        phases.row(&pipeline.push(&frame));
    }
    let conversations = pipeline.analyzer().conversations();
    Ok(phases.comment(conversations, world.lang))
}

/// One line in which nothing acts on whoever reads it.
fn harmless(text: String) -> String {
    let mut bytes = text.into_bytes();
    escape::controls(&mut bytes, 0);
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
