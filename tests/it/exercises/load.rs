//! Many clients at once.

use std::time::Duration;

use netlab::exercises::options::{ClientOptions, Clients, Mode, ServerOptions};

use super::{Server, client, run};

#[test]
fn four_hundred_clients_at_once_are_all_served() {
    for mode in [Mode::Async, Mode::Threads] {
        run(async move {
            let server = Server::start(
                "multi",
                ServerOptions {
                    mode: Some(mode),
                    clients: Some(Clients::Count(400)),
                    ..ServerOptions::default()
                },
            )
            .await;
            let options = ClientOptions {
                clients: Some(400),
                pause: Some(Duration::from_millis(300)),
                ..ClientOptions::default()
            };
            client("multi", server.address, options).await.1.unwrap();
            let served = server.end().await.unwrap();
            assert_eq!((served.clients, served.failed), (400, 0), "{mode:?}");
        });
    }
}
