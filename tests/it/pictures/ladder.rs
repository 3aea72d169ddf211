//! The ladder in text, and what goes into any ladder.

use netlab::model::address::Endpoint;
use netlab::model::call::{Call, CallResult, Party, SocketCall};
use netlab::model::time::Timestamp;
use netlab::render::ascii::Letters;
use netlab::render::ladder::{TextOptions, text};
use netlab::report::ladder::{Item, LadderBuilder, LadderOptions, Ladders, Travel};
use netlab::text::Lang;

use super::wire::{ACK, BEGIN, FIN_ACK, PSH_ACK, SYN, Sent, Wire};
use crate::support::{run, stderr, stdout};

const LOG: &str = "captures/echo-log.pcap";

const ENGLISH: &str = "\
Conversation 0 · 127.0.0.1:57128 (client) ↔ 127.0.0.1:5050 (server) · 11 packets

                      client                                   server
                  127.0.0.1:57128                          127.0.0.1:5050
                         │                                        │
handshake ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄┄┄
  1 0.000000    SYN-SENT │── [SYN] Seq=0 Len=0 ──────────────────→│
                         ┊            14.600 ms later             ┊
  2 0.014600 ESTABLISHED │←─ [SYN, ACK] Seq=0 Ack=1 Len=0 ────────│ SYN-RECEIVED
  3 0.014620             │── [ACK] Seq=1 Ack=1 Len=0 ────────────→│ ESTABLISHED
data ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄┄┄
  4 0.014640             │── [PSH, ACK] Seq=1 Ack=1 Len=55 ──────→│
  5 0.014800             │←─ [ACK] Seq=1 Ack=56 Len=0 ────────────│
  6 0.014820             │←─ [PSH, ACK] Seq=1 Ack=56 Len=55 ──────│
  7 0.014900             │── [ACK] Seq=56 Ack=56 Len=0 ──────────→│
close ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄┄┄
  8 0.014910  FIN-WAIT-1 │── [FIN, ACK] Seq=56 Ack=56 Len=0 ─────→│ CLOSE-WAIT
  9 0.014920  FIN-WAIT-2 │←─ [ACK] Seq=56 Ack=57 Len=0 ───────────│
 10 0.014930   TIME-WAIT │←─ [FIN, ACK] Seq=56 Ack=57 Len=0 ──────│ LAST-ACK
 11 0.014940             │── [ACK] Seq=57 Ack=57 Len=0 ──────────→│ CLOSED
                         │                                        │
Level arrows: both ends are on one machine, a packet arrives as it is sent.
";

const PORTUGUESE_ASCII: &str = "\
Conversa 0 - 127.0.0.1:57128 (cliente) <-> 127.0.0.1:5050 (servidor) - 11
pacotes

                      cliente                                 servidor
                  127.0.0.1:57128                          127.0.0.1:5050
                         |                                        |
handshake ...............+........................................+.............
  1 0.000000    SYN-SENT |-- [SYN] Seq=0 Len=0 ------------------>|
                         :            14,600 ms depois            :
  2 0.014600 ESTABLISHED |<- [SYN, ACK] Seq=0 Ack=1 Len=0 --------| SYN-RECEIVED
  3 0.014620             |-- [ACK] Seq=1 Ack=1 Len=0 ------------>| ESTABLISHED
dados ...................+........................................+.............
  4 0.014640             |-- [PSH, ACK] Seq=1 Ack=1 Len=55 ------>|
  5 0.014800             |<- [ACK] Seq=1 Ack=56 Len=0 ------------|
  6 0.014820             |<- [PSH, ACK] Seq=1 Ack=56 Len=55 ------|
  7 0.014900             |-- [ACK] Seq=56 Ack=56 Len=0 ---------->|
encerramento ............+........................................+.............
  8 0.014910  FIN-WAIT-1 |-- [FIN, ACK] Seq=56 Ack=56 Len=0 ----->| CLOSE-WAIT
  9 0.014920  FIN-WAIT-2 |<- [ACK] Seq=56 Ack=57 Len=0 -----------|
 10 0.014930   TIME-WAIT |<- [FIN, ACK] Seq=56 Ack=57 Len=0 ------| LAST-ACK
 11 0.014940             |-- [ACK] Seq=57 Ack=57 Len=0 ---------->| CLOSED
                         |                                        |
Setas horizontais: as duas pontas estao na mesma maquina, o pacote chega quando
e enviado.
";

#[test]
fn the_published_log_as_a_ladder_of_eighty_columns() {
    let english = run(&["ladder", LOG, "--width", "80"]);
    assert_eq!(stdout(&english), ENGLISH);
    assert_eq!(stderr(&english), "");
    let args = ["ladder", LOG, "--width", "80", "--ascii", "--lang", "pt-BR"];
    assert_eq!(stdout(&run(&args)), PORTUGUESE_ASCII);
}

