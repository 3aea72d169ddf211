//! The lines between handshake and close.

use std::fmt::{Display, Write};

use super::{Line, Subject, SummaryLine, frames};
use crate::analysis::record::Record;
use crate::analysis::record::groups::group::{Group, GroupKind};
use crate::model::side::Side;
use crate::report::words;
use crate::report::words::{again, groups as say, window};
use crate::text::quantity;

/// What became of the requests of a UDP conversation, in a line that is about no frames.
pub(super) fn exchanges(context: &Subject<'_>, lines: &mut Vec<Line>) {
    let udp = context.conversation.record().and_then(Record::udp);
    let line = udp.and_then(|udp| words::udp::line(udp, context.lang));
    lines.extend(line.map(Line::bare));
}

pub(super) fn lines(context: &Subject<'_>, lines: &mut Vec<Line>) {
    for (place, group) in context.groups.list().iter().enumerate() {
        lines.push(Line {
            frames: frames::list(&group.frames),
            text: text(context, group),
            place: Some(SummaryLine::Middle(place)),
        });
    }
    if let Some(rest) = context.groups.rest() {
        let lang = context.lang;
        let packets = quantity::packets(lang, rest.packets);
        let mut text = format!("{}: {packets}", say::rest(lang, rest.groups));
        for side in [Side::First, Side::Second] {
            let bytes = quantity::bytes(lang, rest.bytes[side.index()]);
            note(
                &mut text,
                format_args!("{}: {bytes}", context.who.way(side)),
            );
        }
        lines.push(Line {
            frames: format!("[{} … {}]", rest.first, rest.last),
            text,
            place: Some(SummaryLine::Rest),
        });
    }
}

/// Adds what else there is to say.
pub(super) fn note(text: &mut String, what: impl Display) {
    let _ = write!(text, "; {what}");
}

fn text(context: &Subject<'_>, group: &Group) -> String {
    let (lang, who, side) = (context.lang, &context.who, group.side);
    let mut text = match group.kind {
        GroupKind::Data => data(context, group),
        GroupKind::Acks => {
            let (count, of) = (group.frames.count().into(), who.of(side));
            match group.captured_after() {
                Some(frame) => say::acks_before(lang, count, of, frame).to_string(),
                None => say::acks(lang, count, of).to_string(),
            }
        }
        GroupKind::KeepAlive => {
            let sent = say::keep_alive_probes(lang, group.sent.into());
            let back = say::answers(lang, group.back.into());
            say::keep_alive(lang, who.by(side), sent, back).to_string()
        }
        GroupKind::Window => say::window(lang, who.by(side)).to_string(),
        GroupKind::Unknown => say::unknown(lang, who.way(side)).to_string(),
        GroupKind::Unread => {
            say::unread(lang, group.frames.count().into(), who.of(side)).to_string()
        }
        GroupKind::IcmpErrors => {
            let count = group.frames.count().into();
            let errors = say::icmp_errors(lang, count, who.of(side));
            return match group.port_unreachable {
                true => format!("{errors} (port unreachable)"),
                false => errors.to_string(),
            };
        }
        GroupKind::Datagrams => datagrams(context, group),
    };
    notes(context, group, &mut text);
    text
}

/// What of the group is out of the ordinary.
fn notes(context: &Subject<'_>, group: &Group, text: &mut String) {
    let lang = context.lang;
    if group.zero_window != 0 {
        let zero = window::zero_windows(lang, group.zero_windows.into(), group.zero_window);
        note(text, zero);
        if group.reopened > group.zero_window {
            let count = group.zero_windows.into();
            let _ = write!(text, "{}", window::reopened(lang, count, group.reopened));
        }
    }
    if group.probes > 0 {
        let (sent, back) = (group.probes.into(), group.answers.into());
        note(text, window::probes(lang, sent));
        let _ = match back >= sent {
            true => write!(text, "{}", window::each_answered(lang, sent)),
            false => write!(text, "{}", window::answered(lang, back)),
        };
    }
    let mut counted = |count: u32, what: &dyn Fn(u64, &mut String)| {
        if count > 0 {
            what(count.into(), text);
        }
    };
    counted(group.twice, &|it, text| {
        note(text, again::captured_twice(lang, it))
    });
    counted(group.retransmissions, &|it, text| {
        note(text, say::retransmissions(lang, it))
    });
    counted(group.late, &|it, text| note(text, say::late(lang, it)));
    counted(group.out_of_order, &|it, text| {
        note(text, say::out_of_order(lang, it))
    });
    counted(group.stray, &|it, text| note(text, say::stray(lang, it)));
    counted(group.duplicate_acks, &|it, text| {
        note(text, say::duplicate_acks(lang, it))
    });
    counted(group.window_updates, &|it, text| {
        note(text, say::window_updates(lang, it))
    });
    match (group.icmp_error, group.port_unreachable) {
        (0, _) => {}
        (frame, true) => note(text, say::refused_by(lang, frame)),
        (frame, false) => note(text, say::icmp_error_in(lang, frame)),
    }
}

fn data(context: &Subject<'_>, group: &Group) -> String {
    let lang = context.lang;
    let count = match group.bytes {
        0 => group.again,
        bytes => bytes,
    };
    let way = context.who.way(group.side);
    let bytes = quantity::bytes(lang, count);
    let mut text = match group.bytes {
        0 => format!("{way}: {}", again::sent_again(lang, count, bytes)),
        _ => format!("{way}: {bytes}"),
    };
    let frame = group.acked_by;
    let _ = match (frame, group.acknowledged(), group.acked_inside) {
        (0, _, _) => write!(text, "{}", say::unacknowledged(lang, count)),
        (_, true, true) => write!(text, "{}", say::acknowledged(lang, count)),
        (_, true, false) => write!(text, "{}", say::acknowledged_by(lang, count, frame)),
        (_, false, _) => write!(text, "{}", say::partly(lang, frame)),
    };
    let record = context.conversation.record();
    let missing = record.map_or(0, |record| record.missing(group));
    if missing > 0 {
        match record.is_some_and(|record| record.totals().unread > 0) {
            true => note(&mut text, say::missing_or_unread(lang, missing)),
            false => note(&mut text, say::missing(lang, missing)),
        }
    }
    text
}

fn datagrams(context: &Subject<'_>, group: &Group) -> String {
    let lang = context.lang;
    let one_way = |side: Side, count: u32, bytes: u64| {
        let count = say::datagrams(lang, count.into());
        let bytes = quantity::bytes(lang, bytes);
        format!("{}: {count}, {bytes}", context.who.way(side))
    };
    let mut text = one_way(group.side, group.sent, group.bytes);
    let udp = context.conversation.record().and_then(Record::udp);
    if group.back > 0 {
        note(
            &mut text,
            one_way(group.side.other(), group.back, group.back_bytes),
        );
    } else if group.icmp_error == 0
        && let Some(udp) = udp
    {
        let end = (group.side, group.frames.last());
        let alone = words::udp::alone(context.conversation, udp, end, lang);
        alone.iter().for_each(|it| note(&mut text, it));
    }
    text
}
