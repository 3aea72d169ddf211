//! A port below 1024.

use super::{Answer, Evidence, Lab, LabError, Stage, Yours, frames};
use crate::analysis::lifecycle::reset::ResetKind;
use crate::exercises::echo;
use crate::exercises::error::ExerciseError;
use crate::exercises::tcp::Socket;
use crate::model::call::{Call, CallResult, Party, Role};
use crate::sandbox;
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "low-port",
    question: Text::new(
        "Who may listen at a port below 1024?",
        "Quem pode escutar em uma porta abaixo de 1024?",
    ),
    exercise: &echo::EXERCISE,
    port: Some(700),
    ports: 1,
    options: &[],
    yours: Yours::Either(|_| {}),
    experiment: |stage| Box::pin(experiment(stage)),
    answer,
};

phrase! {
    denied(port):
        "bind to port {port} without the privilege CAP_NET_BIND_SERVICE fails with EACCES: ports below 1024 need it",
        "o bind à porta {port} sem o privilégio CAP_NET_BIND_SERVICE falha com EACCES: portas abaixo de 1024 o exigem";
    granted(port):
        "bind to port {port} succeeds: whoever runs this has the privilege over this network, as root has, or a plain user in a network namespace of their own; elsewhere a plain user gets EACCES",
        "o bind à porta {port} funciona: quem executa isto tem o privilégio sobre esta rede, como root ou um usuário comum em seu próprio namespace de rede; fora disso, um usuário comum recebe EACCES";
    reached(frames, port):
        "{frames}: a client needs no privilege to call it: the handshake with port {port} is complete",
        "{frames}: um cliente não precisa de privilégio para chamá-la: a apresentação com a porta {port} se completa";
    refused(frames, port):
        "{frames}: nobody listens at port {port}: a client that calls it is refused",
        "{frames}: ninguém escuta na porta {port}: um cliente que a chama é recusado";
    EXPECTED: "a whole echo at a port below 1024, or a call to one that is refused",
        "um eco inteiro em uma porta abaixo de 1024, ou uma chamada recusada a uma delas";
}

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let (server, client) = stage.options();
    let journal = stage.journal(Party::SERVER);
    let address = stage.address().await?;
    // First as a plain user's program, without the privilege that a network of one's own brings.
    sandbox::without_low_ports(|| {
        let bound = Socket::new(&journal, address).and_then(|socket| socket.bind(address));
        if let Err(denied) = bound {
            journal.say_line(denied.message(journal.lang));
        }
    });
    match stage.serve(server).await {
        Ok(server) => {
            let outcome = stage.drive(None, client).await;
            server.finish(outcome).await
        }
        // That is one of the two legitimate ends.
        Err(LabError::Program {
            cause: cause @ ExerciseError::PermissionDenied { .. },
            ..
        }) => {
            journal.say_line(cause.message(journal.lang));
            match stage.drive(None, client).await {
                Err(LabError::Program {
                    cause: ExerciseError::Refused { .. },
                    ..
                }) => Ok(()),
                other => other,
            }
        }
        Err(other) => Err(other),
    }
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let refusal = |talk: usize| {
        let reset = seen.talks[talk].close.reset;
        reset.filter(|it| it.kind == ResetKind::Refused)
    };
    // What the exercise does at such a port, and not anything else that uses one.
    let mut low = seen.tcp().filter(|talk| {
        let port = seen.talks[*talk].server.port;
        port < 1024 && (seen.echoed(*talk) || refusal(*talk).is_some())
    });
    // A file may hold no calls.
    let binds = seen
        .calls
        .iter()
        .filter(|it| it.call == Call::Bind && it.party.role == Role::Server);
    let Some(talk) = low.next() else {
        // A server that may not listen, and nobody who calls it.
        let mut denials = binds.filter(|it| it.result == CallResult::Failed("EACCES"));
        let port = denials.find_map(|it| it.local.map(|end| end.port));
        match port.filter(|port| *port < 1024) {
            Some(port) => answer.say(denied(answer.lang, port)),
            None => drop(answer.require(false, &EXPECTED)),
        }
        return;
    };
    let port = seen.talks[talk].server.port;
    let results: Vec<CallResult> = binds.map(|it| it.result).collect();
    if results.iter().any(|it| *it != CallResult::Done) {
        answer.say(denied(answer.lang, port));
    }
    if results.contains(&CallResult::Done) {
        answer.say(granted(answer.lang, port));
    }
    match (seen.handshake(talk), refusal(talk)) {
        (Some(handshake), _) => {
            answer.say(reached(answer.lang, frames(handshake), &port));
        }
        (None, Some(reset)) => {
            answer.say(refused(answer.lang, frames([reset.frame]), &port));
        }
        _ => {
            answer.require(false, &EXPECTED);
        }
    }
}
