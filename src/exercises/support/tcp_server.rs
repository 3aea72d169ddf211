//! The steps that every TCP server begins with. The echo exercise spells them out.

use super::context::ServerContext;
use super::error::ExerciseError;
use super::tcp::{Listener, Socket};
use super::words;

/// socket, bind, listen: as the echo server does them, in one step (Python's
/// `socket.create_server`). `backlog` unless the user wants another.
pub(in crate::exercises) async fn create_server(
    ctx: &ServerContext,
    backlog: u32,
) -> Result<Listener, ExerciseError> {
    let say = &ctx.journal;
    let address = ctx.address().await?;
    let backlog = ctx.options.backlog.unwrap_or(backlog);

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
    Ok(listener)
}
