//! `netlab doctor`: why nothing can be captured or is.

use clap::Args;

use crate::cli::doctor;
use crate::cli::fail::Failure;
use crate::cli::options::select::port;
use crate::cli::out::Output;
use crate::cli::words;
use crate::cli::world::World;
use crate::render::escape;

#[derive(Args, Debug)]
pub(in crate::cli) struct DoctorArgs {
    #[arg(long, value_name = "N", help = words::DOCTOR_PORT.en, value_parser = port)]
    port: Vec<u16>,
}

pub(in crate::cli) fn run(args: &DoctorArgs, world: &World) -> Result<(), Failure> {
    let found = doctor::all(&args.port, world)?;
    let mut out = Output::stdout(world.lang);
    let text = doctor::lines(&found, world.width);
    out.buffer.extend_from_slice(&escape::lines(&text));
    out.flush()
}
