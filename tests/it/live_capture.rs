//! Live captures of real packets on the loopback, through the library.

#![allow(
    clippy::unwrap_used,
    reason = "the helpers of the tests fail as tests do"
)]

use std::io::Read;
use std::io::Write;
use std::net::Ipv4Addr;
use std::net::Shutdown;
use std::net::TcpListener;
use std::net::TcpStream;
use std::net::UdpSocket;
use std::ops::ControlFlow;
use std::time::Duration;

use netlab::model::frame::Frame;
use netlab::model::frame::LinkType;
use netlab::source::live::Event;
use netlab::source::live::LiveOptions;
use netlab::source::live::LiveSource;
use netlab::source::live::Stop;
use netlab::source::live::StopReason;
use netlab::source::live::error::LiveError;
use netlab::text::Lang;

/// Whatever takes this long hangs.
const TOO_LONG: Duration = Duration::from_secs(60);

/// A capture and the runtime it waits in: one thread, as the program has it.
struct Live {
    source: LiveSource,
    runtime: tokio::runtime::Runtime,
}

impl Live {
    fn open(filter: String) -> Self {
        Self::with(&LiveOptions {
            filter: filter.as_str().into(),
            ..LiveOptions::default()
        })
    }

    fn with(options: &LiveOptions) -> Self {
        let source = LiveSource::open(options).unwrap();
        let mut builder = tokio::runtime::Builder::new_current_thread();
        let runtime = builder.enable_all().build().unwrap();
        Self { source, runtime }
    }

    fn run(
        &mut self,
        stop: Stop<'_>,
        each: impl FnMut(Event<'_>) -> ControlFlow<()>,
    ) -> StopReason {
        let run = async { tokio::time::timeout(TOO_LONG, self.source.run(stop, each)).await };
        self.runtime.block_on(run).unwrap().unwrap()
    }

    /// Lends frames to `look` until a condition of `stop` holds.
    fn frames(&mut self, stop: Stop<'_>, mut look: impl FnMut(Frame<'_>)) -> StopReason {
        self.run(stop, |event| {
            if let Event::Frame(frame) = event {
                look(frame);
            }
            ControlFlow::Continue(())
        })
    }
}

/// Ends at once: what was sent so far.
fn so_far() -> Stop<'static> {
    Stop::new().when(async {})
}

/// A socket pair of its own, so that tests do not see each other's packets.
fn udp_pair() -> (UdpSocket, UdpSocket, u16) {
    let receiver = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = receiver.local_addr().unwrap().port();
    let sender = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    sender.connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    (sender, receiver, port)
}

/// The bytes behind the Ethernet, IPv4 and UDP headers.
fn udp_payload(bytes: &[u8]) -> &[u8] {
    bytes.get(14 + 20 + 8..).unwrap_or_default()
}

#[test]
#[ignore = "needs the right to capture"]
fn an_echo_is_captured_from_its_syn_on() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut live = Live::open(format!("tcp port {port}"));
    assert_eq!(live.source.link(), LinkType::ETHERNET);

    let server = std::thread::spawn(move || {
        let (mut peer, _) = listener.accept().unwrap();
        let mut message = Vec::new();
        peer.read_to_end(&mut message).unwrap();
        peer.write_all(&message).unwrap();
        listener
    });
    let mut client = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    client.write_all(b"ola").unwrap();
    client.shutdown(Shutdown::Write).unwrap();
    let mut answer = Vec::new();
    client.read_to_end(&mut answer).unwrap();
    // While it listens, no other test gets its port, whose packets would be counted too.
    let _listener = server.join().unwrap();
    drop(client);

    let mut flags = Vec::new();
    let mut last = None;
    let reason = live.frames(so_far(), |frame| {
        assert_eq!(frame.no as usize, flags.len() + 1);
        assert_eq!(frame.wire_len as usize, frame.bytes.len());
        assert!(frame.time >= last, "times do not go back");
        last = frame.time;
        flags.push(frame.bytes[14 + 20 + 13]);
    });
    assert_eq!(reason, StopReason::Finished);
    const FIN: u8 = 1;
    const SYN: u8 = 2;
    const ACK: u8 = 16;
    assert_eq!(flags[..3], [SYN, SYN | ACK, ACK]);
    assert_eq!(
        flags.iter().filter(|flags| **flags & SYN != 0).count(),
        2,
        "each frame once"
    );
    assert_eq!(
        flags.iter().filter(|flags| **flags & FIN != 0).count(),
        2,
        "each frame once"
    );
    assert_eq!(live.source.stats().unwrap().received, live.source.frames());
    assert_eq!(live.source.stats().unwrap().dropped, 0);
}

