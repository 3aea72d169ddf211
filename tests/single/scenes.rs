//! The tests, and what runs them.

use std::fs;
use std::io::BufRead;
use std::io::BufReader;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::ExitCode;
use std::process::Stdio;

use nix::sys::signal::Signal;
use nix::sys::signal::kill;
use nix::unistd::Pid;

use crate::PART;

/// Why a test did not pass.
enum Trouble {
    Failed(String),
    /// It cannot run here: what it needs.
    Needs(&'static str),
}

type Verdict = Result<(), Trouble>;

/// `nobody`, on every Linux.
const NOBODY: u32 = 65_534;

type Scene = fn(&Stage) -> Verdict;

static SCENES: &[(&str, Scene)] = &[
    (
        "a_plain_user_captures_in_a_network_of_its_own",
        plain_user_captures,
    ),
    (
        "root_may_have_a_network_of_its_own_too",
        root_has_own_network,
    ),
    ("the_sandbox_is_refused_once_there_are_threads", too_late),
    (
        "a_system_without_namespaces_is_told_with_its_remedy",
        forbidden,
    ),
    ("an_interface_that_is_down_is_told", lo_is_down),
    (
        "a_capture_ends_when_its_interface_vanishes",
        interface_vanishes,
    ),
    (
        "a_missing_permission_is_told_with_its_remedy",
        no_permission,
    ),
    ("ctrl_c_ends_a_capture_without_packets", ctrl_c),
    ("a_request_to_end_ends_a_capture_without_packets", terminate),
    ("a_second_ctrl_c_ends_at_once", second_ctrl_c),
];

/// Runs every test whose name contains the words given to `cargo test`.
pub(crate) fn run_all() -> ExitCode {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with('-'))
        .collect();
    let Ok(stage) = Stage::new() else {
        println!("cannot copy this program to where everyone may run it");
        return ExitCode::FAILURE;
    };
    let mut failed = false;
    for (name, scene) in SCENES {
        if !wanted.is_empty() && !wanted.iter().any(|word| name.contains(word.as_str())) {
            continue;
        }
        match scene(&stage) {
            Ok(()) => println!("test {name} ... ok"),
            // As the usual harness says it, so that `scripts/test` finds it.
            Err(Trouble::Needs(what)) => println!("test {name} ... ignored, needs {what}"),
            Err(Trouble::Failed(reason)) => {
                println!("test {name} ... FAILED\n{reason}");
                failed = true;
            }
        }
    }
    if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// A folder with a copy of this program that every user may run. It goes away with this value.
struct Stage {
    folder: PathBuf,
    program: PathBuf,
}

impl Stage {
    fn new() -> std::io::Result<Self> {
        let folder = std::env::temp_dir().join(format!("netlab-single-{}", std::process::id()));
        fs::create_dir(&folder)?;
        let program = folder.join("single");
        let stage = Self { folder, program };
        fs::copy(std::env::current_exe()?, &stage.program)?;
        for path in [&stage.folder, &stage.program] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
        }
        Ok(stage)
    }

    fn part(&self, name: &str) -> Command {
        let mut command = Command::new(&self.program);
        command
            .env(PART, name)
            .current_dir(&self.folder)
            .stdout(Stdio::piped());
        command
    }

    /// What lets the program capture.
    fn remedy(&self) -> String {
        format!("sudo setcap cap_net_raw=ep {}", self.program.display())
    }

