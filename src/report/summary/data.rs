//! The lines between handshake and close.

use super::{Context, Counted, Line, Place, frames};
use crate::analysis::record::Record;
use crate::analysis::record::groups::group::{Group, Kind};
use crate::model::side::Side;
use crate::report::words;
use crate::report::words::{again, window};
use crate::text::Text;
use crate::text::quantity;

pub(super) static BYTES: Counted = Counted {
    one: Text::new("1 byte", "1 byte"),
    many: Text::new("{count} bytes", "{count} bytes"),
};
static ACKNOWLEDGED: Counted = Counted {
    one: Text::new(", acknowledged", ", reconhecido"),
    many: Text::new(", acknowledged", ", reconhecidos"),
};
static ACKNOWLEDGED_BY: Counted = Counted {
    one: Text::new(
        ", acknowledged (by #{frame})",
        ", reconhecido (pelo #{frame})",
    ),
    many: Text::new(
        ", acknowledged (by #{frame})",
        ", reconhecidos (pelo #{frame})",
    ),
};
static PARTLY: Text = Text::new(
    ", acknowledged in part (by #{frame})",
    ", reconhecidos em parte (pelo #{frame})",
);
static UNACKNOWLEDGED: Counted = Counted {
    one: Text::new(
        ", not acknowledged in this capture",
        ", não reconhecido nesta captura",
    ),
    many: Text::new(
        ", not acknowledged in this capture",
        ", não reconhecidos nesta captura",
    ),
};
static MISSING: Counted = Counted {
    one: Text::new(
        "1 byte between them is not in this capture",
        "1 byte no meio não está nesta captura",
    ),
    many: Text::new(
        "{count} bytes between them are not in this capture",
        "{count} bytes no meio não estão nesta captura",
    ),
};
static RETRANSMISSIONS: Counted = Counted {
    one: Text::new("1 retransmission", "1 retransmissão"),
    many: Text::new("{count} retransmissions", "{count} retransmissões"),
};
static LATE: Counted = Counted {
    one: Text::new(
        "1 segment that fills a gap, late",
        "1 segmento que preenche uma lacuna, atrasado",
    ),
    many: Text::new(
        "{count} segments that fill gaps, late",
        "{count} segmentos que preenchem lacunas, atrasados",
    ),
};
static OUT_OF_ORDER: Counted = Counted {
    one: Text::new("1 segment out of order", "1 segmento fora de ordem"),
    many: Text::new(
        "{count} segments out of order",
        "{count} segmentos fora de ordem",
    ),
};
static DUPLICATE_ACKS: Counted = Counted {
    one: Text::new("1 duplicate ACK", "1 ACK duplicado"),
    many: Text::new("{count} duplicate ACKs", "{count} ACKs duplicados"),
};
static WINDOW_UPDATES: Counted = Counted {
    one: Text::new("1 window update", "1 atualização de janela"),
    many: Text::new("{count} window updates", "{count} atualizações de janela"),
};
static ACKS: Counted = Counted {
    one: Text::new(
        "ACK {of}, of no data captured before",
        "ACK {of} que não reconhece nenhum dado capturado antes",
    ),
    many: Text::new(
        "ACKs {of}, of no data captured before",
        "ACKs {of} que não reconhecem nenhum dado capturado antes",
    ),
};
static KEEP_ALIVE: Text = Text::new(
    "keep-alive {by}: {sent}, {back}",
    "keep-alive {by}: {sent}, {back}",
);
static KEEP_ALIVE_PROBES: Counted = Counted {
    one: Text::new("1 probe", "1 sonda"),
    many: Text::new("{count} probes", "{count} sondas"),
};
static ANSWERS: Counted = Counted {
    one: Text::new("1 answer", "1 resposta"),
    many: Text::new("{count} answers", "{count} respostas"),
};
static WINDOW: Text = Text::new("flow control {by}", "controle de fluxo {by}");
static UNKNOWN: Text = Text::new(
    "{way}: segments without SYN, ACK and RST",
    "{way}: segmentos sem SYN, ACK e RST",
);
static ICMP_ERRORS: Counted = Counted {
    one: Text::new(
        "ICMP error about a packet {of}",
        "erro ICMP sobre um pacote {of}",
    ),
    many: Text::new(
        "ICMP errors about packets {of}",
        "erros ICMP sobre pacotes {of}",
    ),
};
static DATAGRAMS: Counted = Counted {
    one: Text::new("1 datagram", "1 datagrama"),
    many: Text::new("{count} datagrams", "{count} datagramas"),
};
static REFUSED_BY: Text = Text::new(
    "refused: ICMP port unreachable in {frame}",
    "recusado: ICMP port unreachable no {frame}",
);
static ICMP_ERROR_IN: Text = Text::new("ICMP error in {frame}", "erro ICMP no {frame}");
static REST: Counted = Counted {
    one: Text::new("1 more exchange, not listed", "mais 1 troca, não listada"),
    many: Text::new(
        "{count} more exchanges, not listed",
        "mais {count} trocas, não listadas",
    ),
};

/// What became of the requests of a UDP conversation, in a line that is about no frames.
pub(super) fn exchanges(context: &Context<'_>, lines: &mut Vec<Line>) {
    let udp = context.conversation.record().and_then(Record::udp);
    let line = udp.and_then(|udp| words::udp::line(udp, context.lang));
    lines.extend(line.map(|text| Line {
        frames: String::new(),
        text,
        place: None,
    }));
}

