//! The echo exercise.

use std::io::BufRead;
use std::process::{Command, Stdio};
use std::time::Duration;

use netlab::exercises::echo::MESSAGE;
use netlab::exercises::options::{ClientOptions, Clients, Message, ServerOptions};
use netlab::model::call::{Call, CallResult};
use netlab::text::Lang;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{Server, client, python, run};

fn message(text: &str) -> ClientOptions {
    ClientOptions {
        message: Message::Text(text.to_owned()),
        ..ClientOptions::default()
    }
}

fn clients(count: u32) -> ServerOptions {
    ServerOptions {
        clients: Some(Clients::Count(count)),
        ..ServerOptions::default()
    }
}

#[test]
fn server_and_client_say_each_step_and_note_each_call() {
    run(async {
        let server = Server::start("echo", ServerOptions::default()).await;
        let (address, told) = (server.address, server.told.clone());
        let (client_told, result) = client("echo", address, ClientOptions::default()).await;
        result.unwrap();
        let served = server.end().await.unwrap();
        assert_eq!((served.clients, served.failed), (1, 0));
        assert_eq!((served.received, served.sent), (55, 55));

        let client_calls = client_told.calls();
        let local = client_calls[1].local.unwrap();
        assert_eq!(
            client_told.shown_calls(),
            [
                "socket(SOCK_STREAM)".to_owned(),
                format!("connect({address})"),
                "send(55) = 55".to_owned(),
                "recv(1024) = 55".to_owned(),
                "close()".to_owned(),
            ]
        );
        assert_eq!(
            told.shown_calls(),
            [
                "socket(SOCK_STREAM)".to_owned(),
                format!("bind({address})"),
                "listen(128)".to_owned(),
                format!("accept() = 127.0.0.1:{}", local.port),
                "recv(1024) = 55".to_owned(),
                "send(55) = 55".to_owned(),
                "recv(1024) = 0".to_owned(),
                "close()".to_owned(),
                format!("close({address})"),
            ]
        );
        assert_eq!(
            told.lines(),
            [
                "socket: made a TCP socket".to_owned(),
                "bind: 127.0.0.1:0".to_owned(),
                "listen: up to 128 connections may wait (backlog)".to_owned(),
                format!("waiting for a client at {address}"),
                format!("accept: connected by 127.0.0.1:{}", local.port),
                format!("recv: 55 bytes: {}", MESSAGE.en),
                "send: 55 bytes back".to_owned(),
                "recv: 0 bytes: the client sends no more".to_owned(),
                format!("close: connection with 127.0.0.1:{} closed", local.port),
                "served 1 client: 55 bytes received, 55 bytes sent".to_owned(),
            ]
        );
        assert!(client_told.says(&format!("recv: 55 bytes: {}", MESSAGE.get(Lang::En))));
        for call in client_calls.iter().chain(&told.calls()) {
            assert!(call.began <= call.ended && call.began.secs() > 1_600_000_000);
        }
        // The recv that brings the message returns after its send was made.
        let server_calls = told.calls();
        assert!(server_calls[4].ended >= client_calls[2].began);
        assert_eq!(server_calls[4].peer, Some(local));
    });
}

#[test]
fn a_message_larger_than_every_buffer_comes_back_whole() {
    run(async {
        let server = Server::start("echo", ServerOptions::default()).await;
        let text = "ção ".repeat(2_000_000);
        let (told, result) = client("echo", server.address, message(&text)).await;
        result.unwrap();
        let served = server.end().await.unwrap();
        assert_eq!(served.sent, text.len() as u64);
        assert!(told.lines().iter().all(|line| line.len() < 2000));
    });
}

#[test]
fn text_split_between_reads_is_shown_whole_and_other_bytes_pass_unchanged() {
    run(async {
        let options = ServerOptions {
            buffer: Some(1),
            ..clients(2)
        };
        let server = Server::start("echo", options).await;
        let (_, result) = client("echo", server.address, message("é漢😀")).await;
        result.unwrap();
        let mut raw = TcpStream::connect(server.address).await.unwrap();
        let sent: Vec<u8> = (0..=255).collect();
        raw.write_all(&sent).await.unwrap();
        raw.shutdown().await.unwrap();
        let mut echo = Vec::new();
        raw.read_to_end(&mut echo).await.unwrap();
        assert_eq!(echo, sent);
        let told = server.told.clone();
        server.end().await.unwrap();
        let shown: Vec<String> = told.lines();
        for whole in ["é", "漢", "😀"] {
            assert!(
                shown.contains(&format!("recv: 1 byte: {whole}")),
                "{shown:?}"
            );
        }
    });
}

#[test]
fn a_client_that_only_shuts_down_its_sending_side_still_gets_its_echo() {
    run(async {
        let server = Server::start("echo", ServerOptions::default()).await;
        let mut raw = TcpStream::connect(server.address).await.unwrap();
        raw.write_all(b"half").await.unwrap();
        raw.shutdown().await.unwrap();
        let mut echo = String::new();
        raw.read_to_string(&mut echo).await.unwrap();
        assert_eq!(echo, "half");
        server.end().await.unwrap();
    });
}

