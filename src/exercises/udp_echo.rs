//! UDP: two datagrams, no handshake, no close.

use std::net::SocketAddr;
use std::time::Duration;

use super::Exercise;
use super::support::context::{ClientContext, Served, ServerContext, room};
use super::support::error::{ExerciseError, within};
use super::support::lines::Lines;
use super::support::loss::Loss;
use super::support::options::Message;
use super::support::udp::DatagramSocket;
use super::support::{udp_server, words};
use crate::text::Text;
use crate::text::phrase::phrase;
use crate::text::quantity;

/// The exercise.
pub static EXERCISE: Exercise = Exercise {
    id: "udp-echo",
    title: Text::new("UDP echo", "Eco UDP"),
    goal: Text::new(
        "Compare with TCP: which packets are missing, and what is lost with them?",
        "Compare com o TCP: que pacotes faltam, e o que se perde com eles?",
    ),
    default_port: 65431,
    server_options: &["buffer", "answers"],
    client_options: &["message", "unconnected", "buffer"],
    serve: |ctx| Box::pin(serve(ctx)),
    drive: |ctx| Box::pin(drive(ctx)),
};

phrase! {
    peer(server): "connect: datagrams go to {server}; no packet leaves for that",
        "connect: os datagramas vão para {server}; nenhum pacote sai por isso";
    /// What the client says unless told otherwise.
    pub MESSAGE: "one datagram, please answer in capital letters",
        "um datagrama, responda em letras maiúsculas, por favor";
}

/// The server: socket, bind; then each datagram is answered in capital letters.
async fn serve(ctx: ServerContext) -> Result<Served, ExerciseError> {
    udp_server::serve(&ctx, Loss::new(0.0, None)).await
}

/// The client: socket, a datagram for each line, the reply to it. Nothing tells the server that
/// a client is there before its first datagram, or gone after its last.
async fn drive(mut ctx: ClientContext) -> Result<(), ExerciseError> {
    let message = std::mem::take(&mut ctx.options.message);
    let say = &ctx.journal;
    let server = preferred(&ctx.addresses().await?)?;
    let mut socket = DatagramSocket::new(say, server)?;
    say.say(words::UDP_SOCKET.get(say.lang));
    if !ctx.options.unconnected {
        // Not a handshake: it only fixes the peer, so that the kernel can tell of a refusal.
        socket.connect(server).await?;
        say.say(peer(say.lang, &server));
    }
    match message {
        Message::Default => exchange(&ctx, &socket, server, MESSAGE.get(say.lang)).await?,
        Message::Text(text) => exchange(&ctx, &socket, server, &text).await?,
        Message::Lines(input) => {
            let mut input = Lines::new(input);
            while let Some(line) = input.next().await? {
                exchange(&ctx, &socket, server, line.trim_end_matches(['\r', '\n'])).await?;
            }
        }
    }
    socket.close();
    Ok(())
}

/// One datagram there, one back.
async fn exchange(
    ctx: &ClientContext,
    socket: &DatagramSocket,
    server: SocketAddr,
    message: &str,
) -> Result<(), ExerciseError> {
    let say = &ctx.journal;
    let patience = ctx.options.timeout.unwrap_or(Duration::from_secs(1));
    let mut buffer = room(ctx.options.buffer.unwrap_or(udp_server::ROOM))?;

    let count = if ctx.options.unconnected {
        socket.send_to(message.as_bytes(), server).await?
    } else {
        socket.send(message.as_bytes()).await?
    };
    let (bytes, shown) = (
        quantity::bytes(say.lang, count as u64),
        udp_server::text(message.as_bytes()),
    );
    match ctx.options.unconnected {
        true => say.say(words::answer(say.lang, &server, &bytes, &shown)),
        false => say.say(words::sent(say.lang, &bytes, &shown)),
    }

    let (count, peer) = if ctx.options.unconnected {
        within(patience, "recvfrom", socket.recv_from(&mut buffer)).await?
    } else {
        let count = within(patience, "recv", socket.recv(&mut buffer)).await?;
        (count, server)
    };
    let (bytes, shown) = (
        quantity::bytes(say.lang, count as u64),
        udp_server::text(&buffer[..count]),
    );
    match ctx.options.unconnected {
        true => say.say(words::datagram(say.lang, &peer, &bytes, &shown)),
        false => say.say(words::received(say.lang, &bytes, &shown)),
    }
    Ok(())
}

/// The address to send to. UDP has no handshake that would show which address of a name is
/// served; IPv4 is what servers listen at unless told otherwise.
pub(super) fn preferred(addresses: &[SocketAddr]) -> Result<SocketAddr, ExerciseError> {
    let mut candidates = addresses.iter();
    candidates
        .find(|address| address.is_ipv4())
        .or(addresses.first())
        .copied()
        .ok_or_else(|| ExerciseError::of("sendto", None, std::io::ErrorKind::InvalidInput.into()))
}
