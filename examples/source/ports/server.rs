use std::io::Read;
use std::net::TcpListener;

fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).map_or(9999, |it| it.parse().expect("a port"));
    let server = TcpListener::bind(("127.0.0.1", port))?;
    for _ in 0..3 {
        let (mut client, address) = server.accept()?;
        println!("Connected by {address}");
        let mut data = [0; 5];
        loop {
            let count = client.read(&mut data)?;
            if count == 0 {
                break;
            }
            println!("{count} {}", String::from_utf8_lossy(&data[..count]));
        }
    }
    Ok(())
}