#[test]
fn a_wide_ladder_also_tells_the_windows() {
    let wide = stdout(&run(&["ladder", LOG, "--width", "200"]));
    assert!(
        wide.contains("── [SYN] Seq=0 Win=65495 Len=0 ───"),
        "{wide}"
    );
    assert!(wide.lines().all(|line| line.chars().count() <= 100));
}

pub(super) fn ladders(wire: &Wire, options: LadderOptions, calls: &[SocketCall]) -> Ladders {
    let mut builder = LadderBuilder::new(options);
    calls.iter().for_each(|call| builder.call(call));
    let builder = std::cell::RefCell::new(builder);
    wire.rows(
        |row| builder.borrow_mut().push(row),
        |conversations| {
            let empty = LadderBuilder::new(LadderOptions::default());
            builder.replace(empty).finish(conversations)
        },
    )
}

fn drawn(ladders: &Ladders, width: usize) -> String {
    let options = TextOptions {
        lang: Lang::En,
        width,
        letters: Letters::Unicode,
        color: false,
    };
    let pictures = ladders.ladders.iter().map(|it| text(it, &options));
    pictures.collect()
}

#[test]
fn between_machines_arrows_slant_and_the_estimate_is_said() {
    let mut wire = Wire::apart();
    wire.handshake(20_000);
    wire.client(40_100, PSH_ACK, [1, 1], 10);
    wire.server(60_200, ACK, [1, 11], 0);
    let ladders = ladders(&wire, LadderOptions::default(), &[]);
    let one_way = match ladders.ladders[0].travel {
        Travel::Between { one_way } => one_way.unwrap().0,
        Travel::Within => panic!("10.0.0.1 and 192.0.2.7 are two machines"),
    };
    assert_eq!(one_way, 20_000_000);
    let picture = drawn(&ladders, 80);
    let slanted = "\
  1 0.000000    SYN-SENT │── [SYN] Seq=0 Len=0 ─╮                 │
                         │                      ╰────────────────→│
  2 0.020000 ESTABLISHED │      ╭── [SYN, ACK] Seq=0 Ack=1 Len=0 ─│ SYN-RECEIVED
                         │←─────╯                                 │
";
    assert!(picture.contains(slanted), "{picture}");
    // The third ACK and the data follow each other at once: no time to travel in between.
    assert!(picture.contains("│── [ACK] Seq=1 Ack=1 Len=0 ────────────→│ ESTABLISHED\n"));
    let flat = picture.replace('\n', " ");
    assert!(
        flat.contains("about 20.000 ms, half of the handshake's round trip (an estimate)"),
        "{picture}"
    );
}

#[test]
fn a_long_silence_breaks_the_ladder_and_marks_stand_above_their_arrows() {
    let mut wire = Wire::loopback();
    wire.handshake(10);
    wire.client(30, PSH_ACK, [1, 1], 10);
    wire.client(1_020_030, PSH_ACK, [1, 1], 10);
    wire.server(1_020_040, ACK, [1, 11], 0);
    let picture = drawn(&ladders(&wire, LadderOptions::default(), &[]), 80);
    let broken = "\
                         ≈ ≈ ≈ ≈ ≈ ≈ 1.020 s of silence  ≈ ≈ ≈ ≈ ≈≈
                         │ [TCP Retransmission]                   │
  5 1.020030             │── [PSH, ACK] Seq=1 Ack=1 Len=10 ──────→│
";
    let lines = |text: &str| -> Vec<String> {
        let words = text.lines().map(|line| line.replace(['≈', ' '], ""));
        words.collect()
    };
    let (found, wanted) = (lines(&picture), lines(broken));
    assert!(found.windows(3).any(|window| window == wanted), "{picture}");
}

#[test]
fn what_is_beyond_the_limit_is_counted_and_the_end_is_still_drawn() {
    let mut wire = Wire::loopback();
    wire.handshake(10);
    for place in 0..10_000 {
        let at = 30 + u64::from(place) * 10;
        wire.client(at, PSH_ACK, [1 + place, 1], 1);
    }
    wire.client(200_000, FIN_ACK, [10_001, 1], 0);
    let options = LadderOptions {
        arrows: 8,
        ..LadderOptions::default()
    };
    let ladders = ladders(&wire, options, &[]);
    let ladder = &ladders.ladders[0];
    let frames: Vec<u32> = ladder
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Arrow(arrow) => Some(arrow.frame),
            _ => None,
        })
        .collect();
    assert_eq!(frames, [1, 2, 3, 4, 5, 6, 10_003, 10_004]);
    assert_eq!(ladder.packets, 10_004);
    let picture = drawn(&ladders, 80);
    let flat = picture.split_whitespace().collect::<Vec<_>>().join(" ");
    let flat = flat.replace("┊ ┊ ", "");
    assert!(
        flat.contains("9996 packets not drawn (frames 7 to 10002)"),
        "{picture}"
    );
    assert!(picture.contains("[FIN, ACK] Seq=10001"), "{picture}");
}

