//! The socket calls that a lab recorded, beside what the packets show: their lengths, their states.

use super::Asked;
use super::column::{WAY, column};
use crate::analysis::record::Record;
use crate::analysis::record::spells::{Spell, Until};
use crate::model::call::{Call, CallResult, Role, SocketCall};
use crate::model::side::Side;
use crate::model::time::Timestamp;
use crate::report::columns::time;
use crate::report::document::table::{Cell, Gap, Line, Row, Table};
use crate::report::record::CellKind;
use crate::text::phrase::phrase;

/// How many lengths stand in one cell.
const LENGTHS: usize = 20;
/// How many calls stand in the table of states.
const CALLS: usize = 60;

/// What one side handed to send, what went over in segments, what the other took with recv;
/// `None` where no calls are recorded.
pub(super) fn lengths(asked: &Asked<'_>) -> Option<Table> {
    let lang = asked.lang;
    let lines = asked.sides().into_iter().filter_map(|side| {
        let sent = results(asked, side, |call| call.gives().is_some());
        let received = results(asked, side.other(), |call| call.takes().is_some());
        let end = asked.end(side);
        if sent.is_empty() && received.is_empty() {
            return None;
        }
        let segments = end
            .data
            .lens
            .iter()
            .map(|(frame, len)| format!("{len} (#{frame})"));
        let segments = list(segments, end.data.segments);
        let (sends, recvs) = (sent.len() as u64, received.len() as u64);
        Some(Line::Row(Row {
            cells: vec![
                Cell::text(asked.who.way(side)),
                Cell::text(list(sent.into_iter(), sends)),
                Cell::text(segments),
                Cell::text(list(received.into_iter(), recvs)),
            ],
            ..Row::default()
        }))
    });
    let lines: Vec<Line> = lines.collect();
    if lines.is_empty() {
        return None;
    }
    let column = |id, header, kind| {
        let mut column = column(id, header, kind, lang);
        column.long = id != "way";
        column
    };
    Some(Table {
        id: "call_lengths",
        title: LENGTHS_TITLE.get(lang).to_owned(),
        columns: vec![
            column("way", &WAY, CellKind::Text),
            column("send", &SEND, CellKind::Text),
            column("segments", &SEGMENTS, CellKind::Text),
            column("recv", &RECV, CellKind::Text),
        ],
        lines,
    })
}

/// The results of the calls that one side made on its socket of this conversation.
fn results(asked: &Asked<'_>, side: Side, wanted: fn(Call) -> bool) -> Vec<String> {
    let own = asked.conversation.ends()[side.index()];
    let other = asked.conversation.ends()[side.other().index()];
    let ours = |call: &&SocketCall| {
        call.tcp && call.local == Some(own) && call.peer == Some(other) && wanted(call.call)
    };
    let results = asked
        .calls
        .iter()
        .filter(ours)
        .map(|call| match call.result {
            CallResult::Bytes(count) => count.to_string(),
            CallResult::Failed(name) => name.to_owned(),
            CallResult::Done => "0".to_owned(),
            CallResult::Unfinished => "?".to_owned(),
        });
    results.collect()
}

/// The first of `count` values, and … where there are more.
fn list(values: impl Iterator<Item = String>, count: u64) -> String {
    let shown: Vec<String> = values.take(LENGTHS).collect();
    let more = if (shown.len() as u64) < count {
        ", …"
    } else {
        ""
    };
    format!("{}{more}", shown.join(", "))
}

