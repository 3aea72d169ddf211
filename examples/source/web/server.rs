use std::io::{Read, Write};
use std::net::TcpListener;

fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).map_or(8080, |it| it.parse().expect("a port"));
    // Rust sets SO_REUSEADDR here.
    let server = TcpListener::bind(("127.0.0.1", port))?;
    for _ in 0..2 {
        let (mut client, _) = server.accept()?;
        let mut request = [0; 4096];
        let count = client.read(&mut request)?;
        let (status, body) = match request[..count].starts_with(b"GET / ") {
            true => ("200 OK", "<h1>It works</h1>"),
            false => ("404 Not Found", "<h1>404 Not Found</h1>"),
        };
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
        client.write_all((head + body).as_bytes())?;
    }
    Ok(())
}
