//! A web server for files, and a client that shows what HTTP really says.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use super::Exercise;
use super::multi::serve_clients;
use super::support::context::{ClientContext, Served, ServerContext};
use super::support::error::{ExerciseError, within};
use super::support::http::answer::Answer;
use super::support::http::error::HttpError;
use super::support::http::reader::Reader;
use super::support::http::request::{self, Request};
use super::support::http::site::Site;
use super::support::http::status::Status;
use super::support::http::{body, target};
use super::support::options::Mode;
use super::support::readable::{escaped, one_line};
use super::support::tcp::{Connection, connect};
use super::support::words;
use crate::text::Text;
use crate::text::phrase::phrase;
use crate::text::quantity;

/// The exercise.
pub static EXERCISE: Exercise = Exercise {
    id: "web",
    title: Text::new("Web server", "Servidor web"),
    goal: Text::new(
        "Read a request and its answer byte by byte: the request line, the status line, the \
             headers. What does a 404 look like, and who closes the connection?",
        "Leia uma requisição e sua resposta byte a byte: a linha de requisição, a linha de \
                estado, os cabeçalhos. Como é um 404, e quem fecha a conexão?",
    ),
    default_port: 8080,
    server_options: &[
        "root",
        "mode",
        "clients",
        "forever",
        "backlog",
        "idle-timeout",
    ],
    client_options: &["path", "times", "keep-alive"],
    serve: |ctx| Box::pin(serve(ctx)),
    drive: |ctx| Box::pin(drive(ctx)),
};

/// How long a client may take for its request, and between two requests.
const PATIENCE: Duration = Duration::from_secs(10);
/// Content of a request that is read and thrown away, so that the answer is not lost to a reset.
const DISCARDED: u64 = 64 * 1024;

phrase! {
    answered(client, method, target, code, reason, bytes):
        "{client}: {method} {target}: {code} {reason}, {bytes}",
        "{client}: {method} {target}: {code} {reason}, {bytes}";
    failed(client, error): "{client}: {error}", "{client}: {error}";
    asks(bytes, line): "send: {bytes}: {line}", "send: {bytes}: {line}";
    binary(bytes): "({bytes}, not text)", "({bytes}, não é texto)";
    cut(bytes): "(the first 1 MiB of {bytes})", "(o primeiro 1 MiB de {bytes})";
}

/// The server. In mode `one`, a single request at a time; else a thread for each connection.
async fn serve(ctx: ServerContext) -> Result<Served, ExerciseError> {
    let site = Arc::new(Site::open(ctx.options.root.as_deref())?);
    let mode = ctx.options.mode.unwrap_or(Mode::Threads);
    serve_clients(Arc::new(ctx), mode, |ctx, connection| {
        handle(ctx, Arc::clone(&site), connection)
    })
    .await
}

/// One connection from accept to close.
async fn handle(ctx: Arc<ServerContext>, site: Arc<Site>, mut connection: Connection) -> Served {
    let say = &ctx.journal;
    let client = connection.peer();
    let mut served = Served {
        clients: 1,
        ..Served::default()
    };
    let work = requests(&ctx, &site, &mut connection, &mut served);
    if let Some(Err(error)) = ctx.stop.unless_asked(work).await {
        served.failed = 1;
        let error = error.message(say.lang);
        say.say(failed(say.lang, &client, &error));
    }
    connection.close();
    say.say(words::closed(say.lang, &client));
    served
}

/// Answers one request after another, until one of the two ends has had enough.
async fn requests(
    ctx: &ServerContext,
    site: &Site,
    connection: &mut Connection,
    served: &mut Served,
) -> Result<(), ExerciseError> {
    let patience = ctx.options.idle_timeout.unwrap_or(PATIENCE);
    let alone = ctx.options.mode == Some(Mode::Iterative);
    let mut reader = Reader::new(connection);
    let unread = loop {
        let (request, status) = match read_request(&mut reader, patience).await? {
            Asked::Nothing => break false,
            Asked::For(request) => (Some(request), Status::OK),
            Asked::Badly(status) => (None, status),
        };
        // A content whose end is not known cannot be told from the next request.
        let content = request.as_ref().and_then(|request| request.content);
        let whole = match content {
            Some(0) => true,
            Some(length) => discard(&mut reader, length, patience).await?,
            None => false,
        };
        let keep_alive = whole && !alone && request.as_ref().is_some_and(|it| it.keep_alive);
        let answer = Answer::to(request.as_ref(), status, site);
        served.sent += answer.send(connection, keep_alive, patience).await?;
        tell(ctx, connection.peer(), request.as_ref(), &answer);
        if !keep_alive {
            break !whole;
        }
    };
    served.received += reader.received();
    if unread {
        // Closing with bytes unread would reset the connection, and the answer might be lost with
        // it: FIN first, then read what is still coming, for a while.
        connection.shutdown().await?;
        let mut reader = Reader::new(connection);
        let _ = discard(&mut reader, DISCARDED, Duration::from_secs(1)).await;
    }
    Ok(())
}

/// What a client wants.
enum Asked {
    For(Request),
    /// Something that is answered with this status.
    Badly(Status),
    /// No more.
    Nothing,
}