pub(super) fn lines(context: &Context<'_>, lines: &mut Vec<Line>) {
    for (place, group) in context.groups.list().iter().enumerate() {
        lines.push(Line {
            frames: frames::list(&group.frames),
            text: text(context, group),
            place: Some(Place::Middle(place)),
        });
    }
    if let Some(rest) = context.groups.rest() {
        let lang = context.lang;
        let mut text = REST.get(rest.groups, lang);
        text.push_str(": ");
        text.push_str(&super::PACKETS.get(rest.packets, lang));
        for side in [Side::First, Side::Second] {
            let bytes = BYTES.get(rest.bytes[side.index()], lang);
            text.push_str(&format!("; {}: {bytes}", context.who.way(side)));
        }
        lines.push(Line {
            frames: format!("[{} … {}]", rest.first, rest.last),
            text,
            place: Some(Place::Rest),
        });
    }
}

fn text(context: &Context<'_>, group: &Group) -> String {
    let (lang, who) = (context.lang, &context.who);
    let (by, of) = (who.by(group.side), who.of(group.side));
    let sent = u64::from(group.sent);
    let back = u64::from(group.back);
    let frames = u64::from(group.frames.count());
    let mut text = match group.kind {
        Kind::Data => data(context, group),
        Kind::Acks => {
            let text = if frames == 1 { &ACKS.one } else { &ACKS.many };
            text.fill(lang, &[("of", &of)])
        }
        Kind::KeepAlive => {
            let (sent, back) = (KEEP_ALIVE_PROBES.get(sent, lang), ANSWERS.get(back, lang));
            KEEP_ALIVE.fill(lang, &[("by", &by), ("sent", &sent), ("back", &back)])
        }
        Kind::Window => WINDOW.fill(lang, &[("by", &by)]),
        Kind::Unknown => UNKNOWN.fill(lang, &[("way", &who.way(group.side))]),
        Kind::IcmpErrors => {
            let text = match frames {
                1 => &ICMP_ERRORS.one,
                _ => &ICMP_ERRORS.many,
            };
            let mut text = text.fill(lang, &[("of", &of)]);
            if group.port_unreachable {
                text.push_str(" (port unreachable)");
            }
            return text;
        }
        Kind::Datagrams => datagrams(context, group),
    };
    let counts: [(u32, &Counted); 5] = [
        (group.retransmissions, &RETRANSMISSIONS),
        (group.late, &LATE),
        (group.out_of_order, &OUT_OF_ORDER),
        (group.duplicate_acks, &DUPLICATE_ACKS),
        (group.window_updates, &WINDOW_UPDATES),
    ];
    let mut note = |phrase: &str| {
        text.push_str("; ");
        text.push_str(phrase);
    };
    if group.zero_window != 0 {
        let zero = window::zero_windows(lang, group.zero_windows.into(), group.zero_window);
        note(&match group.reopened > group.zero_window {
            true => format!("{zero}{}", window::reopened(lang, group.reopened)),
            false => zero.to_string(),
        });
    }
    if group.probes > 0 {
        let (sent, back) = (u64::from(group.probes), u64::from(group.answers));
        let probes = window::probes(lang, sent);
        note(&match back >= sent {
            true => format!("{probes}{}", window::each_answered(lang, sent)),
            false => format!("{probes}{}", window::answered(lang, back)),
        });
    }
    if group.twice > 0 {
        note(&again::captured_twice(lang, group.twice.into()).to_string());
    }
    for (count, counted) in counts.into_iter().filter(|(count, _)| *count > 0) {
        note(&counted.get(u64::from(count), lang));
    }
    if group.icmp_error != 0 {
        let phrase = match group.port_unreachable {
            true => &REFUSED_BY,
            false => &ICMP_ERROR_IN,
        };
        note(&phrase.fill(lang, &[("frame", &group.icmp_error)]));
    }
    text
}

fn data(context: &Context<'_>, group: &Group) -> String {
    let lang = context.lang;
    let mut text = context.who.way(group.side);
    text.push_str(": ");
    let count = match group.bytes {
        0 => group.again,
        bytes => bytes,
    };
    let bytes = quantity::bytes(lang, count);
    match group.bytes {
        0 => text.push_str(&again::sent_again(lang, count, bytes).to_string()),
        _ => text.push_str(&bytes.to_string()),
    }
    let counted = |counted: &'static Counted| match count {
        1 => &counted.one,
        _ => &counted.many,
    };
    let phrase = match (group.acked_by, group.acknowledged(), group.acked_inside) {
        (0, _, _) => counted(&UNACKNOWLEDGED),
        (_, true, true) => counted(&ACKNOWLEDGED),
        (_, true, false) => counted(&ACKNOWLEDGED_BY),
        (_, false, _) => &PARTLY,
    };
    text.push_str(&phrase.fill(lang, &[("frame", &group.acked_by)]));
    let record = context.conversation.record();
    let missing = record.map_or(0, |record| record.missing(group));
    if missing > 0 {
        text.push_str("; ");
        text.push_str(&MISSING.get(missing, lang));
    }
    text
}

fn datagrams(context: &Context<'_>, group: &Group) -> String {
    let lang = context.lang;
    let one_way = |side: Side, count: u32, bytes: u64| {
        let count = DATAGRAMS.get(u64::from(count), lang);
        let bytes = BYTES.get(bytes, lang);
        format!("{}: {count}, {bytes}", context.who.way(side))
    };
    let mut text = one_way(group.side, group.sent, group.bytes);
    let mut note = |phrase: &str| {
        text.push_str("; ");
        text.push_str(phrase);
    };
    let udp = context.conversation.record().and_then(Record::udp);
    if group.back > 0 {
        note(&one_way(group.side.other(), group.back, group.back_bytes));
    } else if group.icmp_error == 0
        && let Some(udp) = udp
    {
        let end = (group.side, group.frames.last());
        let alone = words::udp::alone(context.conversation, udp, end, lang);
        alone.iter().for_each(|it| note(it));
    }
    text
}
