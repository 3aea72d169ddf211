use std::io::Write;
use std::net::TcpStream;

fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).map_or(9999, |it| it.parse().expect("a port"));
    for _ in 0..3 {
        let mut client = TcpStream::connect(("127.0.0.1", port))?;
        println!("my port: {}", client.local_addr()?.port());
        client.write_all(b"28 bytes for a buffer of 5..")?;
    }
    Ok(())
}
