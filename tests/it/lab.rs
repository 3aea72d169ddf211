//! Labs: programs beside a real capture.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a helper of tests fails as a test does"
)]

use std::time::Duration;

use netlab::exercises::options::{ClientOptions, Mode, ServerOptions};
use netlab::exercises::stop::stopper;
use netlab::lab::{self, Event, LabError, LabOptions, LabRun};
use netlab::model::address::Endpoint;
use netlab::model::call::{Call, Role, SocketCall};
use netlab::model::tcp::TcpFlags;
use netlab::model::time::Timestamp;
use netlab::text::Lang;

use crate::needs::port_of_its_own;

/// A captured TCP segment of Ethernet and IPv4.
#[derive(Debug)]
struct Segment {
    time: Timestamp,
    source: u16,
    flags: TcpFlags,
    payload: usize,
}

/// What a lab told.
#[derive(Debug, Default)]
struct Told {
    lines: Vec<(Role, String)>,
    calls: Vec<SocketCall>,
    segments: Vec<Segment>,
}

fn segment(bytes: &[u8], time: Timestamp) -> Segment {
    let ip = &bytes[14..];
    assert_eq!((ip[0], ip[9]), (0x45, 6), "IPv4 without options, TCP");
    let tcp = &ip[20..usize::from(u16::from_be_bytes([ip[2], ip[3]]))];
    Segment {
        time,
        source: u16::from_be_bytes([tcp[0], tcp[1]]),
        flags: TcpFlags(u16::from_be_bytes([tcp[12] & 0x0f, tcp[13]])),
        payload: tcp.len() - usize::from(tcp[12] >> 4) * 4,
    }
}

fn run(options: LabOptions) -> (Told, Result<LabRun, LabError>) {
    let options = LabOptions {
        server: ServerOptions {
            port: options.server.port.or_else(|| Some(port_of_its_own())),
            ..options.server
        },
        ..options
    };
    let mut told = Told::default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let (_stopper, stop) = stopper();
    let work = lab::run(
        lab::find("echo").unwrap(),
        options,
        stop,
        |event| match event {
            Event::Said { party, line } => told.lines.push((party.role, line.to_owned())),
            Event::Called(call) => told.calls.push(*call),
            Event::Frame(frame) => told
                .segments
                .push(segment(frame.bytes, frame.time.unwrap())),
            _ => {}
        },
    );
    let result = runtime.block_on(async {
        tokio::time::timeout(Duration::from_secs(20), work)
            .await
            .expect("the lab hangs")
    });
    (told, result)
}

/// Who sends each segment that carries FIN or RST or closes the conversation, with its flags.
fn shape(told: &Told) -> Vec<(&'static str, TcpFlags, usize)> {
    let client = told.segments[0].source;
    let way = |source| if source == client { "C" } else { "S" };
    let segments = told.segments.iter();
    segments
        .map(|it| (way(it.source), it.flags, it.payload))
        .collect()
}

const SYN: TcpFlags = TcpFlags::SYN;
const ACK: TcpFlags = TcpFlags::ACK;
const SYN_ACK: TcpFlags = SYN.with(ACK);
const PSH_ACK: TcpFlags = TcpFlags::PSH.with(ACK);
const FIN_ACK: TcpFlags = TcpFlags::FIN.with(ACK);

const OPENING: [(&str, TcpFlags, usize); 7] = [
    ("C", SYN, 0),
    ("S", SYN_ACK, 0),
    ("C", ACK, 0),
    ("C", PSH_ACK, 55),
    ("S", ACK, 0),
    ("S", PSH_ACK, 55),
    ("C", ACK, 0),
];

#[test]
#[ignore = "needs the right to capture"]
fn the_default_is_the_four_segment_close() {
    let (told, result) = run(LabOptions::default());
    let done = result.unwrap();
    assert_eq!((done.stats.dropped, done.stopped), (0, false));
    let shape = shape(&told);
    assert_eq!(shape[..7], OPENING);
    assert_eq!(
        shape[7..],
        [
            ("C", FIN_ACK, 0),
            ("S", ACK, 0),
            ("S", FIN_ACK, 0),
            ("C", ACK, 0)
        ]
    );
}

