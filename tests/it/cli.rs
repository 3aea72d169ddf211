//! The command line as a user meets it: output, messages, exit codes.

use crate::support::{netlab, run, stderr, stdout};

/// Runs, and compares the exit code and standard error.
fn assert_fails(args: &[&str], code: i32, message: &str) {
    let output = run(args);
    assert_eq!(stderr(&output), message, "{args:?}");
    assert_eq!(output.status.code(), Some(code), "{args:?}");
    assert_eq!(stdout(&output), "", "{args:?}");
}

#[test]
fn wrong_usage_is_one_sentence_and_a_way_out() {
    assert_fails(
        &["replay", "--foo", "x"],
        2,
        "netlab: error: unexpected argument --foo\n  see netlab --help, or netlab COMMAND --help\n",
    );
    assert_fails(
        &["rplay", "--lang", "pt-BR"],
        2,
        "netlab: erro: não existe o comando rplay\n  você quis dizer replay?\n",
    );
    assert_fails(
        &["replay", "-c", "0", "x"],
        2,
        "netlab: error: \"0\" is no value for --count <N>\n  expected: 1, 2, 3, …\n",
    );
    assert_fails(
        &["replay", "-T", "xml", "x", "--lang=pt-BR"],
        2,
        "netlab: erro: \"xml\" não é um valor para --format <FORMAT>\n  \
         valores possíveis: table, tsv, csv, json, jsonl, md\n",
    );
    assert_fails(
        &["replay", "--port", "70000", "x"],
        2,
        "netlab: error: \"70000\" is no value for --port <N>\n  expected: 1–65535\n",
    );
    assert_fails(
        &["replay"],
        2,
        "netlab: error: <FILE> is missing\n  see netlab --help, or netlab COMMAND --help\n",
    );
}

#[test]
fn no_argument_prints_the_help_and_is_wrong_usage() {
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("Usage: netlab"));
    let output = run(&["--lang", "pt-BR"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).starts_with("netlab: erro: falta o comando\n"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn help_is_there_in_both_languages_for_every_verb() {
    for verb in ["lab", "capture", "replay", "serve", "client", "completions"] {
        let english = run(&[verb, "--help"]);
        let portuguese = run(&[verb, "--help", "--lang", "pt-BR"]);
        assert_eq!(english.status.code(), Some(0), "{verb}");
        let (english, portuguese) = (stdout(&english), stdout(&portuguese));
        assert!(
            english.contains("Print help") && !english.contains("Mostra a ajuda"),
            "{verb}"
        );
        assert!(
            portuguese.contains("Mostra a ajuda"),
            "{verb}: {portuguese}"
        );
        for line in english
            .lines()
            .map(str::trim)
            .filter(|line| line.len() > 24)
        {
            // Ids, as those of sections, are the same in every language.
            let ids = line.split(", ").all(|it| !it.contains(' '));
            assert!(
                ids || !portuguese.contains(line)
                    || line.starts_with('-')
                    || line.contains("netlab "),
                "{verb}: not translated: {line}"
            );
        }
    }
}

#[test]
fn the_language_comes_from_the_environment() {
    let output = netlab()
        .env("LANG", "pt_BR.UTF-8")
        .arg("--help")
        .output()
        .unwrap();
    assert!(stdout(&output).contains("Comandos:"));
    let output = netlab()
        .env("LANG", "pt_BR.UTF-8")
        .args(["--lang", "en", "--help"])
        .output();
    assert!(stdout(&output.unwrap()).contains("Commands:"));
}

#[test]
fn completions_and_the_manual_page_are_clap_s_own() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = run(&["completions", shell]);
        assert_eq!(output.status.code(), Some(0));
        assert!(stdout(&output).contains("replay"), "{shell}");
    }
    let output = run(&["man"]);
    assert!(stdout(&output).contains(".TH netlab 1"));
}

#[test]
fn a_reader_that_leaves_ends_the_program_silently() {
    use std::io::Read;
    let mut child = netlab()
        .args(["replay", "captures/echo-log.pcap", "-T", "tsv"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut message = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut message)
        .unwrap();
    assert_eq!(message, "");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn the_list_of_labs_is_a_table_like_any_other() {
    let rows = |args: &[&str]| {
        stdout(&run(args))
            .lines()
            .take(2)
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(
        rows(&["lab", "-T", "tsv"]),
        "id\tquestion\necho\tWhat is each packet of a TCP echo for?"
    );
    assert_eq!(
        rows(&["lab", "-T", "jsonl", "--columns", "id"]),
        "{\"id\":\"echo\"}\n{\"id\":\"ports\"}"
    );
    assert_fails(
        &["lab", "-T", "csv", "--columns", "no"],
        2,
        "netlab: error: there is no column called \"no\"\n  the columns are: id question\n",
    );
}

#[test]
fn a_name_that_is_nearly_right_is_asked_for() {
    let said = |args: &[&str]| {
        let output = run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let text = stderr(&output);
        text.lines().nth(1).unwrap_or_default().trim().to_owned()
    };
    assert_eq!(said(&["echo"]), "did you mean netlab lab echo?");
    assert_eq!(said(&["half-clos"]), "did you mean netlab lab half-close?");
    assert_eq!(said(&["lab", "ehco"]), "did you mean echo?");
    assert_eq!(said(&["serve", "pingr"]), "did you mean pinger?");
    assert_eq!(
        said(&["client", "multy", "--lang", "pt"]),
        "você quis dizer multi?"
    );
    let log = "captures/echo-log.pcap";
    assert_eq!(
        said(&["replay", log, "--columns", "no,tme"]),
        "did you mean time?"
    );
    assert_eq!(
        said(&["conversations", log, "--sort", "strem"]),
        "did you mean stream?"
    );
    assert_eq!(said(&["replay", log, "-T", "jsno"]), "did you mean json?");
    assert_eq!(
        said(&["report", log, "-T", "md", "--sections", "question"]),
        "did you mean questions?"
    );
}

#[test]
fn a_capture_needs_no_verb_to_be_shown() {
    let log = "captures/echo-log.pcap";
    let plain = run(&[log, "-T", "tsv"]);
    assert_eq!(stderr(&plain), "");
    assert_eq!(plain.stdout, run(&["replay", log, "-T", "tsv"]).stdout);
    let missing = run(&["--lang", "pt", "nada.pcap"]);
    assert_eq!(missing.status.code(), Some(5));
    assert!(
        stderr(&missing).contains("nada.pcap"),
        "{}",
        stderr(&missing)
    );
}

#[test]
fn languages_are_known_by_the_names_of_locales_too() {
    for name in ["pt", "pt_BR", "pt-br", "pt_BR.UTF-8"] {
        let output = run(&["replay", "captures/echo-log.pcap", "-q", "--lang", name]);
        assert!(
            stdout(&output).starts_with("Conversa 0"),
            "{name}: {}",
            stderr(&output)
        );
    }
    assert_fails(
        &["replay", "captures/echo-log.pcap", "--lang", "fr"],
        2,
        "netlab: error: \"fr\" is no value for --lang <LANG>\n  possible values: en, pt-BR\n",
    );
}
