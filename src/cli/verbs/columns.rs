//! `netlab columns`: the names that `--columns` knows.

use crate::cli::fail::Failure;
use crate::cli::out::Output;
use crate::cli::world::World;
use crate::render::list::List;
use crate::report::columns::COLUMNS;

pub(in crate::cli) fn run(world: &World) -> Result<(), Failure> {
    let list = List {
        rows: COLUMNS
            .iter()
            .map(|column| {
                vec![
                    column.id.to_owned(),
                    column.about.get(world.lang).to_owned(),
                ]
            })
            .collect(),
        ..List::default()
    };
    let mut out = Output::stdout(world.lang);
    out.buffer
        .extend_from_slice(list.draw(world.width).as_bytes());
    out.flush()
}
