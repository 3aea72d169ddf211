//! The UDP exercises: udp-echo and pinger.

use std::net::UdpSocket;
use std::time::Duration;

use netlab::exercises::options::{ClientOptions, Message, ServerOptions};
use netlab::text::Lang;

use super::{Server, client, python, run};

fn count(times: u32) -> ClientOptions {
    ClientOptions {
        times: Some(times),
        timeout: Some(Duration::from_millis(150)),
        ..ClientOptions::default()
    }
}

fn lossy(loss: f64, seed: u64) -> ServerOptions {
    ServerOptions {
        loss: Some(loss),
        seed: Some(seed),
        ..ServerOptions::default()
    }
}

/// A port where nobody listens.
fn silent_port() -> std::net::SocketAddr {
    UdpSocket::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
}

#[test]
fn a_line_comes_back_in_capital_letters() {
    for unconnected in [false, true] {
        run(async move {
            let server = Server::start("udp-echo", ServerOptions::default()).await;
            let options = ClientOptions {
                message: Message::Lines(Box::new("olá\r\nção\n\n".as_bytes())),
                unconnected,
                ..ClientOptions::default()
            };
            let (told, result) = client("udp-echo", server.address, options).await;
            result.unwrap();
            assert!(told.says("4 bytes: OLÁ") && told.says("5 bytes: ÇÃO"));
            // What it says is what it called.
            let sendto = format!("sendto {}: 4 bytes: olá", server.address);
            assert_eq!(told.says(&sendto), unconnected);
            assert_eq!(told.says("send: 4 bytes: olá"), !unconnected);
            assert_eq!(told.says("no packet leaves for that"), !unconnected);
            let calls = told.shown_calls();
            assert_eq!(calls[0], "socket(SOCK_DGRAM)");
            let expected = if unconnected {
                format!("sendto(4, {}) = 4", server.address)
            } else {
                format!("connect({})", server.address)
            };
            assert_eq!(calls[1], expected);
            server.stopper.stop();
            // The empty line was a datagram too.
            let served = server.end().await.unwrap();
            assert_eq!((served.clients, served.received), (3, 9));
        });
    }
}

#[test]
fn a_closed_port_is_refused_to_a_connected_socket_and_silent_to_another() {
    run(async {
        let (_, result) = client("udp-echo", silent_port(), ClientOptions::default()).await;
        assert!(
            result
                .unwrap_err()
                .to_string()
                .starts_with("recv: connection refused by"),
        );
        let options = ClientOptions {
            unconnected: true,
            timeout: Some(Duration::from_millis(60)),
            ..ClientOptions::default()
        };
        let (_, result) = client("udp-echo", silent_port(), options).await;
        assert_eq!(
            result.unwrap_err().to_string(),
            "recvfrom: nothing came for 60 ms"
        );
    });
}

#[test]
fn the_largest_datagram_is_not_cut() {
    run(async {
        let server = Server::start("udp-echo", ServerOptions::default()).await;
        let options = ClientOptions {
            message: Message::Text("a".repeat(65_507)),
            ..ClientOptions::default()
        };
        let (told, result) = client("udp-echo", server.address, options).await;
        result.unwrap();
        assert!(
            told.shown_calls()
                .contains(&"recv(65535) = 65507".to_owned())
        );
        server.stopper.stop();
        server.end().await.unwrap();
    });
}

#[test]
fn a_udp_port_in_use_is_told_with_its_owner() {
    run(async {
        let holder = UdpSocket::bind("127.0.0.1:0").unwrap();
        let port = holder.local_addr().unwrap().port();
        let (_stopper, stop) = netlab::exercises::stop::stopper();
        let setting = netlab::exercises::Setting {
            lang: Lang::En,
            party: netlab::model::call::Party::SERVER,
            sink: std::sync::Arc::new(|_| {}),
        };
        let options = ServerOptions {
            port: Some(port),
            ..ServerOptions::default()
        };
        let exercise = netlab::exercises::find("pinger").unwrap();
        let error = exercise.serve(options, setting, stop).await.unwrap_err();
        let message = error.to_string();
        assert!(message.contains(&format!("port {port}")) && message.contains("in use by"));
    });
}