#[test]
#[ignore = "needs the right to capture"]
fn conditions_hold_without_a_packet() {
    let (_sender, _receiver, port) = udp_pair();
    let mut live = Live::open(format!("udp port {port}"));
    let long = Duration::from_secs(3600);
    let short = Duration::from_millis(20);
    for (stop, wanted) in [
        (Stop::new().after(short), StopReason::Duration),
        (Stop::new().silence(short).after(long), StopReason::Silence),
        (
            Stop::new()
                .when(async move { tokio::time::sleep(short).await })
                .silence(long),
            StopReason::Finished,
        ),
        (Stop::new().count(0), StopReason::Count),
    ] {
        let reason = live.frames(stop, |frame| panic!("{frame:?}"));
        assert_eq!(reason, wanted);
    }
}

#[test]
#[ignore = "needs the right to capture"]
fn only_what_the_filter_admits_is_captured() {
    let (sender, _receiver, port) = udp_pair();
    let (other, _other_receiver, _) = udp_pair();
    let mut live = Live::open(format!("udp dst port {port}"));
    other.send(b"not this").unwrap();
    sender.send(b"this").unwrap();
    other.send(b"nor this").unwrap();
    let mut seen = Vec::new();
    live.frames(so_far(), |frame| {
        seen.push(udp_payload(frame.bytes).to_vec());
    });
    assert_eq!(seen, [b"this"]);
}

#[test]
#[ignore = "needs the right to capture"]
fn whole_segments_of_64_kib_are_kept() {
    let (sender, _receiver, port) = udp_pair();
    let mut live = Live::open(format!("udp port {port}"));
    let datagram = vec![7; 65_507];
    sender.send(&datagram).unwrap();
    let mut seen = Vec::new();
    live.frames(Stop::new().count(1), |frame| {
        seen.push(udp_payload(frame.bytes).len());
    });
    assert_eq!(seen, [datagram.len()]);
}

/// The kernel hands a block over when its time is up: at the end of a run, packets that were sent
/// a moment ago are still in the open one.
#[test]
#[ignore = "needs the right to capture"]
fn what_was_sent_before_the_end_is_lent() {
    let (sender, _receiver, port) = udp_pair();
    let mut live = Live::open(format!("udp port {port}"));
    let mut seen = 0_u64;
    for round in 1..=50_u64 {
        sender.send(&round.to_be_bytes()).unwrap();
        live.frames(so_far(), |frame| {
            assert_eq!(udp_payload(frame.bytes), round.to_be_bytes());
            seen += 1;
        });
        assert_eq!(seen, round);
    }
}

#[test]
#[ignore = "needs the right to capture"]
fn a_count_leaves_the_rest_for_the_next_run() {
    let (sender, _receiver, port) = udp_pair();
    let mut live = Live::open(format!("udp port {port}"));
    for number in 1..=10_u8 {
        sender.send(&[number]).unwrap();
    }
    let mut seen = Vec::new();
    let mut look = |frame: Frame<'_>| seen.push((frame.no, udp_payload(frame.bytes)[0]));
    let first = live.frames(Stop::new().count(3), &mut look);
    assert_eq!(first, StopReason::Count);
    live.frames(so_far(), &mut look);
    assert_eq!(
        seen,
        (1..=10_u8)
            .map(|number| (u32::from(number), number))
            .collect::<Vec<_>>()
    );
}

