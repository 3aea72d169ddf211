//! Several clients at once: who is served when?

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use super::support::context::{ClientContext, Served, ServerContext};
use super::support::error::{ExerciseError, within};
use super::support::journal::Journal;
use super::support::messages::Messages;
use super::support::options::{Clients, Mode};
use super::support::readable::{Utf8Stream, one_line, upper_case};
use super::support::tcp::{Connection, Listener, connect};
use super::support::tcp_server::create_server;
use super::support::{threads, words};
use super::{Exercise, echo};
use crate::text::Text;
use crate::text::phrase::phrase;
use crate::text::quantity;

/// The exercise.
pub static EXERCISE: Exercise = Exercise {
    id: "multi",
    title: Text::new("Several clients at once", "Vários clientes ao mesmo tempo"),
    goal: Text::new(
        "Why does the port \"change\" with each client, and who is served when? Compare the \
             modes async, threads and iterative.",
        "Por que a porta \"muda\" a cada cliente, e quem é atendido quando? Compare os \
                modos async, threads e iterative.",
    ),
    default_port: 65432,
    server_options: &[
        "clients",
        "forever",
        "buffer",
        "backlog",
        "idle-timeout",
        "mode",
        "answers",
    ],
    client_options: &["message", "clients", "messages", "pause"],
    serve: |ctx| Box::pin(serve(ctx)),
    drive: |ctx| Box::pin(drive(ctx)),
};

phrase! {
    serves_as(mode): "mode: {mode}", "modo: {mode}";
    got(client, bytes, message): "{client}: recv: {bytes}: {message}",
        "{client}: recv: {bytes}: {message}";
    answered(client, bytes, message): "{client}: send: {bytes}: {message}",
        "{client}: send: {bytes}: {message}";
    failed(client, error): "{client}: {error}", "{client}: {error}";
    hello(number, message): "hello, I am client {number}, message {message}",
        "olá, sou o cliente {number}, mensagem {message}";
}

/// The server.
async fn serve(ctx: ServerContext) -> Result<Served, ExerciseError> {
    let mode = ctx.options.mode.unwrap_or(Mode::Async);
    serve_clients(Arc::new(ctx), mode, handle).await
}

/// Accepts clients and has each of them handled by `handle`. The mode decides only where: here,
/// before the next accept; in a task of its own; or in a thread of its own.
pub(super) async fn serve_clients<H, F>(
    ctx: Arc<ServerContext>,
    mode: Mode,
    handle: H,
) -> Result<Served, ExerciseError>
where
    H: Fn(Arc<ServerContext>, Connection) -> F,
    F: Future<Output = Served> + Send + 'static,
{
    let listener = create_server(&ctx, 1024).await?;
    let say = &ctx.journal;
    say.say(serves_as(say.lang, mode.name()));
    say.say(words::waiting(say.lang, listener.local_address()?));

    let mut served = Served::default();
    let mut clients = JoinSet::new();
    let until_done = async {
        let wanted = ctx.options.clients.unwrap_or(Clients::Forever);
        let mut accepted = 0;
        while wanted.more_than(accepted) {
            let connection = next_client(&ctx, &listener).await;
            accepted += 1;
            let handled = handle(Arc::clone(&ctx), connection);
            match mode {
                Mode::Iterative => {
                    clients.spawn(handled);
                    // No accept before this client's close.
                    count(&mut served, clients.join_next().await.and_then(Result::ok));
                }
                Mode::Async => {
                    clients.spawn(handled);
                }
                Mode::Threads => match threads::in_thread(handled) {
                    Ok(thread) => {
                        clients.spawn(thread);
                    }
                    Err(error) => {
                        say.say_line(error.message(say.lang));
                        count(&mut served, None);
                    }
                },
            }
            // Those that have ended are counted on the way.
            while let Some(client) = clients.try_join_next() {
                count(&mut served, client.ok());
            }
        }
    };
    if ctx.stop.unless_asked(until_done).await.is_none() {
        say.say(words::STOPPED.get(say.lang));
    }
    listener.close();
    // Clients that are being served hear of the stop themselves.
    while let Some(client) = clients.join_next().await {
        count(&mut served, client.ok());
    }
    words::summary(say, &served);
    Ok(served)
}

