//! What a capture lost, where that was counted.

use super::capture_facts::{CaptureFacts, InterfaceFacts};
use super::table::Cell;
use crate::model::interface_counts::InterfaceCounts;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

/// A count by its key and its name, and where it stands.
type Count = (&'static str, Text, fn(&InterfaceCounts) -> Option<u64>);

/// The counts of an interface beside the sum of the capture, in their order.
static COUNTS: [Count; 6] = [
    ("received", RECEIVED, |it| it.received),
    ("accepted", ACCEPTED, |it| it.accepted),
    ("dropped_by_interface", BY_INTERFACE, |it| {
        it.dropped_by_interface
    }),
    ("dropped_by_system", BY_SYSTEM, |it| it.dropped_by_system),
    ("delivered", DELIVERED, |it| it.delivered),
    ("dropped_between", BETWEEN, |it| it.dropped_between),
];

/// Adds what was counted at an interface, unless the sum of the capture says as much: that a single
/// one lost nothing. Where another one has a count that this one lacks, that
/// is said, so that the values of several interfaces stand in their order.
pub(super) fn counts(
    facts: &CaptureFacts,
    interface: &InterfaceFacts,
    lang: Lang,
    add: &mut impl FnMut(&'static str, &Text, Cell),
) {
    if facts.interface_count == 1 && interface.counts.dropped() == Some(0) {
        return;
    }
    for (id, label, count) in &COUNTS {
        if facts
            .interfaces
            .iter()
            .any(|it| count(&it.counts).is_some())
        {
            add(id, label, known(count(&interface.counts), lang));
        }
    }
}

/// How many packets the capture lost: at all interfaces, where it is known of each.
pub(super) fn total(facts: &CaptureFacts, lang: Lang) -> Cell {
    let all = facts.interface_count == facts.interfaces.len() as u64 && facts.interface_count > 0;
    let each = facts.interfaces.iter().map(|it| it.counts.dropped());
    let sum = each
        .clone()
        .try_fold(0_u64, |sum, count| Some(sum.saturating_add(count?)));
    match sum.filter(|_| all) {
        Some(sum) => Cell::int(sum),
        None if each.flatten().next().is_some() => Cell::Absent(IN_PART.get(lang).into()),
        None => known(None, lang),
    }
}

fn known(count: Option<u64>, lang: Lang) -> Cell {
    count.map_or_else(|| Cell::Absent(NOT_RECORDED.get(lang).into()), Cell::int)
}

phrase! {
    pub(super) DROPPED: "Packets dropped by the capture", "Pacotes descartados pela captura";
    NOT_RECORDED: "not recorded in the file", "não registrado no arquivo";
    IN_PART: "not recorded for every interface", "não registrado para todas as interfaces";
    RECEIVED: "Packets received there (isb_ifrecv)", "Pacotes recebidos ali (isb_ifrecv)";
    ACCEPTED: "Packets that passed the filter there (isb_filteraccept)",
        "Pacotes que passaram pelo filtro ali (isb_filteraccept)";
    BY_INTERFACE: "Packets dropped there (isb_ifdrop)", "Pacotes descartados ali (isb_ifdrop)";
    BY_SYSTEM: "Packets dropped there by the system (isb_osdrop)",
        "Pacotes descartados ali pelo sistema (isb_osdrop)";
    DELIVERED: "Packets given to the capturing program (isb_usrdeliv)",
        "Pacotes entregues ao programa de captura (isb_usrdeliv)";
    BETWEEN: "Packets lost there between those kept (epb_dropcount)",
        "Pacotes perdidos ali entre os guardados (epb_dropcount)";
}
