//! Answered and lost pings.

use std::time::Duration;

use super::{Answer, Evidence, Lab, LabError, LabOptions, Stage, Yours, frames};
use crate::analysis::facts::udp::{Answer as Reply, Exchange};
use crate::exercises::error::ExerciseError;
use crate::exercises::pinger;
use crate::model::address::Endpoint;
use crate::model::call::Party;
use crate::model::time::{Nanos, Span};
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "pinger",
    question: Text::new(
        "How long does a round trip take, and how do packets show a loss?",
        "Quanto dura uma ida e volta, e como os pacotes mostram uma perda?",
    ),
    exercise: &pinger::EXERCISE,
    port: None,
    ports: 1,
    options: &[],
    yours: Yours::Either(settings),
    experiment: |stage| Box::pin(experiment(stage)),
    answer,
};

phrase! {
    answered(frames, ping, rtt): "{frames}: {ping}, answered after {rtt}",
        "{frames}: {ping}, respondido em {rtt}";
    guess(frames, ping, rtt):
        "{frames}: {ping}, answered after {rtt} as far as one can tell: the reply does not say whose it is",
        "{frames}: {ping}, respondido em {rtt} até onde se pode dizer: a resposta não diz de qual ping é";
    refused(frames, ping): "{frames}: {ping}, refused: nobody receives on that port",
        "{frames}: {ping}, recusado: ninguém recebe nessa porta";
    unanswered(frames, ping): "{frames}: {ping}, never answered", "{frames}: {ping}, sem resposta";
    totals(sent, answered, lost, min, avg, max):
        "{sent} pings, {answered} answered, {lost} without an answer; RTT min/avg/max {min}/{avg}/{max}",
        "{sent} pings, {answered} respondidos, {lost} sem resposta; RTT mín/méd/máx {min}/{avg}/{max}";
    EXPECTED: "pings, at least one of them answered", "pings, pelo menos um deles respondido";
    NO_LOSS: "a ping that is lost: every one was answered; run it again, or with --loss 0.5",
        "um ping perdido: todos foram respondidos; execute de novo, ou com --loss 0.5";
}

fn settings(options: &mut LabOptions) {
    // On loopback a reply comes within a millisecond: a whole second would only make the lab long.
    let client = &mut options.client;
    client.timeout = client.timeout.or(Some(Duration::from_millis(200)));
}

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let (server, client) = stage.options();
    let journal = stage.journal(Party::CLIENT);
    let server = stage.serve(server).await?;
    let outcome = match stage.drive(None, client).await {
        // Where every ping is lost, the packets show it.
        Err(LabError::Program {
            cause: cause @ ExerciseError::Timeout { .. },
            ..
        }) => {
            journal.say_line(cause.message(journal.lang));
            Ok(())
        }
        other => other,
    };
    server.stop();
    server.finish(outcome).await
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    // Of each server by itself: answered by one and lost by another is no loss.
    let mut servers: Vec<(Endpoint, Vec<&Exchange>)> = Vec::new();
    for talk in &seen.talks {
        let pings = talk.pings.iter().filter(|it| {
            let head = it.text.get(..5);
            head.is_some_and(|head| head.eq_ignore_ascii_case(b"ping "))
        });
        match servers
            .iter_mut()
            .find(|(server, _)| *server == talk.server)
        {
            Some((_, list)) => list.extend(pings),
            None => servers.push((talk.server, pings.collect())),
        }
    }
    let best = servers.into_iter().max_by_key(|(_, list)| {
        let some = |lost: bool| list.iter().any(|it| lost == it.answer.is_none());
        (some(true) && some(false), list.len())
    });
    let mut pings = best.map(|(_, list)| list).unwrap_or_default();
    pings.sort_by_key(|ping| ping.request);
    let (sent, mut times, mut lost) = (pings.len(), Vec::new(), 0);
    for ping in pings {
        let line = seen.line(ping.request);
        let name = line.split(' ').take(2).collect::<Vec<_>>().join(" ");
        let (frame, rtt, guessed) = match ping.answer {
            Some(Reply::Reply { frame, rtt, basis }) => (frame, rtt, basis.guessed()),
            Some(Reply::Elsewhere { frame, rtt }) => (frame, rtt, false),
            Some(Reply::Refused(error)) => {
                let list = frames([ping.request, error]);
                answer.say(refused(answer.lang, list, &name));
                continue;
            }
            Some(Reply::NotDelivered(_)) | None => {
                lost += 1;
                answer.say(unanswered(answer.lang, frames([ping.request]), &name));
                continue;
            }
        };
        let Some(rtt) = rtt.map(Nanos::span) else {
            continue;
        };
        times.push(rtt);
        let (list, rtt) = (frames([ping.request, frame]), answer.span(rtt));
        match guessed {
            true => answer.say(guess(answer.lang, list, name, rtt)),
            false => answer.say(answered(answer.lang, list, name, rtt)),
        }
    }
    let (Some(min), Some(max)) = (times.iter().min(), times.iter().max()) else {
        answer.require(false, &EXPECTED);
        return;
    };
    let total: i128 = times.iter().map(|rtt| rtt.0).sum();
    let average = Span(total / i128::try_from(times.len()).unwrap_or(1));
    answer.say(totals(
        answer.lang,
        &sent,
        times.len(),
        &lost,
        answer.span(*min),
        answer.span(average),
        answer.span(*max),
    ));
    answer.require(lost > 0, &NO_LOSS);
}
