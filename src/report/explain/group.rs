//! One sentence per line of a summary: what its packets do together. It is said of the whole
//! capture, so it is asked for at its end.

use super::phrase::{Clauses, count, pick};
use crate::analysis::conversation::Conversation;
use crate::analysis::lifecycle::close::{Close, Shape};
use crate::analysis::record::groups::Groups;
use crate::analysis::record::groups::group::{Group, Kind};
use crate::analysis::record::groups::moves::Move;
use crate::model::side::Side;
use crate::report::summary::Place;
use crate::report::who::Who;
use crate::text::{Lang, Text};

static OPEN: Text = Text {
    en: "in #{syn} {client} announces the number it counts from, in #{answer} {server} announces its own and acknowledges the first, in #{ack} {client} acknowledges the second: the connection is open",
    pt_br: "em #{syn} {client} anuncia o número a partir do qual conta, em #{answer} {server} anuncia o seu e reconhece o primeiro, em #{ack} {client} reconhece o segundo: a conexão está aberta",
};
static UNANSWERED: [Text; 2] = [
    Text {
        en: "{client} asks for a connection once, and no answer is in this capture",
        pt_br: "{client} pede uma conexão uma vez, e nenhuma resposta está nesta captura",
    },
    Text {
        en: "{client} asks for a connection {count} times, and no answer is in this capture",
        pt_br: "{client} pede uma conexão {count} vezes, e nenhuma resposta está nesta captura",
    },
];
static SENDS: Text = Text {
    en: "{the} sends {bytes} {to}",
    pt_br: "{the} envia {bytes} {to}",
};
static ALL: Text = Text {
    en: "and with #{frame} all of it is acknowledged",
    pt_br: "e com #{frame} tudo está reconhecido",
};
static PART: Text = Text {
    en: "and #{frame} acknowledges a part of it, the rest is not acknowledged in this capture",
    pt_br: "e #{frame} reconhece uma parte; o resto não é reconhecido nesta captura",
};
static NONE: Text = Text {
    en: "and nothing of it is acknowledged in this capture",
    pt_br: "e nada disso é reconhecido nesta captura",
};
static AGAIN: Text = Text {
    en: "{the} sends data again that was captured before",
    pt_br: "{the} reenvia dados já capturados antes",
};
static FOUR: Text = Text {
    en: "{first} closes its direction with #{fin}, acknowledged in #{ack}; {second} closes its own with #{fin2}, acknowledged in #{ack2}: each end closes for itself, which takes four segments",
    pt_br: "{first} encerra o seu sentido com #{fin}, reconhecido em #{ack}; {second} encerra o seu com #{fin2}, reconhecido em #{ack2}: cada ponta encerra por si, o que leva quatro segmentos",
};
static THREE: Text = Text {
    en: "{first} closes its direction with #{fin}; #{fin2} {of_second} acknowledges that and is its own FIN at once, and #{ack2} acknowledges this: three segments are enough",
    pt_br: "{first} encerra o seu sentido com #{fin}; #{fin2}, {of_second}, reconhece isso e é ao mesmo tempo o seu próprio FIN, e #{ack2} reconhece este: três segmentos bastam",
};
static CROSSING: Text = Text {
    en: "both ends close, with #{fin} and #{fin2}, neither knowing of the other's FIN; #{ack} and #{ack2} acknowledge them",
    pt_br: "as duas pontas encerram, com #{fin} e #{fin2}, sem que uma saiba do FIN da outra; #{ack} e #{ack2} os reconhecem",
};
static HALF: Text = Text {
    en: "{first} closes its direction with #{fin} and goes on receiving: {second} sends {bytes} more before it closes its own with #{fin2}, acknowledged in #{ack2}",
    pt_br: "{first} encerra o seu sentido com #{fin} e continua recebendo: {second} envia mais {bytes} antes de encerrar o seu com #{fin2}, reconhecido em #{ack2}",
};
static ONE_SIDED: Text = Text {
    en: "{first} closes its direction with #{fin}; no FIN of the other direction is in this capture",
    pt_br: "{first} encerra o seu sentido com #{fin}; nenhum FIN do outro sentido está nesta captura",
};
static RESET: Text = Text {
    en: "the RST in #{frame} says that the connection is over at once, without an orderly close",
    pt_br: "o RST em #{frame} diz que a conexão acaba na hora, sem encerramento ordenado",
};
static RESET_NOT_THE_END: Text = Text {
    en: "there is a RST, in #{frame}, but it does not end the connection",
    pt_br: "há um RST, em #{frame}, mas ele não acaba com a conexão",
};

