//! Answered and lost pings.

use std::time::Duration;

use super::{Answer, Evidence, Lab, LabError, Stage, frames};
use crate::exercises::error::ExerciseError;
use crate::exercises::options::ClientOptions;
use crate::exercises::pinger;
use crate::model::call::Party;
use crate::model::time::Span;
use crate::text::Text;

/// The lab.
pub static LAB: Lab = Lab {
    id: "pinger",
    question: Text {
        en: "How long does a round trip take, and how do packets show a loss?",
        pt_br: "Quanto dura uma ida e volta, e como os pacotes mostram uma perda?",
    },
    exercise: &pinger::EXERCISE,
    port: None,
    options: &[],
    experiment: |stage| Box::pin(experiment(stage)),
    answer,
};

static ANSWERED: Text = Text {
    en: "{frames}: {ping}, answered after {rtt} ms",
    pt_br: "{frames}: {ping}, respondido em {rtt} ms",
};
static LOST: Text = Text {
    en: "{frames}: {ping}, never answered",
    pt_br: "{frames}: {ping}, sem resposta",
};
static TOTAL: Text = Text {
    en: "{sent} pings, {answered} answered, {lost} without an answer; RTT min/avg/max {min}/{avg}/{max} ms",
    pt_br: "{sent} pings, {answered} respondidos, {lost} sem resposta; RTT mín/méd/máx {min}/{avg}/{max} ms",
};
static EXPECTED: Text = Text {
    en: "pings, at least one of them answered",
    pt_br: "pings, pelo menos um deles respondido",
};

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let (server, client) = stage.options();
    // On loopback a reply comes within a millisecond: a whole second would only make the lab long.
    let client = ClientOptions {
        timeout: client.timeout.or(Some(Duration::from_millis(200))),
        ..client
    };
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
    let is_ping = |payload: &[u8]| {
        payload
            .get(..5)
            .is_some_and(|head| head.eq_ignore_ascii_case(b"ping "))
    };
    let pings = seen
        .packets
        .iter()
        .filter(|it| it.to_server() && is_ping(&it.payload));
    let (mut sent, mut times) = (0_usize, Vec::new());
    for ping in pings {
        sent += 1;
        // The reply repeats the ping in capital letters.
        let reply = seen.packets.iter().find(|it| {
            it.no > ping.no && it.to_client() && it.payload.eq_ignore_ascii_case(&ping.payload)
        });
        let line = ping.first_line();
        let name = line.split(' ').take(2).collect::<Vec<_>>().join(" ");
        match reply {
            Some(reply) => {
                let rtt = Span(reply.time.0 - ping.time.0);
                times.push(rtt);
                let (list, rtt) = (frames([ping.no, reply.no]), answer.millis(rtt));
                answer.say(
                    &ANSWERED,
                    &[("frames", &list), ("ping", &name), ("rtt", &rtt)],
                );
            }
            None => answer.say(&LOST, &[("frames", &frames([ping.no])), ("ping", &name)]),
        }
    }
    let (Some(min), Some(max)) = (times.iter().min(), times.iter().max()) else {
        answer.require(false, &EXPECTED);
        return;
    };
    let total: i128 = times.iter().map(|rtt| rtt.0).sum();
    let average = Span(total / i128::try_from(times.len()).unwrap_or(1));
    let lost = sent - times.len();
    answer.say(
        &TOTAL,
        &[
            ("sent", &sent),
            ("answered", &times.len()),
            ("lost", &lost),
            ("min", &answer.millis(*min)),
            ("avg", &answer.millis(average)),
            ("max", &answer.millis(*max)),
        ],
    );
}
