//! What a test needs from the machine. What may be missing stands in its `#[ignore = "needs …"]`, by
//! which `scripts/test` finds out whether it can run; a test that does run without it fails.

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use netlab::model::dialect::Dialect;
use nix::unistd::geteuid;

use crate::support::Folder;

/// A port of this test alone, as are the three after it, below those that the system gives to clients.
pub(crate) fn port_of_its_own() -> u16 {
    use std::sync::atomic::{AtomicU16, Ordering};
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Runs of the tests beside this one begin elsewhere.
    // None comes twice in a run: a connection in TIME-WAIT would hold it.
    let begin = u16::try_from(std::process::id() % 6).unwrap_or(0) * 2000;
    20_000 + begin + NEXT.fetch_add(4, Ordering::Relaxed) % 2000
}

/// A copy of the program that everyone may run, and the command that runs it as `nobody`.
pub(crate) fn as_nobody(folder: &Folder) -> Command {
    let path = folder.file("netlab");
    // By another process: a descriptor open for writing here could be inherited by a program that
    // another test starts meanwhile, and the copy could then not be run ("text file busy").
    let copied = Command::new("cp")
        .args([env!("CARGO_BIN_EXE_netlab"), &path])
        .status()
        .unwrap();
    assert!(copied.success());
    for open in [folder.file(""), path.clone()] {
        std::fs::set_permissions(open, std::fs::Permissions::from_mode(0o777)).unwrap();
    }
    let mut command = Command::new(path);
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command.current_dir("/").stdin(Stdio::null());
    if geteuid().is_root() {
        command.uid(65_534).gid(65_534);
    } else {
        let plain = netlab::sandbox::needed();
        assert!(
            plain,
            "this user may capture and is not root, who could become one who may not"
        );
    }
    command
}

/// The version of the tshark that rows are compared with here.
pub(crate) fn tshark_here() -> Dialect {
    let version = Command::new("tshark").arg("--version").output();
    let version = version.map(|it| String::from_utf8_lossy(&it.stdout).into_owned());
    let version = version.unwrap_or_default();
    let of =
        |dialect: &Dialect| version.starts_with(&format!("TShark (Wireshark) {}.", dialect.name()));
    let mut all = Dialect::ALL.into_iter();
    all.find(of)
        .expect("a tshark of a version that netlab follows")
}

/// Info and stream of each frame of a capture, as tshark has them with upper layers off.
pub(crate) fn tshark(capture: &Path) -> Vec<(String, String)> {
    let home = std::env::temp_dir();
    let output = Command::new("tshark")
        .args(["-n", "-r"])
        .arg(capture)
        .args([
            "-d",
            "tcp.port==0-65535,data",
            "-d",
            "udp.port==0-65535,data",
        ])
        .args([
            "--disable-protocol",
            "mptcp",
            "--disable-protocol",
            "f5ethtrailer",
        ])
        .args(["-T", "fields", "-E", "occurrence=l"])
        .args(["-e", "_ws.col.Info", "-e", "tcp.stream"])
        .env("HOME", &home)
        .env("XDG_CONFIG_HOME", home.join("none"))
        .env("LC_ALL", "C.UTF-8")
        .output()
        .expect("tshark starts");
    let text = String::from_utf8(output.stdout).expect("tshark writes UTF-8");
    text.lines()
        .map(|line| {
            let (info, stream) = line.split_once('\t').unwrap_or((line, ""));
            (info.to_owned(), stream.to_owned())
        })
        .collect()
}
