//! A server that closes first and is started again.

use super::support::closing::{close_frames, who};
use super::{Answer, Evidence, Lab, LabError, Stage, Yours, frames, listen, program};
use crate::analysis::lifecycle::close::TimeWait;
use crate::exercises::echo;
use crate::exercises::error::ExerciseError;
use crate::exercises::tcp::{Listener, Socket, connect};
use crate::model::call::{Call, CallResult, Party};
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "time-wait",
    question: Text::new(
        "Why can a server not be started again at once after it closed a connection first?",
        "Por que um servidor que encerrou primeiro não pode ser reiniciado em seguida?",
    ),
    exercise: &echo::EXERCISE,
    // Not that of the other labs, which it would keep from running for a minute.
    port: Some(5051),
    ports: 1,
    options: &[],
    yours: Yours::Both { clients: 1 },
    experiment: |stage| Box::pin(experiment(stage)),
    answer,
};

phrase! {
    waits(frames, who, port):
        "{frames}: the {who} closed first: its end, with port {port}, stays in TIME-WAIT (on Linux, for 60 s)",
        "{frames}: o {who} encerrou primeiro: a ponta dele, com a porta {port}, fica em TIME-WAIT (no Linux, por 60 s)";
    IN_USE: "bind without SO_REUSEADDR fails with EADDRINUSE meanwhile",
        "enquanto isso, o bind sem SO_REUSEADDR falha com EADDRINUSE";
    took_again(frames):
        "{frames}: the same port serves the next client although the old connection is in TIME-WAIT",
        "{frames}: a mesma porta atende o próximo cliente embora a conexão antiga esteja em TIME-WAIT";
    REUSED: "what made that possible is SO_REUSEADDR, on the old socket and on the new one",
        "o que permitiu isso foi SO_REUSEADDR, no socket antigo e no novo";
    EXPECTED:
        "a connection that the server closed first, and another one to the same port after it",
        "uma conexão que o servidor encerrou primeiro e outra à mesma porta depois dela";
    EXPECTED_BIND: "a bind that fails with EADDRINUSE", "um bind que falha com EADDRINUSE";
}

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let _ = stage.options();
    let address = stage.address().await?;
    let (server, client) = (stage.journal(Party::SERVER), stage.journal(Party::CLIENT));
    // One connection that the server closes first.
    let serve = async |listener: &Listener| {
        let (connection, _) = listener.accept().await?;
        connection.close();
        server.say_line("accept, close".to_owned());
        Ok::<(), ExerciseError>(())
    };
    let drive = async || {
        let connection = connect(&client, &[address]).await?;
        let count = connection.recv(&mut [0; 16]).await?;
        client.say_line(format!("recv: {count} bytes"));
        connection.close();
        client.say_line("close".to_owned());
        Ok::<(), ExerciseError>(())
    };
    let reusing = async || {
        let socket = Socket::new(&server, address)?;
        socket.set_reuse_address()?;
        socket.bind(address)?;
        server.say_line(format!("setsockopt(SO_REUSEADDR), bind: {address}"));
        socket.listen(128)
    };
    // Linux asks both sockets: the one that holds the port, which has the option from the listener
    // it was accepted from, and the one that wants it.
    let listener = program(Party::SERVER, reusing()).await?;
    tokio::try_join!(
        program(Party::SERVER, serve(&listener)),
        program(Party::CLIENT, drive())
    )?;
    listener.close();

    // The server is started again: first without SO_REUSEADDR, then with it.
    match listen(&server, address, 128) {
        Err(error @ ExerciseError::AddressInUse { .. }) => {
            server.say_line(error.message(server.lang));
        }
        Err(cause) => {
            let party = Party::SERVER;
            return Err(LabError::Program { party, cause });
        }
        Ok(listener) => listener.close(),
    }
    let listener = program(Party::SERVER, reusing()).await?;
    tokio::try_join!(
        program(Party::SERVER, serve(&listener)),
        program(Party::CLIENT, drive())
    )?;
    listener.close();
    Ok(())
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let talks: Vec<usize> = seen.tcp().collect();
    let shown = (|| {
        seen.handshake(*talks.first()?)?;
        let first = &seen.talks[*talks.first()?];
        let TimeWait::One(side) = first.close.time_wait else {
            return None;
        };
        let again = seen.handshake(*talks.get(1)?)?;
        // The second one is called after the first one is over, at the same server.
        let second = seen.talks.get(*talks.get(1)?)?;
        let over = close_frames(first).last() < again.first();
        let same = second.server == first.server && talks.len() == 2;
        (side != first.client_side && over && same).then_some((first, side, again))
    })();
    let Some((first, side, again)) = shown else {
        answer.require(false, &EXPECTED);
        return;
    };
    answer.say(waits(
        answer.lang,
        frames(close_frames(first)),
        who(first, side, answer),
        &first.server.port,
    ));
    // A file holds no calls.
    if !seen.calls.is_empty() {
        let failed = seen
            .calls
            .iter()
            .any(|it| it.call == Call::Bind && it.result == CallResult::Failed("EADDRINUSE"));
        if !answer.require(failed, &EXPECTED_BIND) {
            return;
        }
        answer.say(IN_USE.get(answer.lang));
    }
    answer.say(took_again(answer.lang, frames(again)));
    if !seen.calls.is_empty() {
        answer.say(REUSED.get(answer.lang));
    }
}
