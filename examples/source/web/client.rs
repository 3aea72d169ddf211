use std::io::{Read, Write};
use std::net::TcpStream;

fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).map_or(8080, |it| it.parse().expect("a port"));
    for path in ["/", "/missing.html"] {
        let mut client = TcpStream::connect(("127.0.0.1", port))?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        client.write_all(request.as_bytes())?;
        let mut answer = String::new();
        client.read_to_string(&mut answer)?;
        println!("{answer}");
    }
    Ok(())
}
