//! A call to a port where nobody listens.

use super::{Answer, Evidence, Lab, LabError, Stage, Yours, frames};
use crate::analysis::lifecycle::reset::ResetKind;
use crate::exercises::echo;
use crate::exercises::error::ExerciseError;
use crate::model::call::Party;
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "refused",
    question: Text::new(
        "What does a client get that calls a port where nobody listens?",
        "O que recebe um cliente que chama uma porta em que ninguém escuta?",
    ),
    exercise: &echo::EXERCISE,
    port: None,
    ports: 1,
    options: &[],
    yours: Yours::Alone,
    experiment: |stage| Box::pin(experiment(stage)),
    answer,
};

phrase! {
    refused(syn, port, reset):
        "{syn}: SYN to port {port}; {reset}: the kernel there answers with RST at once, as no socket listens: connect fails with ECONNREFUSED",
        "{syn}: SYN para a porta {port}; {reset}: o kernel de lá responde na hora com RST, pois nenhum socket escuta: o connect falha com ECONNREFUSED";
    NOT_SILENCE: "an answer, not silence: the machine is there, only the program is missing",
        "uma resposta, e não silêncio: a máquina está lá, só falta o programa";
    EXPECTED: "a SYN that is answered with RST", "um SYN respondido com RST";
}

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let (_, client) = stage.options();
    let journal = stage.journal(Party::CLIENT);
    match stage.drive(None, client).await {
        // That is what the lab is about.
        Err(LabError::Program {
            cause: cause @ ExerciseError::Refused { .. },
            ..
        }) => {
            journal.say_line(cause.message(journal.lang));
            Ok(())
        }
        other => other,
    }
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let shown = seen.tcp().find_map(|talk| {
        let facts = &seen.talks[talk];
        let reset = facts.close.reset?;
        let syn = seen.of(talk).find(|it| it.flags().syn())?;
        (reset.kind == ResetKind::Refused).then_some((facts, syn.no, reset.frame))
    });
    let Some((facts, syn, reset)) = shown else {
        answer.require(false, &EXPECTED);
        return;
    };
    answer.say(refused(
        answer.lang,
        frames([syn]),
        &facts.server.port,
        frames([reset]),
    ));
    answer.say(NOT_SILENCE.get(answer.lang));
}
