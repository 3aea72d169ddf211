//! The ports exercise.

use netlab::exercises::options::{ClientOptions, Clients, Message, ServerOptions};
use netlab::model::call::{Call, CallResult};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::{Server, client, run};

fn server(clients: u32, buffer: usize) -> ServerOptions {
    ServerOptions {
        clients: Some(Clients::Count(clients)),
        buffer: Some(buffer),
        ..ServerOptions::default()
    }
}

#[test]
fn three_connections_come_from_three_ports() {
    run(async {
        let server = Server::start("ports", server(3, 1024)).await;
        let (told, result) = client("ports", server.address, ClientOptions::default()).await;
        result.unwrap();
        let server_told = server.told.clone();
        assert_eq!(server.end().await.unwrap().clients, 3);
        let calls = told.calls();
        let mut ports: Vec<u16> = calls
            .iter()
            .filter(|it| it.call == Call::Connect)
            .map(|it| it.local.unwrap().port)
            .collect();
        for (place, port) in ports.iter().enumerate() {
            let number = place + 1;
            assert!(told.says(&format!("connection {number}: the client's port is {port}")));
            assert!(server_told.says(&format!("Connected by 127.0.0.1:{port}")));
        }
        ports.sort_unstable();
        ports.dedup();
        assert_eq!(ports.len(), 3);
    });
}

#[test]
fn a_buffer_of_5_takes_six_recv_for_28_bytes_and_the_message_is_whole() {
    run(async {
        let server = Server::start("ports", server(1, 5)).await;
        let options = ClientOptions {
            message: Message::Text("Olá! De que porta eu venho?".to_owned()),
            times: Some(1),
            ..ClientOptions::default()
        };
        client("ports", server.address, options).await.1.unwrap();
        let told = server.told.clone();
        server.end().await.unwrap();
        let received: Vec<CallResult> = told
            .calls()
            .iter()
            .filter(|it| matches!(it.call, Call::Recv { .. }))
            .map(|it| it.result)
            .collect();
        assert_eq!(received, [5, 5, 5, 5, 5, 3, 0].map(CallResult::Bytes));
        assert!(told.says("message: Olá! De que porta eu venho?"));
    });
}

#[test]
fn the_next_client_waits_for_the_one_before() {
    run(async {
        let mut server = Server::start("ports", server(2, 1024)).await;
        let mut first = TcpStream::connect(server.address).await.unwrap();
        server.said("Connected by").await;
        let (told, result) = client(
            "ports",
            server.address,
            ClientOptions {
                times: Some(1),
                ..ClientOptions::default()
            },
        )
        .await;
        // Its connection was made, used and closed while the server still served the first.
        result.unwrap();
        assert!(told.shown_calls().contains(&"send(28) = 28".to_owned()));
        assert!(!server.told.says("28 bytes"));
        first.write_all(b"first").await.unwrap();
        drop(first);
        server.said("28 bytes").await;
        assert_eq!(server.end().await.unwrap().received, 33);
    });
}
