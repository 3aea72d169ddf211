//! Live captures of real packets on the loopback, through the library.

use std::io::Read;
use std::io::Write;
use std::net::Ipv4Addr;
use std::net::Shutdown;
use std::net::TcpListener;
use std::net::TcpStream;
use std::net::UdpSocket;
use std::ops::ControlFlow;
use std::time::Duration;

use netlab::model::frame::LinkType;
use netlab::source::live::Event;
use netlab::source::live::LiveOptions;
use netlab::source::live::LiveSource;
use netlab::source::live::Stop;
use netlab::source::live::StopReason;
use netlab::source::live::error::LiveError;

use crate::needs::may_capture;

/// Runs a future in a runtime of one thread, as the program does.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().unwrap().block_on(future)
}

fn open(filter: String) -> LiveSource {
    LiveSource::open(&LiveOptions {
        filter,
        ..LiveOptions::default()
    })
    .unwrap()
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
fn an_echo_is_captured_from_its_syn_on() {
    if !may_capture() {
        return;
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut source = open(format!("tcp port {port}"));
    assert_eq!(source.link(), LinkType::ETHERNET);

    let server = std::thread::spawn(move || {
        let (mut peer, _) = listener.accept().unwrap();
        let mut message = Vec::new();
        peer.read_to_end(&mut message).unwrap();
        peer.write_all(&message).unwrap();
    });
    let mut client = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    client.write_all(b"ola").unwrap();
    client.shutdown(Shutdown::Write).unwrap();
    let mut answer = Vec::new();
    client.read_to_end(&mut answer).unwrap();
    server.join().unwrap();
    drop(client);

    let mut flags = Vec::new();
    let mut last = None;
    let reason = block_on(source.run(Stop::new().when(async {}), |event| {
        if let Event::Frame(frame) = event {
            assert_eq!(frame.no as usize, flags.len() + 1);
            assert_eq!(frame.wire_len as usize, frame.bytes.len());
            assert!(frame.time >= last, "times do not go back");
            last = frame.time;
            flags.push(frame.bytes[14 + 20 + 13]);
        }
        ControlFlow::Continue(())
    }))
    .unwrap();
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
    assert_eq!(source.stats().unwrap().received, source.frames());
    assert_eq!(source.stats().unwrap().dropped, 0);
}
