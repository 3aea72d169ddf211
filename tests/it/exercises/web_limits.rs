//! The web exercise: what it does not serve, and to whom it does not listen for ever.

use std::fs;
use std::time::Duration;

use netlab::exercises::options::{Mode, ServerOptions};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::web::{Folder, get, raw, root};
use super::{Server, run};

fn patient(millis: u64, mode: Mode) -> ServerOptions {
    ServerOptions {
        idle_timeout: Some(Duration::from_millis(millis)),
        mode: Some(mode),
        ..ServerOptions::default()
    }
}

async fn read(stream: &mut TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[test]
#[cfg(unix)]
fn nothing_outside_the_root_is_served() {
    use std::os::unix::fs::symlink;
    run(async {
        let outside = Folder::new("outside");
        outside.write("secret.txt", b"secret");
        outside.write("index.html", b"secret");
        let folder = Folder::new("inside");
        folder.write("open.txt", b"open");
        symlink(
            outside.path().join("secret.txt"),
            folder.path().join("file"),
        )
        .unwrap();
        symlink(outside.path(), folder.path().join("dir")).unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        symlink(
            outside.path().join("index.html"),
            folder.path().join("sub/index.html"),
        )
        .unwrap();
        symlink("open.txt", folder.path().join("link")).unwrap();
        nix::unistd::mkfifo(
            &folder.path().join("pipe"),
            nix::sys::stat::Mode::from_bits_truncate(0o600),
        )
        .unwrap();

        let server = Server::start("web", root(&folder)).await;
        let name = outside.path().file_name().unwrap().to_string_lossy();
        let absolute = outside.path().join("secret.txt");
        for target in [
            format!("/../{name}/secret.txt"),
            format!("/%2e%2e/{name}/secret.txt"),
            format!("/..%2f{name}%2fsecret.txt"),
            format!("/{}", absolute.display()),
            format!("/%2f{}", absolute.display()),
            format!("http://x/../{name}/secret.txt"),
            "/file".to_owned(),
            "/dir/secret.txt".to_owned(),
            "/dir/".to_owned(),
            "/sub/".to_owned(),
            "/pipe".to_owned(),
            "/open.txt%00.html".to_owned(),
        ] {
            let (status, _, content) = get(&server, &target).await;
            assert_eq!(status, "HTTP/1.1 404 Not Found", "{target}");
            assert!(!content.contains("secret"), "{target}");
        }
        // A link to a file inside is a file inside.
        assert_eq!(get(&server, "/link").await.2, "open");
        server.stopper.stop();
        server.end().await.unwrap();
    });
}

#[test]
fn requests_that_are_none_are_answered_and_ended() {
    run(async {
        let server = Server::start("web", ServerOptions::default()).await;
        let long = format!("GET /{} HTTP/1.1\r\n", "a".repeat(100_000));
        let fields = format!("GET / HTTP/1.1\r\nHost: x\r\n{}", "a: b\r\n".repeat(10_000));
        for (request, code) in [
            ("nonsense\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\n\r\n", 400),
            ("GET * HTTP/1.1\r\nHost: x\r\n\r\n", 400),
            (
                "GET /% HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                400,
            ),
            (long.as_str(), 414),
            (fields.as_str(), 431),
        ] {
            // `*` is a whole request, after which the connection stays open.
            let request = request.replace("GET * HTTP/1.1", "GET * HTTP/1.1\r\nConnection: close");
            let answer = raw(&server, request.as_bytes()).await;
            assert!(answer.starts_with(&format!("HTTP/1.1 {code} ")), "{answer}");
        }
        server.stopper.stop();
        assert_eq!(server.end().await.unwrap().failed, 0);
    });
}

#[test]
fn a_slow_head_is_408_and_a_silent_client_is_left_without_a_word() {
    run(async {
        let server = Server::start("web", patient(80, Mode::Threads)).await;
        let mut silent = TcpStream::connect(server.address).await.unwrap();
        let mut slow = TcpStream::connect(server.address).await.unwrap();
        let drip = async {
            // Each byte comes in time; the head does not.
            for byte in b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: aaaaaaaaaaaaaaaaaaaa".chunks(1) {
                if slow.write_all(byte).await.is_err() {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            read(&mut slow).await
        };
        let (answer, nothing) = tokio::join!(drip, read(&mut silent));
        assert!(
            answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"),
            "{answer}"
        );
        assert_eq!(nothing, "");
        server.stopper.stop();
        server.end().await.unwrap();
    });
}

#[test]
fn a_silent_client_delays_others_in_mode_one_only() {
    run(async {
        let request = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        let server = Server::start("web", patient(5_000, Mode::Threads)).await;
        let silent = TcpStream::connect(server.address).await.unwrap();
        assert!(raw(&server, request).await.starts_with("HTTP/1.1 200"));
        drop(silent);
        server.stopper.stop();
        server.end().await.unwrap();

        let mut server = Server::start("web", patient(5_000, Mode::Iterative)).await;
        let silent = TcpStream::connect(server.address).await.unwrap();
        server.said("accept:").await;
        let mut second = TcpStream::connect(server.address).await.unwrap();
        second.write_all(request).await.unwrap();
        let early = tokio::time::timeout(Duration::from_millis(150), second.readable()).await;
        assert!(early.is_err(), "the second was served beside the first");
        drop(silent);
        let answer = read(&mut second).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        server.stopper.stop();
        server.end().await.unwrap();
    });
}

#[test]
fn mode_one_closes_after_each_request() {
    run(async {
        let server = Server::start("web", patient(5_000, Mode::Iterative)).await;
        let answer = raw(&server, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await;
        assert!(answer.contains("\r\nConnection: close\r\n"));
        server.stopper.stop();
        server.end().await.unwrap();
    });
}

#[test]
fn a_folder_that_is_none_is_told() {
    run(async {
        let (_stopper, stop) = netlab::exercises::stop::stopper();
        let setting = netlab::exercises::Setting {
            lang: netlab::text::Lang::En,
            party: netlab::model::call::Party::SERVER,
            sink: std::sync::Arc::new(|_| {}),
        };
        let options = ServerOptions {
            root: Some("/no/such/folder".into()),
            ..ServerOptions::default()
        };
        let exercise = netlab::exercises::find("web").unwrap();
        let error = exercise.serve(options, setting, stop).await.unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("the folder /no/such/folder cannot be served:")
        );
    });
}
