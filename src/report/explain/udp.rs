//! Sentences for UDP datagrams.

use super::memory::{Flow, Sent, Talk};
use super::phrase::{Clauses, count, time};
use crate::analysis::conversation::Conversation;
use crate::analysis::row::Row;
use crate::model::address::{Address, Endpoint};
use crate::model::packet::Datagram;
use crate::model::seq::Seq;
use crate::model::side::Side;
use crate::report::text_address;
use crate::report::who::Who;
use crate::text::Text;

static SENDS: Text = Text {
    en: "{the} sends a datagram with {count} of data {to}",
    pt_br: "{the} envia um datagrama com {count} de dados {to}",
};
static EMPTY: Text = Text {
    en: "{the} sends a datagram without data {to}",
    pt_br: "{the} envia um datagrama sem dados {to}",
};
static TO_MANY: Text = Text {
    en: "to everyone who listens at {address} (multicast or broadcast)",
    pt_br: "a todos os que escutam em {address} (multicast ou broadcast)",
};
static FIRST: Text = Text {
    en: "UDP opens no connection, so nothing has to come before it",
    pt_br: "o UDP não abre conexão; por isso nada precisa vir antes",
};
static AFTER: Text = Text {
    en: "the latest one {of} is #{frame}, {time} before",
    pt_br: "o mais recente {of} é #{frame}, {time} antes",
};
static AFTER_UNTIMED: Text = Text {
    en: "the latest one {of} is #{frame}",
    pt_br: "o mais recente {of} é #{frame}",
};
static NOT_SAID: Text = Text {
    en: "UDP itself does not say which datagram answers which",
    pt_br: "o próprio UDP não diz qual datagrama responde a qual",
};
static SILENCE: Text = Text {
    en: "since #{frame} no datagram {of} has been captured",
    pt_br: "desde #{frame} nenhum datagrama {of} foi capturado",
};

/// Explains a datagram of `conversation` where somebody listens, then remembers it.
pub(super) fn explain(
    datagram: &Datagram<'_>,
    row: &Row<'_>,
    conversation: &Conversation,
    talk: &mut Talk,
    said: Option<&mut Clauses>,
) {
    let side = row.analysis.side.unwrap_or(Side::First);
    let begun = std::mem::replace(&mut talk.begun, true);
    let sent = Sent {
        frame: row.frame.no,
        start: Seq(u32::from(datagram.checksum_field.unwrap_or(0))),
        len: datagram.payload_len().unwrap_or(0),
        time: row.times.relative().map(|time| time.nanos_clamped()),
    };
    let (own, other) = talk.pair(side);
    if let Some(said) = said {
        let who = Who::new(conversation, said.lang);
        say(
            datagram,
            row,
            (&who, side, begun),
            &sent,
            (own, other),
            said,
        );
    }
    own.remember(sent);
    own.unanswered = Some(sent);
}

fn say(
    datagram: &Datagram<'_>,
    row: &Row<'_>,
    (who, side, begun): (&Who<'_>, Side, bool),
    sent: &Sent,
    (own, other): (&Flow, &Flow),
    said: &mut Clauses,
) {
    let (len, now) = (sent.len, sent.time);
    let to = match many(row.packet.destination) {
        Some(ip) => {
            let port = datagram.destination_port;
            TO_MANY.fill(
                said.lang,
                &[("address", &text_address::end(Endpoint { ip, port }))],
            )
        }
        None => who.to(side.other()),
    };
    let the = who.the(side);
    let phrase = if len == 0 { &EMPTY } else { &SENDS };
    said.say(
        phrase,
        &[("the", &the), ("count", &count(len)), ("to", &to)],
    );
    let of = who.of(side.other());
    if let Some(asked) = other.sent.back() {
        if let Some(before) = own.unanswered.filter(|it| it.frame > asked.frame) {
            said.say(&SILENCE, &[("frame", &before.frame), ("of", &of)]);
        } else {
            let waited = now
                .zip(asked.time)
                .and_then(|(now, then)| time(now.saturating_sub(then), said.lang));
            match waited {
                Some(time) => said.say(
                    &AFTER,
                    &[("of", &of), ("frame", &asked.frame), ("time", &time)],
                ),
                None => said.say(&AFTER_UNTIMED, &[("of", &of), ("frame", &asked.frame)]),
            }
            if side == Side::Second {
                said.say(&NOT_SAID, &[]);
            }
        }
    } else if let Some(before) = own.sent.back() {
        said.say(&SILENCE, &[("frame", &before.frame), ("of", &of)]);
    } else if !begun {
        said.say(&FIRST, &[]);
    }
}

/// The address, where it is one of many receivers.
fn many(destination: Address) -> Option<std::net::IpAddr> {
    let ip = destination.ip()?;
    let broadcast = ip == std::net::Ipv4Addr::BROADCAST;
    (ip.is_multicast() || broadcast).then_some(ip)
}
