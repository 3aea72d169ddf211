//! The list of conversations, the summary, the sentences about its lines, the answers, the table of
//! states and the ladder tell of one close and one handshake, over every capture of the corpus: by
//! their words alone.

use netlab::analysis::AnalyzerOptions;
use netlab::analysis::conversation::{Conversation, Protocol};
use netlab::model::tcp::TcpState;
use netlab::pipeline::Pipeline;
use netlab::report::conversations::{COLUMNS, Entry};
use netlab::report::document::{
    CaptureFacts, Cell, Collector, Line, Options, Part, Section, Sections,
};
use netlab::report::explain::group;
use netlab::report::ladder::{Choice, Item, Ladder, LadderBuilder, LadderOptions, LaneRole};
use netlab::report::summary::{self, SummaryLine};
use netlab::text::Lang;

use crate::questions::{facts, frames, said};
use crate::support::sources;

/// What each teller says of one conversation.
struct Told {
    close: String,
    by: String,
    summary: String,
    opening: String,
    closing: String,
    answers: Vec<(&'static str, String)>,
    /// Who is in TIME-WAIT at the end, by the table of states and by the ladder; `None` where they
    /// do not show the end.
    waiting: [Option<Vec<&'static str>>; 2],
}

impl Told {
    fn answer(&self, id: &str) -> &str {
        let found = self.answers.iter().find(|(known, _)| *known == id);
        found.map_or("", |(_, text)| text)
    }
}

/// A shape of a close in the list, and how the summary, the sentence and the answer begin then.
const SHAPES: [(&str, &str, &str, &str); 6] = [
    (
        "four segments",
        "four-way close",
        "each end closes for itself",
        "Four:",
    ),
    (
        "three segments",
        "three-segment close",
        "three segments are enough",
        "Three:",
    ),
    (
        "crossing FINs",
        "simultaneous close",
        "neither knowing",
        "#",
    ),
    (
        "half-close",
        "half-close, started",
        "goes on receiving",
        "#",
    ),
    (
        "one side only",
        " only, as far as|half-close ",
        "closes its direction",
        "Only one|This capture holds one FIN",
    ),
    ("with itself", "with itself", "the socket closes", "Two:"),
];

#[test]
#[ignore = "needs ../shared"]
fn every_teller_names_the_same_close_and_the_same_handshake() {
    let sources = sources();
    let (mut broken, mut compared) = (Vec::new(), [0_u32; 6]);
    for (path, mut source) in sources {
        let mut pipeline = Pipeline::new(AnalyzerOptions {
            summaries: usize::MAX,
            ..AnalyzerOptions::default()
        });
        let mut collector = Collector::new(Options {
            sections: Sections::QUESTIONS.with(Sections::DETAILS),
            rows: 1,
            conversations: usize::MAX,
            ..Options::default()
        });
        let mut ladders = LadderBuilder::new(LadderOptions {
            choice: Choice::First,
            conversations: usize::MAX,
            ..LadderOptions::default()
        });
        while let Ok(Some(frame)) = source.next_frame() {
            let row = pipeline.push(&frame);
            collector.row(&row, true);
            ladders.push(&row);
        }
        let conversations = pipeline.analyzer().conversations();
        let sections = collector.finish(&CaptureFacts::default(), conversations);
        let ladders = ladders.finish(conversations).ladders;
        let mut answers = Vec::new();
        sections.iter().for_each(|it| facts(it, &mut answers));
        for it in conversations {
            if it.protocol != Protocol::Tcp {
                continue;
            }
            let Some(mut told) = told(it) else { continue };
            let id = format!("tcp-{}-questions", it.stream);
            let own = answers.iter().filter(|(section, _)| *section == id);
            told.answers = own
                .map(|(_, fact)| (fact.id, said(fact).to_owned()))
                .collect();
            told.waiting = [
                by_table(&sections, &format!("tcp-{}", it.stream)),
                by_ladder(&ladders, it.stream),
            ];
            for what in wrong(&told, &mut compared) {
                let close = &told.close;
                broken.push(format!(
                    "{path}: tcp {}, {close}: {what}\n{}",
                    it.stream, told.summary
                ));
            }
        }
    }
    let count = broken.len();
    broken.truncate(20);
    assert!(count == 0, "{count} broken:\n{}", broken.join("\n"));
    assert!(compared.iter().all(|count| *count > 100), "{compared:?}");
}

/// Who is in TIME-WAIT in the last row of a conversation's table of states.
fn by_table(sections: &[Section], id: &str) -> Option<Vec<&'static str>> {
    let section = all(sections).into_iter().find(|it| it.id == id)?;
    let states = section.parts.iter().find_map(|part| match part {
        Part::Table(table) if table.id == "states" => Some(table),
        _ => None,
    });
    let Line::Row(last) = states?.lines.last()? else {
        return None;
    };
    let waits = |cell: &Cell| matches!(cell, Cell::Text(it) if &**it == "TIME-WAIT");
    let ends = ["client", "server"].into_iter().zip(&last.cells[2..]);
    Some(
        ends.filter(|(_, cell)| waits(cell))
            .map(|(who, _)| who)
            .collect(),
    )
}

/// The sections and those inside them.
fn all(sections: &[Section]) -> Vec<&Section> {
    let mut found = Vec::new();
    for section in sections {
        found.push(section);
        found.extend(all(&section.sections));
    }
    found
}

/// Who is in TIME-WAIT behind the last arrow of a conversation's ladder.
fn by_ladder(ladders: &[Ladder], stream: u32) -> Option<Vec<&'static str>> {
    let ladder = ladders
        .iter()
        .find(|it| it.protocol == Protocol::Tcp && it.streams == [stream])?;
    let Item::Arrow(last) = ladder.items.last()? else {
        return None;
    };
    let waits = last.lanes.iter().zip(last.states);
    let waits = waits.filter(|(_, state)| *state == Some(TcpState::TimeWait));
    let mut who: Vec<_> = waits
        .filter_map(|(lane, _)| match ladder.lanes[*lane].role {
            LaneRole::Client { .. } => Some("client"),
            LaneRole::Server { .. } => Some("server"),
            LaneRole::Unknown => None,
        })
        .collect();
    who.sort_unstable();
    Some(who)
}

