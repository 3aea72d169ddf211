//! Ladders out of what was collected.

use super::follow::{Followed, Kept};
use super::lanes::{self, Talk};
use super::{Arrow, Item, Ladder, Lane, LaneCall, LaneRole, Travel, gaps};
use crate::analysis::conversation::Conversation;
use crate::analysis::lifecycle::phase::Phase;
use crate::model::call::{Role, SocketCall};
use crate::model::side::Side;
use crate::model::tcp::TcpState;
use crate::model::time::{Nanos, Timestamp};

/// What all ladders of a capture have in common.
pub(super) struct Assembly<'a> {
    pub(super) together: bool,
    pub(super) calls: &'a [SocketCall],
    pub(super) origin: Option<Timestamp>,
    pub(super) decimals: u8,
}

/// Where a thing stands in the order of a ladder: before the frame of this number.
type Order = (u32, u8);

impl Assembly<'_> {
    /// The ladders of the followed conversations.
    pub(super) fn ladders(
        &self,
        followed: &[Followed],
        conversations: &[Conversation],
    ) -> Vec<Ladder> {
        let talks: Vec<Talk<'_>> = followed
            .iter()
            .filter_map(|followed| {
                Some(Talk {
                    followed,
                    conversation: conversations.get(followed.id.index())?,
                })
            })
            .collect();
        let groups = lanes::groups(&talks, self.together);
        groups
            .iter()
            .filter_map(|group| self.ladder(group))
            .collect()
    }

    fn ladder(&self, group: &[Talk<'_>]) -> Option<Ladder> {
        let first = group.first()?;
        let (lanes, places) = lanes::lanes(group);
        let travel = travel(group, &lanes);
        let mut placed: Vec<(Order, Option<Nanos>, Item)> = Vec::new();
        for (talk, own) in group.iter().zip(&places) {
            arrows(talk, *own, &mut placed);
        }
        placed.sort_by_key(|(place, _, _)| *place);
        let placed = self.with_calls(placed, &lanes);
        let mut items = gaps::insert(placed);
        if group.len() == 1 {
            items = with_bands(items);
        }
        lulls(&mut items, travel);
        Some(Ladder {
            protocol: first.conversation.protocol,
            streams: group.iter().map(|talk| talk.conversation.stream).collect(),
            lanes,
            items,
            packets: group.iter().map(|talk| talk.followed.packets()).sum(),
            travel,
            decimals: self.decimals,
        })
    }

    /// The arrows with the calls between them, each before the first packet that is later.
    fn with_calls(
        &self,
        placed: Vec<(Order, Option<Nanos>, Item)>,
        lanes: &[Lane],
    ) -> Vec<(Option<Nanos>, Item)> {
        let mut calls: Vec<(Nanos, LaneCall)> = self
            .calls
            .iter()
            .filter_map(|call| {
                let time = call.acted.since(self.origin?);
                let lane = lane_of(call, lanes)?;
                Some((Nanos(time.nanos_clamped()), LaneCall { lane, call: *call }))
            })
            .collect();
        calls.sort_by_key(|(time, _)| *time);
        let mut calls = calls.into_iter().peekable();
        let mut all = Vec::new();
        for (_, time, item) in placed {
            while let Some((at, call)) = calls.next_if(|(at, _)| time.is_some_and(|it| *at < it)) {
                all.push((Some(at), Item::Call(Box::new(call))));
            }
            all.push((time, item));
        }
        all.extend(calls.map(|(at, call)| (Some(at), Item::Call(Box::new(call)))));
        all
    }
}

/// The packets of a conversation as arrows, and the note of those that are not drawn.
fn arrows(talk: &Talk<'_>, [left, right]: [usize; 2], out: &mut Vec<(Order, Option<Nanos>, Item)>) {
    let followed = talk.followed;
    let mut shown = Shown::default();
    let mut draw = |kept: &Kept, shown: &mut Shown| {
        let states = match talk.left() {
            Side::First => kept.states,
            Side::Second => [kept.states[1], kept.states[0]],
        };
        let fresh = [0, 1].map(|end| states[end].is_some() && states[end] != shown.states[end]);
        let fresh_phase = kept.phase.is_some() && kept.phase != shown.phase;
        *shown = Shown {
            states,
            phase: kept.phase,
        };
        let (from, to) = match kept.from == talk.left() {
            true => (left, right),
            false => (right, left),
        };
        let arrow = Arrow {
            frame: kept.frame,
            time: kept.time,
            from,
            to,
            label: kept.words.label(),
            phase: kept.phase,
            fresh_phase,
            lanes: [left, right],
            states,
            fresh,
            lull: false,
        };
        out.push(((kept.frame, 1), kept.time, Item::Arrow(Box::new(arrow))));
    };
    for kept in &followed.head {
        draw(kept, &mut shown);
    }
    // After what is not drawn, the states are told again.
    if followed.omitted.is_some() {
        shown = Shown::default();
    }
    for kept in &followed.tail {
        draw(kept, &mut shown);
    }
    if let Some(omitted) = followed.omitted {
        out.push(((omitted.first, 0), None, Item::Omitted(omitted)));
    }
}

