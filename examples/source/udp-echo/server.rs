use std::net::UdpSocket;

fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).map_or(65431, |it| it.parse().expect("a port"));
    let server = UdpSocket::bind(("127.0.0.1", port))?;
    let mut data = [0; 2048];
    let (count, address) = server.recv_from(&mut data)?;
    println!("datagram from {address}");
    server.send_to(&data[..count].to_ascii_uppercase(), address)?;
    Ok(())
}
