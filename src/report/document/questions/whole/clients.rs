//! Several clients of one server: their ports, who gets through, who waits for whom.

use super::{Described, fact};
use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::moment::Moment;
use crate::analysis::record::end::End;
use crate::model::address::Endpoint;
use crate::model::side::Side;
use crate::report::document::Fact;
use crate::report::document::questions::column::column;
use crate::report::document::table::{Cell, Line, Row, Table};
use crate::report::record::CellKind;
use crate::report::text_address;
use crate::text::Lang;
use crate::text::phrase::phrase;

/// How many servers are spoken of.
const SERVERS: usize = 5;
/// How many ports are named.
const PORTS: usize = 10;

/// One client of a server.
struct Client<'a> {
    conversation: &'a Conversation,
    end: Endpoint,
    own: &'a End,
    server: &'a End,
    opened: Option<Moment>,
    closing: Option<u32>,
    last: Option<Moment>,
}

/// The clients of each server that has several, in the order of their first packets.
fn groups<'a>(described: &[Described<'a>]) -> Vec<(Endpoint, Vec<Client<'a>>)> {
    let mut groups: Vec<(Endpoint, Vec<Client<'a>>)> = Vec::new();
    for (conversation, _) in described {
        let Some(record) = conversation.record() else {
            continue;
        };
        let roles = conversation.lifecycle.roles();
        let Some(client) = roles
            .client()
            .filter(|_| conversation.protocol == Protocol::Tcp)
        else {
            continue;
        };
        let end = |side: Side| conversation.ends()[side.index()];
        let server = end(client.other());
        let place = groups.iter().position(|(known, _)| *known == server);
        let place = place.unwrap_or_else(|| {
            groups.push((server, Vec::new()));
            groups.len() - 1
        });
        groups[place].1.push(Client {
            conversation,
            end: end(client),
            own: record.end(client),
            server: record.end(client.other()),
            opened: record.totals().opened,
            closing: record.totals().closing,
            last: record.totals().last,
        });
    }
    groups.retain(|(_, clients)| clients.len() > 1);
    groups.truncate(SERVERS);
    groups
}

/// What is said of the servers with several clients.
pub(super) fn answer(
    described: &[Described<'_>],
    lang: Lang,
    facts: &mut Vec<Fact>,
    tables: &mut Vec<Table>,
) {
    let groups = groups(described);
    let each = |say: fn(Endpoint, &[Client<'_>], Lang) -> Option<String>| {
        let said = groups
            .iter()
            .filter_map(|(server, clients)| say(*server, clients, lang));
        said.collect::<Vec<_>>()
    };
    facts.extend(fact("ports", &WHY_PORTS, each(ports), lang));
    facts.extend(fact("unanswered_handshakes", &BACKLOG, each(backlog), lang));
    facts.extend(fact("at_once", &AT_ONCE, each(order), lang));
    tables.extend(table(&groups, lang));
}

fn ports(server: Endpoint, clients: &[Client<'_>], lang: Lang) -> Option<String> {
    let mut ends: Vec<Endpoint> = clients.iter().map(|client| client.end).collect();
    let more = ends.len().saturating_sub(PORTS);
    let named = ends.iter().take(PORTS).map(|end| end.port.to_string());
    let list = named.collect::<Vec<_>>().join(", ");
    let list = if more > 0 {
        format!("{list}, …")
    } else {
        list
    };
    let count = ends.len();
    ends.sort_unstable();
    ends.dedup();
    let one = ends.windows(2).all(|pair| pair[0].ip == pair[1].ip);
    let server = text_address::end(server);
    Some(match (ends.len() == count, one) {
        (true, true) => differ(lang, server, count, list).to_string(),
        _ => ports_are(lang, server, count, list).to_string(),
    })
}

fn backlog(server: Endpoint, clients: &[Client<'_>], lang: Lang) -> Option<String> {
    let called = clients
        .iter()
        .filter(|client| client.own.syn.is_some_and(|syn| !syn.flags.ack()));
    let (opened, open): (Vec<&Client<'_>>, Vec<_>) =
        called.partition(|client| client.opened.is_some());
    let silent: Vec<String> = open
        .iter()
        .filter(|client| client.server.first.is_none())
        .filter_map(|client| Some(format!("#{}", client.own.syn?.frame)))
        .collect();
    if silent.is_empty() {
        return None;
    }
    Some(
        unanswered(
            lang,
            text_address::end(server),
            opened.len(),
            opened.len() + open.len(),
            silent.join(", "),
        )
        .to_string(),
    )
}

/// Whether clients are served at the same time or one after another, as their first answers show.
fn order(server: Endpoint, clients: &[Client<'_>], lang: Lang) -> Option<String> {
    let server = text_address::end(server);
    let mut queued = None;
    for (place, later) in clients.iter().enumerate().skip(1) {
        let (Some(call), Some(answer)) = (later.own.syn, later.server.data.first) else {
            continue;
        };
        // A server that speaks first answers nothing.
        let Some(asked) = later
            .own
            .data
            .first
            .filter(|data| data.frame < answer.frame)
        else {
            continue;
        };
        for earlier in clients.iter().take(place) {
            let Some(closing) = earlier.closing else {
                continue;
            };
            if closing < call.frame {
                continue;
            }
            if answer.frame < closing {
                return Some(
                    together(
                        lang,
                        &server,
                        &answer.frame,
                        &later.conversation.stream,
                        &earlier.conversation.stream,
                        &closing,
                    )
                    .to_string(),
                );
            }
            // Who asks later is not kept waiting.
            if asked.frame < closing {
                queued.get_or_insert_with(|| {
                    one_by_one(
                        lang,
                        &server,
                        &later.conversation.stream,
                        &asked.frame,
                        &earlier.conversation.stream,
                        &answer.frame,
                        &closing,
                    )
                    .to_string()
                });
            }
        }
    }
    queued
}

fn table(groups: &[(Endpoint, Vec<Client<'_>>)], lang: Lang) -> Option<Table> {
    let at = |moment: Option<Moment>| {
        let time = moment
            .and_then(|moment| moment.time)
            .filter(|time| time.0 >= 0);
        time.map_or(Cell::Empty, |time| Cell::seconds(time.span()))
    };
    let frame = |moment: Option<Moment>| moment.map_or(Cell::Empty, |it| Cell::int(it.frame));
    let rows = groups.iter().flat_map(|(server, clients)| {
        clients.iter().map(move |client| {
            let (asked, answered) = (client.own.data.first, client.server.data.first);
            let waited = answered.zip(asked).and_then(|(b, a)| b.since(a));
            let waited = waited.map_or(Cell::Empty, Cell::millis);
            Line::Row(Row {
                cells: vec![
                    Cell::int(client.conversation.stream),
                    Cell::text(text_address::end(*server)),
                    Cell::text(text_address::end(client.end)),
                    at(client.own.first),
                    at(client.opened),
                    frame(asked),
                    frame(answered),
                    waited,
                    at(client.last),
                ],
                ..Row::default()
            })
        })
    });
    let lines: Vec<Line> = rows.collect();
    if lines.is_empty() {
        return None;
    }
    let column = |id, header, kind| column(id, header, kind, lang);
    Some(Table {
        id: "clients",
        title: TITLE.get(lang).to_owned(),
        columns: vec![
            column("stream", &STREAM, CellKind::Number),
            column("server", &SERVER, CellKind::Text),
            column("client", &CLIENT, CellKind::Text),
            column("first", &FIRST, CellKind::Number),
            column("opened", &OPENED, CellKind::Number),
            column("asked_no", &ASKED, CellKind::Number),
            column("answered_no", &ANSWERED, CellKind::Number),
            column("waited_ms", &WAITED, CellKind::Number),
            column("last", &LAST, CellKind::Number),
        ],
        lines,
    })
}

phrase! {
    TITLE: "Clients of the same server, and how long each waited",
        "Clientes do mesmo servidor, e quanto cada um esperou";
    STREAM: "Conversation", "Conversa";
    SERVER: "Server", "Servidor";
    CLIENT: "Client", "Cliente";
    FIRST: "First packet after", "Primeiro pacote após";
    OPENED: "Handshake complete after", "Apresentação completa após";
    ASKED: "First data in", "Primeiros dados em";
    ANSWERED: "First answer in", "Primeira resposta em";
    WAITED: "Waited", "Esperou";
    LAST: "Last packet after", "Último pacote após";
    WHY_PORTS: "Why does the port \"change\" at each connection?",
        "Por que a porta \"muda\" a cada conexão?";
    differ(server, count, list):
        "The server's does not: it is {server} in {count} conversations. Each connection is a socket of its own on the client's side, with a port of its own, so that the four values differ: {list}.",
        "A do servidor não muda: é {server} nas {count} conversas. Cada conexão é um socket próprio do lado do cliente, com uma porta própria, para que os quatro valores sejam diferentes: {list}.";
    ports_are(server, count, list):
        "The server's does not: it is {server} in {count} conversations. The clients' ports: {list}.",
        "A do servidor não muda: é {server} nas {count} conversas. As portas dos clientes: {list}.";
    BACKLOG: "How many connections does the server's queue (backlog) let in?",
        "Quantas conexões a fila do servidor (backlog) deixa entrar?";
    unanswered(server, opened, count, silent):
        "{server}: {opened} of {count} handshakes are complete. No packet answers the SYNs {silent}: not accepted, not refused. The number given to listen() is not in the packets.",
        "{server}: {opened} de {count} apresentações se completam. Nenhum pacote responde aos SYNs {silent}: nem aceitos, nem recusados. O número dado a listen() não está nos pacotes.";
    AT_ONCE: "What happens when several clients connect at once, and when the first one ends?",
        "O que acontece quando vários clientes se conectam ao mesmo tempo, e quando o primeiro termina?";
    together(server, answer, later, earlier, closing):
        "{server} does not let one wait for the other: #{answer} answers conversation {later} while conversation {earlier} is open (its close begins in #{closing}).",
        "{server} não faz um esperar pelo outro: #{answer} responde à conversa {later} enquanto a conversa {earlier} está aberta (o encerramento dela começa em #{closing}).";
    one_by_one(server, later, asked, earlier, answer, closing):
        "{server} lets one wait for the other: conversation {later} is open and asks (#{asked}) while conversation {earlier} is open, and is answered (#{answer}) only after the close of that one has begun (#{closing}).",
        "{server} faz um esperar pelo outro: a conversa {later} está aberta e pede (#{asked}) enquanto a conversa {earlier} está aberta, e só é respondida (#{answer}) depois que o encerramento daquela começou (#{closing}).";
}
