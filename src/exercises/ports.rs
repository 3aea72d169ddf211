//! Client ports: one server, several connections one after another, a new port for each.

use super::Exercise;
use super::support::context::{ClientContext, Served, ServerContext};
use super::support::error::{ExerciseError, within};
use super::support::lines::Lines;
use super::support::options::{Clients, Message};
use super::support::readable::{Utf8Stream, one_line};
use super::support::tcp::{Connection, Listener, connect};
use super::support::tcp_server::create_server;
use super::support::words;
use crate::text::Text;
use crate::text::phrase::phrase;
use crate::text::quantity;

/// The exercise.
pub static EXERCISE: Exercise = Exercise {
    id: "ports",
    title: Text::new("Client ports", "Portas dos clientes"),
    goal: Text::new(
        "Write down the client's port of three connections. Who chose these numbers, and why \
             is the server's always the same?",
        "Anote a porta do cliente em três conexões. Quem escolheu esses números, e por que \
                a do servidor é sempre a mesma?",
    ),
    default_port: 9999,
    server_options: &["clients", "forever", "buffer", "backlog", "idle-timeout"],
    client_options: &["message", "times"],
    serve: |ctx| Box::pin(serve(ctx)),
    drive: |ctx| Box::pin(drive(ctx)),
};

phrase! {
    /// What the client says unless told otherwise: 28 bytes of UTF-8 in either language.
    pub MESSAGE: "Hello! Which port am I from?", "Olá! De que porta eu venho?";
    connected_by(client): "Connected by {client}", "Connected by {client}";
    message_was(message): "message: {message}", "mensagem: {message}";
    my_port(number, port): "connection {number}: the client's port is {port}",
        "conexão {number}: a porta do cliente é {port}";
}

/// The server: takes one client after another and prints where each comes from.
async fn serve(ctx: ServerContext) -> Result<Served, ExerciseError> {
    let listener = create_server(&ctx, 128).await?;
    let mut served = Served::default();
    let until_done = accept_loop(&ctx, &listener, &mut served);
    match ctx.stop.unless_asked(until_done).await {
        Some(result) => result?,
        None => ctx.journal.say(words::STOPPED.get(ctx.journal.lang)),
    }
    listener.close();
    words::summary(&ctx.journal, &served);
    Ok(served)
}

async fn accept_loop(
    ctx: &ServerContext,
    listener: &Listener,
    served: &mut Served,
) -> Result<(), ExerciseError> {
    let say = &ctx.journal;
    let wanted = ctx.options.clients.unwrap_or(Clients::Forever);
    while wanted.more_than(served.clients) {
        say.say(words::waiting(say.lang, listener.local_address()?));
        let (connection, client) = listener.accept().await?;
        say.say(connected_by(say.lang, &client));
        served.clients += 1;
        if let Err(error) = read_message(ctx, &connection, served).await {
            served.failed += 1;
            say.say_line(error.message(say.lang));
        }
        connection.close();
        say.say(words::closed(say.lang, &client));
    }
    Ok(())
}

/// Receives until the client has no more. With a small buffer, one segment takes several recv.
async fn read_message(
    ctx: &ServerContext,
    connection: &Connection,
    served: &mut Served,
) -> Result<(), ExerciseError> {
    let say = &ctx.journal;
    let mut buffer = ctx.buffer()?;
    let mut text = Utf8Stream::default();
    let mut message = String::new();
    loop {
        let count = within(ctx.idle_timeout(), "recv", connection.recv(&mut buffer)).await?;
        if count == 0 {
            break;
        }
        served.received += count as u64;
        let part = text.push(&buffer[..count]);
        let (bytes, shown) = (quantity::bytes(say.lang, count as u64), one_line(&part));
        say.say(words::received(say.lang, &bytes, &shown));
        // Only the beginning of a very long message is kept for the line at its end.
        if message.len() < 4096 {
            message.push_str(&part);
        }
    }
    say.say(words::END_OF_STREAM.get(say.lang));
    say.say(message_was(say.lang, one_line(&message)));
    Ok(())
}

/// The client: connects again and again, with a message each time.
async fn drive(mut ctx: ClientContext) -> Result<(), ExerciseError> {
    let message = std::mem::take(&mut ctx.options.message);
    let text = match message {
        Message::Default => MESSAGE.get(ctx.journal.lang).to_owned(),
        Message::Text(text) => text,
        // Each line makes its own connection.
        Message::Lines(input) => {
            let mut input = Lines::new(input);
            let mut number = 0;
            while let Some(line) = input.next().await? {
                number += 1;
                call(&ctx, number, &line).await?;
            }
            return Ok(());
        }
    };
    for number in 1..=ctx.options.times.unwrap_or(3) {
        call(&ctx, number, &text).await?;
    }
    Ok(())
}

/// One connection: connect, send, close.
async fn call(ctx: &ClientContext, number: u32, message: &str) -> Result<(), ExerciseError> {
    let say = &ctx.journal;
    let addresses = ctx.addresses().await?;
    let connection = within(ctx.timeout(), "connect", connect(say, &addresses)).await?;
    let (local, server) = (connection.local_address()?, connection.peer());
    say.say(words::connected(say.lang, &server, &local));
    say.say(my_port(say.lang, &number, local.port()));
    within(
        ctx.timeout(),
        "send",
        connection.send_all(message.as_bytes()),
    )
    .await?;
    let (bytes, shown) = (
        quantity::bytes(say.lang, message.len() as u64),
        one_line(message),
    );
    say.say(words::sent(say.lang, &bytes, &shown));
    connection.close();
    say.say(words::closed(say.lang, &server));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::MESSAGE;

    #[test]
    fn the_message_has_28_bytes_in_both_languages() {
        assert_eq!((MESSAGE.en.len(), MESSAGE.pt_br.len()), (28, 28));
    }
}
