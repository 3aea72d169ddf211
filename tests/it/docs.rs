//! The pages in `docs/`: every command in them works, in the order of the page.

use std::process::Command;

use crate::support::{Folder, root};

/// The blocks of a language in a page.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let text = std::fs::read_to_string(root().join("docs").join(page)).unwrap();
    let start = format!("```{language}\n");
    let blocks = text.split(&start).skip(1);
    blocks
        .map(|it| it.split("```").next().unwrap().to_owned())
        .collect()
}

/// A folder in which `netlab` is a command and the captures are at hand. Labs run in a network of
/// their own, where no other test has their port.
fn place(name: &str) -> Folder {
    let folder = Folder::new(name);
    std::os::unix::fs::symlink(root().join("captures"), folder.file("captures")).unwrap();
    let script = format!(
        "#!/bin/sh\ncase \"$*\" in lab*-w*) exec '{0}' \"$@\" --sandbox ;; *) exec '{0}' \"$@\" ;; esac\n",
        env!("CARGO_BIN_EXE_netlab")
    );
    let path = folder.file("netlab");
    std::fs::write(&path, script).unwrap();
    let all = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&path, all).unwrap();
    folder
}

fn works(folder: &Folder, program: &str, args: &[&str]) -> String {
    let path = std::env::var("PATH").unwrap();
    let output = Command::new(program)
        .args(args)
        .current_dir(folder.file(""))
        .env("PATH", format!("{}:{path}", folder.file("")))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program} {args:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

fn commands_work(page: &str) {
    let folder = place(page);
    let blocks = blocks(page, "sh");
    assert!(!blocks.is_empty(), "{page}");
    for block in blocks {
        for line in block.lines() {
            works(&folder, "sh", &["-euc", line]);
        }
    }
}

#[test]
#[ignore = "needs the right to capture, python3"]
fn the_tutorial_works_from_the_lab_to_the_report() {
    for page in ["tutorial.md", "tutorial.pt-BR.md"] {
        commands_work(page);
    }
}

#[test]
#[ignore = "needs the right to capture"]
fn the_page_for_teachers_works() {
    for page in ["teachers.md", "professores.md"] {
        commands_work(page);
    }
}

/// The rows that the recipes read.
fn rows(name: &str) -> Folder {
    let folder = place(name);
    for line in blocks("data.md", "sh").concat().lines() {
        works(&folder, "sh", &["-euc", line]);
    }
    folder
}

#[test]
fn the_rows_of_the_recipes_are_written() {
    let folder = rows("data-rows");
    let packets = std::fs::read_to_string(folder.file("packets.jsonl")).unwrap();
    assert_eq!(packets.lines().count(), 65);
}

/// The Python that `scripts/test` installs modules for, or that of the machine.
fn python() -> String {
    let own = root().join("target/python/bin/python3");
    let python = if own.exists() { own } else { "python3".into() };
    python.to_str().unwrap().to_owned()
}

#[test]
#[ignore = "needs python3-pandas"]
fn the_recipes_for_pandas_work() {
    let folder = rows("data-pandas");
    let code = blocks("data.md", "python").concat();
    let printed = works(&folder, &python(), &["-c", &code]);
    assert!(
        printed.contains("handshake") && printed.contains("65432"),
        "{printed}"
    );
}

#[test]
#[ignore = "needs python3-duckdb"]
fn the_recipes_for_duckdb_work() {
    let folder = rows("data-duckdb");
    let sql = blocks("data.md", "sql").concat();
    let statements = sql.split(';').filter(|it| !it.trim().is_empty());
    let code: Vec<String> = statements
        .map(|it| format!("print(duckdb.sql({it:?}).fetchall())"))
        .collect();
    let code = format!("import duckdb\n{}", code.join("\n"));
    let printed = works(&folder, &python(), &["-c", &code]);
    assert!(printed.contains("127.0.0.1:65432"), "{printed}");
}

#[test]
fn the_dockerfile_copies_what_a_release_makes() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let (docker, release) = (read("packaging/Dockerfile"), read("scripts/release"));
    assert!(docker.contains("RUN scripts/release /dist\n"), "{docker}");
    let copied: Vec<&str> = (docker.split_whitespace())
        .filter_map(|word| word.strip_prefix("/dist/"))
        .collect();
    assert_eq!(copied, ["netlab", "NOTICES", "LICENSE"]);
    for name in copied {
        let made = [
            format!("\"$dist/{name}\""),
            format!("$root/{name}\" \"$dist/\""),
        ];
        assert!(made.iter().any(|it| release.contains(it)), "{name}");
    }
    // The base image of both, and of the workflow that makes releases.
    for path in [
        "packaging/Dockerfile",
        ".github/workflows/release.yml",
        ".devcontainer/devcontainer.json",
    ] {
        assert!(read(path).contains("rust:1-bookworm"), "{path}");
    }
}
