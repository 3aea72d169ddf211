//! `netlab follow FILE`: what each side of a conversation sent, in order.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::analysis::conversation::Conversation;
use crate::cli::exit::FAILED;
use crate::cli::fail::Failure;
use crate::cli::files;
use crate::cli::files::names;
use crate::cli::options::exercise::number_u32;
use crate::cli::options::picture;
use crate::cli::options::select::port;
use crate::cli::options::write;
use crate::cli::out::Output;
use crate::cli::progress::Progress;
use crate::cli::words;
use crate::cli::world::World;
use crate::render::follow::{self, Look};
use crate::report::follow::words as said;
use crate::report::follow::{Followed, Follower, What, wanted};
use crate::text::phrase::phrase;

#[derive(Args, Debug)]
pub(in crate::cli) struct FollowArgs {
    #[arg(value_name = "FILE", help = words::FILE.en, value_parser = names())]
    file: String,
    #[arg(long, value_name = "N", help = words::FOLLOW_STREAM.en, value_parser = number_u32)]
    stream: Vec<u32>,
    #[arg(long, value_name = "N", help = words::FOLLOW_UDP_STREAM.en, value_parser = number_u32)]
    udp_stream: Vec<u32>,
    #[arg(long, value_name = "N", help = words::WITH_PORT.en, value_parser = port)]
    port: Vec<u16>,
    #[arg(long, value_name = "SIDE", help = words::FOLLOW_FROM.en, hide_possible_values = true)]
    from: Option<From>,
    #[arg(short = 'T', long = "format", value_name = "FORMAT", help = words::FOLLOW_FORMAT.en, hide_possible_values = true)]
    format: Option<Form>,
    #[arg(short = 'o', long = "output", value_name = "FILE", help = words::FOLLOW_OUTPUT.en)]
    output: Option<PathBuf>,
}

/// One of the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum From {
    Client,
    Server,
}

/// How bytes are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Hex,
    Raw,
    Json,
}

phrase! {
    RAW: "bytes of packets are not written to a terminal as they are",
        "bytes de pacotes não são escritos em um terminal como são";
    RAW_HINT: "name a file with -o, use a pipe, or -T text",
        "indique um arquivo com -o, use um pipe, ou -T text";
}

pub(in crate::cli) fn run(args: &FollowArgs, world: &World) -> Result<(), Failure> {
    let form = args.form();
    if form == Form::Raw && args.output.is_none() && world.stdout_is_terminal {
        return Err(Failure::usage(
            RAW.get(world.lang),
            RAW_HINT.get(world.lang),
        ));
    }
    let output = args.output.as_deref();
    write::spare_output(std::slice::from_ref(&args.file), output, world)?;
    let mut source = files::open(&args.file, world)?;
    let mut out = Output::to(output, world.lang)?;
    files::enclose(output);
    let mut pipeline = world.pipeline(0);
    let mut progress = Progress::begin(&args.file, None, world);
    let mut follower = Follower::default();
    while let Some(frame) = files::next(&mut source, world)? {
        let row = pipeline.push(&frame);
        if row.conversation.is_some_and(|it| args.wants(it)) {
            follower.push(&row);
        }
        progress.packet(|| 0);
    }
    drop(progress);
    let (mut followed, left_out) = follower.finish();
    if followed.is_empty() {
        files::end(&source, world)?;
        let named = !(args.stream.is_empty() && args.udp_stream.is_empty() && args.port.is_empty());
        return Err(picture::missing(named, &args.file, world));
    }
    let conversations = pipeline.analyzer().conversations();
    if form == Form::Json {
        out.buffer.push(b'[');
    }
    for (place, it) in followed.iter_mut().enumerate() {
        let Some(conversation) = conversations.get(it.id.index()) else {
            continue;
        };
        args.keep(it, conversation);
        args.show(it, conversation, form, (place, world), &mut out.buffer);
        out.flush_if_full()?;
    }
    if form == Form::Json {
        out.buffer.extend_from_slice(b"\n]\n");
    }
    out.finish()?;
    files::end(&source, world)?;
    if left_out > 0 {
        world.warn(&said::left_out(world.lang, left_out).to_string());
        return Err(Failure::Told { code: FAILED });
    }
    Ok(())
}

impl FollowArgs {
    /// The file that is read.
    pub(in crate::cli) fn file(&self) -> &str {
        &self.file
    }

    fn form(&self) -> Form {
        let suffix = self.output.as_deref().and_then(picture::suffix);
        self.format.unwrap_or(match suffix.as_deref() {
            Some("json") => Form::Json,
            Some("hex") => Form::Hex,
            Some("raw" | "bin") => Form::Raw,
            _ => Form::Text,
        })
    }

    fn wants(&self, conversation: &Conversation) -> bool {
        let mut ends = conversation.ends().into_iter();
        wanted(conversation, &self.stream, &self.udp_stream)
            && (self.port.is_empty() || ends.any(|end| self.port.contains(&end.port)))
    }

    /// Leaves only what the side sent that was asked for.
    fn keep(&self, followed: &mut Followed, conversation: &Conversation) {
        let role = match self.from {
            None => return,
            Some(From::Client) => "client",
            Some(From::Server) => "server",
        };
        let parts = &mut followed.parts;
        parts.retain(|part| said::role(part.side, conversation) == Some(role));
    }

    fn show(
        &self,
        it: &Followed,
        conversation: &Conversation,
        form: Form,
        (place, world): (usize, &World),
        out: &mut Vec<u8>,
    ) {
        match form {
            Form::Raw => {
                for part in &it.parts {
                    if let What::Bytes(bytes, _) = &part.what {
                        out.extend_from_slice(bytes);
                    }
                }
            }
            Form::Json => {
                out.extend_from_slice(if place > 0 { b",\n" } else { b"\n" });
                follow::json(it, conversation, out);
            }
            Form::Text | Form::Hex => {
                if place > 0 {
                    out.push(b'\n');
                }
                let look = Look {
                    lang: world.lang,
                    hex: form == Form::Hex,
                    color: self.output.is_none() && world.color,
                };
                follow::text(it, conversation, look, out);
            }
        }
    }
}
