//! `netlab serve ID`: the server of an exercise, alone.

use clap::Args;

use crate::cli::exit::FAILED;
use crate::cli::fail::Failure;
use crate::cli::options::exercise::{self, ServerArgs};
use crate::cli::programs;
use crate::cli::words;
use crate::cli::world::World;
use crate::exercises::stop::stopper;
use crate::model::call::Party;
use crate::sandbox::{self, Keep};
use crate::source::live::signals::Signals;

#[derive(Args, Debug)]
pub(in crate::cli) struct ServeArgs {
    #[arg(value_name = "ID", help = words::EXERCISE_ID.en)]
    id: String,
    #[command(flatten)]
    server: ServerArgs,
}

pub(in crate::cli) fn run(args: &ServeArgs, world: &World) -> Result<(), Failure> {
    let exercise = exercise::find(&args.id, world)?;
    let options = args.server.plan(exercise, exercise.server_options, world)?;
    exercise::warn_of_others(&options.host, world);
    sandbox::give_up(Keep {
        low_ports: true,
        filters: true,
        ..Keep::default()
    });
    let setting = programs::alone(Party::SERVER, world);
    let outcome = programs::runtime(0, world)?.block_on(async {
        let (stopper, stop) = stopper();
        let mut signals = Signals::listen().map_err(|cause| programs::system(&cause, world))?;
        let server = exercise.serve(options, setting, stop);
        tokio::pin!(server);
        let result = tokio::select! {
            result = &mut server => result,
            _ = signals.next() => {
                stopper.stop();
                server.await
            }
        };
        result.map_err(|error| programs::failure(&error, world))
    })?;
    if outcome.failed > 0 {
        Err(Failure::Told { code: FAILED })
    } else {
        Ok(())
    }
}
