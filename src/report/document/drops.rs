//! What a capture lost, where that was counted.

use super::capture::{CaptureFacts, InterfaceFacts};
use super::table::Cell;
use crate::model::interface_counts::InterfaceCounts;
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

pub(super) static DROPPED: Text = Text {
    en: "Packets dropped by the capture",
    pt_br: "Pacotes descartados pela captura",
};
static NOT_RECORDED: Text = Text {
    en: "not recorded in the file",
    pt_br: "não registrado no arquivo",
};
static IN_PART: Text = Text {
    en: "not recorded for every interface",
    pt_br: "não registrado para todas as interfaces",
};
const RECEIVED: Text = Text {
    en: "Packets received there (isb_ifrecv)",
    pt_br: "Pacotes recebidos ali (isb_ifrecv)",
};
const ACCEPTED: Text = Text {
    en: "Packets that passed the filter there (isb_filteraccept)",
    pt_br: "Pacotes que passaram pelo filtro ali (isb_filteraccept)",
};
const BY_INTERFACE: Text = Text {
    en: "Packets dropped there (isb_ifdrop)",
    pt_br: "Pacotes descartados ali (isb_ifdrop)",
};
const BY_SYSTEM: Text = Text {
    en: "Packets dropped there by the system (isb_osdrop)",
    pt_br: "Pacotes descartados ali pelo sistema (isb_osdrop)",
};
const DELIVERED: Text = Text {
    en: "Packets given to the capturing program (isb_usrdeliv)",
    pt_br: "Pacotes entregues ao programa de captura (isb_usrdeliv)",
};
const BETWEEN: Text = Text {
    en: "Packets lost there between those kept (epb_dropcount)",
    pt_br: "Pacotes perdidos ali entre os guardados (epb_dropcount)",
};
