//! No answer to a question may be false for a capture of the corpus, as far as a machine can tell.
//!
//! The captures lie beside the repository (`../shared/corpus`).

use std::collections::BTreeMap;
use std::path::Path;

use netlab::analysis::AnalyzerOptions;
use netlab::analysis::conversation::Protocol;
use netlab::pipeline::Pipeline;
use netlab::report::document::{CaptureFacts, Collector, Options, Part, Sections};
use netlab::source::file::FileSource;
use netlab::text::Lang;

use super::claims::{Claim, claims};
use super::seen::Seen;
use super::{facts, frames, said};
use crate::support::corpus;

/// What is checked of answers. Each has to be claimed by some answer of the corpus.
const CLAIMS: &[&str] = &[
    "none",
    "repeats",
    "fin",
    "syn_ack",
    "window",
    "throughput",
    "flags",
    "numbers",
    "zero_window",
];
/// Answers that hold text from packets.
const QUOTING: &[&str] = &["http_errors", "http_segments"];

#[test]
#[ignore = "needs ../shared"]
fn no_answer_about_a_capture_of_the_corpus_is_false() {
    let paths = corpus();
    let mut broken = Vec::new();
    let mut asked = BTreeMap::new();
    for path in paths {
        one_file(&path, &mut asked, &mut broken);
    }
    let count = broken.len();
    broken.truncate(40);
    assert!(count == 0, "{count} broken:\n{}", broken.join("\n"));
    for claim in CLAIMS {
        assert!(
            asked.contains_key(*claim),
            "nobody claims {claim}: {asked:?}"
        );
    }
}

fn collector(lang: Lang) -> Collector {
    Collector::new(Options {
        lang,
        sections: Sections::QUESTIONS,
        conversations: usize::MAX,
        ..Options::default()
    })
}

fn one_file(path: &Path, asked: &mut BTreeMap<&'static str, u64>, broken: &mut Vec<String>) {
    let Ok(mut source) = FileSource::open(path.to_str().expect("UTF-8")) else {
        return;
    };
    let mut pipeline = Pipeline::new(AnalyzerOptions {
        summaries: usize::MAX,
        ..AnalyzerOptions::default()
    });
    let mut collectors = [collector(Lang::En), collector(Lang::PtBr)];
    let mut seen = Seen::default();
    while let Ok(Some(frame)) = source.next_frame() {
        let row = pipeline.push(&frame);
        let of = row.conversation.map(|it| match it.protocol {
            Protocol::Tcp => ("tcp", it.stream),
            Protocol::Udp => ("udp", it.stream),
        });
        seen.push(&row, of);
        for collector in &mut collectors {
            collector.row(&row, true);
        }
    }
    let conversations = pipeline.analyzer().conversations();
    let [english, portuguese] =
        collectors.map(|it| it.finish(&CaptureFacts::default(), conversations));
    let (mut one, mut other) = (Vec::new(), Vec::new());
    english.iter().for_each(|it| facts(it, &mut one));
    for section in english.iter().flat_map(|it| &it.sections) {
        if section
            .parts
            .iter()
            .any(|part| matches!(part, Part::Text(_)))
        {
            broken.push(format!(
                "{}: {} is not answered",
                path.display(),
                section.id
            ));
        }
    }
    portuguese.iter().for_each(|it| facts(it, &mut other));
    assert_eq!(one.len(), other.len(), "{}", path.display());
    for ((section, fact), (_, fato)) in one.iter().zip(&other) {
        let section = section.trim_end_matches("-questions");
        let (text, texto) = (said(fact), said(fato));
        let mut wrong = Vec::new();
        if fact.id != fato.id || frames(text) != frames(texto) {
            wrong.push("the languages differ");
        }
        for text in [text, texto] {
            wrong.extend(well_formed(text, QUOTING.contains(&fact.id)).err());
        }
        let own = |no: &u32| seen.section.get(no).is_some_and(|it| it == section);
        let known = |no: &u32| seen.section.contains_key(no);
        // The SYN that uses the ports again ends the states of this connection and opens another.
        let next = |no: &u32| fact.id == "states" && text.contains(&reused(*no));
        if !QUOTING.contains(&fact.id)
            && !frames(text)
                .iter()
                .all(|no| own(no) || next(no) || section == "questions" && known(no))
        {
            wrong.push("it names a frame of something else");
        }
        let mut claim = Claim {
            text,
            section,
            segments: seen.of(section),
            seen: &seen,
            counts: asked,
        };
        wrong.extend(claims(fact.id, &mut claim));
        for what in wrong {
            broken.push(format!(
                "{}: {section} {}: {what}\n    {text}\n    {texto}",
                path.display(),
                fact.id
            ));
        }
    }
}

/// How an answer says that a later conversation begins at this frame.
fn reused(no: u32) -> String {
    format!("Until #{no}, which uses the same ports again:")
}

/// Sentences begin with a capital, a number or an address, end with a full stop, and hold nothing
/// strange.
fn well_formed(text: &str, quoting: bool) -> Result<(), &'static str> {
    let start = text.chars().next().is_some_and(|c| {
        c.is_uppercase()
            || c.is_ascii_hexdigit()
            || c == '#'
            || c == '['
            || c == '…'
            || c == '"' && quoting
    });
    let strange = ["{", "}", "  ", "#0 ", " .", "..", ", ,"];
    let strange = strange.iter().any(|bad| text.contains(bad)) && !quoting;
    match start && text.ends_with('.') && !strange && !text.chars().any(char::is_control) {
        true => Ok(()),
        false => Err("not well formed"),
    }
}
