//! The web exercise: what it serves, and its client.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use netlab::exercises::options::{ClientOptions, ServerOptions};
use netlab::model::call::Call;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::{Server, client, python, run};

/// A folder that is gone with this value.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("netlab-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    pub(super) fn write(&self, name: &str, content: &[u8]) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(super) fn root(folder: &Folder) -> ServerOptions {
    ServerOptions {
        root: Some(folder.path().to_owned()),
        ..ServerOptions::default()
    }
}

/// Sends bytes on a connection of their own and returns all that comes back.
pub(super) async fn raw(server: &Server, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// GET of a target; the status line, the head and the content of the answer.
pub(super) async fn get(server: &Server, target: &str) -> (String, String, String) {
    let request = format!("GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let answer = raw(server, request.as_bytes()).await;
    let (head, content) = answer.split_once("\r\n\r\n").expect(&answer);
    let (status, fields) = head.split_once("\r\n").unwrap();
    (status.to_owned(), fields.to_owned(), content.to_owned())
}

async fn end(server: Server) {
    server.stopper.stop();
    server.end().await.unwrap();
}

#[test]
fn files_have_their_type_and_length() {
    run(async {
        let folder = Folder::new("types");
        folder.write("index.html", "<p>olá</p>".as_bytes());
        folder.write("a/b c.TXT", b"text");
        folder.write("empty.bin", b"");
        let server = Server::start("web", root(&folder)).await;
        for (target, content_type, content) in [
            ("/", "text/html; charset=utf-8", "<p>olá</p>"),
            ("/index.html?x=1", "text/html; charset=utf-8", "<p>olá</p>"),
            ("/a/b%20c.TXT", "text/plain; charset=utf-8", "text"),
            (
                "http://other/a//./b%20c.TXT",
                "text/plain; charset=utf-8",
                "text",
            ),
            ("/empty.bin", "application/octet-stream", ""),
        ] {
            let (status, fields, got) = get(&server, target).await;
            assert_eq!(
                (status.as_str(), got.as_str()),
                ("HTTP/1.1 200 OK", content)
            );
            let length = format!("Content-Length: {}", content.len());
            assert!(fields.lines().any(|line| line == length), "{fields}");
            let content_type = format!("Content-Type: {content_type}");
            assert!(fields.lines().any(|line| line == content_type), "{fields}");
            assert!(fields.contains("Date: ") && fields.ends_with("Connection: close"));
        }
        end(server).await;
    });
}

#[test]
fn what_is_not_there_is_404_and_a_folder_without_its_slash_is_301() {
    run(async {
        let folder = Folder::new("status");
        folder.write("sub dir/index.html", b"here");
        folder.write("empty/file", b"x");
        let server = Server::start("web", root(&folder)).await;
        for target in [
            "/nothing",
            "/empty/",
            "/empty/file/",
            "/sub%20dir/index.html/",
        ] {
            let (status, _, page) = get(&server, target).await;
            assert_eq!(status, "HTTP/1.1 404 Not Found", "{target}");
            assert!(page.contains("404 Not Found"));
        }
        let (status, fields, _) = get(&server, "//sub%20dir?q=1").await;
        assert_eq!(status, "HTTP/1.1 301 Moved Permanently");
        assert!(
            fields
                .lines()
                .any(|line| line == "Location: /sub%20dir/?q=1"),
            "{fields}"
        );
        assert_eq!(get(&server, "/sub%20dir/").await.2, "here");
        end(server).await;
    });
}

#[test]
fn head_is_get_without_content_and_other_methods_are_405() {
    run(async {
        let server = Server::start("web", ServerOptions::default()).await;
        let (_, fields, content) = get(&server, "/").await;
        let head = raw(
            &server,
            b"HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        )
        .await;
        let length = format!("Content-Length: {}\r\n", content.len());
        assert!(head.contains(&length) && fields.contains(length.trim_end()));
        assert!(head.ends_with("\r\n\r\n"), "{head}");
        let post = raw(
            &server,
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
        )
        .await;
        assert!(post.starts_with("HTTP/1.1 405 Method Not Allowed\r\n"));
        assert!(post.contains("\r\nAllow: GET, HEAD\r\n"));
        end(server).await;
    });
}

#[test]
fn several_requests_share_a_connection_and_pipelined_ones_keep_their_order() {
    run(async {
        let server = Server::start("web", ServerOptions::default()).await;
        let answer = raw(
            &server,
            b"GET /style.css HTTP/1.1\r\nHost: x\r\n\r\nPOST / HTTP/1.1\r\nHost: x\r\n\
              Content-Length: 3\r\n\r\nabcGET /missing HTTP/1.1\r\nHost: x\r\n\r\n\
              GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nGET / HTTP/1.1\r\n",
        )
        .await;
        let codes: Vec<&str> = answer
            .match_indices("HTTP/1.1 ")
            .map(|(at, _)| &answer[at + 9..at + 12])
            .collect();
        assert_eq!(codes, ["200", "405", "404", "200"]);
        let accepts = server.told.calls();
        let accepts = accepts.iter().filter(|it| it.call == Call::Accept).count();
        assert_eq!(accepts, 1);
        end(server).await;
    });
}

#[test]
fn a_large_file_arrives_whole() {
    run(async {
        let folder = Folder::new("large");
        let content: Vec<u8> = (0..3_000_000_u32).map(|it| it.to_le_bytes()[0]).collect();
        folder.write("large.bin", &content);
        let server = Server::start("web", root(&folder)).await;
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream
            .write_all(b"GET /large.bin HTTP/1.0\r\n\r\n")
            .await
            .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        assert!(answer.ends_with(&content));
        assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n"));
        end(server).await;
    });
}

#[test]
fn the_client_prints_the_answer_and_fails_on_404() {
    run(async {
        let folder = Folder::new("client");
        folder.write("a page.txt", "linha 1\nlinha 2 \x1b[31m\n".as_bytes());
        let server = Server::start("web", root(&folder)).await;
        let path = |path: &str| ClientOptions {
            path: Some(path.to_owned()),
            ..ClientOptions::default()
        };
        let (told, result) = client("web", server.address, path("/a page.txt")).await;
        result.unwrap();
        let lines = told.lines();
        let status = lines.iter().position(|it| it == "HTTP/1.1 200 OK").unwrap();
        let empty = lines.iter().position(String::is_empty).unwrap();
        assert!(lines[status + 1..empty].contains(&"Content-Length: 22".to_owned()));
        assert_eq!(
            lines[empty + 1..empty + 3],
            ["linha 1", "linha 2 \\u{1b}[31m"]
        );

        let (told, result) = client("web", server.address, path("missing")).await;
        assert_eq!(
            result.unwrap_err().to_string(),
            "the server answered 404 Not Found"
        );
        assert!(told.says("HTTP/1.1 404 Not Found"));
        end(server).await;
    });
}

#[test]
fn three_requests_take_one_connection_or_three() {
    run(async {
        let server = Server::start("web", ServerOptions::default()).await;
        for (keep_alive, connections) in [(true, 1), (false, 3)] {
            let options = ClientOptions {
                times: Some(3),
                keep_alive,
                ..ClientOptions::default()
            };
            let (told, result) = client("web", server.address, options).await;
            result.unwrap();
            let calls = told.calls();
            let connects = calls.iter().filter(|it| it.call == Call::Connect).count();
            assert_eq!(connects, connections);
            let answers = told
                .lines()
                .iter()
                .filter(|it| *it == "HTTP/1.1 200 OK")
                .count();
            assert_eq!(answers, 3);
        }
        end(server).await;
    });
}

#[test]
fn the_client_reads_other_servers_answers() {
    for (answer, expected) in [
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
             4;x=y\r\nchun\r\n4\r\nked!\r\n0\r\nTrailer: 1\r\n\r\n",
            Ok("chunked!"),
        ),
        (
            "HTTP/1.0 200 OK\r\n\r\nuntil the close",
            Ok("until the close"),
        ),
        (
            "HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n",
            Ok(""),
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
            Err("recv: the other end closed after 5 of 9 bytes"),
        ),
        ("220 mail ready\r\n", Err("recv: the answer is not HTTP/1")),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            Err("recv: the answer is not HTTP/1"),
        ),
    ] {
        run(async move {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let server = async {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut request = [0; 1024];
                let count = stream.read(&mut request).await.unwrap();
                stream.write_all(answer.as_bytes()).await.unwrap();
                String::from_utf8_lossy(&request[..count]).into_owned()
            };
            let (request, (told, result)) =
                tokio::join!(server, client("web", address, ClientOptions::default()));
            assert!(request.starts_with("GET / HTTP/1.1\r\n"));
            assert!(request.contains(&format!("\r\nHost: {address}\r\n")));
            match expected {
                Ok(text) => {
                    result.unwrap();
                    assert!(
                        told.lines().contains(&text.to_owned()),
                        "{:?}",
                        told.lines()
                    );
                }
                Err(message) => assert_eq!(result.unwrap_err().to_string(), message),
            }
        });
    }
}

#[test]
#[ignore = "needs curl"]
fn curl_and_python_are_served() {
    const BROWSER: &str = "
import http.client, sys
c = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]))
for path, status in [('/', 200), ('/style.css', 200), ('/about', 301), ('/missing', 404)]:
    c.request('GET', path)
    r = c.getresponse()
    body = r.read()
    assert r.status == status, (path, r.status)
    assert len(body) == int(r.headers['Content-Length'])
";
    run(async {
        let server = Server::start("web", ServerOptions::default()).await;
        let port = server.address.port().to_string();
        let output = python(BROWSER, &[&port]).await;
        assert!(output.status.success(), "{output:?}");
        let url = format!("http://127.0.0.1:{port}/about");
        let curl =
            tokio::task::spawn_blocking(move || Command::new("curl").args(["-sSL", &url]).output());
        let output = curl.await.unwrap().unwrap();
        assert!(String::from_utf8_lossy(&output.stdout).contains("Sobre"));
        end(server).await;
    });
}
