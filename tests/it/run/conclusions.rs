//! What netlab concludes from calls and packets together.

use super::stage::stages;

/// What a run of two programs shows.
fn shown(name: &str, args: &[&str], wanted: &[&str]) {
    for stage in stages(name) {
        let run = stage.run(&[&["-q"], args].concat());
        for sentence in wanted {
            let said = run.out.lines().any(|line| line.trim_start() == *sentence);
            assert!(said, "{sentence}: {run:?}");
        }
    }
}

#[test]
fn sends_segments_and_recvs_are_told_apart() {
    shown(
        "parts",
        &[
            "--server",
            "python3 partes.py server PORT",
            "--client",
            "python3 partes.py client PORT",
        ],
        &[
            "client → server: sends 2 (5, 6), segments 2 (5, 6), recvs 3 (4, 4, 3): TCP keeps no boundaries",
            "server (partes.py:13): this recv returned 4 bytes, 1 from the end of one send and 3 of what was sent after it: a header and what follows it can come together",
            "client (partes.py:20) closed first: close() sent the FIN #8",
        ],
    );
}

#[test]
fn bytes_left_unread_reset_the_connection() {
    shown(
        "unread",
        &[
            "--server",
            "python3 metade.py PORT",
            "--client",
            "python3 fala.py PORT tchau",
        ],
        &[
            "server (metade.py:13): the program read 4 of the 5 bytes that had arrived before close: the kernel reset the connection (#6) to say that the rest was lost",
            "client (fala.py:7): recv failed with ECONNRESET: the other end had reset the connection (#6)",
        ],
    );
}

#[test]
fn a_loop_that_does_not_see_the_end_is_told_and_its_calls_are_one_row() {
    let args = [
        "--server",
        "python3 metade.py PORT",
        "--client",
        "python3 gira.py PORT",
    ];
    shown(
        "spins",
        &args,
        &[
            "client (gira.py:9): recv returned 0 5000 times: the other end had closed, and the program went on; 0 is the moment to leave the loop and close",
        ],
    );
    for stage in stages("spins-rows") {
        let rows = ["-T", "tsv", "--calls", "--columns", "no,info"];
        let run = stage.run(&[&rows[..], &args[..]].concat());
        let spins: Vec<_> = run
            .rows()
            .into_iter()
            .filter(|it| it.contains("recv(100) = 0"))
            .collect();
        assert_eq!(spins.len(), 1, "{run:?}");
        assert!(
            spins[0].starts_with("client: recv(100) = 0 ×5000 in "),
            "{spins:?}"
        );
        assert!(spins[0].ends_with(" s  gira.py:9"), "{spins:?}");
    }
}

#[test]
fn ends_that_wait_for_each_other_are_told() {
    for stage in stages("deadlock") {
        let server = "python3 metade.py PORT";
        let client = "python3 teimoso.py PORT";
        let args = [
            "-q",
            "--time-limit",
            "1s",
            "--server",
            server,
            "--client",
            client,
        ];
        let run = stage.run(&args);
        let sentence = "the client (teimoso.py:9) and the server (metade.py:11) were both waiting in recv, each for the other";
        assert!(run.out.contains(sentence), "{run:?}");
    }
}

/// A network namespace of its own counts the drops of this run and no others.
#[test]
fn datagrams_that_a_sleeping_receiver_loses_are_counted_exactly() {
    for stage in stages("full-socket") {
        let programs = [
            "--server",
            "python3 dorme.py PORT",
            "--client",
            "python3 rajada.py PORT",
        ];
        for (lang, dropped) in [
            (
                "en",
                "datagrams were dropped at a full socket buffer: they are in the capture, and no program got them",
            ),
            (
                "pt-BR",
                "datagramas foram descartados em um buffer de socket cheio: estão na captura, e nenhum programa os recebeu",
            ),
        ] {
            let run = stage.run(&[&["--sandbox", "-q", "--lang", lang], &programs[..]].concat());
            assert_eq!(run.code, Some(0), "{run:?}");
            let kept = run
                .out
                .lines()
                .find_map(|it| it.split_once(" │ ")?.1.strip_suffix(" recebidos"));
            let kept: u32 = kept.unwrap().parse().unwrap();
            assert!(kept > 0 && kept < 1000, "{kept}");
            let said = format!("netlab: {} {dropped}", 1000 - kept);
            assert!(run.err.contains(&said), "{said}: {run:?}");
        }
    }
}

/// Which bytes are of which connection is known of each by itself alone.
#[test]
fn connections_between_the_same_ends_are_not_taken_for_one() {
    for stage in stages("again") {
        let run = stage.run(&["-q", "python3", "de_novo.py", "PORT"]);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(run.out.contains("program  │ b'abcdefghijkl'\n"), "{run:?}");
        let said = |part: &str| run.out.contains(part);
        assert!(
            said("(de_novo.py:29) closed first: close() sent the FIN #"),
            "{run:?}"
        );
        assert!(!said("from the end of one send"), "{run:?}");
        assert!(!said("TCP keeps no boundaries"), "{run:?}");
    }
}

#[test]
fn the_rest_of_a_datagram_for_which_there_was_no_room_is_told_to_be_lost() {
    for stage in stages("cut") {
        let client = "python3 -c \"import socket; s = socket.socket(2, 2); a = ('127.0.0.1', PORT); \
                      [(s.sendto(d, a), s.recv(99)) for d in (b'abcdefgh', b'ij', b'klmno')]\"";
        let args = [
            "-q",
            "--server",
            "python3 quatro.py PORT",
            "--client",
            client,
        ];
        let run = stage.run(&args);
        let told: Vec<&str> = run
            .out
            .lines()
            .filter(|it| it.contains("the rest is lost"))
            .collect();
        let of = |count: u32, no: u32| {
            format!(
                "  server (quatro.py:8): recvfrom had room for 4 of the {count} bytes of the datagram #{no}: the rest is lost, since the next call gets the next datagram"
            )
        };
        assert_eq!(told, [of(8, 1), of(5, 5)], "{run:?}");
    }
}
