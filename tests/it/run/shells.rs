//! Connections that are standard input or output of a program.

use super::kinds::{run, stopped};
use super::stage::stages;

#[test]
fn a_program_with_the_connection_as_its_input_and_output_belongs_to_the_server() {
    for stage in stages("inetd") {
        let client = "python3 -c \"import socket; \
                      s = socket.create_connection(('127.0.0.1', PORT)); \
                      s.sendall(b'oi' + bytes([10])); print(s.recv(9))\"";
        let run = run(
            &stage,
            &["--server", "python3 inetd.py PORT", "--client", client],
        );
        assert!(stopped(&run), "{run:?}");
        assert!(run.err.contains("client   │ b'oi\\n'\n"), "{run:?}");
        // `head` reads and writes descriptors that are read and written unseen in other programs.
        let order = [
            "server: accept() = 127.0.0.1:",
            "server: read(8192) = 3",
            "server: write(3) = 3",
            "client: recv(9) = 3",
        ];
        let places: Vec<usize> = order.iter().map(|row| run.place(row)).collect();
        assert!(places.is_sorted(), "{run:?}");
    }
}

/// The shell makes the connection its standard output for one command at a time.
#[test]
#[ignore = "needs bash"]
fn a_shell_talks_over_a_redirection() {
    for stage in stages("redirection") {
        let client = "bash -c 'exec 3<>/dev/tcp/127.0.0.1/PORT; echo oi >&3; head -n 1 <&3'";
        let run = run(
            &stage,
            &["--server", "python3 threads.py PORT", "--client", client],
        );
        assert!(stopped(&run), "{run:?}");
        assert!(run.err.contains("client   │ OI\n"), "{run:?}");
        let order = [
            "client: … connect = 0",
            "client: write(3) = 3",
            "server: recv(1024) = 3",
            "client: read(8192) = 3",
        ];
        let places: Vec<usize> = order.iter().map(|row| run.place(row)).collect();
        assert!(places.is_sorted(), "{run:?}");
    }
}

/// What a program says reaches the terminal as text: colours are left out, the rest is shown.
#[test]
fn what_programs_say_does_nothing_to_a_terminal() {
    for stage in stages("escape") {
        let program = ["printf", r"\033[31mred\033[0m\007 \033]0;title\007\n"];
        let said = r"program  │ red\x07 \x1b]0;title\x07";
        let reading = stage.run(&[&["-q"], &program[..]].concat());
        assert!(reading.out.lines().any(|it| it == said), "{reading:?}");
        let data = run(&stage, &program);
        assert!(data.err.lines().any(|it| it == said), "{data:?}");
    }
}
