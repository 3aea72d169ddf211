//! TCP echo: one message there and back, one connection from handshake to close.

use super::Exercise;
use super::support::context::{ClientContext, Served, ServerContext};
use super::support::error::{ExerciseError, within};
use super::support::lines::Lines;
use super::support::options::{Clients, Message};
use super::support::readable::{Utf8Stream, one_line};
use super::support::tcp::{Connection, Listener, Socket, connect};
use super::support::words;
use crate::text::Text;
use crate::text::phrase::phrase;
use crate::text::quantity;

/// The exercise.
pub static EXERCISE: Exercise = Exercise {
    id: "echo",
    title: Text::new("TCP echo", "Eco TCP"),
    goal: Text::new(
        "Explain every packet of one short TCP conversation: the handshake, the message and \
             its echo, the close.",
        "Explique cada pacote de uma conversa TCP curta: a apresentação de três vias, a \
                mensagem e seu eco, o encerramento.",
    ),
    default_port: 5050,
    server_options: &[
        "clients",
        "forever",
        "buffer",
        "backlog",
        "close-delay",
        "idle-timeout",
    ],
    client_options: &["message", "buffer"],
    serve: |ctx| Box::pin(serve(ctx)),
    drive: |ctx| Box::pin(drive(ctx)),
};

phrase! {
    /// What the client says unless told otherwise: 55 bytes of UTF-8 in either language.
    pub MESSAGE: "Hello Server, my name is Client and I am alone in here.",
        "Olá Servidor, meu nome é Cliente e sou o único aqui.";
}

/// The server: socket, bind, listen, then accept one client after another.
async fn serve(ctx: ServerContext) -> Result<Served, ExerciseError> {
    let say = &ctx.journal;
    let address = ctx.address().await?;
    let backlog = ctx.options.backlog.unwrap_or(128);

    let socket = Socket::new(say, address)?;
    say.say(words::SOCKET.get(say.lang));
    if ctx.options.reuse_addr {
        socket.set_reuse_address()?;
        say.say(words::REUSE.get(say.lang));
    }
    socket.bind(address)?;
    say.say(words::bind(say.lang, &address));
    let listener = socket.listen(backlog)?;
    say.say(words::listen(say.lang, &backlog));
    say.ready(listener.local_address()?);

    let mut served = Served::default();
    let until_done = accept_loop(&ctx, &listener, &mut served);
    match ctx.stop.unless_asked(until_done).await {
        Some(result) => result?,
        None => say.say(words::STOPPED.get(say.lang)),
    }
    listener.close();
    words::summary(say, &served);
    Ok(served)
}

/// Serves one client at a time; the others wait in the kernel's queue.
async fn accept_loop(
    ctx: &ServerContext,
    listener: &Listener,
    served: &mut Served,
) -> Result<(), ExerciseError> {
    let say = &ctx.journal;
    let wanted = ctx.options.clients.unwrap_or(Clients::Count(1));
    while wanted.more_than(served.clients) {
        say.say(words::waiting(say.lang, listener.local_address()?));
        let (connection, client) = listener.accept().await?;
        say.say(words::accepted(say.lang, &client));
        served.clients += 1;
        if let Err(error) = echo(ctx, &connection, served).await {
            served.failed += 1;
            say.say_line(error.message(say.lang));
        }
        connection.close();
        say.say(words::closed(say.lang, &client));
    }
    Ok(())
}

/// Sends back every byte that comes, until the client has no more.
async fn echo(
    ctx: &ServerContext,
    connection: &Connection,
    served: &mut Served,
) -> Result<(), ExerciseError> {
    let say = &ctx.journal;
    let mut buffer = ctx.buffer()?;
    let mut text = Utf8Stream::default();
    loop {
        let count = within(ctx.idle_timeout(), "recv", connection.recv(&mut buffer)).await?;
        if count == 0 {
            break;
        }
        let bytes = &buffer[..count];
        served.received += count as u64;
        let message = one_line(&text.push(bytes));
        say.say(words::received(
            say.lang,
            quantity::bytes(say.lang, count as u64),
            &message,
        ));
        connection.send_all(bytes).await?;
        served.sent += count as u64;
        say.say(words::sent_back(
            say.lang,
            quantity::bytes(say.lang, count as u64),
        ));
    }
    say.say(words::END_OF_STREAM.get(say.lang));
    if let Some(delay) = ctx.options.close_delay {
        let shown = quantity::given(delay, say.lang);
        say.say(words::close_delay(say.lang, &shown));
        tokio::time::sleep(delay).await;
    }
    Ok(())
}

/// The client: socket, connect, send the message, receive its echo, close.
async fn drive(mut ctx: ClientContext) -> Result<(), ExerciseError> {
    let message = std::mem::take(&mut ctx.options.message);
    let say = &ctx.journal;
    let addresses = ctx.addresses().await?;
    let connection = within(ctx.timeout(), "connect", connect(say, &addresses)).await?;
    let (local, server) = (connection.local_address()?, connection.peer());
    say.say(words::connected(say.lang, &server, &local));

    match message {
        Message::Default => exchange(&ctx, &connection, MESSAGE.get(say.lang)).await?,
        Message::Text(text) => exchange(&ctx, &connection, &text).await?,
        Message::Lines(input) => {
            let mut input = Lines::new(input);
            while let Some(line) = input.next().await? {
                exchange(&ctx, &connection, &line).await?;
            }
        }
    }

    connection.close();
    say.say(words::closed(say.lang, &server));
    Ok(())
}

/// Sends a message and receives its echo. Both at once: were a message larger than the buffers
/// of both sockets sent to its end first, both ends would wait in send for ever.
async fn exchange(
    ctx: &ClientContext,
    connection: &Connection,
    message: &str,
) -> Result<(), ExerciseError> {
    let say = &ctx.journal;
    let send = async {
        connection.send_all(message.as_bytes()).await?;
        let (count, shown) = (
            quantity::bytes(say.lang, message.len() as u64),
            one_line(message),
        );
        say.say(words::sent(say.lang, &count, &shown));
        Ok(())
    };
    let ((), echo) = tokio::try_join!(send, receive(ctx, connection, message.len()))?;
    let count = quantity::bytes(say.lang, echo.len() as u64);
    let shown = one_line(&String::from_utf8_lossy(&echo));
    say.say(words::received(say.lang, &count, &shown));
    Ok(())
}

/// Receives until `expected` bytes are there: TCP carries a stream, and one recv may bring less
/// than one send took.
pub(super) async fn receive(
    ctx: &ClientContext,
    connection: &Connection,
    expected: usize,
) -> Result<Vec<u8>, ExerciseError> {
    let mut echo = Vec::new();
    let mut buffer = ctx.buffer()?;
    while echo.len() < expected {
        let count = within(ctx.timeout(), "recv", connection.recv(&mut buffer)).await?;
        if count == 0 {
            let received = echo.len();
            return Err(ExerciseError::Ended { received, expected });
        }
        echo.extend_from_slice(&buffer[..count]);
    }
    Ok(echo)
}

#[cfg(test)]
mod tests {
    use super::MESSAGE;

    #[test]
    fn the_message_has_the_55_bytes_of_the_published_log_in_both_languages() {
        assert_eq!((MESSAGE.en.len(), MESSAGE.pt_br.len()), (55, 55));
    }
}
