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
    /// port of the test. Nothing that has this port among its words is left running.
    pub(super) fn run(&self, args: &[&str]) -> Run {
        let run = self.ran(&self.netlab(args).output().unwrap());
        let left: Vec<String> = self.running().collect();
        assert!(left.is_empty(), "{left:?} {run:?}");
        run
    }

    /// The commands of processes that have the port of the test among their words.
    fn running(&self) -> impl Iterator<Item = String> {
        let port = self.port.to_string();
        let all = std::fs::read_dir("/proc").unwrap();
        let words = all.filter_map(|it| {
            let path = it.ok()?.path().join("cmdline");
            let words = std::fs::read(path).ok()?;
            let words = words.split(|byte| *byte == 0);
            let words = words.map(|it| String::from_utf8_lossy(it).into_owned());
            Some(words.collect::<Vec<String>>())
        });
        words
            .filter(move |it| it.contains(&port))
            .map(|it| it.join(" "))
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

    /// How many packets there are, of a table with a column Info.
    pub(super) fn packets(&self) -> usize {
        let packet = |row: &&str| row.contains(" [") && row.contains(" → ");
        self.out.lines().filter(packet).count() - lone_ack(&self.out)
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

/// 1 where the second of two FINs came so late that the kernel acknowledged the first one by itself
/// (40 ms on Linux: the program that closes second did not run for that long), else 0.
pub(super) fn lone_ack(rows: &str) -> usize {
    let mut after = rows.lines().skip_while(|it| !it.contains("[FIN, ACK]"));
    after.next();
    let mut packets = after.filter(|it| it.contains(" → ") && it.contains(" ["));
    let alone = packets.next().is_some_and(|it| it.contains(" [ACK] "));
    usize::from(alone && packets.any(|it| it.contains("[FIN, ACK]")))
}
