use std::net::UdpSocket;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

fn main() -> std::io::Result<()> {
    let port: u16 = std::env::args().nth(1).map_or(12000, |it| it.parse().expect("a port"));
    let client = UdpSocket::bind("127.0.0.1:0")?;
    client.set_read_timeout(Some(Duration::from_millis(200)))?;
    for number in 1..=10 {
        let began = Instant::now();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
        let text = format!("Ping {number} {}", now.as_secs_f64());
        client.send_to(text.as_bytes(), ("127.0.0.1", port))?;
        let mut data = [0; 1024];
        match client.recv_from(&mut data) {
            Ok((count, _)) => {
                let reply = String::from_utf8_lossy(&data[..count]);
                println!("{reply} RTT {:.3} ms", began.elapsed().as_secs_f64() * 1000.0);
            }
            Err(_) => println!("Request timed out"),
        }
    }
    Ok(())
}