/// The next connection. A failed accept is no reason to leave the other clients: the client may
/// have given up while it waited, or file descriptors may be lacking until another one leaves.
async fn next_client(ctx: &ServerContext, listener: &Listener) -> Connection {
    const PAUSE: Duration = Duration::from_millis(50);
    let say = &ctx.journal;
    loop {
        match listener.accept().await {
            Ok((connection, client)) => {
                say.say(words::accepted(say.lang, &client));
                return connection;
            }
            Err(error) => {
                say.say_line(error.message(say.lang));
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

fn count(total: &mut Served, client: Option<Served>) {
    // A client whose handler broke is one that failed.
    let client = client.unwrap_or(Served {
        clients: 1,
        failed: 1,
        ..Served::default()
    });
    total.clients += client.clients;
    total.failed += client.failed;
    total.received += client.received;
    total.sent += client.sent;
}

/// One client from accept to close.
async fn handle(ctx: Arc<ServerContext>, connection: Connection) -> Served {
    let say = &ctx.journal;
    let client = connection.peer();
    let mut served = Served {
        clients: 1,
        ..Served::default()
    };
    let work = answer(&ctx, &connection, &mut served);
    if let Some(Err(error)) = ctx.stop.unless_asked(work).await {
        served.failed = 1;
        let error = error.message(say.lang);
        say.say(failed(say.lang, &client, &error));
    }
    connection.close();
    say.say(words::closed(say.lang, &client));
    served
}

/// Answers each message in capital letters: until the client has no more, or as many times as
/// the user wants.
async fn answer(
    ctx: &ServerContext,
    connection: &Connection,
    served: &mut Served,
) -> Result<(), ExerciseError> {
    let client = connection.peer();
    let mut buffer = ctx.buffer()?;
    let mut text = Utf8Stream::default();
    let mut left = ctx.options.messages.unwrap_or(u32::MAX);
    while left > 0 {
        let count = within(ctx.idle_timeout(), "recv", connection.recv(&mut buffer)).await?;
        served.received += count as u64;
        // A character whose bytes have not all come waits for the next recv, or for the end.
        let message = match count {
            0 => text.rest(),
            count => text.whole(&buffer[..count]),
        };
        if !message.is_empty() {
            tell(&ctx.journal, true, client, &message);
            let answer = upper_case(&message);
            connection.send_all(&answer).await?;
            served.sent += answer.len() as u64;
            tell(&ctx.journal, false, client, &answer);
        }
        if count == 0 {
            break;
        }
        left -= 1;
    }
    Ok(())
}

fn tell(say: &Journal, received: bool, client: SocketAddr, message: &[u8]) {
    let shown = one_line(&String::from_utf8_lossy(message));
    let bytes = quantity::bytes(say.lang, message.len() as u64);
    match received {
        true => say.say(got(say.lang, client, bytes, shown)),
        false => say.say(answered(say.lang, client, bytes, shown)),
    }
}

/// The clients, all at once, each with its own messages.
async fn drive(mut ctx: ClientContext) -> Result<(), ExerciseError> {
    let clients = ctx.options.clients.unwrap_or(5);
    let messages = Messages::take(&mut ctx).await?;
    let ctx = Arc::new(ctx);
    let mut running = JoinSet::new();
    for number in 1..=clients {
        let say = ctx.journal.numbered(number);
        let greeting = |message| hello(say.lang, number, message).to_string();
        let times = ctx.options.messages.unwrap_or(2);
        let own = messages.of((number, clients), times, greeting);
        running.spawn(client(Arc::clone(&ctx), say, own));
    }
    let mut result = Ok(());
    while let Some(client) = running.join_next().await {
        match client {
            Ok(outcome) => result = result.and(outcome),
            Err(broken) => std::panic::resume_unwind(broken.into_panic()),
        }
    }
    result
}

/// One of the clients; an error is told under its number.
async fn client(
    ctx: Arc<ClientContext>,
    say: Journal,
    messages: Vec<String>,
) -> Result<(), ExerciseError> {
    let result = call(&ctx, &say, &messages).await;
    if let Err(error) = &result {
        say.say_line(error.message(say.lang));
    }
    result
}

/// One client: connect, then each message and its answer with a pause in between, then close.
async fn call(
    ctx: &ClientContext,
    say: &Journal,
    messages: &[String],
) -> Result<(), ExerciseError> {
    let addresses = ctx.addresses().await?;
    let connection = within(ctx.timeout(), "connect", connect(say, &addresses)).await?;
    let (local, server) = (connection.local_address()?, connection.peer());
    say.say(words::connected(say.lang, &server, &local));
    let pause = ctx.options.pause.unwrap_or(Duration::from_millis(200));
    for (place, message) in messages.iter().enumerate() {
        if place > 0 {
            tokio::time::sleep(pause).await;
        }
        connection.send_all(message.as_bytes()).await?;
        let (bytes, shown) = (
            quantity::bytes(say.lang, message.len() as u64),
            one_line(message),
        );
        say.say(words::sent(say.lang, &bytes, &shown));
        // Capital letters can be longer than small ones: the answer ends where it says as much.
        let expected = message.to_uppercase().len();
        let answer = echo::receive(ctx, &connection, expected).await?;
        let shown = one_line(&String::from_utf8_lossy(&answer));
        let bytes = quantity::bytes(say.lang, answer.len() as u64);
        say.say(words::received(say.lang, &bytes, &shown));
    }
    connection.close();
    say.say(words::closed(say.lang, &server));
    Ok(())
}
