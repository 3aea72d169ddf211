//! The multi exercise in its three modes.

use std::time::Duration;

use netlab::exercises::options::{ClientOptions, Clients, Message, Mode, ServerOptions};
use netlab::model::call::Call;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{Server, client, python, run};

fn server(mode: Mode, clients: u32) -> ServerOptions {
    ServerOptions {
        mode: Some(mode),
        clients: Some(Clients::Count(clients)),
        ..ServerOptions::default()
    }
}

fn quick(clients: u32) -> ClientOptions {
    ClientOptions {
        clients: Some(clients),
        pause: Some(Duration::from_millis(5)),
        ..ClientOptions::default()
    }
}

#[test]
fn every_mode_answers_every_client_in_capital_letters() {
    for mode in [Mode::Async, Mode::Threads, Mode::Iterative] {
        run(async move {
            let server = Server::start("multi", server(mode, 5)).await;
            let (told, result) = client("multi", server.address, quick(5)).await;
            result.unwrap();
            let served = server.end().await.unwrap();
            assert_eq!((served.clients, served.failed), (5, 0), "{mode:?}");
            for number in 1..=5 {
                for message in 1..=2 {
                    let answer = format!("HELLO, I AM CLIENT {number}, MESSAGE {message}");
                    assert!(told.says(&answer), "{mode:?}: {answer}");
                }
            }
            let mut numbers: Vec<_> = told.calls().iter().map(|it| it.party.number).collect();
            numbers.sort_unstable();
            numbers.dedup();
            assert_eq!(numbers, [1, 2, 3, 4, 5].map(Some));
        });
    }
}

/// Answers to a second client while a first one is connected and says nothing.
async fn second_while_first_is_silent(server: &Server) -> (TcpStream, TcpStream) {
    let silent = TcpStream::connect(server.address).await.unwrap();
    let mut second = TcpStream::connect(server.address).await.unwrap();
    second.write_all("olá".as_bytes()).await.unwrap();
    (silent, second)
}

#[test]
fn a_silent_client_delays_nobody_in_the_concurrent_modes() {
    for mode in [Mode::Async, Mode::Threads] {
        run(async move {
            let server = Server::start("multi", server(mode, 2)).await;
            let (silent, mut second) = second_while_first_is_silent(&server).await;
            let mut answer = [0; 4];
            second.read_exact(&mut answer).await.unwrap();
            assert_eq!(answer, "OLÁ".as_bytes());
            drop((silent, second));
            server.end().await.unwrap();
        });
    }
}

#[test]
fn in_iterative_mode_the_second_client_is_accepted_after_the_first_has_left() {
    run(async {
        let mut server = Server::start("multi", server(Mode::Iterative, 2)).await;
        let (mut silent, mut second) = second_while_first_is_silent(&server).await;
        silent.write_all(b"first").await.unwrap();
        server.said("FIRST").await;
        let accepts = |calls: Vec<netlab::model::call::SocketCall>| {
            calls.iter().filter(|it| it.call == Call::Accept).count()
        };
        assert_eq!(accepts(server.told.calls()), 1);
        drop(silent);
        let mut answer = [0; 4];
        second.read_exact(&mut answer).await.unwrap();
        drop(second);
        assert_eq!(server.end().await.unwrap().clients, 2);
    });
}

#[test]
fn a_server_in_every_mode_ends_when_asked_while_clients_are_connected() {
    for mode in [Mode::Async, Mode::Threads, Mode::Iterative] {
        run(async move {
            let options = ServerOptions {
                clients: Some(Clients::Forever),
                ..server(mode, 0)
            };
            let mut server = Server::start("multi", options).await;
            let mut client = TcpStream::connect(server.address).await.unwrap();
            client.write_all(b"hi").await.unwrap();
            server.said("HI").await;
            server.stopper.stop();
            let served = server.end().await.unwrap();
            assert_eq!((served.clients, served.received), (1, 2), "{mode:?}");
            let mut answer = Vec::new();
            client.read_to_end(&mut answer).await.unwrap();
            assert_eq!(answer, b"HI");
        });
    }
}

#[test]
fn a_server_that_answers_so_many_messages_closes_first() {
    run(async {
        let options = ServerOptions {
            messages: Some(1),
            ..server(Mode::Async, 1)
        };
        let server = Server::start("multi", options).await;
        let mut client = TcpStream::connect(server.address).await.unwrap();
        client.write_all(b"one").await.unwrap();
        let mut answer = Vec::new();
        client.read_to_end(&mut answer).await.unwrap();
        assert_eq!(answer, b"ONE");
        server.end().await.unwrap();
    });
}

#[test]
fn bytes_that_are_no_text_come_back_unchanged_even_at_the_end() {
    run(async {
        let server = Server::start("multi", server(Mode::Async, 1)).await;
        let mut client = TcpStream::connect(server.address).await.unwrap();
        client.write_all(b"a\xff\xc3").await.unwrap();
        client.shutdown().await.unwrap();
        let mut answer = Vec::new();
        client.read_to_end(&mut answer).await.unwrap();
        assert_eq!(answer, b"A\xff\xc3");
        server.end().await.unwrap();
    });
}

#[test]
fn lines_are_dealt_out_to_the_clients() {
    run(async {
        let server = Server::start("multi", server(Mode::Async, 2)).await;
        let options = ClientOptions {
            message: Message::Lines(Box::new(&b"a\nb\nc\n"[..])),
            ..quick(2)
        };
        let (told, result) = client("multi", server.address, options).await;
        result.unwrap();
        server.end().await.unwrap();
        let mut said: Vec<String> = told
            .lines()
            .into_iter()
            .filter(|line| line.starts_with("recv"))
            .collect();
        said.sort_unstable();
        let expected = ["A", "B", "C"].map(|letter| format!("recv: 2 bytes: {letter}"));
        assert_eq!(said, expected);
    });
}

#[test]
fn pythons_clients_are_served_together() {
    const CLIENTS: &str = "
import socket, sys, threading
barrier = threading.Barrier(8)
def one(n):
    with socket.create_connection(('127.0.0.1', int(sys.argv[1]))) as s:
        barrier.wait()
        s.sendall(b'client %d' % n)
        assert s.recv(100) == b'CLIENT %d' % n
threads = [threading.Thread(target=one, args=(n,)) for n in range(8)]
for t in threads: t.start()
for t in threads: t.join()
";
    for mode in [Mode::Async, Mode::Threads] {
        run(async move {
            let server = Server::start("multi", server(mode, 8)).await;
            let port = server.address.port().to_string();
            let output = python(CLIENTS, &[&port]).await;
            assert!(
                output.status.success() && output.stderr.is_empty(),
                "{output:?}"
            );
            assert_eq!(server.end().await.unwrap().failed, 0);
        });
    }
}