/// What the arrows of a conversation have told so far.
#[derive(Default)]
struct Shown {
    states: [Option<TcpState>; 2],
    phase: Option<Phase>,
}

fn travel(group: &[Talk<'_>], lanes: &[Lane]) -> Travel {
    let within = |lane: &Lane| {
        let loopback = |lane: &Lane| lane.end.ip.is_loopback();
        lanes.last().is_some_and(|server| {
            server.end.ip == lane.end.ip || loopback(server) && loopback(lane)
        })
    };
    if lanes.iter().all(within) {
        return Travel::Within;
    }
    let one_way = match group {
        [only] => only.conversation.initial_rtt(),
        _ => None,
    };
    Travel::Between {
        one_way: one_way.map(|rtt| Nanos(rtt.0 / 2)),
    }
}

/// The lane of a call's socket. A socket that has no address yet belongs to the only lane of its
/// party.
fn lane_of(call: &SocketCall, lanes: &[Lane]) -> Option<usize> {
    let mut of_role = lanes.iter().enumerate().filter(|(_, lane)| {
        matches!(
            (call.party.role, lane.role),
            (Role::Client, LaneRole::Client { .. }) | (Role::Server, LaneRole::Server { .. })
        )
    });
    let Some(local) = call.local else {
        let only = of_role.next().filter(|_| call.party.number.is_none());
        return only.filter(|_| of_role.next().is_none()).map(|it| it.0);
    };
    let (place, _) = of_role.find(|(_, lane)| {
        let port = lane.end.port == local.port;
        port && (lane.end.ip == local.ip || local.ip.is_unspecified())
    })?;
    // A server's socket that is connected to another client belongs to another ladder.
    let known = |peer| lanes.iter().any(|lane| lane.end == peer);
    call.peer.is_none_or(known).then_some(place)
}

/// Puts a band before the first arrow of each phase.
fn with_bands(items: Vec<Item>) -> Vec<Item> {
    let mut all: Vec<Item> = Vec::with_capacity(items.len() + 4);
    let mut open: Option<(usize, Phase)> = None;
    for item in items {
        let Item::Arrow(arrow) = &item else {
            all.push(item);
            continue;
        };
        let now = arrow.phase.unwrap_or(Phase::Unknown);
        let name = open.and_then(|(_, before)| joined(before, now));
        match (open, name) {
            (Some((place, _)), Some(name)) => {
                all[place] = Item::Band(name);
                open = Some((place, name));
            }
            _ => {
                let place = beginning(&all, open.is_none());
                all.insert(place, Item::Band(now));
                open = Some((place, now));
            }
        }
        all.push(item);
    }
    all
}

/// Where a band begins whose first packet comes next: before the calls that lead to it, and before
/// the pause in front of them.
fn beginning(items: &[Item], first: bool) -> usize {
    let leads = |item: &Item| match item {
        Item::Gap(_) => true,
        Item::Call(call) => first || !call.call.call.is_woken(),
        _ => false,
    };
    items
        .iter()
        .rposition(|item| !leads(item))
        .map_or(0, |last| last + 1)
}

/// The name of a band that goes on with a packet of phase `now`; `None` where it ends. Data, its
/// acknowledgments and its flow control stay together.
fn joined(before: Phase, now: Phase) -> Option<Phase> {
    let transfer = |phase| matches!(phase, Phase::Data | Phase::Ack | Phase::Window);
    match (before, now) {
        _ if before == now => Some(now),
        (Phase::Data, _) | (_, Phase::Data) if transfer(before) && transfer(now) => {
            Some(Phase::Data)
        }
        _ if transfer(before) && transfer(now) => Some(Phase::Ack),
        _ => None,
    }
}

/// Marks the arrows after which the ladder waits.
fn lulls(items: &mut [Item], travel: Travel) {
    let Travel::Between { one_way } = travel else {
        return;
    };
    let least = Nanos(one_way.map_or(0, |way| way.0 / 2).max(100_000));
    let mut next: Option<Nanos> = None;
    let mut last = true;
    for item in items.iter_mut().rev() {
        if let Item::Arrow(arrow) = item {
            arrow.lull = match (arrow.time, next) {
                (Some(now), Some(next)) => next.since_clamped(now) >= least,
                _ => last,
            };
            next = arrow.time;
            last = false;
        }
    }
}
