//! Every lab, run for real: it shows what it is about, and its answer says so.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a helper of tests fails as a test does"
)]

use std::time::Duration;

use netlab::exercises::options::{ClientOptions, Clients, Mode, ServerOptions};
use netlab::exercises::stop::stopper;
use netlab::lab::{self, Answer, Evidence, Lab, LabOptions, LabRun};
use netlab::model::call::{Call, CallResult};
use netlab::model::tcp::TcpFlags;
use netlab::text::Lang;

use crate::needs::port_of_its_own;

/// Runs a lab at a free port.
fn run_with(id: &str, options: LabOptions) -> (LabRun, Answer) {
    let lab = lab::find(id).unwrap();
    let options = LabOptions {
        server: ServerOptions {
            // A lab that is about a certain port keeps it.
            port: lab.port.is_none().then(port_of_its_own),
            ..options.server
        },
        ..options
    };
    run_at(lab, options)
}

/// Runs a lab at the port that it is told or has of its own.
fn run_at(lab: &Lab, options: LabOptions) -> (LabRun, Answer) {
    let id = lab.id;
    let lang = options.lang;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let (_stopper, stop) = stopper();
    let done = runtime.block_on(async {
        let work = lab::run(lab, options, stop, |_| {});
        let limited = tokio::time::timeout(Duration::from_secs(30), work);
        limited.await.expect("the lab hangs").unwrap()
    });
    let answer = lab::answer(lab, &done.evidence, lang);
    assert!(
        answer.shown,
        "{id}: {:#?}\n{:#?}",
        answer.lines, done.evidence
    );
    for line in &answer.lines {
        assert!(!line.contains(['{', '}']), "{id}: {line}");
    }
    (done, answer)
}

fn run(id: &str) -> (LabRun, Answer) {
    run_with(id, LabOptions::default())
}

/// What the answers of labs that take seconds have to say.
const SAYS: &[(&str, &[&str])] = &[
    (
        "backlog",
        &[
            "connections completed: 2, not completed: 2",
            "without an answer: the queue is full",
        ],
    ),
    (
        "slow-reader",
        &[
            "window 0: the receiver's buffer is full",
            "window probe",
            "the window opens again",
            "all 49152 bytes arrived",
        ],
    ),
    (
        "time-wait",
        &[
            "the server closed first",
            "EADDRINUSE",
            "the same port serves",
        ],
    ),
    (
        "retransmission",
        &["the same bytes again", "the acknowledgment"],
    ),
    (
        "port-in-use",
        &["EADDRINUSE", "[1, 2, 3]: the first server goes on"],
    ),
    ("low-port", &["port 700"]),
];

#[test]
#[ignore = "needs the right to capture"]
fn every_lab_answers_in_both_languages() {
    std::thread::scope(|scope| {
        for lab in lab::ALL {
            scope.spawn(|| {
                let (done, english) = run(lab.id);
                let portuguese = lab::answer(lab, &done.evidence, Lang::PtBr);
                assert!(!done.stopped && done.stats.dropped == 0);
                assert_eq!(english.lines.len(), portuguese.lines.len(), "{}", lab.id);
                for (en, pt_br) in english.lines.iter().zip(&portuguese.lines) {
                    assert_ne!(en, pt_br, "{}", lab.id);
                }
                let wanted = SAYS.iter().find(|(id, _)| *id == lab.id);
                for words in wanted.map_or(&[][..], |(_, words)| words) {
                    let said = english.lines.iter().any(|line| line.contains(words));
                    assert!(said, "{}: {words}: {:#?}", lab.id, english.lines);
                }
            });
        }
    });
}

#[test]
#[ignore = "needs the right to capture"]
fn labs_whose_server_closes_first_can_be_repeated_at_once() {
    for id in ["multi", "web"] {
        let lab = lab::find(id).unwrap();
        for _ in 0..2 {
            let options = LabOptions {
                server: ServerOptions {
                    port: Some(lab.exercise.default_port),
                    ..ServerOptions::default()
                },
                ..LabOptions::default()
            };
            run_at(lab, options);
        }
    }
}

#[test]
fn a_capture_without_the_matter_is_no_answer() {
    for lab in lab::ALL {
        let answer = lab::answer(lab, &Evidence::default(), Lang::En);
        assert!(!answer.shown, "{}", lab.id);
        assert_eq!(answer.lines.len(), 1, "{}", lab.id);
    }
}

#[test]
#[ignore = "needs the right to capture"]
fn the_same_answer_comes_from_the_frames_alone() {
    // Of these labs only the calls, which a file does not hold, are missing in its evidence.
    for id in ["echo", "ports", "half-close", "web", "slow-reader"] {
        let (done, answer) = run(id);
        let frames_only = Evidence {
            calls: Vec::new(),
            ..done.evidence
        };
        let again = lab::answer(lab::find(id).unwrap(), &frames_only, Lang::En);
        assert_eq!(again.lines, answer.lines);
    }
}

#[test]
#[ignore = "needs the right to capture"]
fn echo_names_its_packets() {
    let (_, answer) = run("echo");
    assert_eq!(
        answer.lines,
        [
            "[1, 2, 3] open the connection: SYN; SYN, ACK; ACK",
            "[4]: the message, 55 bytes from client to server, acknowledged by [5]",
            "[6]: its echo, 55 bytes from server to client, acknowledged by [7]",
            "[8, 9, 10, 11] close the connection in four segments (FIN; ACK; FIN; ACK), \
             started by the client",
            "the client is left in TIME-WAIT",
        ]
    );
}

