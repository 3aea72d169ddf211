//! A stranger's first minute: a clone into an empty folder, and the README's first command.

use std::process::{Command, Stdio};

use crate::support::{Folder, root, stderr, stdout};

#[test]
fn the_readme_s_first_command_works_in_a_clean_clone() {
    let folder = Folder::new("clone");
    let clone = folder.file("netlab");
    let git = Command::new("git")
        .args(["-c", "safe.directory=*", "clone", "--quiet"])
        .args([root().as_os_str(), clone.as_ref()])
        .output()
        .unwrap();
    assert!(git.status.success(), "{}", stderr(&git));
    let run = |args: &[&str]| {
        let mut command = Command::new(format!("{clone}/scripts/run"));
        command.args(args).current_dir("/").stdin(Stdio::null());
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            command.env_remove(name);
        }
        // A folder of its own that outlives the test, so that only the first run builds the
        // dependencies; and no time spent on optimising what is run twice.
        command.env("CARGO_TARGET_DIR", root().join("target/clean-clone"));
        command.env("CARGO_PROFILE_RELEASE_LTO", "off");
        command.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256");
        command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
        command.output().unwrap()
    };
    let output = run(&["replay", "netlab/captures/echo-log.pcap"]);
    assert_eq!(
        output.status.code(),
        Some(5),
        "a relative path is the caller's: {output:?}"
    );
    let output = run(&["replay", &format!("{clone}/captures/echo-log.pcap"), "-q"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("three-way handshake (SYN; SYN, ACK; ACK)"));
    // Run or, where nothing can be captured, recorded.
    let output = run(&["lab", "echo", "--port", "5059"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        stdout(&output).contains("FIN; ACK; FIN; ACK"),
        "{}",
        stdout(&output)
    );
}