async fn read_request(reader: &mut Reader<'_>, patience: Duration) -> Result<Asked, ExerciseError> {
    let whole = async {
        loop {
            match request::parse(reader.kept()) {
                request::Head::Whole(request, len) => {
                    reader.take(len);
                    return Ok(Asked::For(request));
                }
                request::Head::Refused(status) => return Ok(Asked::Badly(status)),
                request::Head::Begun => {}
            }
            if !reader.more().await? {
                return Ok(Asked::Nothing);
            }
        }
    };
    // The time is for the whole head: sending it byte by byte does not win more.
    match within(patience, "recv", whole).await {
        Err(ExerciseError::Timeout { .. }) if reader.kept().is_empty() => Ok(Asked::Nothing),
        Err(ExerciseError::Timeout { .. }) => Ok(Asked::Badly(Status::TOO_SLOW)),
        result => result,
    }
}

/// Reads the content of a request that nobody wants; false where there is too much of it.
async fn discard(
    reader: &mut Reader<'_>,
    length: u64,
    patience: Duration,
) -> Result<bool, ExerciseError> {
    if length > DISCARDED {
        return Ok(false);
    }
    let mut left = usize::try_from(length).unwrap_or(usize::MAX);
    let whole = async {
        loop {
            left -= reader.take(left).len();
            if left == 0 || !reader.more().await? {
                return Ok(left == 0);
            }
        }
    };
    match within(patience, "recv", whole).await {
        Err(ExerciseError::Timeout { .. }) => Ok(false),
        result => result,
    }
}

fn tell(ctx: &ServerContext, client: SocketAddr, request: Option<&Request>, answer: &Answer) {
    let (method, target) = request.map_or(("?", "?"), |it| (&it.method, &it.target));
    let target = one_line(target);
    let bytes = quantity::bytes(
        ctx.journal.lang,
        if answer.head_only { 0 } else { answer.len() },
    );
    ctx.journal.say(answered(
        ctx.journal.lang,
        &client,
        &method,
        &target,
        &answer.status.code,
        &answer.status.reason,
        &bytes,
    ));
}

/// The client: connect, a request, its answer; again as often as the user wants.
async fn drive(ctx: ClientContext) -> Result<(), ExerciseError> {
    let say = &ctx.journal;
    let addresses = ctx.addresses().await?;
    let times = ctx.options.times.unwrap_or(1).max(1);
    let mut connection = None;
    let mut failure = None;
    for number in 1..=times {
        let open = match connection.take() {
            Some(open) => open,
            None => {
                let new = within(ctx.timeout(), "connect", connect(say, &addresses)).await?;
                let (server, local) = (new.peer(), new.local_address()?);
                say.say(words::connected(say.lang, &server, &local));
                new
            }
        };
        let keep_alive = ctx.options.keep_alive && number < times;
        let (answer, stays_open) = exchange(&ctx, &open, keep_alive).await?;
        if answer.code >= 400 {
            failure = Some(HttpError::Status {
                code: answer.code,
                reason: one_line(&answer.reason),
            });
        }
        if keep_alive && stays_open {
            connection = Some(open);
        } else {
            let server = open.peer();
            open.close();
            say.say(words::closed(say.lang, &server));
        }
    }
    match failure {
        Some(failure) => Err(failure.into()),
        None => Ok(()),
    }
}

/// One request and its answer, printed as they are.
async fn exchange(
    ctx: &ClientContext,
    connection: &Connection,
    keep_alive: bool,
) -> Result<(body::Answer, bool), ExerciseError> {
    let say = &ctx.journal;
    let path = target::encoded(ctx.options.path.as_deref().unwrap_or("/"));
    let request_line = format!("GET {path} HTTP/1.1");
    let request = format!(
        "{request_line}\r\nHost: {}\r\nUser-Agent: netlab\r\nAccept: */*\r\nConnection: {}\r\n\r\n",
        host(ctx, connection.peer()),
        if keep_alive { "keep-alive" } else { "close" },
    );
    within(
        ctx.timeout(),
        "send",
        connection.send_all(request.as_bytes()),
    )
    .await?;
    let bytes = quantity::bytes(say.lang, request.len() as u64);
    say.say(asks(say.lang, &bytes, &request_line));

    let mut reader = Reader::new(connection);
    let answer = within(ctx.timeout(), "recv", body::head(&mut reader)).await?;
    for line in &answer.lines {
        say.say_line(escaped(line));
    }
    say.say_line(String::new());
    let content = within(ctx.timeout(), "recv", body::content(&mut reader, &answer)).await?;
    show(ctx, &content);
    let stays_open = answer.keep_alive;
    Ok((answer, stays_open))
}

/// The Host field: what the user called the server, with the port where it is not HTTP's own
/// (RFC 9110, 7.2).
fn host(ctx: &ClientContext, server: SocketAddr) -> String {
    let name: String = ctx
        .options
        .host
        .chars()
        .filter(|character| character.is_ascii_graphic())
        .collect();
    let name = match name.contains(':') && !name.starts_with('[') {
        true => format!("[{name}]"),
        false => name,
    };
    match server.port() {
        80 => name,
        port => format!("{name}:{port}"),
    }
}

fn show(ctx: &ClientContext, content: &body::Content) {
    let say = &ctx.journal;
    let bytes = quantity::bytes(say.lang, content.len);
    let text = String::from_utf8_lossy(&content.bytes);
    if content.bytes.contains(&0) {
        say.say(binary(say.lang, &bytes));
        return;
    }
    for line in text.lines() {
        say.say_line(escaped(line));
    }
    if content.len > content.bytes.len() as u64 {
        say.say(cut(say.lang, &bytes));
    }
}