#[test]
#[ignore = "needs the right to capture"]
fn a_break_leaves_the_rest_for_the_next_run() {
    let (sender, _receiver, port) = udp_pair();
    let mut live = Live::open(format!("udp port {port}"));
    for number in 1..=10_u8 {
        sender.send(&[number]).unwrap();
    }
    let mut seen = Vec::new();
    for wanted in 1..=10 {
        let reason = live.run(Stop::new(), |event| match event {
            Event::Frame(frame) => {
                seen.push(udp_payload(frame.bytes)[0]);
                ControlFlow::Break(())
            }
            Event::Idle => ControlFlow::Continue(()),
        });
        assert_eq!((reason, seen.len()), (StopReason::Asked, wanted));
    }
    assert_eq!(seen, (1..=10).collect::<Vec<u8>>());
}

#[test]
#[ignore = "needs the right to capture"]
fn a_wait_that_is_given_up_loses_no_frame() {
    let (sender, _receiver, port) = udp_pair();
    let mut live = Live::open(format!("udp port {port}"));
    let mut seen = Vec::new();
    let Live { source, runtime } = &mut live;
    let run = async {
        for number in 0..200_u8 {
            sender.send(&[number]).unwrap();
            // Nothing more is sent before this one was lent, so an announcement that got lost
            // with a wait would never be made up for.
            while seen.len() <= usize::from(number) {
                let look = |frame: Frame<'_>| {
                    seen.push(udp_payload(frame.bytes)[0]);
                    ControlFlow::Continue(())
                };
                tokio::select! {
                    biased;
                    batch = source.next_batch(16, look) => drop(batch.unwrap()),
                    () = tokio::task::yield_now() => {}
                }
            }
        }
    };
    runtime
        .block_on(async { tokio::time::timeout(TOO_LONG, run).await })
        .unwrap();
    assert_eq!(seen, (0..200).collect::<Vec<u8>>());
}

/// Rows are shown when nothing waits, so that no row is held back for the next one.
#[test]
#[ignore = "needs the right to capture"]
fn idle_follows_the_last_frame() {
    let (sender, _receiver, port) = udp_pair();
    let mut live = Live::open(format!("udp port {port}"));
    sender.send(b"one").unwrap();
    let mut waiting = 0;
    let reason = live.run(Stop::new(), |event| match event {
        Event::Frame(_) => {
            waiting += 1;
            ControlFlow::Continue(())
        }
        Event::Idle if waiting > 0 => ControlFlow::Break(()),
        Event::Idle => ControlFlow::Continue(()),
    });
    assert_eq!((reason, waiting), (StopReason::Asked, 1));
}

#[test]
#[ignore = "needs the right to capture"]
fn what_the_kernel_drops_is_counted() {
    let (sender, _receiver, port) = udp_pair();
    let mut live = Live::with(&LiveOptions {
        filter: format!("udp port {port}").as_str().into(),
        buffer: 1,
        ..LiveOptions::default()
    });
    // Nobody reads meanwhile: several times what the buffer holds.
    let (datagram, sent) = ([0; 8192], 2000);
    for _ in 0..sent {
        sender.send(&datagram).unwrap();
    }
    live.frames(so_far(), |_| {});
    let stats = live.source.stats().unwrap();
    assert!(stats.dropped > 0, "{stats:?}");
    assert_eq!(stats.received, sent);
    assert_eq!(live.source.frames() + stats.dropped, sent);
}

#[test]
#[ignore = "needs the right to capture"]
fn what_is_asked_wrongly_is_told() {
    let ask = |interface: Option<&str>, filter: &str| {
        LiveSource::open(&LiveOptions {
            interface: interface.map(str::to_owned),
            filter: filter.into(),
            ..LiveOptions::default()
        })
        .unwrap_err()
    };
    let unknown = ask(Some("nic9"), "");
    assert_eq!(unknown.message(Lang::PtBr), "não há interface chamada nic9");
    assert!(unknown.hint(Lang::En).contains("-i: "), "{unknown:?}");
    assert!(unknown.hint(Lang::En).contains("lo"), "{unknown:?}");
    let filter = ask(None, "tcp prt 5050");
    assert!(
        matches!(&filter, LiveError::BadFilter { expression, .. } if expression == "tcp prt 5050")
    );
    assert!(
        filter.message(Lang::En).contains("tcp prt 5050"),
        "{filter}"
    );
}