#[test]
#[ignore = "needs the right to capture"]
fn ports_has_a_handshake_and_a_client_port_for_each_connection() {
    let (done, _) = run("ports");
    let talks = &done.evidence.talks;
    assert_eq!(talks.len(), 3);
    let handshakes: Vec<_> = (0..3)
        .map(|talk| done.evidence.handshake(talk).unwrap())
        .collect();
    assert!(handshakes[0][2] < handshakes[1][0] && handshakes[1][2] < handshakes[2][0]);
}

#[test]
#[ignore = "needs the right to capture"]
fn multi_is_served_together_or_one_by_one() {
    for (mode, waited) in [
        (Mode::Async, false),
        (Mode::Threads, false),
        (Mode::Iterative, true),
    ] {
        let options = LabOptions {
            server: ServerOptions {
                mode: Some(mode),
                clients: Some(Clients::Count(4)),
                ..ServerOptions::default()
            },
            client: ClientOptions {
                pause: Some(Duration::from_millis(120)),
                ..ClientOptions::default()
            },
            ..LabOptions::default()
        };
        let (done, answer) = run_with("multi", options);
        assert_eq!(done.evidence.talks.len(), 4);
        let says = |words: &str| answer.lines.iter().any(|line| line.contains(words));
        assert_eq!(
            says("3 clients were answered only after"),
            waited,
            "{answer:?}"
        );
        assert_eq!(says("nobody had to wait"), !waited, "{answer:?}");
        assert!(says("closed first by") || says("closed by both ends"));
    }
}

#[test]
#[ignore = "needs the right to capture"]
fn a_second_client_waits_as_long_as_the_first_stays() {
    let (_, answer) = run("two-clients");
    let mut wait = answer.lines[2].split("comes ").nth(1).unwrap().split(' ');
    let [number, unit] = [(); 2].map(|()| wait.next().unwrap());
    let milliseconds = number.parse::<f64>().unwrap() * if unit == "s" { 1000.0 } else { 1.0 };
    assert!(
        milliseconds > 300.0 && ["s", "ms"].contains(&unit),
        "{answer:?}"
    );
}

#[test]
#[ignore = "needs the right to capture"]
fn small_buffer_takes_six_calls_for_one_segment() {
    let (_, answer) = run("small-buffer");
    assert!(
        answer.lines[1].contains("with 7 recv calls: 5, 5, 5, 5, 5, 3, 0"),
        "{answer:?}"
    );
}

#[test]
#[ignore = "needs the right to capture"]
fn unread_data_gives_the_client_a_reset() {
    let (done, _) = run("unread-data");
    let flags: Vec<TcpFlags> = done.evidence.packets.iter().map(|it| it.flags()).collect();
    assert_eq!(flags.last(), Some(&TcpFlags::RST.with(TcpFlags::ACK)));
    let reset = done.evidence.calls.iter().find(|it| {
        matches!(it.call, Call::Recv { .. }) && it.result == CallResult::Failed("ECONNRESET")
    });
    assert!(reset.is_some());
}

#[test]
#[ignore = "needs the right to capture"]
fn half_close_shows_both_waiting_states() {
    let (_, answer) = run("half-close");
    assert!(answer.lines[1].contains("FIN-WAIT-2 and the other end in CLOSE-WAIT"));
    assert!(answer.lines[2].contains("55 bytes come after the FIN"));
}

#[test]
#[ignore = "needs the right to capture"]
fn refused_is_a_syn_and_a_reset() {
    let (done, answer) = run("refused");
    assert_eq!(done.evidence.packets.len(), 2);
    assert!(answer.lines[0].starts_with("[1]: SYN to port"));
}

#[test]
#[ignore = "needs the right to capture"]
fn a_datagram_to_a_closed_port_is_refused_twice_and_told_once() {
    let (done, _) = run("udp-closed-port");
    assert_eq!(done.evidence.packets.len(), 4);
    let failed: Vec<_> = done
        .evidence
        .calls
        .iter()
        .filter(|it| it.result == CallResult::Failed("ECONNREFUSED"))
        .collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].party.number, Some(1));
}

#[test]
#[ignore = "needs the right to capture"]
fn pinger_tells_the_lost_from_the_answered() {
    let options = LabOptions {
        server: ServerOptions {
            loss: Some(0.5),
            seed: Some(5),
            ..ServerOptions::default()
        },
        ..LabOptions::default()
    };
    let (_, answer) = run_with("pinger", options);
    let count = |words: &str| answer.lines.iter().filter(|it| it.contains(words)).count();
    let (answered, lost) = (count("answered after"), count("never answered"));
    assert_eq!(answered + lost, 10);
    assert!(answered > 0 && lost > 0);
    let total = format!("10 pings, {answered} answered, {lost} without an answer");
    assert!(answer.lines.last().unwrap().starts_with(&total));
}

#[test]
#[ignore = "needs the right to capture"]
fn keep_alive_saves_two_handshakes_of_three() {
    let (done, answer) = run("keep-alive");
    assert_eq!(done.evidence.talks.len(), 4);
    assert!(answer.lines[2].contains("handshakes: 2"), "{answer:?}");
}
