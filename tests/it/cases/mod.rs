//! Exchanges that people reported, each with what is right to say of it: facts, and sentences in
//! both languages. The captures are small and built for it; other cases of each kind are as many
//! as there are captures.

mod bytes;
mod close;
mod corpus;
mod http;
mod opening;
mod reset;
mod sizes;
mod states;
mod streams;
mod udp;
mod udp_corpus;
mod window;

use serde_json::Value;

use crate::support::{root, run, stderr, stdout};

/// The path of a capture of this folder.
fn case(name: &str) -> String {
    let path = root().join("tests/it/cases").join(name);
    path.display().to_string()
}

/// What the program says, which has to end well.
fn said(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{args:?}: {}", stderr(&output));
    stdout(&output)
}

/// The summary of a capture.
fn summary(name: &str, lang: &str) -> String {
    said(&["--lang", lang, "replay", "-q", &case(name)])
}

/// The same with the conversations as Wireshark 4.0 tells them apart: a SYN after a RST opens none.
fn summary_as_4_0(name: &str, lang: &str) -> String {
    let args = ["--lang", lang, "replay", "-q", "--wireshark", "4.0"];
    said(&[&args[..], &[&case(name)]].concat())
}

/// The sentence about one packet.
fn sentence(name: &str, frame: u32, lang: &str) -> String {
    let args = ["--lang", lang, "explain", "-T", "jsonl", &case(name)];
    let lines = said(&args);
    let line = lines.lines().find(|line| {
        let value: Value = serde_json::from_str(line).expect("JSON");
        value["no"] == frame
    });
    let value: Value = serde_json::from_str(line.expect("a packet of that number")).expect("JSON");
    value["explanation"]
        .as_str()
        .expect("a sentence")
        .to_owned()
}

/// The section `id` of the report about a capture.
fn section(name: &str, id: &str) -> Value {
    let report: Value =
        serde_json::from_str(&said(&["report", "-T", "json", &case(name)])).expect("JSON");
    let sections = report["sections"].as_array().expect("sections");
    let found = sections.iter().find(|section| section["id"] == id);
    found.expect("a section of that name").clone()
}

/// Whether each of `parts` stands in a text.
#[track_caller]
fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
}

/// The cells of the list of conversations, a line for each.
fn listed(name: &str, columns: &str, lang: &str) -> Vec<String> {
    let path = case(name);
    let args = [
        "--lang",
        lang,
        "conversations",
        "-T",
        "tsv",
        "--columns",
        columns,
        &path,
    ];
    said(&args).lines().skip(1).map(str::to_owned).collect()
}

/// The answer to a question about a conversation of a capture; empty where it is not asked.
fn answer(name: &str, conversation: &str, question: &str, lang: &str) -> String {
    let args = ["--lang", lang, "report", "-T", "json", &case(name)];
    let report: Value = serde_json::from_str(&said(&args)).expect("JSON");
    let of = |sections: &Value, id: &str| {
        let sections = sections.as_array().expect("sections");
        let found = sections.iter().find(|section| section["id"] == id);
        found.expect("a section of that name").clone()
    };
    let section = of(&report["sections"], conversation);
    let questions = of(&section["sections"], &format!("{conversation}-questions"));
    let answer = questions["facts"][question].as_str();
    answer.unwrap_or_default().to_owned()
}
