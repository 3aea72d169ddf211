//! Odd limits and odd numbers: one sentence and an exit code, never a panic and never a wait
//! without end.

use std::fs;
use std::process::{Command, Output};

use crate::needs::port_of_its_own;
use crate::support::{Folder, root, run, stderr, stdout};

/// Runs the program with at most so many open files.
fn with_files(limit: u32, args: &[&str]) -> Output {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("ulimit -n {limit}; exec \"$0\" \"$@\"")]);
    shell.arg(env!("CARGO_BIN_EXE_netlab")).args(args);
    shell.stdin(std::process::Stdio::null());
    shell.current_dir(root()).output().unwrap()
}

#[test]
fn few_open_files_are_told_before_anything_begins() {
    for limit in [6, 8, 12, 16, 17, 18, 19, 20, 24] {
        for args in [
            &["capture", "-c", "1", "--duration", "1s"][..],
            &["lab", "multi"],
            &["lab", "echo"],
            &["serve", "echo", "--port", "5", "--clients", "1"],
            &["client", "multi", "--clients", "30", "--port", "1"],
            &["replay", "captures/echo.pcapng", "--pace", "1000x"],
        ] {
            let output = with_files(limit, args);
            let said = stderr(&output);
            assert_eq!(output.status.code(), Some(1), "{limit} {args:?}: {said}");
            assert_eq!(said.lines().count(), 2, "{said}");
            assert!(
                said.contains("open files, and the limit of ")
                    && said.contains("raise the limit first: ulimit -n "),
                "{limit} {args:?}: {said}"
            );
        }
    }
    let said = stderr(&with_files(8, &["lab", "echo", "--lang", "pt-BR"]));
    assert!(
        said.contains("arquivos abertos, e o limite de 8 só deixa"),
        "{said}"
    );
    assert!(
        said.contains("aumente antes o limite: ulimit -n "),
        "{said}"
    );
    // More clients than the system has room for.
    let said = run(&["lab", "multi", "--clients", "4000000000"]);
    assert_eq!(said.status.code(), Some(1));
    assert!(stderr(&said).contains("open files"));
}

#[test]
fn a_file_that_no_descriptor_is_left_for_is_told_by_that() {
    let folder = Folder::new("few");
    let written = folder.file("notes.pcapng");
    for limit in 4..12 {
        for args in [
            &["conversations", "captures/echo.pcapng"][..],
            &["annotate", "captures/echo.pcapng", "-o", &written],
        ] {
            let output = with_files(limit, args);
            let said = stderr(&output);
            assert!(
                output.status.success() || said.contains("Too many open files"),
                "{limit} {args:?}: {said}"
            );
            assert!(!said.contains("another place"), "{limit}: {said}");
        }
    }
    let said = stderr(&with_files(4, &["conversations", "captures/echo.pcapng"]));
    assert!(said.contains("ulimit -n 64"), "{said}");
}

#[test]
fn times_that_no_clock_reaches_are_refused() {
    let long = [
        "9223372036854775807s",
        "9223372036854775807",
        "1e300",
        "2000000h",
    ];
    for time in long {
        for args in [
            &["capture", "-c", "1", "--duration", time][..],
            &["lab", "echo", "--pause", time],
            &["serve", "echo", "--idle-timeout", time],
            &["serve", "echo", "--close-delay", time],
            &["client", "echo", "--timeout", time],
            &["client", "echo", "--pause", time],
        ] {
            let output = run(args);
            assert_eq!(output.status.code(), Some(2), "{args:?}");
            let said = stderr(&output);
            assert!(
                said.contains("expected: 5s, 500ms, 1m30s, …, 1000000h"),
                "{said}"
            );
        }
    }
}

#[test]
fn a_stream_that_is_no_number_is_told_with_what_is_one() {
    for verb in ["ladder", "plot"] {
        for option in ["--stream", "--udp-stream"] {
            for value in ["a", "-1", "99999999999"] {
                let typed = format!("{option}={value}");
                let said = |lang| run(&[verb, "captures/echo.pcapng", &typed, "--lang", lang]);
                assert_eq!(said("en").status.code(), Some(2));
                assert_eq!(
                    stderr(&said("en")),
                    format!(
                        "netlab: error: \"{value}\" is no value for {option} <N>\n  \
                         expected: 0, 1, 2, …\n"
                    )
                );
                assert!(stderr(&said("pt-BR")).contains("esperado: 0, 1, 2, …"));
            }
        }
    }
}

#[test]
fn a_section_with_too_many_interfaces_is_told() {
    let block = |kind: u32, body: &[u8]| {
        let len = u32::try_from(12 + body.len()).unwrap().to_le_bytes();
        [&kind.to_le_bytes(), &len, body, &len].concat()
    };
    let mut file = block(
        0x0a0d_0d0a,
        &[
            &0x1a2b_3c4d_u32.to_le_bytes()[..],
            &[1, 0, 0, 0],
            &[0xff; 8],
        ]
        .concat(),
    );
    let packet = block(
        6,
        &[&[0; 12][..], &[4, 0, 0, 0, 4, 0, 0, 0], &[0; 4]].concat(),
    );
    for no in 0..65_537 {
        file.extend(block(1, &[1, 0, 0, 0, 0, 0, 4, 0]));
        if no == 0 {
            file.extend(&packet);
        }
    }
    file.extend(packet);
    let folder = Folder::new("robust-interfaces");
    let path = folder.file("many.pcapng");
    fs::write(&path, file).unwrap();
    let output = run(&["replay", &path, "-T", "tsv"]);
    assert_eq!(stdout(&output).lines().count(), 2);
    let said = stderr(&output);
    assert!(
        said.contains("a section describes more than 65536 interfaces"),
        "{said}"
    );
    let said = stderr(&run(&["replay", &path, "-q", "--lang", "pt-BR"]));
    assert!(
        said.contains("uma seção descreve mais de 65536 interfaces"),
        "{said}"
    );
}

#[test]
#[ignore = "needs user namespaces"]
fn no_namespace_left_is_told_as_that() {
    let shell = |lang: &str| {
        let line = format!(
            "echo 1 > /proc/sys/user/max_net_namespaces && \
             exec unshare -n \"$0\" lab echo --sandbox --lang {lang}"
        );
        let mut command = Command::new("unshare");
        command.args(["-Ur", "sh", "-c", &line, env!("CARGO_BIN_EXE_netlab")]);
        command.current_dir(root()).output()
    };
    let output = shell("en").unwrap();
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(
        said.starts_with(
            "netlab: error: this system allows no more namespaces: the limit \
             user.max_net_namespaces or user.max_user_namespaces is reached ("
        ),
        "{said}"
    );
    let said = stderr(&shell("pt-BR").unwrap());
    assert!(
        said.contains("este sistema não permite mais namespaces: o limite"),
        "{said}"
    );
}

#[test]
#[ignore = "needs the right to capture"]
fn a_buffer_that_does_not_fit_is_told() {
    // Of memory there is so little that a gigabyte cannot be had.
    let line = format!(
        "ulimit -v 600000; exec \"$0\" lab echo --no-sandbox --buffer 1073741824 --port {}",
        port_of_its_own()
    );
    let mut shell = Command::new("sh");
    shell.args(["-c", &line, env!("CARGO_BIN_EXE_netlab")]);
    let output = shell.current_dir(root()).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("malloc: out of memory"),
        "{}",
        stderr(&output)
    );
}
