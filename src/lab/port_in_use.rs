//! Two servers that want the same port.

use super::{Answer, Evidence, Lab, LabError, Stage, Yours, frames};
use crate::exercises::echo;
use crate::exercises::error::ExerciseError;
use crate::exercises::tcp::Socket;
use crate::model::call::{Call, CallResult, Party, Role};
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "port-in-use",
    question: Text::new(
        "Can two servers listen at the same port?",
        "Dois servidores podem escutar na mesma porta?",
    ),
    exercise: &echo::EXERCISE,
    port: None,
    ports: 1,
    options: &[],
    yours: Yours::Both { clients: 1 },
    experiment: |stage| Box::pin(experiment(stage)),
    answer,
};

phrase! {
    in_use(port):
        "the second server's bind to port {port} fails with EADDRINUSE: one listener for each address and port",
        "o bind do segundo servidor à porta {port} falha com EADDRINUSE: um só socket escuta em cada endereço e porta";
    served(frames):
        "{frames}: the first server goes on undisturbed: a client that calls the port reaches it",
        "{frames}: o primeiro servidor segue sem ser afetado: um cliente que chama a porta chega a ele";
    reached(port):
        "a client that calls port {port} reaches its server; a bind that fails sends no packet, so a capture alone does not show that another server asked for the port",
        "um cliente que chama a porta {port} alcança o servidor dela; um bind que falha não envia pacote, então a captura sozinha não mostra que outro servidor pediu a porta";
    EXPECTED: "one connection to the port of the first server, which answers on it",
        "uma só conexão à porta do primeiro servidor, que responde nela";
    EXPECTED_BIND: "a bind that fails with EADDRINUSE", "um bind que falha com EADDRINUSE";
}

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let (server, client) = stage.options();
    let server = stage.serve(server).await?;
    let address = stage.address().await?;
    let second = stage.journal(Party {
        role: Role::Server,
        number: Some(2),
    });
    let taken = Socket::new(&second, address).and_then(|socket| socket.bind(address));
    if let Err(error @ ExerciseError::AddressInUse { .. }) = taken {
        second.say_line(error.message(second.lang));
    }
    let outcome = stage.drive(None, client).await;
    server.finish(outcome).await
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let shown = seen.single().and_then(|talk| {
        let handshake = seen.handshake(talk)?;
        seen.echoed(talk).then(|| (&seen.talks[talk], handshake))
    });
    let Some((talk, handshake)) = shown else {
        answer.require(false, &EXPECTED);
        return;
    };
    // A failed bind sends nothing: a file does not show it.
    if !seen.calls.is_empty() {
        let failed = seen
            .calls
            .iter()
            .any(|it| it.call == Call::Bind && it.result == CallResult::Failed("EADDRINUSE"));
        if !answer.require(failed, &EXPECTED_BIND) {
            return;
        }
        answer.say(in_use(answer.lang, &talk.server.port));
    }
    if !seen.calls.is_empty() {
        answer.say(served(answer.lang, frames(handshake)));
    }
    answer.say(reached(answer.lang, &talk.server.port));
}
