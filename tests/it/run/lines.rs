//! The lines of the source at which compiled programs make their calls.

use super::stage::{Run, Stage, stages};

/// Runs a server and a client, and asks for calls with their lines.
fn calls(stage: &Stage, [server, client]: [&str; 2]) -> Run {
    let rows = ["-T", "tsv", "--calls", "--columns", "no,info"];
    let (server, client) = (format!("./{server} PORT"), format!("./{client} PORT oi"));
    let run = stage.run(&[&rows[..], &["--server", &server, "--client", &client]].concat());
    assert_eq!(run.code, Some(0), "{run:?}");
    run
}

/// Builds programs, runs them, and looks for these rows.
fn shown(name: &str, builds: &[&[&str]], [server, client]: [&str; 2], wanted: &[&str]) {
    for stage in stages(name) {
        for build in builds {
            stage.build(build);
        }
        let run = calls(&stage, [server, client]);
        for row in wanted {
            assert!(run.rows().contains(row), "{row}: {run:?}");
        }
        assert!(!run.out.contains("EAGAIN"), "{run:?}");
    }
}

const C: &[&str] = &[
    "server: socket(SOCK_STREAM)  eco.c:11",
    "server: bind(127.0.0.1:PORT)  eco.c:17",
    "server: listen(5)  eco.c:21",
    "server: recv(1024) = 2  eco.c:27",
    "server: send(2) = 2  eco.c:28",
    "server: close()  eco.c:29",
    "client: … connect = 0  cli.c:16",
    "client: write(2) = 2  cli.c:20",
    "client: read(1023) = 2  cli.c:21",
    "client: close()  cli.c:23",
];

#[test]
fn c_programs_wherever_they_are_loaded_and_however_much_is_optimized() {
    let plain: &[&[&str]] = &[
        &["cc", "-g", "-o", "eco", "eco.c"],
        &["cc", "-g", "-o", "cli", "cli.c"],
    ];
    let fast: &[&[&str]] = &[
        &["cc", "-g", "-O2", "-no-pie", "-o", "eco", "eco.c"],
        &["cc", "-g", "-O2", "-pie", "-fPIE", "-o", "cli", "cli.c"],
    ];
    shown("lines-c", plain, ["eco", "cli"], C);
    shown("lines-c-fast", fast, ["eco", "cli"], C);
}

#[test]
fn a_program_without_debug_information_has_no_lines() {
    for stage in stages("lines-none") {
        stage.build(&["cc", "-o", "eco", "eco.c"]);
        stage.build(&["cc", "-g", "-o", "cli", "cli.c"]);
        let run = calls(&stage, ["eco", "cli"]);
        assert!(run.rows().contains(&"server: send(2) = 2"), "{run:?}");
        let placed = |row: &&str| row.starts_with("server: ") && row.contains("  ");
        assert_eq!(run.rows().into_iter().find(placed), None);
    }
}

/// A function that ends in the call of recv is not on the stack any more (a tail call), and the
/// line of its caller is not where recv is called.
#[test]
fn a_line_that_cannot_be_known_is_not_told() {
    for stage in stages("lines-tail") {
        let source = std::fs::read_to_string(stage.file("cli.c")).unwrap();
        let tail = source
            .replace(
                "int main(",
                "__attribute__((noinline)) ssize_t le(int c, char *d)\n{ return read(c, d, 1023); }\nint main(",
            )
            .replace("read(conexao, dados, sizeof dados - 1)", "le(conexao, dados)");
        std::fs::write(stage.file("cauda.c"), tail).unwrap();
        stage.build(&["cc", "-g", "-O2", "-o", "cauda", "cauda.c"]);
        stage.build(&["cc", "-g", "-O2", "-o", "eco", "eco.c"]);
        let run = calls(&stage, ["eco", "cauda"]);
        assert!(run.rows().contains(&"client: read(1023) = 2"), "{run:?}");
        assert!(
            run.rows().contains(&"client: write(2) = 2  cauda.c:22"),
            "{run:?}"
        );
    }
}

#[test]
#[ignore = "needs c++, rustc"]
fn a_cpp_client_with_a_thread_and_a_rust_server() {
    let builds: &[&[&str]] = &[
        &["c++", "-g", "-O2", "-pthread", "-o", "fala", "fala.cpp"],
        &["rustc", "-g", "-o", "eco", "eco.rs"],
    ];
    let wanted = [
        "server: bind(127.0.0.1:PORT)  eco.rs:7",
        "server: recv(1024) = 2  eco.rs:11",
        "server: send(2) = 2  eco.rs:15",
        "client: … connect = 0  fala.cpp:22",
        "client: send(2) = 2  fala.cpp:25",
        "client: recv(100) = 2  fala.cpp:28",
        "client: close()  fala.cpp:16",
    ];
    shown("lines-rust", builds, ["eco", "fala"], &wanted);
}

#[test]
#[ignore = "needs go"]
fn a_go_server() {
    for paths in ["-trimpath=false", "-trimpath"] {
        let builds: &[&[&str]] = &[
            &["go", "build", paths, "-o", "eco", "eco.go"],
            &["cc", "-g", "-o", "cli", "cli.c"],
        ];
        let wanted = [
            "server: bind(127.0.0.1:PORT)  eco.go:23",
            "server: setsockopt(TCP_NODELAY)  eco.go:28",
            "server: read(1024) = 2  eco.go:13",
            "server: write(2) = 2  eco.go:17",
            "server: close()  eco.go:19",
            "client: … connect = 0  cli.c:16",
        ];
        shown("lines-go", builds, ["eco", "cli"], &wanted);
    }
}
