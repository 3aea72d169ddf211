//! Requests and answers of HTTP beside their segments.

use super::{Answer, Evidence, Lab, LabError, Stage, Yours, frames};
use crate::exercises::error::ExerciseError;
use crate::exercises::http::error::HttpError;
use crate::exercises::options::{ClientOptions, Clients, ServerOptions};
use crate::exercises::web;
use crate::model::call::Party;
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "web",
    question: Text::new(
        "What do a request and its answer look like, and what is a 404 on the wire?",
        "Como são uma requisição e sua resposta, e o que é um 404 na rede?",
    ),
    exercise: &web::EXERCISE,
    port: None,
    ports: 1,
    options: &[],
    yours: Yours::Both { clients: 1 },
    experiment: |stage| Box::pin(experiment(stage)),
    answer,
};

phrase! {
    exchange(port, asked, request, answered, status):
        "client port {port}: {asked} {request}; {answered} {status}",
        "porta de cliente {port}: {asked} {request}; {answered} {status}";
    EACH:
        "each request has a connection of its own, with a handshake and a close around it; to TCP, a 404 is an answer like any other",
        "cada requisição tem sua própria conexão, com apresentação e encerramento; para o TCP, um 404 é uma resposta como qualquer outra";
    EXPECTED: "a request answered with 200 and one answered with 404, each on a whole connection of its own to one server",
        "uma requisição com resposta 200 e uma com 404, cada uma em uma conexão inteira própria a um só servidor";
}

/// A page that is there and one that is not.
const PATHS: [&str; 2] = ["/", "/missing.html"];

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let (server, _) = stage.options();
    let server = stage
        .serve(ServerOptions {
            // This server may close first; the lab can be repeated all the same.
            reuse_addr: true,
            clients: Some(Clients::Count(2)),
            ..server
        })
        .await?;
    let journal = stage.journal(Party::CLIENT);
    let mut outcome = Ok(());
    for path in PATHS {
        let options = ClientOptions {
            path: Some(path.to_owned()),
            ..ClientOptions::default()
        };
        outcome = match stage.drive(None, options).await {
            Err(LabError::Program {
                cause: cause @ ExerciseError::Http(HttpError::Status { .. }),
                ..
            }) => {
                journal.say_line(cause.message(journal.lang));
                Ok(())
            }
            other => other,
        };
        if outcome.is_err() {
            break;
        }
    }
    server.finish(outcome).await
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let (mut codes, mut servers) = (Vec::new(), Vec::new());
    for talk in seen.tcp() {
        if seen.talks[talk].http != [1, 1] || !seen.whole(talk) {
            continue;
        }
        let request = seen
            .of(talk)
            .find(|it| it.to_server() && it.payload_len() > 0);
        let status = seen
            .of(talk)
            .find(|it| it.to_client() && it.payload.starts_with(b"HTTP/1."));
        let (Some(request), Some(status)) = (request, status) else {
            continue;
        };
        let line = status.first_line();
        servers.push(seen.talks[talk].server);
        codes.extend(line.split(' ').nth(1).map(str::to_owned));
        answer.say(exchange(
            answer.lang,
            &seen.talks[talk].client.port,
            frames([request.no]),
            request.first_line(),
            frames([status.no]),
            &line,
        ));
    }
    let has = |code: &str| codes.iter().any(|it| it == code);
    servers.dedup();
    let both = has("200") && has("404") && servers.len() == 1;
    if answer.require(both, &EXPECTED) {
        answer.say(EACH.get(answer.lang));
    }
}
