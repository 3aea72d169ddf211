use std::net::UdpSocket;
use std::time::Duration;

fn main() -> std::io::Result<()> {
    let port: u16 = std::env::args().nth(1).map_or(65431, |it| it.parse().expect("a port"));
    let client = UdpSocket::bind("127.0.0.1:0")?;
    client.set_read_timeout(Some(Duration::from_secs(1)))?;
    client.send_to(b"one datagram, please answer in capital letters", ("127.0.0.1", port))?;
    let mut data = [0; 2048];
    let (count, _) = client.recv_from(&mut data)?;
    println!("received: {}", String::from_utf8_lossy(&data[..count]));
    Ok(())
}
