use std::io::{Read, Write};
use std::net::TcpListener;

fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).map_or(5050, |it| it.parse().expect("a port"));
    let server = TcpListener::bind(("127.0.0.1", port))?;
    let (mut client, address) = server.accept()?;
    println!("connected by {address}");
    let mut data = [0; 1024];
    loop {
        let count = client.read(&mut data)?;
        if count == 0 {
            return Ok(());
        }
        client.write_all(&data[..count])?;
    }
}
