//! What the verbs that capture live have in common: errors, the banner, the count of drops.

use super::doctor;
use super::exit::Exit;
use super::fail::Failure;
use super::world::World;
use crate::model::filter::CaptureFilter;
use crate::source::live::error::LiveError;
use crate::source::live::{LiveSource, LiveStats};
use crate::text::phrase::phrase;

phrase! {
    capturing(interface, filter): "capturing on {interface}{filter}; stop with Ctrl-C",
        "capturando em {interface}{filter}; pare com Ctrl-C";
    filtered(filter): ", filter: {filter}", ", filtro: {filter}";
    counted(count; dropped):
        "1 packet captured, {dropped} dropped by the capture" | "{count} packets captured, {dropped} dropped by the capture",
        "1 pacote capturado, {dropped} descartados pela captura" | "{count} pacotes capturados, {dropped} descartados pela captura";
    full_socket(count;):
        "1 datagram was dropped at a full socket buffer: it is in the capture, and no program got it (counted for this whole network namespace)" | "{count} datagrams were dropped at a full socket buffer: they are in the capture, and no program got them (counted for this whole network namespace)",
        "1 datagrama foi descartado em um buffer de socket cheio: está na captura, e nenhum programa o recebeu (contado neste espaço de rede inteiro)" | "{count} datagramas foram descartados em um buffer de socket cheio: estão na captura, e nenhum programa os recebeu (contados neste espaço de rede inteiro)";
    lost(dropped;):
        "the kernel dropped 1 packet: rows, labels and sums may be wrong where it is missing" | "the kernel dropped {dropped} packets: rows, labels and sums may be wrong where they are missing",
        "o kernel descartou 1 pacote: linhas, rótulos e somas podem estar errados onde ele falta" | "o kernel descartou {dropped} pacotes: linhas, rótulos e somas podem estar errados onde eles faltam";
}

/// A live capture's error as the end of the process.
pub(super) fn failure(error: &LiveError, world: &World) -> Failure {
    let mut hint = error.hint(world.lang);
    if matches!(error, LiveError::PermissionDenied { .. }) {
        let found = doctor::lines(&doctor::rights(false, world), world.width);
        hint = format!("{hint}\n{found}");
    }
    Failure::new(
        error.exit_code(),
        error.message(world.lang),
        hint.trim_end(),
    )
}

/// Says on standard error what is captured and how to stop.
pub(super) fn banner(source: &LiveSource, filter: &CaptureFilter, world: &World) {
    let filter = match filter.is_empty() {
        true => String::new(),
        false => filtered(world.lang, filter).to_string(),
    };
    let said = capturing(world.lang, source.interface(), filter);
    world.note(&format!("netlab: {said}"));
}

/// Says on standard error how many packets were captured and how many were lost.
pub(super) fn counts(captured: u64, stats: LiveStats, world: &World) {
    let dropped = stats.dropped + stats.interface_dropped;
    let said = counted(world.lang, captured, dropped);
    world.note(&format!("netlab: {said}"));
    if dropped > 0 {
        world.warn(&lost(world.lang, dropped).to_string());
    }
    full_sockets(stats, world);
}

/// Says on standard error how many datagrams a program could have had and did not get.
pub(super) fn full_sockets(stats: LiveStats, world: &World) {
    if stats.socket_dropped > 0 {
        let said = full_socket(world.lang, stats.socket_dropped);
        world.note(&format!("netlab: {said}"));
    }
}
