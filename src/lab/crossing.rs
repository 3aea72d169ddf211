//! Both ends close at the same time.

use super::{Answer, Evidence, Lab, LabError, Stage, Yours, frames, listen, program};
use crate::analysis::lifecycle::close::Shape;
use crate::exercises::echo;
use crate::exercises::tcp::connect;
use crate::model::call::Party;
use crate::model::tcp::TcpState;
use crate::text::Text;
use crate::text::phrase::phrase;

/// The lab.
pub static LAB: Lab = Lab {
    id: "crossing",
    question: Text::new(
        "What happens when both ends close before either hears of the other's FIN?",
        "O que acontece quando as duas pontas encerram antes de saber do FIN da outra?",
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
    fins(first, second): "{first} and {second}: a FIN from each end, and neither acknowledges the other: they cross",
        "{first} e {second}: um FIN de cada ponta, e nenhum reconhece o outro: eles se cruzam";
}
phrase! {
    in_closing(frames): "{frames}: an end that gets a FIN while its own is not acknowledged is in CLOSING",
        "{frames}: uma ponta que recebe um FIN enquanto o seu não foi reconhecido está em CLOSING";
}
static DEAF: Text = Text::new(
    "on one computer they would never cross by chance: the server's socket dropped the first FIN, so it was sent again",
    "em um só computador eles nunca se cruzariam por acaso: o socket do servidor descartou o primeiro FIN, por isso ele foi enviado de novo",
);
static EXPECTED: Text = Text::new(
    "two FINs, neither of which acknowledges the other",
    "dois FINs, nenhum dos quais reconhece o outro",
);

async fn experiment(mut stage: Stage) -> Result<(), LabError> {
    let _ = stage.options();
    let address = stage.address().await?;
    let (server, client) = (stage.journal(Party::SERVER), stage.journal(Party::CLIENT));
    let listener = program(Party::SERVER, async { listen(&server, address, 128) }).await?;
    let (deaf, is_deaf) = tokio::sync::oneshot::channel();
    let (closed, is_closed) = tokio::sync::oneshot::channel();
    let serve = program(Party::SERVER, async {
        let (mut connection, _) = listener.accept().await?;
        connection.set_deaf(true)?;
        server.say_line("setsockopt(SO_ATTACH_FILTER): drop all".to_owned());
        // The client ends early only where its own call failed.
        let _ = deaf.send(());
        let _ = is_closed.await;
        connection.set_deaf(false)?;
        connection.shutdown().await?;
        server.say_line("shutdown(SHUT_WR)".to_owned());
        let count = connection.recv(&mut [0; 16]).await?;
        server.say_line(format!("recv: {count} bytes"));
        connection.close();
        Ok(())
    });
    let drive = program(Party::CLIENT, async {
        let mut connection = connect(&client, &[address]).await?;
        // The server fails first where it cannot be made deaf.
        let _ = is_deaf.await;
        connection.shutdown().await?;
        client.say_line("shutdown(SHUT_WR)".to_owned());
        let _ = closed.send(());
        let count = connection.recv(&mut [0; 16]).await?;
        client.say_line(format!("recv: {count} bytes"));
        connection.close();
        Ok(())
    });
    tokio::try_join!(serve, drive).map(|_| ())
}

fn answer(seen: &Evidence, answer: &mut Answer) {
    let shown = seen.tcp().find_map(|talk| {
        let close = &seen.talks[talk].close;
        let [Some(first), Some(second)] = close.fins else {
            return None;
        };
        (close.shape == Shape::Crossing).then_some((talk, first.min(second), first.max(second)))
    });
    let Some((talk, first, second)) = shown else {
        answer.require(false, &EXPECTED);
        return;
    };
    answer.say(fins(answer.lang, frames([first]), frames([second])));
    let mut closing = seen
        .of(talk)
        .filter(|it| it.states.contains(&Some(TcpState::Closing)));
    if let Some(frame) = closing.next() {
        answer.say(in_closing(answer.lang, frames([frame.no])));
    }
    // A file holds no calls: it does not tell how that came about.
    if !seen.calls.is_empty() {
        answer.say(DEAF.get(answer.lang));
    }
}