fn clients(count: u8) -> Wire {
    let mut wire = Wire::loopback();
    for (step, flags, from_client) in [(0_u8, SYN, true), (1, SYN | ACK, false), (2, ACK, true)] {
        for client in 0..count {
            wire.send(Sent {
                at: u64::from(step) * 100 + u64::from(client),
                from: from_client.then_some(client),
                to: client,
                flags,
                seq: u32::from(step > 0 && from_client),
                ack: 1,
                window: 100,
                ..Sent::default()
            });
        }
    }
    wire
}

#[test]
fn clients_of_one_server_stand_side_by_side() {
    let options = LadderOptions {
        together: true,
        ..LadderOptions::default()
    };
    let ladders = ladders(&clients(7), options, &[]);
    let lanes: Vec<usize> = ladders.ladders.iter().map(|it| it.lanes.len()).collect();
    assert_eq!(lanes, [6, 3], "five clients and the server, then two more");
    let picture = drawn(&ladders, 80);
    for line in [
        "C2 = 127.0.0.1:40001 (client 2)",
        "S = 127.0.0.1:5050 (server)",
        "  2 0.000001  │     │─────┼─────┼─────┼────→│ [SYN] Seq=0 Len=0",
        "              │     │     │     │     │     │ · handshake · SYN-SENT / –",
        "  9 0.000101  │     │←────┼─────┼─────┼─────│ [SYN, ACK] Seq=0 Ack=1 Len=0",
    ] {
        assert!(picture.lines().any(|it| it == line), "{line}\n{picture}");
    }
}

/// What a server and its client call around a handshake and one message.
fn calls_of_an_exchange() -> Vec<SocketCall> {
    let end = |port| {
        Some(Endpoint {
            ip: [127, 0, 0, 1].into(),
            port,
        })
    };
    let time = |micros: i64| {
        let micros = BEGIN * 1_000_000 + micros;
        let nanos = u32::try_from(micros.rem_euclid(1_000_000)).unwrap() * 1_000;
        Timestamp::new(micros.div_euclid(1_000_000), nanos)
    };
    let call = |party, call, local, peer, began, acted, result| SocketCall {
        party,
        call,
        tcp: true,
        local,
        peer,
        began: time(began),
        acted: time(acted),
        ended: time(acted + 5),
        result,
        origin: None,
        kernel: None,
    };
    let (server, client) = (Party::SERVER, Party::CLIENT);
    let done = CallResult::Done;
    vec![
        // Waits until the handshake is over; a call to another server is not of this ladder.
        call(server, Call::Accept, end(5050), end(40_000), -500, 25, done),
        call(
            server,
            Call::Listen { backlog: 5 },
            end(5050),
            None,
            -900,
            -900,
            done,
        ),
        call(client, Call::Socket, None, None, -300, -300, done),
        call(
            client,
            Call::Connect,
            end(40_000),
            end(5050),
            -10,
            -10,
            done,
        ),
        call(
            client,
            Call::Connect,
            end(40_000),
            end(6060),
            -10,
            -10,
            done,
        ),
        call(
            server,
            Call::Recv { room: 5 },
            end(5050),
            end(40_000),
            30,
            120,
            CallResult::Bytes(5),
        ),
    ]
}

#[test]
fn calls_stand_in_the_lane_of_their_socket_at_their_time() {
    let mut wire = Wire::loopback();
    wire.handshake(10);
    wire.client(100, PSH_ACK, [1, 1], 10);
    wire.server(110, ACK, [1, 11], 0);
    let picture = drawn(
        &ladders(&wire, LadderOptions::default(), &calls_of_an_exchange()),
        80,
    );
    let told: Vec<String> = picture
        .lines()
        .skip(4)
        .filter_map(|line| {
            let call = line.contains('●').then(|| line.replace(['│', ' '], ""));
            let number = line.get(..3).unwrap_or_default().trim();
            call.or((!number.is_empty() && number.parse::<u32>().is_ok())
                    .then(|| number.to_owned()))
        })
        .collect();
    assert_eq!(
        told,
        [
            "listen(5)●",
            "●socket(SOCK_STREAM)",
            "●connect(127.0.0.1:5050)",
            "1",
            "2",
            "3",
            "accept()=127.0.0.1:40000●",
            "4",
            "5",
            "recv(5)=5●",
        ],
        "{picture}"
    );
}

#[test]
fn a_stream_that_is_not_there_is_an_error_with_a_way_out() {
    let output = run(&["ladder", LOG, "--stream", "7"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.contains("has no such conversation"), "{said}");
    let output = run(&["plot", LOG, "-o", "x.jpeg"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("use .svg, or .txt"));
}