    /// The same, as a plain user.
    fn plain(&self, name: &str) -> Command {
        let mut command = self.part(name);
        if is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn plain_user_captures(stage: &Stage) -> Verdict {
    let said = says(&mut stage.plain("own-network"))?;
    if said.contains("refused: ") {
        expect(said.contains("sudo setcap cap_net_raw=ep /"), &said)?;
        return Err(Trouble::Needs("user namespaces"));
    }
    if !is_root() && said.contains("needed: false") {
        return Err(Trouble::Needs("a user who may not capture"));
    }
    for line in [
        "needed: true",
        "same user: true",
        "still needed: false",
        "syns: 2",
        "ipv6 datagrams: 1",
        "file is the user's: true",
    ] {
        expect(
            said.lines().any(|said| said == line),
            &format!("wanted {line}\n{said}"),
        )?;
    }
    Ok(())
}

fn root_has_own_network(stage: &Stage) -> Verdict {
    if !is_root() {
        return Err(Trouble::Needs("root"));
    }
    let said = says(&mut stage.part("own-network"))?;
    for line in ["syns: 2", "ipv6 datagrams: 1", "file is the user's: true"] {
        expect(
            said.lines().any(|said| said == line),
            &format!("wanted {line}\n{said}"),
        )?;
    }
    Ok(())
}

fn too_late(stage: &Stage) -> Verdict {
    for mut command in [stage.plain("no-threads"), stage.part("no-threads")] {
        let said = says(&mut command)?;
        expect(said.contains("TooLate"), &said)?;
    }
    Ok(())
}

fn forbidden(stage: &Stage) -> Verdict {
    let said = says(&mut stage.plain("forbidden"))?;
    let sentence = "este sistema não permite que usuários comuns tenham uma rede própria: \
                    o número de namespaces está limitado a 0 (unshare: ";
    let remedy = stage.remedy();
    expect(
        said.contains("Forbidden {") && said.contains(sentence),
        &said,
    )?;
    expect(said.contains(&remedy), &said)
}

fn lo_is_down(stage: &Stage) -> Verdict {
    let said = says(&mut stage.plain("lo-is-down"))?;
    expect(said == "Err(InterfaceDown { interface: \"lo\" })\n", &said)
}

fn interface_vanishes(stage: &Stage) -> Verdict {
    let said = says(&mut stage.plain("interface-vanishes"))?;
    if said.starts_with("no link: ") {
        return Err(Trouble::Needs("links between namespaces (veth)"));
    }
    expect(said.starts_with("Err(Read { interface: \"v0\""), &said)
}

fn no_permission(stage: &Stage) -> Verdict {
    let said = says(&mut stage.plain("no-permission"))?;
    if !is_root() && said.contains("permitted") {
        return Err(Trouble::Needs("a user who may not capture"));
    }
    let remedy = format!(
        "autorize este programa a capturar, uma única vez: {}",
        stage.remedy()
    );
    expect(said.contains("PermissionDenied { interface: \"lo\""), &said)?;
    expect(said.contains(&remedy), &said)
}

fn ctrl_c(stage: &Stage) -> Verdict {
    ends_by(stage, Signal::SIGINT, "Signal(Interrupt)\n")
}

fn terminate(stage: &Stage) -> Verdict {
    ends_by(stage, Signal::SIGTERM, "Signal(Terminate)\n")
}

fn ends_by(stage: &Stage, signal: Signal, wanted: &str) -> Verdict {
    let (child, mut said) = ready(stage, "until-signal")?;
    send(&child, signal)?;
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut said, &mut rest).map_err(failed)?;
    let status = child.wait_with_output().map_err(failed)?.status;
    expect(
        rest == wanted && status.success(),
        &format!("{status}: {rest}"),
    )
}

fn second_ctrl_c(stage: &Stage) -> Verdict {
    let (mut child, mut said) = ready(stage, "stuck-at-the-end")?;
    send(&child, Signal::SIGINT)?;
    let mut line = String::new();
    said.read_line(&mut line).map_err(failed)?;
    expect(line == "Interrupt\n", &line)?;
    send(&child, Signal::SIGINT)?;
    let status = child.wait().map_err(failed)?;
    expect(
        status.code() == Some(130),
        &format!("{status} {:?}", status.signal()),
    )
}

/// Starts a part and waits until it says that it is ready.
fn ready(stage: &Stage, part: &str) -> Result<(Child, impl BufRead + use<>), Trouble> {
    let mut child = stage.part(part).spawn().map_err(failed)?;
    let mut said = BufReader::new(child.stdout.take().ok_or_else(|| failed("no output"))?);
    let mut line = String::new();
    said.read_line(&mut line).map_err(failed)?;
    if line != "ready\n" {
        let _ = child.wait();
        return Err(Trouble::Needs("the right to capture, or user namespaces"));
    }
    Ok((child, said))
}

fn send(child: &Child, signal: Signal) -> Verdict {
    let id = i32::try_from(child.id()).map_err(failed)?;
    kill(Pid::from_raw(id), signal).map_err(failed)
}

fn says(command: &mut Command) -> Result<String, Trouble> {
    let output = command.output().map_err(failed)?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    expect(
        output.status.success(),
        &format!("{}: {said}", output.status),
    )?;
    Ok(said)
}

fn expect(holds: bool, otherwise: &str) -> Verdict {
    if holds {
        Ok(())
    } else {
        Err(Trouble::Failed(otherwise.to_owned()))
    }
}

fn failed(cause: impl ToString) -> Trouble {
    Trouble::Failed(cause.to_string())
}

fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}
