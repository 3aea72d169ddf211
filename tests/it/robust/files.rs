//! What is read is never written over, and what was there before stays until something whole
//! takes its place.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::process::{Command, Output, Stdio};

use crate::support::{Folder, netlab, run, stderr, stdout};

const LOG: &str = "captures/echo-log.pcap";

/// Runs the program with `file` as its standard input.
fn from(file: &str, args: &[&str]) -> Output {
    let input = File::open(file).unwrap();
    let mut command = netlab();
    command.args(args).stdin(input).output().unwrap()
}

#[test]
fn standard_input_that_is_a_file_is_not_written_over() {
    let folder = Folder::new("robust-stdin");
    let bytes = fs::read(LOG).unwrap();
    for name in ["a.pcap", "a.md", "a.svg", "a.pcapng"] {
        let file = folder.file(name);
        fs::write(&file, &bytes).unwrap();
        let commands: [&[&str]; 8] = [
            &["replay", "-", "-q", "-w", &file],
            &["replay", "-", "-T", "tsv", "-o", &file],
            &["report", "-", "-T", "md", "-o", &file],
            &["conversations", "-", "-T", "csv", "-o", &file],
            &["explain", "-", "-T", "jsonl", "-o", &file],
            &["ladder", "-", "-o", &file],
            &["plot", "-", "-o", &file],
            &["annotate", "-", "-o", &file],
        ];
        for command in commands {
            assert_eq!(from(&file, command).status.code(), Some(2), "{command:?}");
            assert!(fs::read(&file).unwrap() == bytes, "{command:?}");
        }
    }
    let file = folder.file("a.pcap");
    let said = |lang| stderr(&from(&file, &["replay", "-", "-w", &file, "--lang", lang]));
    assert_eq!(
        said("en"),
        format!(
            "netlab: error: {file} is the file that is read: writing to it would destroy it\n  \
             give -w another name\n"
        )
    );
    assert!(said("pt-BR").contains("é o arquivo que está sendo lido: gravar nele o destruiria"));
}

#[test]
fn standard_output_is_not_the_file_that_is_read() {
    let folder = Folder::new("robust-stdout");
    let file = folder.file("a.pcap");
    fs::copy(LOG, &file).unwrap();
    for args in [
        ["replay", &file],
        ["conversations", &file],
        ["report", &file],
    ] {
        let out = File::options().append(true).open(&file).unwrap();
        let mut command = netlab();
        command.args(args).args(["-T", "md"]);
        let said = command.stdout(out).output().unwrap();
        assert_eq!(said.status.code(), Some(2), "{args:?}");
        assert_eq!(
            stderr(&said),
            "netlab: error: standard output is the file that is read: writing to it would destroy \
             it\n  send it to another file\n"
        );
        assert!(fs::read(&file).unwrap() == fs::read(LOG).unwrap());
    }
}

#[test]
fn files_beside_a_report_write_over_no_capture() {
    let folder = Folder::new("robust-beside");
    let (capture, out) = (folder.file("r-facts.csv"), folder.file("r.csv"));
    fs::copy(LOG, &capture).unwrap();
    let said = run(&["report", &capture, "-o", &out]);
    assert_eq!(said.status.code(), Some(2));
    assert!(stderr(&said).contains("r-facts.csv is the file that is read"));
    assert!(fs::read(&capture).unwrap() == fs::read(LOG).unwrap());
    // Nothing of a report that is not whole is there.
    assert_eq!(fs::read_dir(folder.file("")).unwrap().count(), 1);
}

