use std::io::{Read, Write};
use std::net::TcpStream;

fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).map_or(5050, |it| it.parse().expect("a port"));
    let mut client = TcpStream::connect(("127.0.0.1", port))?;
    client.write_all(b"Hello Server, my name is Client and I am alone in here.")?;
    let mut data = [0; 1024];
    let count = client.read(&mut data)?;
    println!("received: {}", String::from_utf8_lossy(&data[..count]));
    Ok(())
}
