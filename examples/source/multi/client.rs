use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

fn call(port: u16, number: u32) -> std::io::Result<()> {
    let mut client = TcpStream::connect(("127.0.0.1", port))?;
    for _ in 0..2 {
        client.write_all(format!("message of client {number}").as_bytes())?;
        let mut data = [0; 1024];
        let count = client.read(&mut data)?;
        println!("{}", String::from_utf8_lossy(&data[..count]));
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).map_or(65432, |it| it.parse().expect("a port"));
    let threads: Vec<_> = (1..=5)
        .map(|number| std::thread::spawn(move || call(port, number)))
        .collect();
    threads.into_iter().try_for_each(|it| it.join().expect("a thread"))
}