fn told(conversation: &Conversation) -> Option<Told> {
    let entry = Entry::of(conversation)?;
    let cell = |id: &str| {
        let column = COLUMNS
            .iter()
            .find(|column| column.id == id)
            .expect("a column");
        let mut out = Vec::new();
        (column.write)(&entry, Lang::En, &mut out);
        String::from_utf8(out).expect("UTF-8")
    };
    let mut summary = String::new();
    summary::write(conversation, Lang::En, &mut summary);
    let sentence = |place| group::sentence(conversation, place, Lang::En).unwrap_or_default();
    Some(Told {
        close: cell("close"),
        by: cell("closed_by"),
        summary,
        opening: sentence(SummaryLine::Opening),
        closing: sentence(SummaryLine::Closing),
        answers: Vec::new(),
        waiting: [None, None],
    })
}

fn wrong(told: &Told, compared: &mut [u32; 6]) -> Vec<&'static str> {
    let mut wrong = Vec::new();
    let any = |text: &str, parts: &str| parts.split('|').any(|part| text.contains(part));
    if let Some((_, line, sentence, answer)) = SHAPES.iter().find(|it| it.0 == told.close) {
        compared[0] += 1;
        let says = [(&told.summary[..], line), (&told.closing, sentence)];
        let answered = told.answer("close");
        if !says.iter().all(|(text, parts)| any(text, parts)) {
            wrong.push("the summary or its sentence has another close");
        }
        if !answered.is_empty() && !answer.split('|').any(|part| answered.starts_with(part)) {
            wrong.push("the answer has another close");
        }
    }
    if told.close == "reset (RST)" && any(&told.summary, "four-way close|three-segment close") {
        wrong.push("the summary has an orderly close");
    }
    let closer = told.answer("closed_by");
    if !told.by.is_empty() && !closer.is_empty() {
        compared[1] += 1;
        let begins = match &told.by[..] {
            "both" => "Both:".to_owned(),
            by => format!("The {by}"),
        };
        if !closer.starts_with(&begins) {
            wrong.push("the answer has another closer");
        }
        let other = if told.by == "client" {
            "server"
        } else {
            "client"
        };
        if told.by != "both"
            && told
                .summary
                .contains(&format!("close, started by the {other}"))
        {
            wrong.push("the summary has another closer");
        }
    }
    let waits = told.answer("time_wait");
    let left = ["client", "server"].into_iter().find(|who| {
        any(
            &told.summary,
            &format!("the {who} is left in TIME-WAIT|the {who} was left in TIME-WAIT"),
        )
    });
    if let Some(who) = left.filter(|_| !told.answers.is_empty()) {
        compared[2] += 1;
        if !waits.starts_with(&format!("The {who}:")) {
            wrong.push("the answer has another one in TIME-WAIT");
        }
    }
    for (place, by) in told.waiting.iter().enumerate() {
        // A RST may end it: then nobody is in it.
        let ended = told.summary.contains("was left in TIME-WAIT");
        if let (Some(who), Some(by)) = (left, by) {
            compared[4 + place] += 1;
            let expected: &[&str] = if ended { &[] } else { &[who] };
            if by != expected {
                wrong.push(
                    [
                        "the table of states has others in TIME-WAIT",
                        "the ladder has others in TIME-WAIT",
                    ][place],
                );
            }
        }
    }
    let shaken = frames(told.answer("handshake"));
    if told.opening.contains("the connection is open") && !shaken.is_empty() {
        compared[3] += 1;
        if frames(&told.opening) != shaken {
            wrong.push("the answer has another handshake");
        }
    }
    wrong
}