#[test]
#[ignore = "needs the right to capture"]
fn the_eager_close_has_three_segments() {
    let (told, result) = run(LabOptions {
        eager_close: true,
        ..LabOptions::default()
    });
    result.unwrap();
    let shape = shape(&told);
    assert_eq!(shape[..7], OPENING);
    assert_eq!(
        shape[7..],
        [("C", FIN_ACK, 0), ("S", FIN_ACK, 0), ("C", ACK, 0)]
    );
}

#[test]
#[ignore = "needs the right to capture"]
fn calls_stand_between_the_packets_they_caused_or_were_woken_by() {
    let (told, result) = run(LabOptions::default());
    result.unwrap();
    let find = |role, call: fn(&Call) -> bool| {
        *told
            .calls
            .iter()
            .find(|it| it.party.role == role && call(&it.call))
            .unwrap()
    };
    let connect = find(Role::Client, |it| *it == Call::Connect);
    let send = find(Role::Client, |it| matches!(it, Call::Send { .. }));
    let recv = find(Role::Server, |it| matches!(it, Call::Recv { .. }));
    let accept = find(Role::Server, |it| *it == Call::Accept);
    let time = |no: usize| told.segments[no - 1].time;
    assert!(connect.began <= time(1) && time(3) <= connect.ended);
    assert!(send.began <= time(4) && time(4) <= recv.ended);
    assert!(time(2) <= accept.ended);
    let client = Some(Endpoint {
        ip: [127, 0, 0, 1].into(),
        port: told.segments[0].source,
    });
    assert_eq!((accept.peer, connect.local), (client, client));
}

#[test]
#[ignore = "needs the right to capture"]
fn what_both_sides_say_is_told_with_the_side() {
    let (told, result) = run(LabOptions {
        lang: Lang::PtBr,
        ..LabOptions::default()
    });
    result.unwrap();
    let message = "recv: 55 bytes: Olá Servidor, meu nome é Cliente e sou o único aqui.";
    for role in [Role::Server, Role::Client] {
        assert!(
            told.lines.contains(&(role, message.to_owned())),
            "{:?}",
            told.lines
        );
    }
    assert_eq!(
        told.lines.last().unwrap().1,
        "1 cliente atendido: recebeu 55 bytes, enviou 55 bytes"
    );
}

#[test]
#[ignore = "needs the right to capture"]
fn a_port_in_use_ends_the_lab_with_the_server_s_sentence() {
    let holder = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = holder.local_addr().unwrap().port();
    let (_, result) = run(LabOptions {
        server: ServerOptions {
            port: Some(port),
            ..ServerOptions::default()
        },
        ..LabOptions::default()
    });
    let error = result.unwrap_err();
    let message = error.message(Lang::En);
    assert!(
        message.starts_with(&format!(
            "server: bind: port {port} of 127.0.0.1 is in use by"
        )),
        "{message}"
    );
}

#[test]
#[ignore = "needs the right to capture"]
fn a_lab_that_is_stopped_keeps_what_it_captured() {
    for mode in [Mode::Async, Mode::Threads] {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let options = LabOptions {
            server: ServerOptions {
                port: Some(port_of_its_own()),
                mode: Some(mode),
                ..ServerOptions::default()
            },
            client: ClientOptions {
                // The clients would stay for a minute.
                pause: Some(Duration::from_secs(60)),
                ..ClientOptions::default()
            },
            ..LabOptions::default()
        };
        let (stopper, stop) = stopper();
        let mut answers = 0;
        let done = runtime.block_on(async {
            let work = lab::run(lab::find("multi").unwrap(), options, stop, |event| {
                if let Event::Said { line, .. } = event
                    && line.starts_with("recv: ")
                {
                    answers += 1;
                    // Each of the five clients has its first answer.
                    if answers == 5 {
                        stopper.stop();
                    }
                }
            });
            tokio::time::timeout(Duration::from_secs(20), work)
                .await
                .expect("the lab does not stop")
                .unwrap()
        });
        assert!(done.stopped);
        assert_eq!(done.evidence.talks.len(), 5);
    }
}

#[test]
#[ignore = "needs the right to capture"]
fn port_0_is_any_free_port() {
    let (told, result) = run(LabOptions {
        server: ServerOptions {
            port: Some(0),
            ..ServerOptions::default()
        },
        ..LabOptions::default()
    });
    result.unwrap();
    assert_eq!(told.segments.len(), 11);
}
