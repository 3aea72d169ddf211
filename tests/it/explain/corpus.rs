//! No sentence about any packet of the corpus may be false, as far as a machine can tell.
//!
//! The captures lie beside the repository (`../shared/corpus`).

use std::path::Path;

use netlab::analysis::AnalyzerOptions;
use netlab::model::packet::Content;
use netlab::pipeline::Pipeline;
use netlab::report::explain::Explainer;
use netlab::report::explain::group;
use netlab::report::summary;
use netlab::source::file::FileSource;
use netlab::text::Lang;

use super::claims;
use super::packets::{History, Packet};
use crate::support::corpus;

#[test]
#[ignore = "needs ../shared"]
fn no_sentence_about_a_packet_of_the_corpus_is_false() {
    let paths = corpus();
    let mut broken = Vec::new();
    let mut checked = claims::Counts::new();
    for path in paths {
        one_file(&path, &mut checked, &mut broken);
    }
    assert!(
        broken.is_empty(),
        "{} broken:\n{}",
        broken.len(),
        broken[..broken.len().min(40)].join("\n")
    );
    // A claim that no sentence makes is checked by nobody.
    for claim in claims::NAMES {
        let count = checked.get(claim).copied().unwrap_or(0);
        assert!(
            count > 0,
            "no sentence made the claim {claim:?}: {checked:?}"
        );
    }
}

fn one_file(path: &Path, checked: &mut claims::Counts, broken: &mut Vec<String>) {
    let Ok(mut source) = FileSource::open(path.to_str().expect("UTF-8")) else {
        return;
    };
    let mut pipeline = Pipeline::new(AnalyzerOptions {
        summaries: usize::MAX,
        ..AnalyzerOptions::default()
    });
    let english = Explainer::new(Lang::En);
    let portuguese = Explainer::new(Lang::PtBr);
    let mut history = History::default();
    while let Ok(Some(frame)) = source.next_frame() {
        let row = pipeline.push(&frame);
        let said = english.row(&row);
        let dito = portuguese.row(&row);
        let packet = Packet::of(&row);
        let mut wrong = Vec::new();
        if said.frames() != dito.frames() || said.why.len() != dito.why.len() {
            wrong.push(format!("the languages differ: {}", dito.sentence));
        }
        let conversation = row.analysis.conversation.is_some();
        let kept = row.analysis.phase.is_some()
            || matches!(&row.packet.content, Content::Udp(_)) && conversation;
        if kept
            && conversation
            && said.place.is_none()
            && row
                .analysis
                .tcp
                .is_none_or(|tcp| tcp.len.is_some() && tcp.complete)
        {
            wrong.push("no line of the summary has it".to_owned());
        }
        for sentence in [&said.sentence, &dito.sentence] {
            wrong.extend(claims::well_formed(sentence).err());
        }
        wrong.extend(claims::check(&said, &packet, &history, checked));
        for what in wrong {
            broken.push(format!(
                "{}: frame {}: {what}\n    {}",
                path.display(),
                frame.no,
                said.sentence
            ));
        }
        history.push(packet);
    }
    for conversation in pipeline.analyzer().conversations() {
        let summary = summary::of(conversation, Lang::En).expect("it was asked for");
        for place in summary.lines.iter().filter_map(|line| line.place) {
            let said =
                [Lang::En, Lang::PtBr].map(|lang| group::sentence(conversation, place, lang));
            for sentence in said.iter().flatten() {
                if let Err(what) = claims::well_formed(sentence) {
                    broken.push(format!("{}: {what}", path.display()));
                }
                let named = claims::named(sentence);
                if !history.share_a_conversation(&named) {
                    broken.push(format!("{}: names {named:?}: {sentence}", path.display()));
                }
            }
        }
    }
}