/// The calls of both ends with the states that they leave; `None` where none are recorded.
pub(super) fn states(asked: &Asked<'_>) -> Option<Table> {
    let lang = asked.lang;
    let origin = asked.record.totals().origin?;
    let mut calls: Vec<&SocketCall> = asked.calls.iter().filter(|it| belongs(asked, it)).collect();
    calls.sort_by_key(|call| call.acted);
    let more = calls.len().saturating_sub(CALLS) as u64;
    let since = |time: Timestamp| time.nanos_clamped().saturating_sub(origin);
    let rows = calls.iter().take(CALLS).map(|call| {
        let mut seconds = Vec::new();
        time::seconds(
            crate::model::time::Nanos(since(call.acted)).span(),
            6,
            &mut seconds,
        );
        let who = match call.party.role {
            Role::Client => &crate::text::ui::CLIENT,
            Role::Server => &crate::text::ui::SERVER,
            Role::Program => &crate::text::ui::PROGRAM,
        };
        Line::Row(Row {
            cells: vec![
                Cell::written(CellKind::Number, &seconds),
                Cell::text(who.get(lang)),
                Cell::code(call.to_string()),
                state(asked, call, since(call.ended)),
            ],
            ..Row::default()
        })
    });
    let mut lines: Vec<Line> = rows.collect();
    if lines.is_empty() {
        return None;
    }
    if more > 0 {
        let text = more_calls(lang, more).to_string();
        lines.push(Line::Gap(Gap { rows: more, text }));
    }
    let mut call = column("call", &CALL, CellKind::Text, lang);
    call.long = true;
    Some(Table {
        id: "call_states",
        title: STATES_TITLE.get(lang).to_owned(),
        columns: vec![
            column("time", &TIME, CellKind::Number, lang),
            column("who", &WHO, CellKind::Text, lang),
            call,
            column("state", &STATE, CellKind::Text, lang),
        ],
        lines,
    })
}

/// Whether a call is on a socket of this conversation, or on the one that listens for it.
fn belongs(asked: &Asked<'_>, call: &SocketCall) -> bool {
    let [client, server] = asked
        .sides()
        .map(|side| asked.conversation.ends()[side.index()]);
    let (local, peer) = (call.local, call.peer);
    let own = (local, peer) == (Some(client), Some(server))
        || (local, peer) == (Some(server), Some(client));
    let listens = call.party.role == Role::Server
        && peer.is_none()
        && local.is_some_and(|local| local.port == server.port)
        && matches!(call.call, Call::Bind | Call::Listen { .. });
    call.tcp && (own || listens)
}

/// The state of the caller after a call: what the call itself makes of its socket, or else what
/// the packets up to then show.
fn state(asked: &Asked<'_>, call: &SocketCall, at: i64) -> Cell {
    if matches!(call.result, CallResult::Failed(_)) {
        return Cell::Empty;
    }
    match call.call {
        Call::Bind => return Cell::text(BOUND.get(asked.lang)),
        Call::Listen { .. } => return Cell::text("LISTEN"),
        _ => {}
    }
    let [client, server] = asked.sides();
    let side = match call.party.role {
        Role::Server => server,
        Role::Client | Role::Program => client,
    };
    let lasts = |spell: &&Spell| {
        let from = spell.from.time.is_some_and(|from| from.0 <= at);
        let to = match spell.to {
            Until::Packet(to) | Until::Unknown(to) => to.time.is_some_and(|to| at < to.0),
            Until::End | Until::Reused(_) => true,
        };
        spell.side == side && from && to
    };
    let spells = asked.conversation.record().and_then(Record::spells);
    let spell = spells.and_then(|spells| spells.list().iter().rfind(lasts));
    spell.map_or(Cell::Empty, |spell| Cell::text(spell.state.name()))
}

phrase! {
    LENGTHS_TITLE: "Bytes of each send, of each segment, of each recv",
        "Bytes de cada send, de cada segmento, de cada recv";
    SEND: "send returned", "send devolveu";
    SEGMENTS: "segments", "segmentos";
    RECV: "recv returned", "recv devolveu";
    STATES_TITLE: "Socket calls, and the TCP state of the caller when each returned",
        "Chamadas de socket, e o estado TCP de quem chamou quando cada uma voltou";
    TIME: "Time", "Tempo";
    WHO: "Who", "Quem";
    CALL: "Call", "Chamada";
    STATE: "State", "Estado";
    BOUND: "CLOSED (bind only gives an address, it is not a TCP state)",
        "CLOSED (bind só dá um endereço, não é um estado TCP)";
    more_calls(count;): "… and 1 more call" | "… and {count} more calls",
        "… e mais 1 chamada" | "… e mais {count} chamadas";
}
