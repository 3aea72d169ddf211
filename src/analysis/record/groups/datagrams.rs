//! Datagrams in groups, and ICMP errors about them.

use super::Groups;
use super::group::{Group, GroupKind};
use crate::analysis::lifecycle::Event;
use crate::analysis::twin::Twin;
use crate::model::frame::FrameNo;
use crate::model::side::Side;

impl Groups {
    /// Payload bytes of an end's datagrams, each datagram counted once.
    pub fn datagram_bytes(&self, side: Side) -> u64 {
        let of = |it: &Group| {
            if it.side == side {
                it.bytes
            } else {
                it.back_bytes
            }
        };
        let datagrams = self
            .list
            .iter()
            .filter(|it| it.kind == GroupKind::Datagrams);
        let rest = self.rest.map_or(0, |it| it.bytes[side.index()]);
        datagrams.map(of).sum::<u64>() + rest
    }

    /// A datagram that is a copy of an earlier one.
    pub(in crate::analysis) fn captured_twice(&mut self, twin: &Twin, frame: FrameNo) {
        self.packets += 1;
        if let Some(place) = twin.place {
            self.twin(place, frame);
        }
    }

    /// A datagram. Where one end is the `client`, a group is what it sends and what comes back.
    pub(in crate::analysis) fn datagram(&mut self, event: &Event, len: u32, client: Option<Side>) {
        self.packets += 1;
        let (frame, side) = (event.frame, event.side);
        let bytes = u64::from(len);
        let asks = client == Some(side);
        if let Some(last) = self.listed_last(GroupKind::Datagrams)
            && (last.side == side && last.back == 0 && last.icmp_error == 0
                || last.side != side && !asks)
        {
            last.frames.push(frame);
            if last.side == side {
                last.sent = last.sent.saturating_add(1);
                last.bytes = last.bytes.saturating_add(bytes);
            } else {
                last.back = last.back.saturating_add(1);
                last.back_bytes = last.back_bytes.saturating_add(bytes);
            }
            return;
        }
        if let Some(group) = self.begin(GroupKind::Datagrams, side, frame, 0) {
            group.sent = 1;
            group.bytes = bytes;
        } else if let Some(rest) = &mut self.rest {
            let sum = &mut rest.bytes[side.index()];
            *sum = sum.saturating_add(bytes);
        }
    }

    pub(in crate::analysis) fn icmp_error(&mut self, event: &Event, port_unreachable: bool) {
        self.packets += 1;
        self.errors += 1;
        let frame = event.frame;
        let note = |group: &mut Group| {
            if group.icmp_error == 0 {
                group.icmp_error = frame;
                group.port_unreachable = port_unreachable;
            }
        };
        match self.listed_last(GroupKind::Datagrams) {
            Some(last) if last.side == event.side => {
                last.frames.push(frame);
                note(last);
            }
            _ => self.joined(GroupKind::IcmpErrors, event.side, frame, note),
        }
    }
}
