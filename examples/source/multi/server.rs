use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

fn serve(mut client: TcpStream) -> std::io::Result<()> {
    let mut data = [0; 1024];
    loop {
        let count = client.read(&mut data)?;
        if count == 0 {
            return Ok(());
        }
        client.write_all(&data[..count].to_ascii_uppercase())?;
    }
}

fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).map_or(65432, |it| it.parse().expect("a port"));
    // Rust sets SO_REUSEADDR here.
    let server = TcpListener::bind(("127.0.0.1", port))?;
    let mut threads = Vec::new();
    for _ in 0..5 {
        let (client, address) = server.accept()?;
        println!("connected by {address}");
        threads.push(std::thread::spawn(move || serve(client)));
    }
    threads.into_iter().try_for_each(|it| it.join().expect("a thread"))
}
