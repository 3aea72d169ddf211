//! Ping over UDP: round-trip times and losses.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::Exercise;
use super::support::context::{ClientContext, Served, ServerContext};
use super::support::error::ExerciseError;
use super::support::journal::now;
use super::support::loss::Loss;
use super::support::udp::DatagramSocket;
use super::support::{udp_server, words};
use super::udp_echo::preferred;
use crate::text::Text;
use crate::text::phrase::phrase;
use crate::text::quantity;

/// The exercise.
pub static EXERCISE: Exercise = Exercise {
    id: "pinger",
    title: Text::new("UDP pinger", "Pinger UDP"),
    goal: Text::new(
        "Measure round-trip times and losses. Is a ping that nobody answers lost or refused?",
        "Meça tempos de ida e volta e perdas. Um ping sem resposta se perdeu ou foi \
                recusado?",
    ),
    default_port: 12000,
    server_options: &["loss", "seed", "answers"],
    client_options: &["times", "pause"],
    serve: |ctx| Box::pin(serve(ctx)),
    drive: |ctx| Box::pin(drive(ctx)),
};

/// The assignment's server draws a number from 0 to 10 and drops the ping below 4.
pub const LOSS: f64 = 4.0 / 11.0;

phrase! {
    answered(when, number, bytes, server, reply, rtt):
        "{when} ping {number}: {bytes} from {server}: {reply}: RTT {rtt}",
        "{when} ping {number}: {bytes} de {server}: {reply}: RTT {rtt}";
    no_reply(number, after): "ping {number}: lost (no reply within {after})",
        "ping {number}: perdido (sem resposta em {after})";
    nobody(number): "ping {number}: refused (ICMP port unreachable: nobody listens)",
        "ping {number}: recusado (ICMP porta inalcançável: ninguém está escutando)";
    late(message): "a reply to an earlier ping came too late: {message}",
        "uma resposta a um ping anterior chegou tarde demais: {message}";
    outcome(sent, received, lost, refused, percent):
        "{sent} sent, {received} received, {lost} lost, {refused} refused; {percent} loss",
        "enviados: {sent}, recebidos: {received}, perdidos: {lost}, recusados: {refused}; perda de {percent}";
    round_trips(min, avg, max): "RTT min/avg/max: {min}/{avg}/{max}",
        "RTT mín/méd/máx: {min}/{avg}/{max}";
}

/// The server: answers pings in capital letters, and drops some on purpose.
async fn serve(ctx: ServerContext) -> Result<Served, ExerciseError> {
    let loss = Loss::new(ctx.options.loss.unwrap_or(LOSS), ctx.options.seed);
    udp_server::serve(&ctx, loss).await
}

/// What became of a ping.
enum PingResult {
    Reply(Duration),
    Lost,
    Refused,
}

/// The client: a ping, its reply or the end of patience, the next ping; then the statistics.
async fn drive(ctx: ClientContext) -> Result<(), ExerciseError> {
    let say = &ctx.journal;
    let server = preferred(&ctx.addresses().await?)?;
    let patience = ctx.options.timeout.unwrap_or(Duration::from_secs(1));
    let mut socket = DatagramSocket::new(say, server)?;
    say.say(words::UDP_SOCKET.get(say.lang));
    // Only a connected socket is told when the other system refuses.
    socket.connect(server).await?;

    let sent = ctx.options.times.unwrap_or(10);
    let (mut times, mut lost, mut refused) = (Vec::new(), 0_u32, 0_u32);
    for number in 1..=sent {
        if let (Some(pause), true) = (ctx.options.pause, number > 1) {
            tokio::time::sleep(pause).await;
        }
        match ping(&ctx, &socket, number, patience).await? {
            PingResult::Reply(rtt) => times.push(rtt),
            PingResult::Lost => {
                lost += 1;
                let after = quantity::given(patience, say.lang);
                say.say(no_reply(say.lang, number, after));
            }
            PingResult::Refused => {
                refused += 1;
                say.say(nobody(say.lang, number));
            }
        }
    }
    socket.close();
    statistics(&ctx, sent, &times, (lost, refused));
    match (times.is_empty(), refused > 0) {
        (false, _) => Ok(()),
        (true, true) => Err(ExerciseError::Refused {
            call: "recv",
            address: server,
        }),
        (true, false) => Err(ExerciseError::Timeout {
            call: "recv",
            after: patience,
        }),
    }
}

/// One ping, as the assignment words it: `Ping`, its number, the time it was sent.
async fn ping(
    ctx: &ClientContext,
    socket: &DatagramSocket,
    number: u32,
    patience: Duration,
) -> Result<PingResult, ExerciseError> {
    let say = &ctx.journal;
    let clock = now();
    let message = format!("Ping {number} {}.{:06}", clock.secs(), clock.nanos() / 1000);
    let began = Instant::now();
    let mut result = socket.send(message.as_bytes()).await;
    if matches!(result, Err(ExerciseError::Refused { .. })) {
        // That is about an earlier ping and came late; nothing was sent now.
        result = socket.send(message.as_bytes()).await;
    }
    result?;
    let mut buffer = vec![0; udp_server::ROOM];
    loop {
        let count = match timeout_at(began + patience, socket.recv(&mut buffer)).await {
            Err(_) => return Ok(PingResult::Lost),
            Ok(Err(ExerciseError::Refused { .. })) => return Ok(PingResult::Refused),
            Ok(result) => result?,
        };
        let rtt = began.elapsed();
        let reply = &buffer[..count];
        if reply.eq_ignore_ascii_case(message.as_bytes()) {
            let bytes = quantity::bytes(say.lang, count as u64);
            let time = quantity::lasted(rtt, say.lang);
            let when = jiff::Zoned::now().strftime("%Y-%m-%d %H:%M:%S");
            let text = udp_server::text(reply);
            let server = socket.peer()?;
            say.say(answered(say.lang, when, number, bytes, server, text, time));
            return Ok(PingResult::Reply(rtt));
        }
        say.say(late(say.lang, udp_server::text(reply)));
    }
}

fn statistics(ctx: &ClientContext, sent: u32, times: &[Duration], (lost, refused): (u32, u32)) {
    let say = &ctx.journal;
    let (lang, received) = (say.lang, times.len());
    let percent = quantity::percent(lost.into(), sent.max(1).into(), lang);
    say.say(outcome(lang, sent, received, lost, refused, percent));
    let count = u32::try_from(times.len()).unwrap_or(u32::MAX);
    let total: Duration = times.iter().sum();
    if let (Some(min), Some(max), Some(avg)) = (
        times.iter().min(),
        times.iter().max(),
        total.checked_div(count),
    ) {
        let [min, avg, max] = [*min, avg, *max].map(|time| quantity::lasted(time, lang));
        say.say(round_trips(lang, min, avg, max));
    }
}
