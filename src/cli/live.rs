//! What the verbs that capture live have in common: errors, the banner, the count of drops.

use super::exit::Exit;
use super::fail::Failure;
use super::world::World;
use crate::model::filter::CaptureFilter;
use crate::source::live::error::LiveError;
use crate::source::live::{LiveSource, LiveStats};
use crate::text::Text;
use crate::text::phrase::phrase;

static BANNER: Text = Text::new(
    "capturing on {interface}{filter}; stop with Ctrl-C",
    "capturando em {interface}{filter}; pare com Ctrl-C",
);
static FILTER: Text = Text::new(", filter: {filter}", ", filtro: {filter}");
static COUNTED: Text = Text::new(
    "{shown} packets captured, {dropped} dropped by the capture",
    "{shown} pacotes capturados, {dropped} descartados pela captura",
);
static COUNTED_ONE: Text = Text::new(
    "{shown} packet captured, {dropped} dropped by the capture",
    "{shown} pacote capturado, {dropped} descartados pela captura",
);
static FULL_SOCKET: Text = Text::new(
    "{count} datagrams were dropped at a full socket buffer: they are in the capture, and no program got them (counted for this whole network namespace)",
    "{count} datagramas foram descartados em um buffer de socket cheio: estão na captura, e nenhum programa os recebeu (contados neste espaço de rede inteiro)",
);
phrase! {
    FULL_SOCKET_ONE:
        "1 datagram was dropped at a full socket buffer: it is in the capture, and no program got it (counted for this whole network namespace)",
        "1 datagrama foi descartado em um buffer de socket cheio: está na captura, e nenhum programa o recebeu (contado neste espaço de rede inteiro)";
}
static DROPPED: Text = Text::new(
    "the kernel dropped {dropped} packets: rows, labels and sums may be wrong where they are missing",
    "o kernel descartou {dropped} pacotes: linhas, rótulos e somas podem estar errados onde eles faltam",
);

/// A live capture's error as the end of the process.
pub(super) fn failure(error: &LiveError, world: &World) -> Failure {
    Failure::new(
        error.exit_code(),
        error.message(world.lang),
        error.hint(world.lang),
    )
}

/// Says on standard error what is captured and how to stop.
pub(super) fn banner(source: &LiveSource, filter: &CaptureFilter, world: &World) {
    let filter = match filter.is_empty() {
        true => String::new(),
        false => FILTER.fill(world.lang, &[("filter", filter)]),
    };
    let values: &[(&str, &dyn std::fmt::Display)] =
        &[("interface", &source.interface()), ("filter", &filter)];
    world.note(&format!("netlab: {}", BANNER.fill(world.lang, values)));
}

/// Says on standard error how many packets were captured and how many were lost.
pub(super) fn counts(captured: u64, stats: LiveStats, world: &World) {
    let dropped = stats.dropped + stats.interface_dropped;
    let text = if captured == 1 {
        &COUNTED_ONE
    } else {
        &COUNTED
    };
    let values: &[(&str, &dyn std::fmt::Display)] = &[("shown", &captured), ("dropped", &dropped)];
    world.note(&format!("netlab: {}", text.fill(world.lang, values)));
    if dropped > 0 {
        world.warn(&DROPPED.fill(world.lang, &[("dropped", &dropped)]));
    }
    full_sockets(stats, world);
}

/// Says on standard error how many datagrams a program could have had and did not get.
pub(super) fn full_sockets(stats: LiveStats, world: &World) {
    let text = match stats.socket_dropped {
        0 => return,
        1 => &FULL_SOCKET_ONE,
        _ => &FULL_SOCKET,
    };
    let said = text.fill(world.lang, &[("count", &stats.socket_dropped)]);
    world.note(&format!("netlab: {said}"));
}