/// The sentence of a line of the summary; `None` where the line itself says it all, and where no
/// groups were kept.
pub fn sentence(conversation: &Conversation, place: Place, lang: Lang) -> Option<String> {
    let groups = conversation.record()?.groups();
    let who = Who::new(conversation, lang);
    let mut said = Clauses::new(lang);
    match place {
        Place::Opening => opening(conversation, groups, &who, &mut said),
        Place::Middle(number) => data(groups.list().get(number)?, &who, &mut said),
        Place::Closing => closing(&conversation.lifecycle.close(), &who, &mut said),
        Place::Rest => {}
    }
    (!said.is_empty()).then(|| said.finish().0)
}

fn opening(conversation: &Conversation, groups: &Groups, who: &Who<'_>, said: &mut Clauses) {
    use Move::{Ack, AckOnData, Syn, SynAck, SynWithData};
    let life = &conversation.lifecycle;
    let client = life.roles().client().unwrap_or(Side::First);
    let (the, other) = (who.the(client), who.the(client.other()));
    let syns = life.syns();
    let opening = groups.opening();
    match (opening.moves.list(), life.handshake_ack()) {
        ([Syn | SynWithData(_), SynAck, Ack | AckOnData(_)], Some(ack)) => {
            let (Some(syn), Some(answer)) = (syns[client.index()], syns[client.other().index()])
            else {
                return;
            };
            said.say(
                &OPEN,
                &[
                    ("client", &the),
                    ("server", &other),
                    ("syn", &syn),
                    ("answer", &answer),
                    ("ack", &ack),
                ],
            );
        }
        ([Syn | SynWithData(_)], _) if groups.packets() == u64::from(opening.syns) => {
            let phrase = pick(opening.syns == 1, &UNANSWERED[0], &UNANSWERED[1]);
            said.say(phrase, &[("client", &the), ("count", &opening.syns)]);
        }
        _ => {}
    }
}

fn data(group: &Group, who: &Who<'_>, said: &mut Clauses) {
    if group.kind != Kind::Data {
        return;
    }
    let the = who.the(group.side);
    if group.bytes == 0 {
        return said.say(&AGAIN, &[("the", &the)]);
    }
    let bytes = count(u32::try_from(group.bytes).unwrap_or(u32::MAX));
    let to = who.to(group.side.other());
    said.say(&SENDS, &[("the", &the), ("bytes", &bytes), ("to", &to)]);
    let phrase = match (group.acked_by, group.acknowledged()) {
        (0, _) => &NONE,
        (_, true) => &ALL,
        (_, false) => &PART,
    };
    said.add(phrase, &[("frame", &group.acked_by)]);
}

fn closing(close: &Close, who: &Who<'_>, said: &mut Clauses) {
    if let Some(reset) = close.reset {
        let phrase = pick(reset.kind.ends(), &RESET, &RESET_NOT_THE_END);
        return said.say(phrase, &[("frame", &reset.frame)]);
    }
    let Some(side) = close.started_by else {
        return;
    };
    let (first, second) = (side.index(), side.other().index());
    let frame = |frame: Option<u32>| frame.unwrap_or_default();
    let (phrase, bytes) = match close.shape {
        Shape::FourSegments => (&FOUR, 0),
        Shape::ThreeSegments => (&THREE, 0),
        Shape::Crossing => (&CROSSING, 0),
        Shape::HalfClose { bytes } => (&HALF, bytes),
        Shape::OneSided { .. } => (&ONE_SIDED, 0),
        Shape::None | Shape::Unfinished | Shape::Reset => return,
    };
    said.say(
        phrase,
        &[
            ("first", &who.the(side)),
            ("second", &who.the(side.other())),
            ("of_second", &who.of(side.other())),
            ("fin", &frame(close.fins[first])),
            ("ack", &frame(close.acks[first])),
            ("fin2", &frame(close.fins[second])),
            ("ack2", &frame(close.acks[second])),
            ("bytes", &count(bytes)),
        ],
    );
}
