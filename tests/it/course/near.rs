//! What nearly shows a lab or an expectation, and must not pass for it.

use super::check::results;
use super::steps::capture;
use crate::support::Folder;

const NEAR: &str = include_str!("near.txt");

/// What the names in brackets ask for.
const SPECS: &[(&str, &str)] = &[
    (
        "whole",
        "port = 5050\n[[expect]]\nhandshake = true\nclient_bytes = { min = 55 }\n\
         [[expect]]\nclose = ['four-segments', 'three-segments']\nclosed_by = 'client'\n",
    ),
    ("lab-at-5050", "port = 5050\n[[expect]]\nlab = 'echo'\n"),
    ("nonce", "port = 5050\n[[expect]]\nnonce = '{file}'\n"),
    ("again", "[[expect]]\nretransmission = true\n"),
    (
        "server-bytes",
        "protocol = 'udp'\n[[expect]]\nserver_bytes = { max = 100 }\n",
    ),
    ("not-refused", "port = 5050\n[[expect]]\nrefused = false\n"),
];

#[test]
fn what_nearly_shows_something_does_not_pass_for_it() {
    let folder = Folder::new("check-near");
    let path = folder.file("ana.pcap");
    let mut wrong = Vec::new();
    for line in NEAR.lines().filter(|line| !line.starts_with('#')) {
        let (what, steps) = line.split_once(": ").unwrap();
        let mut words = what.splitn(3, ' ');
        let (spec, verdict) = (words.next().unwrap(), words.next().unwrap());
        let written = SPECS.iter().find(|it| format!("[{}]", it.0) == spec);
        let spec = match written {
            Some((name, text)) => {
                let path = folder.file(&format!("{name}.toml"));
                std::fs::write(&path, text).unwrap();
                path
            }
            None => spec.to_owned(),
        };
        std::fs::write(&path, capture(steps)).unwrap();
        let file = results(&[&spec, &path]).remove("ana.pcap").unwrap();
        let said = file["lines"].as_array().unwrap();
        let told = said
            .iter()
            .all(|it| it["shown"] == true || it["said"] != "");
        if file["result"] != verdict || !told {
            wrong.push(format!("{what}: {file}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
