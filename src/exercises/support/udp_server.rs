//! A UDP server that answers in capital letters, with or without losses.

use super::context::{Served, ServerContext, room};
use super::error::ExerciseError;
use super::loss::Loss;
use super::readable::{one_line, upper_case};
use super::udp::DatagramSocket;
use super::words;
use crate::text::quantity;

/// The largest payload of a UDP datagram, and then some: nothing is ever cut off.
pub(in crate::exercises) const ROOM: usize = 65_535;

/// socket, bind; then recvfrom and sendto, until asked to stop. There is nothing to listen for
/// and nobody to accept: every datagram brings its sender's address.
pub(in crate::exercises) async fn serve(
    ctx: &ServerContext,
    mut loss: Loss,
) -> Result<Served, ExerciseError> {
    let say = &ctx.journal;
    let address = ctx.address().await?;
    let socket = DatagramSocket::new(say, address)?;
    say.say(words::UDP_SOCKET.get(say.lang));
    if ctx.options.reuse_addr {
        socket.set_reuse_address()?;
        say.say(words::REUSE.get(say.lang));
    }
    socket.bind(address)?;
    say.say(words::bind(say.lang, &address));
    let address = socket.local_address()?;
    say.ready(address);
    say.say(words::waiting_datagram(say.lang, &address));

    let mut served = Served::default();
    let mut answered = 0;
    let for_ever = answer(ctx, &socket, &mut loss, &mut served, &mut answered);
    match ctx.stop.unless_asked(for_ever).await {
        Some(result) => result?,
        None => say.say(words::STOPPED.get(say.lang)),
    }
    socket.close();
    words::datagram_summary(say, &served, answered);
    Ok(served)
}

async fn answer(
    ctx: &ServerContext,
    socket: &DatagramSocket,
    loss: &mut Loss,
    served: &mut Served,
    answered: &mut u32,
) -> Result<(), ExerciseError> {
    let say = &ctx.journal;
    let wanted = ctx.options.messages.unwrap_or(u32::MAX);
    let mut buffer = room(ctx.options.buffer.unwrap_or(ROOM))?;
    while served.clients < wanted {
        let (count, peer) = socket.recv_from(&mut buffer).await?;
        let message = &buffer[..count];
        served.clients += 1;
        served.received += count as u64;
        let (bytes, shown) = (quantity::bytes(say.lang, count as u64), text(message));
        say.say(words::datagram(say.lang, &peer, &bytes, &shown));
        if loss.drops() {
            say.say(words::dropped(say.lang, &peer));
            continue;
        }
        let answer = upper_case(message);
        if let Err(error) = socket.send_to(&answer, peer).await {
            // One answer that cannot be sent is no reason to leave the others without theirs.
            served.failed += 1;
            let error = error.message(say.lang);
            say.say(words::not_answered(say.lang, &peer, &error));
            continue;
        }
        *answered += 1;
        served.sent += answer.len() as u64;
        let (bytes, shown) = (
            quantity::bytes(say.lang, answer.len() as u64),
            text(&answer),
        );
        say.say(words::answer(say.lang, &peer, &bytes, &shown));
    }
    Ok(())
}

/// A datagram as it may be shown.
pub(in crate::exercises) fn text(bytes: &[u8]) -> String {
    one_line(&String::from_utf8_lossy(bytes))
}
