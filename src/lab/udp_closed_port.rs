//! A datagram to a port where nobody listens.

use std::time::Duration;

use super::support::evidence::PacketKind;
use super::{Answer, Evidence, Lab, LabError, Stage, Yours, frames};
use crate::analysis::lifecycle::phase::Phase;
use crate::exercises::error::ExerciseError;
use crate::exercises::options::ClientOptions;
use crate::exercises::udp_echo;
use crate::model::call::{CallResult, Party, Role};
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "udp-closed-port",
    question: Text::new(
        "How does a UDP client learn that nobody listens?",
        "Como um cliente UDP descobre que não há ninguém escutando?",
    ),
    exercise: &udp_echo::EXERCISE,
    port: None,
    ports: 1,
    options: &[],
    yours: Yours::Alone,
    experiment: |stage| Box::pin(experiment(stage)),
    answer,
};

phrase! {
    error(datagram, port, icmp):
        "{datagram}: a datagram from port {port}; {icmp}: ICMP port unreachable, which quotes it",
        "{datagram}: um datagrama da porta {port}; {icmp}: ICMP porta inalcançável, que o cita";
    DIFFER:
        "only a connected socket (client 1) is told, as ECONNREFUSED; one without connect (client 2) waits in vain",
        "só um socket conectado (cliente 1) é avisado, com ECONNREFUSED; um sem connect (cliente 2) espera em vão";
    NOT_LOST: "refused is not lost: the packets are alike, whether the program hears of it or not",
        "recusado não é perdido: os pacotes são iguais, quer o programa fique sabendo ou não";
    EXPECTED: "a datagram that an ICMP port unreachable answers",
        "um datagrama respondido por um ICMP porta inalcançável";
}

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let (_, client) = stage.options();
    let timeout = client.timeout.or(Some(Duration::from_millis(200)));
    for (number, unconnected) in [(1, false), (2, true)] {
        let journal = stage.journal(Party {
            role: Role::Client,
            number: Some(number),
        });
        let options = ClientOptions {
            unconnected,
            timeout,
            ..ClientOptions::default()
        };
        match stage.drive(Some(number), options).await {
            // That is what the lab is about.
            Err(LabError::Program {
                cause: cause @ (ExerciseError::Refused { .. } | ExerciseError::Timeout { .. }),
                ..
            }) => journal.say_line(cause.message(journal.lang)),
            other => other?,
        }
    }
    Ok(())
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let mut told = 0;
    for (index, talk) in seen.talks.iter().enumerate() {
        let datagram = seen
            .of(index)
            .find(|it| matches!(it.kind, PacketKind::Udp { .. }));
        let refusal = seen
            .of(index)
            .find(|it| it.kind == PacketKind::IcmpError && it.phase == Some(Phase::Refused));
        if let (Some(datagram), Some(refusal)) = (datagram, refusal) {
            told += 1;
            answer.say(error(
                answer.lang,
                frames([datagram.no]),
                &talk.client.port,
                frames([refusal.no]),
            ));
        }
    }
    if !answer.require(told > 0, &EXPECTED) {
        return;
    }
    // A file holds no calls: it does not tell what the programs heard.
    let heard = |number| {
        seen.calls.iter().any(|it| {
            it.party.number == Some(number) && it.result == CallResult::Failed("ECONNREFUSED")
        })
    };
    if heard(1) && !heard(2) {
        answer.say(DIFFER.get(answer.lang));
    }
    if told > 1 {
        answer.say(NOT_LOST.get(answer.lang));
    }
}
