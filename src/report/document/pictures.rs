//! The pictures of one conversation: its ladder, and its plots over time.

use super::{Drawing, Part, Picture};
use crate::analysis::conversation::Conversation;
use crate::analysis::row::Row;
use crate::model::call::SocketCall;
use crate::report::ladder;
use crate::report::ladder::{Choice, Ladder, LadderBuilder, LadderOptions};
use crate::report::plots;
use crate::report::plots::{Plot, PlotBuilder, PlotKind, PlotOptions};
use crate::text::Lang;
use crate::text::phrase::phrase;

/// How many arrows a ladder has at most: a page or two.
const ARROWS: usize = 60;

/// What the pictures need, as the packets go by.
#[derive(Debug)]
pub(super) struct Pictures {
    ladder: LadderBuilder,
    plots: [PlotBuilder; PlotKind::ALL.len()],
}

impl Pictures {
    /// Of a conversation of which at most `rows` packets are shown.
    pub(super) fn new(rows: usize) -> Self {
        let plot = |kind| {
            PlotBuilder::new(PlotOptions {
                kind,
                choice: Choice::First,
                conversations: 1,
            })
        };
        Self {
            ladder: LadderBuilder::new(LadderOptions {
                conversations: 1,
                arrows: rows.min(ARROWS),
                ..LadderOptions::default()
            }),
            plots: PlotKind::ALL.map(plot),
        }
    }

    /// Takes the next packet of the conversation.
    pub(super) fn row(&mut self, row: &Row<'_>) {
        self.ladder.push(row);
        for plot in &mut self.plots {
            plot.push(row);
        }
    }

    /// The pictures. `conversations` are all of the capture, `calls` the socket calls of a lab.
    pub(super) fn parts(
        self,
        calls: &[SocketCall],
        conversations: &[Conversation],
        lang: Lang,
    ) -> Vec<Part> {
        let Self { mut ladder, plots } = self;
        calls.iter().for_each(|call| ladder.call(call));
        let ladders = ladder.finish(conversations).ladders;
        let plots = plots
            .into_iter()
            .flat_map(|plot| plot.finish(conversations).plots)
            .filter(|plot| !plot.panels.is_empty());
        let ladders = ladders.into_iter().map(|ladder| of_ladder(ladder, lang));
        ladders
            .chain(plots.map(|plot| of_plot(plot, lang)))
            .collect()
    }
}

fn of_ladder(ladder: Ladder, lang: Lang) -> Part {
    Part::Picture(Picture {
        id: "ladder",
        title: LADDER.get(lang).to_owned(),
        alt: ladder::words::heading(&ladder, lang),
        drawing: Drawing::Ladder(Box::new(ladder)),
    })
}

fn of_plot(plot: Plot, lang: Lang) -> Part {
    Part::Picture(Picture {
        id: plot.kind.id(),
        title: plots::words::kind(plot.kind, lang).to_owned(),
        alt: plots::words::heading(&plot, lang),
        drawing: Drawing::Plot(Box::new(plot)),
    })
}

phrase! {
    LADDER: "The packets between the two ends", "Os pacotes entre os dois lados";
}
