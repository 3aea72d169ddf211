//! `netlab run` where programs cannot be watched.

use super::RunArgs;
use crate::cli::fail::Failure;
use crate::cli::world::World;
use crate::text::Text;

static LINUX_ONLY: Text = Text {
    en: "netlab run works on Linux only",
    pt_br: "netlab run só funciona no Linux",
};
static LINUX_ONLY_HINT: Text = Text {
    en: "run the programs in two terminals beside netlab capture; files that netlab run wrote on \
         Linux can be read here",
    pt_br: "rode os programas em dois terminais ao lado de netlab capture; os arquivos que o netlab \
            run gravou no Linux podem ser lidos aqui",
};

pub(super) fn run(_: &RunArgs, world: &World) -> Result<(), Failure> {
    let (cause, hint) = (LINUX_ONLY.get(world.lang), LINUX_ONLY_HINT.get(world.lang));
    Err(Failure::usage(cause, hint))
}
