//! Manual pages and completions: complete, in both languages, and every example works.

use std::process::Command;

use crate::support::{Folder, root, run, stderr, stdout};

/// The commands that `netlab man` lists.
fn commands() -> Vec<String> {
    let page = stdout(&run(&["man"]));
    let last = page.lines().last().unwrap().replace('\\', "");
    last.split(", ")
        .filter_map(|it| it.strip_prefix("netlab-")?.strip_suffix("(1)"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_command_has_a_page_in_both_languages() {
    let commands = commands();
    assert!(commands.len() >= 15, "{commands:?}");
    for command in &commands {
        let page = |lang| stdout(&run(&["man", command, "--lang", lang]));
        let (english, portuguese) = (page("en"), page("pt-BR"));
        for heading in ["SYNOPSIS", "OPTIONS", "\"EXIT STATUS\"", "\"SEE ALSO\""] {
            assert!(
                english.contains(&format!(".SH {heading}\n")),
                "{command}: {heading}"
            );
            assert!(
                !portuguese.contains(&format!(".SH {heading}\n")),
                "{command}: {heading}"
            );
        }
        for heading in [
            "SINOPSE",
            "OPÇÕES",
            "\"STATUS DE SAÍDA\"",
            "\"VEJA TAMBÉM\"",
        ] {
            assert!(
                portuguese.contains(&format!(".SH {heading}\n")),
                "{command}: {heading}"
            );
        }
    }
    let unknown = run(&["man", "rplay"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(
        stderr(&unknown).contains("did you mean replay?"),
        "{}",
        stderr(&unknown)
    );
}

#[test]
fn every_example_of_the_pages_works() {
    let folder = Folder::new("manual");
    std::os::unix::fs::symlink(root().join("captures"), folder.file("captures")).unwrap();
    let mut examples = Vec::new();
    for command in commands() {
        let page = stdout(&run(&["man", &command]));
        let (_, page) = page.split_once(".SH \"EXAMPLES\"").unwrap_or_default();
        let lines = page
            .lines()
            .filter_map(|line| line.strip_prefix("\\fBnetlab "));
        let plain = |line: &str| line.trim_end_matches("\\fR").replace("\\-", "-");
        examples.extend(lines.map(plain));
    }
    assert!(examples.len() >= 15, "{examples:?}");
    for example in examples {
        let more = match example.split(' ').next().unwrap() {
            // These end when somebody else does something.
            "capture" | "serve" | "client" | "view" => "--help",
            // Whoever may not capture has a network of their own anyway, or the recorded run.
            "lab" if example.contains(' ') && !netlab::sandbox::needed() => "--sandbox",
            _ => "",
        };
        let line = format!("'{}' {example} {more}", env!("CARGO_BIN_EXE_netlab"));
        let mut command = Command::new("sh");
        command.args(["-c", &line]).current_dir(folder.file(""));
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{line}: {}", stderr(&output));
    }
}

#[test]
fn completions_know_what_the_arguments_take() {
    for shell in ["bash", "zsh", "fish"] {
        let text = stdout(&run(&["completions", shell]));
        for name in [
            "two-clients",
            "pinger",
            "bytes_in_flight",
            "jsonl",
            "pt-BR",
            "questions",
        ] {
            assert!(text.contains(name), "{shell}: {name}");
        }
    }
    // What stands alone behind a command, and what may be a lab or a file.
    let fish = stdout(&run(&["completions", "fish"]));
    for (verb, name) in [("lab", "echo"), ("serve", "pinger"), ("man", "replay")] {
        let line = format!("using_subcommand {verb}\" -f -a '{name}'");
        assert!(fish.contains(&line), "{line}");
    }
    let line = |of: &str| {
        let mut lines = fish.lines();
        lines.find(|it| it.contains(of)).unwrap().to_owned()
    };
    assert!(line("-l expect").contains(" -r -F -a "));
    let zsh = stdout(&run(&["completions", "zsh"]));
    assert!(
        zsh.contains(r#":SPEC:{_alternative "labs\:lab\:(echo "#),
        "{zsh}"
    );
    let portuguese = stdout(&run(&["completions", "fish", "--lang", "pt"]));
    assert!(portuguese.contains("Mostra os pacotes de um arquivo de captura"));
}