#[test]
fn links_are_replaced_and_not_followed() {
    let folder = Folder::new("robust-links");
    let precious = folder.file("precious");
    fs::write(&precious, "precious\n").unwrap();
    let names = ["r.csv", "r-facts.csv", "r.svg", "r.pcapng", "r.tsv"];
    for name in names {
        symlink(&precious, folder.file(name)).unwrap();
    }
    let commands: [&[&str]; 4] = [
        &["report", LOG, "-o", &folder.file("r.csv")],
        &["ladder", LOG, "-o", &folder.file("r.svg")],
        &["annotate", LOG, "-o", &folder.file("r.pcapng")],
        &["replay", LOG, "-T", "tsv", "-o", &folder.file("r.tsv")],
    ];
    for command in commands {
        let output = run(command);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    assert_eq!(fs::read_to_string(&precious).unwrap(), "precious\n");
    for name in names {
        let kind = fs::symlink_metadata(folder.file(name)).unwrap();
        assert!(kind.is_file() && kind.len() > 20, "{name}");
    }
}

#[test]
fn a_full_disk_leaves_the_old_file_and_nothing_else() {
    let folder = Folder::new("robust-full");
    let limited = |args: &str| {
        // A limit on the size of files, told by the system as an error.
        let line = format!(
            "trap '' XFSZ; ulimit -f 1; exec \"$0\" {args} -o {}",
            folder.file("old.pcapng")
        );
        let mut shell = Command::new("sh");
        shell.args(["-c", &line, env!("CARGO_BIN_EXE_netlab")]);
        shell.current_dir(crate::support::root()).output().unwrap()
    };
    let old = folder.file("old.pcapng");
    fs::write(&old, "older\n").unwrap();
    for args in [
        "report captures/web.pcapng -T html",
        "replay captures/web.pcapng -T jsonl",
        "ladder captures/web.pcapng",
        "annotate captures/web.pcapng",
    ] {
        let output = limited(args);
        let code = if args.starts_with("ladder") { 2 } else { 1 };
        assert_eq!(
            output.status.code(),
            Some(code),
            "{args}: {}",
            stderr(&output)
        );
        assert_eq!(fs::read_to_string(&old).unwrap(), "older\n", "{args}");
        assert_eq!(fs::read_dir(folder.file("")).unwrap().count(), 1, "{args}");
    }
    let said = stderr(&limited("annotate captures/web.pcapng"));
    assert!(
        said.contains("cannot write") && said.contains("what was written before stays"),
        "{said}"
    );
}

#[test]
fn a_new_file_has_the_rights_of_the_old_one_and_the_system_s_links_work() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("robust-rights");
    let out = folder.file("r.md");
    let mode = || fs::metadata(&out).unwrap().permissions().mode() & 0o777;
    run(&["report", LOG, "-o", &out]);
    let usual = folder.file("usual");
    fs::write(&usual, "").unwrap();
    let plain = fs::metadata(&usual).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(), plain, "as any new file");
    fs::set_permissions(&out, fs::Permissions::from_mode(0o604)).unwrap();
    run(&["report", LOG, "-o", &out]);
    assert_eq!(mode(), 0o604);
    // Standard output under its name, which the shell sent to the end of a file.
    fs::write(&usual, "before\n").unwrap();
    let appended = File::options().append(true).open(&usual).unwrap();
    let mut command = netlab();
    command.args(["report", LOG, "-T", "md", "-o", "/dev/stdout"]);
    let status = command.stdout(appended).stderr(Stdio::null()).status();
    assert!(status.unwrap().success());
    let text = fs::read_to_string(&usual).unwrap();
    assert!(text.starts_with("before\n# Report"), "{text}");
    assert_eq!(
        stdout(&run(&["report", LOG, "-T", "md", "-o", "/dev/stdout"])),
        &text[7..]
    );
}

#[test]
fn packets_and_rows_do_not_go_to_one_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let capture = LOG.to_owned();
    let path = folder.path().join("both.pcapng").display().to_string();
    let other = folder.path().join("./both.pcapng").display().to_string();
    for verb in [
        &["replay", &capture][..],
        &["capture", "-i", "lo", "-c", "1"],
        &["lab", "echo"],
        &["run", "--server", "true"],
    ] {
        for (lang, said) in [
            ("en", "the packets and the rows cannot be in one file"),
            ("pt-BR", "os pacotes e as linhas não cabem em um só"),
        ] {
            let args = ["--lang", lang];
            let ends = ["-w", &path, "-o", &other, "-T", "tsv"];
            let output = run(&[&args[..], verb, &ends].concat());
            assert_eq!(output.status.code(), Some(2), "{verb:?}");
            let told = stderr(&output);
            assert!(told.contains(said), "{verb:?}: {told}");
        }
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}
