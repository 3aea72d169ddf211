//! Rows in, one by one: what each adds to the plot of its conversation.

use super::followed::{Data, Followed};
use super::panels;
use super::throughput::Bins;
use super::{Plot, PlotKind, PlotOptions, Plots};
use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::row::Row;
use crate::model::packet::Content;
use crate::model::time::Nanos;
use crate::report::ladder::Choice;

/// Collects what plots show. Its memory is bounded by its options, not by the capture.
#[derive(Debug)]
pub struct PlotBuilder {
    options: PlotOptions,
    followed: Vec<Followed>,
}

impl PlotBuilder {
    /// Has seen nothing.
    pub fn new(options: PlotOptions) -> Self {
        Self {
            options,
            followed: Vec::new(),
        }
    }

    /// Takes the next row of the capture.
    pub fn push(&mut self, row: &Row<'_>) {
        let (Some(id), Some(time)) = (row.analysis.conversation, row.times.relative()) else {
            return;
        };
        let Some(side) = row.analysis.side else {
            return;
        };
        if matches!(row.packet.content, Content::Other(_)) {
            return;
        }
        let time = Nanos(time.nanos_clamped());
        let known = self.followed.iter_mut().find(|it| it.id == id);
        if let Some(followed) = known {
            followed.take(row, side, time);
            return;
        }
        if self.followed.len() < self.options.conversations && self.chosen(row) {
            let mut followed = Followed {
                id,
                begin: time,
                end: time,
                data: match self.options.kind {
                    PlotKind::Sequence => Data::Sequence(Box::default()),
                    PlotKind::Rtt => Data::Rtt(Box::default()),
                    PlotKind::Throughput => Data::Throughput(Bins::default()),
                },
            };
            followed.take(row, side, time);
            self.followed.push(followed);
        }
    }

    /// The plots. `conversations` are all of the capture, by [`crate::analysis::conversation::ConversationId`].
    pub fn finish(self, conversations: &[Conversation]) -> Plots {
        let fits = |it: &&Conversation| {
            let tcp = it.protocol == Protocol::Tcp;
            let chosen = match &self.options.choice {
                Choice::First => it.traffic.packets != [0, 0],
                Choice::Tcp(streams) => tcp && streams.contains(&it.stream),
                Choice::Udp(streams) => !tcp && streams.contains(&it.stream),
            };
            chosen && (tcp || self.options.kind == PlotKind::Throughput)
        };
        let wanted = conversations.iter().filter(fits).count();
        let others = wanted.saturating_sub(self.followed.len());
        let plots: Vec<Plot> = self
            .followed
            .into_iter()
            .filter_map(|followed| {
                let conversation = conversations.get(followed.id.index())?;
                Some(panels::plot(self.options.kind, followed, conversation))
            })
            .collect();
        Plots {
            plots,
            others: u64::try_from(others).unwrap_or(u64::MAX),
        }
    }

    fn chosen(&self, row: &Row<'_>) -> bool {
        let Some(stream) = row.analysis.stream else {
            return false;
        };
        match (&self.options.choice, &row.packet.content) {
            (_, Content::Udp(_)) if self.options.kind != PlotKind::Throughput => false,
            (Choice::First, _) => true,
            (Choice::Tcp(streams), Content::Tcp(_)) => streams.contains(&stream),
            (Choice::Udp(streams), Content::Udp(_)) => streams.contains(&stream),
            _ => false,
        }
    }
}
