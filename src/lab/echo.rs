//! The whole life of one TCP conversation.

use std::time::Duration;

use super::{Lab, LabError, Stage};
use crate::exercises::echo;
use crate::exercises::options::ServerOptions;
use crate::text::Text;

/// The lab.
pub static LAB: Lab = Lab {
    id: "echo",
    question: Text {
        en: "What is each packet of a TCP echo for?",
        pt_br: "Para que serve cada pacote de um eco TCP?",
    },
    exercise: &echo::EXERCISE,
    options: &["eager-close"],
    experiment: |stage| Box::pin(experiment(stage)),
};

/// Linux acknowledges a FIN on its own only after 40 ms (its delayed-ACK timer). A server that
/// closes sooner sends its own FIN with that acknowledgment: a close of three segments. One that
/// waits longer gives the four segments of the textbooks.
const TEXTBOOK_DELAY: Duration = Duration::from_millis(100);

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let (mut server, client) = stage.options();
    if !stage.eager_close() {
        server = ServerOptions {
            close_delay: server.close_delay.or(Some(TEXTBOOK_DELAY)),
            ..server
        };
    }
    let server = stage.serve(server).await?;
    let outcome = stage.drive(None, client).await;
    server.finish(outcome).await
}
