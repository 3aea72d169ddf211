//! What goes wrong is one clear sentence that names the call.

use std::net::TcpListener;
use std::time::Duration;

use netlab::exercises::error::ExerciseError;
use netlab::exercises::journal::Entry;
use netlab::exercises::options::{ClientOptions, ServerOptions};
use netlab::exercises::stop::stopper;
use netlab::exercises::{Setting, find};
use netlab::model::call::Party;
use netlab::text::Lang;
use tokio::io::AsyncReadExt;

use super::{Server, client, run};

fn quiet(party: Party) -> Setting {
    Setting {
        lang: Lang::En,
        party,
        sink: std::sync::Arc::new(|_: Entry| {}),
    }
}

async fn failing_server(options: ServerOptions) -> ExerciseError {
    let (_stopper, stop) = stopper();
    let server = find("echo")
        .unwrap()
        .serve(options, quiet(Party::SERVER), stop);
    server.await.expect_err("the server started")
}

#[test]
fn a_port_in_use_is_told_with_its_owner() {
    run(async {
        let holder = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = holder.local_addr().unwrap().port();
        let error = failing_server(ServerOptions {
            port: Some(port),
            // Even with SO_REUSEADDR: someone listens there.
            reuse_addr: true,
            ..ServerOptions::default()
        })
        .await;
        let message = error.message(Lang::En);
        assert!(
            message.starts_with(&format!("bind: port {port} of 127.0.0.1 is in use")),
            "{message}"
        );
        if cfg!(target_os = "linux") {
            let pid = std::process::id();
            assert!(message.ends_with(&format!("(process {pid})")), "{message}");
        }
    });
}

#[test]
fn an_address_of_another_machine_and_an_unknown_name_are_told() {
    run(async {
        let host = |name: &str| ServerOptions {
            host: name.to_owned(),
            port: Some(0),
            ..ServerOptions::default()
        };
        let error = failing_server(host("203.0.113.7")).await;
        assert_eq!(
            error.to_string(),
            "bind: this machine has no address 203.0.113.7"
        );
        let error = failing_server(host("no-such-name.invalid")).await;
        assert_eq!(
            error.to_string(),
            "getaddrinfo: no address found for no-such-name.invalid"
        );
    });
}

#[test]
fn a_call_that_nobody_answers_is_refused() {
    run(async {
        let address = {
            let free = TcpListener::bind("127.0.0.1:0").unwrap();
            free.local_addr().unwrap()
        };
        let (told, result) = client("echo", address, ClientOptions::default()).await;
        assert_eq!(
            result.unwrap_err().message(Lang::PtBr),
            format!("connect: conexão recusada por {address}: não há ninguém escutando ali")
        );
        assert_eq!(
            told.shown_calls(),
            [
                "socket(SOCK_STREAM)".to_owned(),
                format!("connect({address}) = ECONNREFUSED")
            ]
        );
    });
}

#[test]
fn a_server_that_never_answers_is_told_with_the_time_waited() {
    run(async {
        let deaf = TcpListener::bind("127.0.0.1:0").unwrap();
        let options = ClientOptions {
            timeout: Some(Duration::from_millis(80)),
            ..ClientOptions::default()
        };
        let (_, result) = client("echo", deaf.local_addr().unwrap(), options).await;
        assert_eq!(
            result.unwrap_err().to_string(),
            "recv: nothing came for 80 ms"
        );
    });
}

#[test]
fn an_answer_that_ends_early_and_a_reset_are_told_apart() {
    run(async {
        let rude = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = rude.local_addr().unwrap();
        let ((), (_, result)) = tokio::join!(
            async {
                let (mut stream, _) = rude.accept().await.unwrap();
                let mut all = [0; 55];
                stream.read_exact(&mut all).await.unwrap();
            },
            client("echo", address, ClientOptions::default())
        );
        assert_eq!(
            result.unwrap_err().to_string(),
            "recv: the other end closed after 0 of 55 bytes"
        );

        let ((), (told, result)) = tokio::join!(
            async {
                let (stream, _) = rude.accept().await.unwrap();
                stream.readable().await.unwrap();
                stream.set_zero_linger().unwrap();
            },
            client("echo", address, ClientOptions::default())
        );
        assert_eq!(
            result.unwrap_err().to_string(),
            format!("recv: {address} broke the connection off (RST)")
        );
        assert!(
            told.shown_calls()
                .contains(&"recv(1024) = ECONNRESET".to_owned())
        );
    });
}

#[test]
fn a_client_that_breaks_off_does_not_end_the_server() {
    run(async {
        let options = ServerOptions {
            clients: Some(netlab::exercises::options::Clients::Count(2)),
            ..ServerOptions::default()
        };
        let mut server = Server::start("echo", options).await;
        let rude = tokio::net::TcpStream::connect(server.address)
            .await
            .unwrap();
        server.said("accept:").await;
        rude.set_zero_linger().unwrap();
        drop(rude);
        server.said("broke the connection off").await;
        let (_, result) = client("echo", server.address, ClientOptions::default()).await;
        result.unwrap();
        let served = server.end().await.unwrap();
        assert_eq!((served.clients, served.failed), (2, 1));
    });
}
