//! The pictures of one conversation: its ladder, and its plots over time.

use super::{Drawing, Part, Picture};
use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::row::Row;
use crate::model::call::SocketCall;
use crate::report::ladder;
use crate::report::ladder::{Choice, Item, Ladder, LadderBuilder, LadderOptions};
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
    /// How many segments have data.
    data: u64,
}

/// Plots of fewer segments with data show a line or two dots.
const PLOTTED: u64 = 15;

/// Which pictures of a conversation are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// All of them.
    All,
    /// Those that show something.
    Telling,
    /// The same; its ladder stands beside those of the other clients.
    Plots,
}

/// The clients of one server beside each other, of the first conversations of the capture.
#[derive(Debug)]
pub(super) struct Together(LadderBuilder);

impl Together {
    pub(super) fn new() -> Self {
        Self(LadderBuilder::new(LadderOptions {
            arrows: ARROWS,
            together: true,
            ..LadderOptions::default()
        }))
    }

    /// Takes the next packet of a conversation that is described.
    pub(super) fn row(&mut self, row: &Row<'_>) {
        self.0.push(row);
    }

    /// The ladders of several clients each, and the streams that are in them.
    pub(super) fn parts(
        mut self,
        calls: &[SocketCall],
        conversations: &[Conversation],
        lang: Lang,
    ) -> (Vec<Part>, Vec<(Protocol, u32)>) {
        calls.iter().for_each(|call| self.0.call(call));
        let mut ladders = self.0.finish(conversations).ladders;
        ladders.retain(|ladder| ladder.lanes.len() > 2 && ladder.packets <= SIDE_BY_SIDE);
        let drawn = ladders.iter().flat_map(|ladder| {
            let protocol = ladder.protocol;
            ladder.streams.iter().map(move |stream| (protocol, *stream))
        });
        let drawn = drawn.collect();
        let parts = ladders.into_iter().flat_map(|mut ladder| {
            let calls = match ladder.items.len() > ON_A_PAGE {
                true => leave_out_calls(&mut ladder),
                false => 0,
            };
            let note = (calls > 0).then(|| Part::Text(packets_alone(lang, calls).to_string()));
            std::iter::once(of_ladder(ladder, lang)).chain(note)
        });
        (parts.collect(), drawn)
    }
}

/// How many packets and calls a ladder of several clients has at most: longer ones show packets alone.
const ON_A_PAGE: usize = 100;

/// Takes the calls out of a ladder, and says how many they were.
fn leave_out_calls(ladder: &mut Ladder) -> u64 {
    let before = ladder.items.len();
    ladder.items.retain(|it| !matches!(it, Item::Call(_)));
    u64::try_from(before - ladder.items.len()).unwrap_or(u64::MAX)
}

/// How many packets a ladder of several clients has at most: two pages.
const SIDE_BY_SIDE: u64 = 150;

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
            data: 0,
        }
    }

    /// Takes the next packet of the conversation.
    pub(super) fn row(&mut self, row: &Row<'_>) {
        self.ladder.push(row);
        self.data += u64::from(
            row.analysis
                .tcp
                .is_some_and(|tcp| tcp.len.is_some_and(|it| it > 0)),
        );
        for plot in &mut self.plots {
            plot.push(row);
        }
    }

    /// The pictures. `conversations` are all of the capture, `calls` the socket calls of a lab.
    pub(super) fn parts(
        self,
        calls: &[SocketCall],
        conversations: &[Conversation],
        shown: Shown,
        lang: Lang,
    ) -> Vec<Part> {
        let Self {
            mut ladder,
            plots,
            data,
        } = self;
        calls.iter().for_each(|call| ladder.call(call));
        let mut ladders = ladder.finish(conversations).ladders;
        if shown == Shown::Plots {
            ladders.clear();
        }
        let ladders = ladders.into_iter().map(|ladder| of_ladder(ladder, lang));
        if shown != Shown::All && data < PLOTTED {
            let note = (data > 0 && shown == Shown::Telling)
                .then(|| Part::Text(no_plots(lang, data).to_string()));
            return ladders.chain(note).collect();
        }
        let plots = plots
            .into_iter()
            .flat_map(|plot| plot.finish(conversations).plots)
            .filter(|plot| !plot.panels.is_empty());
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
    no_plots(count;):
        "No plots over time: 1 segment with data would show nothing." | "No plots over time: {count} segments with data would show nothing.",
        "Sem gráficos no tempo: 1 segmento com dados não mostraria nada." | "Sem gráficos no tempo: {count} segmentos com dados não mostrariam nada.";
    packets_alone(count;):
        "The picture has the packets alone: with 1 socket call it would be too long to take in." | "The picture has the packets alone: with the {count} socket calls it would be too long to take in.",
        "A figura tem só os pacotes: com 1 chamada de socket, seria longa demais para se ver de uma vez." | "A figura tem só os pacotes: com as {count} chamadas de socket, seria longa demais para se ver de uma vez.";
    pub(super) TOGETHER: "The clients of one server, side by side", "Os clientes de um servidor, lado a lado";
    LADDER: "The packets between the two ends", "Os pacotes entre os dois lados";
}