#[test]
fn answered_pings_have_times_and_lost_ones_are_counted() {
    run(async {
        let server = Server::start("pinger", lossy(0.4, 3)).await;
        let (told, result) = client("pinger", server.address, count(8)).await;
        result.unwrap();
        let answered = told
            .lines()
            .iter()
            .filter(|it| it.contains(": RTT "))
            .count();
        let lost = told
            .lines()
            .iter()
            .filter(|it| it.contains("lost (no reply"))
            .count();
        assert_eq!(answered + lost, 8);
        assert!(answered > 0 && lost > 0, "{:?}", told.lines());
        let percent = 100.0 * f64::from(u32::try_from(lost).unwrap()) / 8.0;
        let line =
            format!("8 sent, {answered} received, {lost} lost, 0 refused; {percent:.1} % loss");
        assert!(told.says(&line), "{:?}", told.lines());
        assert!(told.says("RTT min/avg/max: "));
        let server_told = server.told.clone();
        server.stopper.stop();
        assert_eq!(server.end().await.unwrap().clients, 8);
        let dropped = server_told
            .lines()
            .iter()
            .filter(|it| it.contains("dropped"))
            .count();
        assert_eq!(dropped, lost);
    });
}

#[test]
fn a_seed_repeats_the_losses() {
    let fates = |seed| {
        let mut lines = Vec::new();
        run(async {
            let server = Server::start("pinger", lossy(0.5, seed)).await;
            let (told, _) = client("pinger", server.address, count(6)).await;
            lines = told
                .lines()
                .iter()
                .map(|it| it.contains("lost ("))
                .collect();
        });
        lines
    };
    assert_eq!(fates(11), fates(11));
}

#[test]
fn a_server_that_is_off_refuses_and_nothing_is_called_lost() {
    run(async {
        let (told, result) = client("pinger", silent_port(), count(3)).await;
        assert!(
            result
                .unwrap_err()
                .to_string()
                .contains("connection refused")
        );
        assert!(told.says("3 sent, 0 received, 0 lost, 3 refused; 0.0 % loss"));
        assert!(told.says("ping 3: refused"));
    });
}

#[test]
fn a_reply_to_an_earlier_ping_is_not_taken_for_this_one() {
    run(async {
        let late = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = late.local_addr().unwrap();
        let server = async {
            let mut first = [0; 100];
            let (first_len, client) = late.recv_from(&mut first).await.unwrap();
            let mut second = [0; 100];
            let (second_len, _) = late.recv_from(&mut second).await.unwrap();
            late.send_to(&first[..first_len], client).await.unwrap();
            late.send_to(&second[..second_len], client).await.unwrap();
        };
        let ((), (told, result)) = tokio::join!(server, client("pinger", address, count(2)));
        result.unwrap();
        assert!(told.says("ping 1: lost") && told.says("too late: Ping 1"));
        assert!(told.says("2 sent, 1 received, 1 lost"));
    });
}

#[test]
fn the_published_pinger_in_python_is_answered() {
    const PINGER: &str = "
import socket, sys, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(5)
for n in range(1, 4):
    s.sendto(f'Ping {n} {time.time()}'.encode(), ('127.0.0.1', int(sys.argv[1])))
    reply, _ = s.recvfrom(1024)
    assert reply.startswith(b'PING %d ' % n), reply
";
    run(async {
        let server = Server::start("pinger", lossy(0.0, 1)).await;
        let port = server.address.port().to_string();
        let output = python(PINGER, &[&port]).await;
        assert!(output.status.success(), "{output:?}");
        server.stopper.stop();
        assert_eq!(server.end().await.unwrap().clients, 3);
    });
}
