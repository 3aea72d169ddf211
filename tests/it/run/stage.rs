//! Where the tests of `netlab run` run: as root and as a plain user, with the programs at hand.

use std::os::unix::process::CommandExt;
use std::process::{Command, Output};

use crate::needs::{as_nobody, port_of_its_own};
use crate::support::{Folder, root, stderr, stdout};

/// Where programs are looked for: folders that a plain user may enter.
const PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// A folder that everyone may use, with the programs of `tests/programs` in it.
pub(super) struct Stage {
    folder: Folder,
    /// A port of the test's own.
    pub(super) port: u16,
    /// Its user may not capture.
    pub(super) plain: bool,
}

/// The stage as root, where the tests run as root, and as a plain user. Every test runs on each.
pub(super) fn stages(name: &str) -> Vec<Stage> {
    let plain = Stage::new(name, true);
    let root = nix::unistd::geteuid()
        .is_root()
        .then(|| Stage::new(name, false));
    root.into_iter().chain([plain]).collect()
}

impl Stage {
    fn new(name: &str, plain: bool) -> Self {
        let folder = Folder::new(&format!("run-{name}-{plain}"));
        as_nobody(&folder);
        let programs = root().join("tests/programs/.");
        let copied = Command::new("cp")
            .arg("-r")
            .arg(programs)
            .arg(folder.file(""))
            .status();
        assert!(copied.unwrap().success());
        Self {
            folder,
            port: port_of_its_own(),
            plain,
        }
    }

    /// The path of a file on the stage.
    pub(super) fn file(&self, name: &str) -> String {
        self.folder.file(name)
    }

    /// A command of this stage's user, in its folder.
    pub(super) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.file(""))
            .env("HOME", self.file(""));
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "TZ"] {
            command.env_remove(name);
        }
        command.env("PATH", PATH);
        command.stdin(std::process::Stdio::null());
        if self.plain {
            command.uid(65_534).gid(65_534);
        }
        command
    }

    /// `netlab run` with these arguments; `PORT` in them is the port of the test.
    pub(super) fn netlab(&self, args: &[&str]) -> Command {
        let mut command = self.command(&self.file("netlab"));
        command.arg("run");
        command.args(
            args.iter()
                .map(|it| it.replace("PORT", &self.port.to_string())),
        );
        command
    }

    /// Runs it to its end: the exit code, standard output, standard error, with `PORT` for the
    /// port of the test.
    pub(super) fn run(&self, args: &[&str]) -> Run {
        self.ran(&self.netlab(args).output().unwrap())
    }

    pub(super) fn ran(&self, output: &Output) -> Run {
        let port = self.port.to_string();
        Run {
            code: output.status.code(),
            out: stdout(output).replace(&port, "PORT"),
            err: stderr(output).replace(&port, "PORT"),
        }
    }

    /// Compiles a C program of the stage.
    pub(super) fn compile(&self, name: &str) {
        let source = format!("{name}.c");
        self.build(&["cc", "-g", "-O1", "-pthread", "-o", name, &source]);
    }

    /// Runs a compiler in the folder of the stage.
    pub(super) fn build(&self, words: &[&str]) {
        let output = Command::new(words[0])
            .args(&words[1..])
            .env("GOCACHE", root().join("target/go"))
            .current_dir(self.file(""))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
    }
}

/// What came of a run.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) code: Option<i32>,
    pub(super) out: String,
    pub(super) err: String,
}

impl Run {
    /// Packets by number, calls by Info, in the order of the table, of a run with
    /// `-T tsv --calls --columns no,info`.
    pub(super) fn rows(&self) -> Vec<&str> {
        let rows = self.out.lines().skip_while(|it| *it != "no\tinfo").skip(1);
        rows.filter_map(|line| line.split_once('\t'))
            .map(|(no, info)| if no.is_empty() { info } else { no })
            .collect()
    }

    /// The same without the lines of the source.
    pub(super) fn bare(&self) -> Vec<&str> {
        let bare = |row: &&'_ str| row.split_once("  ").map_or(*row, |it| it.0).len();
        self.rows()
            .into_iter()
            .map(|row| &row[..bare(&row)])
            .collect()
    }

    /// The rows of one program, and the packets between them.
    pub(super) fn of(&self, who: &str) -> Vec<&str> {
        let is_its = |row: &&str| !row.contains(": ") || row.starts_with(who);
        self.bare().into_iter().filter(is_its).collect()
    }

    /// The place of the row with this text.
    pub(super) fn place(&self, row: &str) -> usize {
        let found = self.rows().iter().position(|it| it.starts_with(row));
        found.unwrap_or_else(|| panic!("no row {row}: {self:?}"))
    }
}

/// Whether an exchange of one message each way has all its packets: the server may acknowledge the
/// client's FIN before it sends its own, or with it.
pub(super) fn whole(packets: usize) -> bool {
    packets == 10 || packets == 11
}
