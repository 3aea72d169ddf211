//! The README tells the truth: its outputs are what the program prints.

use crate::support::{root, run, stderr, stdout};

#[test]
fn every_output_in_the_readme_is_the_program_s_own() {
    let read = |name| std::fs::read_to_string(root().join(name)).unwrap();
    let readme = read("README.md") + &read("README.pt-BR.md");
    let mut blocks = 0;
    for block in readme.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        let (command, expected) = block.split_once('\n').unwrap();
        let args: Vec<&str> = command
            .strip_prefix("$ scripts/run ")
            .unwrap()
            .split(' ')
            .collect();
        let output = run(&args);
        assert_eq!(stderr(&output), "", "{command}");
        assert_eq!(stdout(&output), expected, "{command}");
        blocks += 1;
    }
    assert_eq!(blocks, 4);
}

/// The level of each heading, and the first cell of each row of the table of commands.
fn outline(readme: &str) -> Vec<&str> {
    let levels = readme.lines().filter(|it| it.starts_with('#'));
    let levels = levels.filter_map(|it| it.split(' ').next());
    let rows = readme
        .lines()
        .filter_map(|it| it.strip_prefix("| `netlab "));
    levels
        .chain(rows.filter_map(|it| it.split('|').next()))
        .collect()
}

#[test]
fn both_languages_have_the_same_sections_and_commands() {
    let read = |name| std::fs::read_to_string(root().join(name)).unwrap();
    let (english, portuguese) = (read("README.md"), read("README.pt-BR.md"));
    assert_eq!(outline(&english), outline(&portuguese));
}

#[test]
fn every_command_of_the_readme_exists() {
    let read = |name| std::fs::read_to_string(root().join(name)).unwrap();
    let readme = read("README.md") + &read("README.pt-BR.md");
    let mut verbs = 0;
    for part in readme.split("`netlab ").skip(1) {
        let verb = part.split([' ', '`']).next().unwrap();
        if verb == "COMMAND" {
            continue;
        }
        let output = run(&[verb, "--help"]);
        assert_eq!(output.status.code(), Some(0), "netlab {verb}");
        verbs += 1;
    }
    assert!(verbs > 30, "only {verbs} commands were found");
}

#[test]
fn both_scripts_are_there_and_can_be_run() {
    use std::os::unix::fs::PermissionsExt;
    for name in ["scripts/run", "scripts/test", ".ci/run"] {
        let mode = std::fs::metadata(root().join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o111, 0o111, "{name} cannot be run");
    }
}
