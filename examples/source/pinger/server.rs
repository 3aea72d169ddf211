use std::net::UdpSocket;

fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).map_or(12000, |it| it.parse().expect("a port"));
    let server = UdpSocket::bind(("127.0.0.1", port))?;
    for number in 0..10 {
        let mut data = [0; 1024];
        let (count, address) = server.recv_from(&mut data)?;
        // Drops 4 of 11, always the same ones.
        if number * 7 % 11 < 4 {
            continue;
        }
        server.send_to(&data[..count].to_ascii_uppercase(), address)?;
    }
    Ok(())
}