#[test]
fn clients_are_served_one_after_another_and_the_server_ends_after_the_last() {
    run(async {
        let mut server = Server::start("echo", clients(2)).await;
        let mut first = TcpStream::connect(server.address).await.unwrap();
        server.said("accept:").await;
        let mut second = TcpStream::connect(server.address).await.unwrap();
        second.write_all(b"second").await.unwrap();
        first.write_all(b"first").await.unwrap();
        let mut echo = [0; 5];
        first.read_exact(&mut echo).await.unwrap();
        assert_eq!(&echo, b"first");
        // The second is connected and its bytes are with the kernel; nobody has accepted it.
        let accepts = |calls: Vec<netlab::model::call::SocketCall>| {
            calls.iter().filter(|it| it.call == Call::Accept).count()
        };
        assert_eq!(accepts(server.told.calls()), 1);
        drop(first);
        let mut echo = [0; 6];
        second.read_exact(&mut echo).await.unwrap();
        assert_eq!(&echo, b"second");
        drop(second);
        assert_eq!(server.end().await.unwrap().clients, 2);
    });
}

#[test]
fn a_server_that_is_asked_to_stop_ends_while_it_waits_and_while_it_serves() {
    run(async {
        let forever = ServerOptions {
            clients: Some(Clients::Forever),
            ..ServerOptions::default()
        };
        let server = Server::start("echo", forever.clone()).await;
        server.stopper.stop();
        assert_eq!(server.end().await.unwrap().clients, 0);

        let mut server = Server::start("echo", forever).await;
        let mut silent = TcpStream::connect(server.address).await.unwrap();
        silent.write_all(b"abc").await.unwrap();
        server.said("back").await;
        server.stopper.stop();
        let told = server.told.clone();
        assert_eq!(server.end().await.unwrap().received, 3);
        assert!(told.says("served 1 client: 3 bytes received, 3 bytes sent"));
        let mut rest = Vec::new();
        silent.read_to_end(&mut rest).await.unwrap();
        assert_eq!(rest, b"abc");
    });
}

#[test]
fn a_silent_client_is_given_up_after_the_stated_time() {
    run(async {
        let options = ServerOptions {
            idle_timeout: Some(Duration::from_millis(50)),
            ..ServerOptions::default()
        };
        let server = Server::start("echo", options).await;
        let _silent = TcpStream::connect(server.address).await.unwrap();
        let told = server.told.clone();
        assert_eq!(server.end().await.unwrap().failed, 1);
        assert!(told.says("recv: nothing came for 50 ms"));
    });
}

#[test]
fn lines_of_an_input_are_messages_on_one_connection() {
    run(async {
        let server = Server::start("echo", ServerOptions::default()).await;
        let options = ClientOptions {
            message: Message::Lines(Box::new(&b"one\ntwo\nthree"[..])),
            ..ClientOptions::default()
        };
        let (told, result) = client("echo", server.address, options).await;
        result.unwrap();
        assert_eq!(server.end().await.unwrap().received, 13);
        for line in [
            "recv: 4 bytes: one",
            "recv: 4 bytes: two",
            "recv: 5 bytes: three",
        ] {
            assert!(told.says(line), "{:?}", told.lines());
        }
    });
}

#[test]
fn the_close_delay_lies_between_the_end_of_the_stream_and_close() {
    run(async {
        let options = ServerOptions {
            close_delay: Some(Duration::from_millis(120)),
            ..ServerOptions::default()
        };
        let server = Server::start("echo", options).await;
        let told = server.told.clone();
        client("echo", server.address, ClientOptions::default())
            .await
            .1
            .unwrap();
        server.end().await.unwrap();
        let calls = told.calls();
        let end = calls
            .iter()
            .position(|it| it.result == CallResult::Bytes(0))
            .unwrap();
        let waited = calls[end + 1].began.since(calls[end].ended);
        assert!(waited.nanos_clamped() >= 120_000_000, "{waited:?}");
    });
}

#[test]
fn ipv6_and_names_work() {
    run(async {
        for host in ["::1", "localhost"] {
            let options = ServerOptions {
                host: host.to_owned(),
                ..ServerOptions::default()
            };
            let server = Server::start("echo", options).await;
            let (told, result) = client("echo", server.address, ClientOptions::default()).await;
            result.unwrap();
            assert!(told.says(MESSAGE.en));
            server.end().await.unwrap();
        }
    });
}

#[test]
fn pythons_socket_module_is_served() {
    const CLIENT: &str = "
import socket, sys
with socket.create_connection(('127.0.0.1', int(sys.argv[1]))) as s:
    s.sendall('Olá Servidor'.encode())
    s.shutdown(socket.SHUT_WR)
    data = b''
    while part := s.recv(3):
        data += part
sys.stdout.buffer.write(data)
";
    run(async {
        let server = Server::start("echo", ServerOptions::default()).await;
        let port = server.address.port().to_string();
        let output = python(CLIENT, &[&port]).await;
        assert!(output.status.success(), "{output:?}");
        assert_eq!(output.stdout, "Olá Servidor".as_bytes());
        server.end().await.unwrap();
    });
}

#[test]
fn a_server_in_python_is_called() {
    const SERVER: &str = "
import socket
with socket.create_server(('127.0.0.1', 0)) as listener:
    print(listener.getsockname()[1], flush=True)
    conn, _ = listener.accept()
    with conn:
        while data := conn.recv(7):
            conn.sendall(data)
";
    let mut python = Command::new("python3")
        .args(["-c", SERVER])
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 starts");
    let mut port = String::new();
    std::io::BufReader::new(python.stdout.as_mut().unwrap())
        .read_line(&mut port)
        .unwrap();
    let address = format!("127.0.0.1:{}", port.trim()).parse().unwrap();
    run(async move {
        let (told, result) = client("echo", address, message("Olá, mundo")).await;
        result.unwrap();
        assert!(told.says("recv: 11 bytes: Olá, mundo"));
    });
    assert!(python.wait().unwrap().success());
}
