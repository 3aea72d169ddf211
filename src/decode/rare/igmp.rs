//! IGMP (RFC 1112, RFC 2236, RFC 3376), in tshark's words.

use std::net::Ipv4Addr;

use crate::decode::step::{Context, Next, Step};
use crate::decode::view::{Short, View};

/// Reads an IGMP message.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let kind = view.byte(0)?;
    context.draft.layer("IGMP");
    match kind {
        0x11 if view.len >= 12 => {
            context.draft.layer("IGMPv3");
            query(view, context)?;
            sources(view, view.be16(10)?, context)?;
        }
        0x11 if view.byte(1)? == 0 => {
            context.draft.layer("IGMPv1");
            context.draft.add("Membership Query");
        }
        0x11 => {
            context.draft.layer("IGMPv2");
            query(view, context)?;
        }
        0x12 => {
            context.draft.layer("IGMPv1");
            context.draft.add("Membership Report");
        }
        0x16 | 0x17 => {
            context.draft.layer("IGMPv2");
            let report = kind == 0x16;
            let words = if report {
                "Membership Report"
            } else {
                "Leave Group"
            };
            context.draft.add(words);
            let group = Ipv4Addr::from(*view.array::<4>(4)?);
            match report {
                _ if group.is_unspecified() => context.draft.add(", general"),
                true => context.draft.write(format_args!(" group {group}")),
                false => context.draft.write(format_args!(" {group}")),
            }
        }
        0x22 => {
            context.draft.layer("IGMPv3");
            context.draft.add("Membership Report");
            report(view, context)?;
        }
        0x13 => context.draft.layer("DVMRP"),
        0x14 => return super::pim::version1(view, context),
        0x1e => {
            let blocks = view.len.saturating_sub(TRACE_HEADER) / TRACE_BLOCK;
            let s = if blocks == 1 { "" } else { "s" };
            context
                .draft
                .write(format_args!("Traceroute Response, {blocks} block{s}"));
            view.head(TRACE_HEADER)?;
        }
        0x1f => {
            let query = view.len == TRACE_HEADER;
            context.draft.add(match query {
                true => "Traceroute Query",
                false => "Traceroute Request",
            });
            view.head(TRACE_HEADER)?;
        }
        0..=15 => context.draft.layer("IGMPv0"),
        0x40..=0x42 => context.draft.layer("IGAP"),
        _ => context
            .draft
            .write(format_args!("Unknown Type:0x{kind:02x}")),
    }
    Ok(Next::Done)
}

/// The header of a multicast traceroute, and what each router on the way adds to it.
const TRACE_HEADER: usize = 24;
const TRACE_BLOCK: usize = 32;

fn query<'a>(view: View<'a>, context: &mut Context<'a>) -> Result<(), Short> {
    let group = Ipv4Addr::from(*view.array::<4>(4)?);
    if group.is_unspecified() {
        context.draft.add("Membership Query, general");
    } else {
        context
            .draft
            .write(format_args!("Membership Query, specific for group {group}"));
    }
    Ok(())
}

/// The sources that a version 3 query asks about.
fn sources<'a>(view: View<'a>, count: u16, context: &mut Context<'a>) -> Result<(), Short> {
    if count > 0 {
        context.draft.add(if count > 1 {
            ", sources {"
        } else {
            ", source {"
        });
        addresses(view, 12, count, context)?;
    }
    Ok(())
}

/// `count` addresses from `at` on, and the brace that closes their list.
fn addresses<'a>(
    view: View<'a>,
    at: usize,
    count: u16,
    context: &mut Context<'a>,
) -> Result<(), Short> {
    for place in 0..usize::from(count) {
        let address = Ipv4Addr::from(*view.array::<4>(at + 4 * place)?);
        let comma = if place == 0 { "" } else { ", " };
        context.draft.write(format_args!("{comma}{address}"));
    }
    context.draft.add("}");
    Ok(())
}

/// The group records of a version 3 report.
fn report<'a>(view: View<'a>, context: &mut Context<'a>) -> Result<(), Short> {
    let count = view.be16(6)?;
    if count == 0 {
        context.draft.add(" - General query");
    }
    let mut rest = view.skip(8)?;
    for _ in 0..count {
        let [kind, extra] = *rest.array::<2>(0)?;
        let sources = rest.be16(2)?;
        let group = Ipv4Addr::from(*rest.array::<4>(4)?);
        let (verb, words) = match (kind, sources) {
            (1 | 3, 0) => ("Leave group", ""),
            (2 | 4, 0) => ("Join group", " for any sources"),
            (5, 0) => ("Group", ", ALLOW_NEW_SOURCES but no source specified (?)"),
            (6, 0) => ("Group", ", BLOCK_OLD_SOURCES but no source specified (?)"),
            (_, 0) => ("Group", ", unknown record type (?)"),
            (1 | 3, _) => ("Join group", " for source"),
            (2 | 4, _) => ("Join group", ", for source"),
            (5, _) => ("Group", ", new source"),
            (6, _) => ("Group", ", block source"),
            _ => ("Group", ", unknown record type (?), source"),
        };
        context
            .draft
            .write(format_args!(" / {verb} {group}{words}"));
        if sources > 0 {
            match kind {
                1 | 3 => context
                    .draft
                    .add(if sources > 1 { "s in {" } else { " in {" }),
                2 | 4 => context.draft.add(if sources > 1 {
                    "s not in {"
                } else {
                    " not in {"
                }),
                _ => context.draft.add(if sources > 1 { "s {" } else { " {" }),
            }
            addresses(rest, 8, sources, context)?;
        }
        rest = rest.skip(8 + 4 * usize::from(sources) + 4 * usize::from(extra))?;
    }
    Ok(())
}
