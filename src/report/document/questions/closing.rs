//! How the connection ended.

use super::{Asked, Question};
use crate::analysis::lifecycle::close::{ResetKind, Shape, TimeWait};
use crate::text::Text;

pub(super) static CLOSE: Question = Question {
    id: "close",
    asks: Text {
        en: "Which packets close the connection?",
        pt_br: "Quais pacotes encerram a conexão?",
    },
    answer: close,
};
pub(super) static STARTED: Question = Question {
    id: "closed_by",
    asks: Text {
        en: "Who started the close, and how can one tell?",
        pt_br: "Quem iniciou o encerramento, e como se sabe?",
    },
    answer: started,
};
pub(super) static FIN: Question = Question {
    id: "fin",
    asks: Text {
        en: "Does a FIN use a sequence number?",
        pt_br: "Um FIN usa um número de sequência?",
    },
    answer: fin,
};
pub(super) static HALF: Question = Question {
    id: "half_close",
    asks: Text {
        en: "Why must both sides close (half-close)?",
        pt_br: "Por que os dois lados precisam fechar (fechamento parcial)?",
    },
    answer: half,
};
pub(super) static RESET: Question = Question {
    id: "reset",
    asks: Text {
        en: "Why is there a RST?",
        pt_br: "Por que há um RST?",
    },
    answer: reset,
};
pub(super) static TIME_WAIT: Question = Question {
    id: "time_wait",
    asks: Text {
        en: "Who is in TIME-WAIT, why, and for how long?",
        pt_br: "Quem fica em TIME-WAIT, por quê e por quanto tempo?",
    },
    answer: time_wait,
};
fn close(asked: &Asked<'_>) -> Option<String> {
    let close = asked.conversation.lifecycle.close();
    let first = close.started_by?;
    let (own, other) = (first.index(), first.other().index());
    let values: &[(&str, &dyn std::fmt::Display)] = &[
        ("fin", &close.fins[own].unwrap_or_default()),
        ("ack", &close.acks[own].unwrap_or_default()),
        ("fin2", &close.fins[other].unwrap_or_default()),
        ("ack2", &close.acks[other].unwrap_or_default()),
        ("rst", &close.reset.map_or(0, |reset| reset.frame)),
    ];
    let phrase = match close.shape {
        Shape::None => return None,
        Shape::FourSegments => &FOUR,
        Shape::ThreeSegments => &THREE,
        Shape::Crossing => &CROSSING,
        Shape::HalfClose { .. } => &HALF_FOUR,
        Shape::OneSided { .. } if close.acks[own].is_some() => &ONE_SIDED,
        Shape::OneSided { .. } => &ONE_UNACKED,
        Shape::Unfinished => return Some(unfinished(asked, close.fins, close.acks)),
        // Nothing was open.
        Shape::Reset if close.reset?.kind == ResetKind::Refused => return None,
        // Such a RST closes nothing.
        Shape::Reset if !close.reset?.kind.ends() => {
            let some = close.fins.iter().any(Option::is_some);
            return some.then(|| unfinished(asked, close.fins, close.acks));
        }
        Shape::Reset if close.reset?.kind == ResetKind::AfterClose => &RST_AFTER,
        Shape::Reset => &RST,
    };
    Some(asked.say(phrase, values))
}

/// The FINs of a close of which something is missing.
fn unfinished(asked: &Asked<'_>, fins: [Option<u32>; 2], acks: [Option<u32>; 2]) -> String {
    let said = asked.sides().into_iter().filter_map(|side| {
        let fin = fins[side.index()]?;
        let of = asked.who.of(side);
        Some(match acks[side.index()] {
            Some(ack) => asked.say(&FIN_ACKED, &[("of", &of), ("fin", &fin), ("ack", &ack)]),
            None => asked.say(&FIN_UNACKED, &[("of", &of), ("fin", &fin)]),
        })
    });
    let mut said: Vec<String> = said.collect();
    said.push(INCOMPLETE.get(asked.lang).to_owned());
    said.join(" ")
}

fn started(asked: &Asked<'_>) -> Option<String> {
    let close = asked.conversation.lifecycle.close();
    let first = close.started_by?;
    let the = asked.who.the(first);
    let Some(fin) = close.fins[first.index()] else {
        let reset = close.reset?;
        if reset.kind == ResetKind::Refused || !reset.kind.ends() {
            return None;
        }
        let frame = reset.frame;
        return Some(asked.say(&BY_RST, &[("the", &the), ("frame", &frame)]));
    };
    let other = close.fins[first.other().index()];
    let values: &[(&str, &dyn std::fmt::Display)] = &[
        ("the", &the),
        ("fin", &fin),
        ("other", &asked.who.of(first.other())),
        ("fin2", &other.unwrap_or_default()),
    ];
    let phrase = match (close.shape, other) {
        (Shape::Crossing, _) => &BY_BOTH,
        (_, Some(_)) => &BY_FIRST,
        (_, None) => &BY_ONLY,
    };
    Some(asked.say(phrase, values))
}

fn fin(asked: &Asked<'_>) -> Option<String> {
    let said = asked.sides().into_iter().filter_map(|side| {
        let fin = asked.end(side).fin.as_ref()?;
        let (frame, ack) = fin.ack?;
        // Where the numbers are shown from another start, the sum would not hold.
        if fin.seq.wrapping_add(fin.len).wrapping_add(1) != ack {
            return None;
        }
        let sum = match fin.len {
            0 => format!("{} + 1", fin.seq),
            len => format!("{} + {len} + 1", fin.seq),
        };
        let values: &[(&str, &dyn std::fmt::Display)] = &[
            ("of", &asked.who.of(side)),
            ("fin", &fin.at.frame),
            ("seq", &fin.seq),
            ("frame", &frame),
            ("ack", &ack),
            ("sum", &sum),
        ];
        Some(asked.say(&COUNTS, values))
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| format!("{} {}", ONE_NUMBER.get(asked.lang), said.join(" ")))
}

fn half(asked: &Asked<'_>) -> Option<String> {
    let close = asked.conversation.lifecycle.close();
    let first = close.started_by?;
    let (bytes, fin2) = match close.shape {
        Shape::HalfClose { bytes } => (bytes, close.fins[first.other().index()]),
        Shape::OneSided { bytes } if bytes > 0 => (bytes, None),
        _ => return None,
    };
    let values: &[(&str, &dyn std::fmt::Display)] = &[
        ("of", &asked.who.of(first)),
        ("fin", &close.fins[first.index()]?),
        ("other", &asked.who.the(first.other())),
        ("bytes", &bytes),
        ("fin2", &fin2.unwrap_or_default()),
    ];
    let phrase = if fin2.is_some() {
        &HALF_CLOSED
    } else {
        &HALF_OPEN
    };
    Some(asked.say(phrase, values))
}

fn reset(asked: &Asked<'_>) -> Option<String> {
    let reset = asked.conversation.lifecycle.close().reset?;
    let values: &[(&str, &dyn std::fmt::Display)] = &[
        ("the", &asked.who.the(reset.side)),
        ("other", &asked.who.the(reset.side.other())),
        ("frame", &reset.frame),
    ];
    let phrase = match reset.kind {
        ResetKind::Refused => &REFUSED,
        ResetKind::DuringHandshake => &DURING_HANDSHAKE,
        ResetKind::BeforeData => &BEFORE_DATA,
        ResetKind::AfterData => &AFTER_DATA,
        ResetKind::DuringClose => &DURING_CLOSE,
        ResetKind::LateData => &LATE_DATA,
        ResetKind::AfterClose => &AFTER_CLOSE,
        ResetKind::OutOfSequence => &OUT_OF_SEQUENCE,
        ResetKind::NotTheEnd => &NOT_THE_END,
        ResetKind::MidStream => &MID_STREAM,
    };
    Some(asked.say(phrase, values))
}

fn time_wait(asked: &Asked<'_>) -> Option<String> {
    let close = asked.conversation.lifecycle.close();
    if close
        .reset
        .is_some_and(|reset| reset.kind == ResetKind::Refused)
    {
        return None;
    }
    match close.time_wait {
        TimeWait::NotShown => None,
        TimeWait::Nobody => Some(NOBODY.get(asked.lang).to_owned()),
        TimeWait::Both => Some(BOTH.get(asked.lang).to_owned()),
        TimeWait::One(side) => {
            let values: &[(&str, &dyn std::fmt::Display)] = &[
                ("the", &asked.who.the(side)),
                ("fin", &close.fins[side.index()]?),
                ("ack", &close.acks[side.other().index()]?),
                ("fin2", &close.fins[side.other().index()]?),
            ];
            Some(asked.say(&WAITS, values))
        }
    }
}

static FOUR: Text = Text {
    en: "Four: #{fin} (FIN), #{ack} (its ACK), #{fin2} (the other FIN), #{ack2} (its ACK).",
    pt_br: "Quatro: #{fin} (FIN), #{ack} (o ACK dele), #{fin2} (o outro FIN), #{ack2} (o ACK dele).",
};
static THREE: Text = Text {
    en: "Three: #{fin} (FIN), #{fin2} (the other FIN, which also acknowledges the first), #{ack2} (its ACK). The second end closed before a separate ACK was sent.",
    pt_br: "Três: #{fin} (FIN), #{fin2} (o outro FIN, que também reconhece o primeiro), #{ack2} (o ACK dele). O segundo lado fechou antes de um ACK separado ser enviado.",
};
static CROSSING: Text = Text {
    en: "#{fin} and #{fin2} (both FINs, neither of which acknowledges the other), #{ack} and #{ack2} (their ACKs): both ends closed at once.",
    pt_br: "#{fin} e #{fin2} (os dois FINs, nenhum dos quais reconhece o outro), #{ack} e #{ack2} (os ACKs deles): os dois lados fecharam ao mesmo tempo.",
};
static HALF_FOUR: Text = Text {
    en: "#{fin} (FIN), #{ack} (its ACK), then data of the other end, #{fin2} (the other FIN), #{ack2} (its ACK).",
    pt_br: "#{fin} (FIN), #{ack} (o ACK dele), depois dados do outro lado, #{fin2} (o outro FIN), #{ack2} (o ACK dele).",
};
static ONE_SIDED: Text = Text {
    en: "Only one direction is closed in this capture: #{fin} (FIN) and #{ack} (its ACK).",
    pt_br: "Só um sentido é encerrado nesta captura: #{fin} (FIN) e #{ack} (o ACK dele).",
};
static ONE_UNACKED: Text = Text {
    en: "This capture holds one FIN (#{fin}), without an ACK of it.",
    pt_br: "Esta captura tem um FIN (#{fin}), sem ACK dele.",
};
static FIN_ACKED: Text = Text {
    en: "The FIN {of} is #{fin}, its ACK #{ack}.",
    pt_br: "O FIN {of} é #{fin}, o ACK dele, #{ack}.",
};
static FIN_UNACKED: Text = Text {
    en: "The FIN {of} is #{fin}.",
    pt_br: "O FIN {of} é #{fin}.",
};
static INCOMPLETE: Text = Text {
    en: "The capture does not show the whole close.",
    pt_br: "A captura não mostra o encerramento inteiro.",
};
static RST: Text = Text {
    en: "#{rst} (RST): no orderly close.",
    pt_br: "#{rst} (RST): não é um encerramento ordenado.",
};
static RST_AFTER: Text = Text {
    en: "#{fin} and #{fin2} (the FINs), #{ack} and #{ack2} (their ACKs); the RST (#{rst}) came when it was closed already.",
    pt_br: "#{fin} e #{fin2} (os FINs), #{ack} e #{ack2} (os ACKs deles); o RST (#{rst}) veio quando já estava encerrada.",
};
static BY_FIRST: Text = Text {
    en: "{the}: its FIN (#{fin}) comes before the one {other} (#{fin2}).",
    pt_br: "{the}: seu FIN (#{fin}) vem antes do FIN {other} (#{fin2}).",
};
static BY_ONLY: Text = Text {
    en: "{the}: its FIN (#{fin}) is the only one in this capture.",
    pt_br: "{the}: seu FIN (#{fin}) é o único nesta captura.",
};
static BY_BOTH: Text = Text {
    en: "Both: neither FIN (#{fin}, #{fin2}) acknowledges the other.",
    pt_br: "Os dois: nenhum dos FINs (#{fin}, #{fin2}) reconhece o outro.",
};
static BY_RST: Text = Text {
    en: "{the}, with a RST (#{frame}); there is no FIN before it.",
    pt_br: "{the}, com um RST (#{frame}); não há FIN antes dele.",
};
static ONE_NUMBER: Text = Text {
    en: "Yes, one.",
    pt_br: "Sim, um.",
};
static COUNTS: Text = Text {
    en: "The FIN {of}: Seq={seq} in #{fin}, Ack={ack} in #{frame}: {sum} = {ack}.",
    pt_br: "O FIN {of}: Seq={seq} em #{fin}, Ack={ack} em #{frame}: {sum} = {ack}.",
};
static HALF_CLOSED: Text = Text {
    en: "A FIN closes one direction. After the FIN {of} (#{fin}), {other} still sends {bytes} bytes, and closes its own direction in #{fin2}.",
    pt_br: "Um FIN fecha um só sentido. Depois do FIN {of} (#{fin}), {other} ainda envia {bytes} bytes, e fecha o seu sentido em #{fin2}.",
};
static HALF_OPEN: Text = Text {
    en: "A FIN closes one direction. After the FIN {of} (#{fin}), {other} still sends {bytes} bytes; its own FIN is not in this capture.",
    pt_br: "Um FIN fecha um só sentido. Depois do FIN {of} (#{fin}), {other} ainda envia {bytes} bytes; o FIN dele não está nesta captura.",
};
static REFUSED: Text = Text {
    en: "#{frame} answers a SYN: refused. Nobody listens on that port, or a firewall says so; connect() fails with ECONNREFUSED.",
    pt_br: "#{frame} responde a um SYN: recusada. Ninguém escuta nessa porta, ou um firewall responde por ela; connect() falha com ECONNREFUSED.",
};
static DURING_HANDSHAKE: Text = Text {
    en: "{the} sends it (#{frame}) before the handshake is complete.",
    pt_br: "{the} o envia (#{frame}) antes de a apresentação se completar.",
};
static BEFORE_DATA: Text = Text {
    en: "{the} aborts (#{frame}): no data had reached it, so nothing was left unread.",
    pt_br: "{the} aborta (#{frame}): nenhum dado tinha chegado, então nada ficou sem ler.",
};
static AFTER_DATA: Text = Text {
    en: "{the} sends it (#{frame}) after data had reached it. Two causes, which the packets do not tell apart: it closed with data unread, or it aborted (SO_LINGER 0).",
    pt_br: "{the} o envia (#{frame}) depois de receber dados. Duas causas, que os pacotes não distinguem: fechou com dados não lidos, ou abortou (SO_LINGER 0).",
};
static DURING_CLOSE: Text = Text {
    en: "{the} sends it (#{frame}) during the close, after a FIN. The packets do not show why: perhaps data left unread, an abort, or a process that is gone.",
    pt_br: "{the} o envia (#{frame}) durante o encerramento, depois de um FIN. Os pacotes não mostram por quê: talvez dados não lidos, um término abrupto, ou um processo que já terminou.",
};
static LATE_DATA: Text = Text {
    en: "{the} had sent its FIN, then {other} sent data; #{frame} says that nobody reads it.",
    pt_br: "{the} já tinha enviado seu FIN, depois {other} enviou dados; #{frame} diz que ninguém os lê.",
};
static AFTER_CLOSE: Text = Text {
    en: "Both FINs were acknowledged before #{frame}: the connection was closed already.",
    pt_br: "Os dois FINs já estavam reconhecidos antes de #{frame}: a conexão já estava encerrada.",
};
static OUT_OF_SEQUENCE: Text = Text {
    en: "The numbers of #{frame} do not fit: {other} has to ignore it.",
    pt_br: "Os números de #{frame} não se encaixam: {other} deve ignorá-lo.",
};
static NOT_THE_END: Text = Text {
    en: "{the} sends on after #{frame}: it did not end the connection there, or someone else sent it.",
    pt_br: "{the} continua enviando depois de #{frame}: ele não encerrou a conexão ali, ou foi outro que o enviou.",
};
static MID_STREAM: Text = Text {
    en: "{the} sends it (#{frame}); what came before it, and so the cause, is not in this capture.",
    pt_br: "{the} o envia (#{frame}); o que veio antes, e portanto a causa, não está nesta captura.",
};
static WAITS: Text = Text {
    en: "{the}: it sent the first FIN (#{fin}) and the last ACK (#{ack}). That ACK may be lost, so it waits, ready to acknowledge a repeated FIN (#{fin2}) and to let old segments die out: twice the maximum segment lifetime (RFC 9293, 3.3.2), which no packet shows.",
    pt_br: "{the}: enviou o primeiro FIN (#{fin}) e o último ACK (#{ack}). Esse ACK pode se perder; por isso espera, pronto para reconhecer um FIN repetido (#{fin2}) e até que segmentos antigos desapareçam: duas vezes o tempo máximo de vida de um segmento (RFC 9293, 3.3.2), o que nenhum pacote mostra.",
};
static BOTH: Text = Text {
    en: "Both ends: they closed at once, and each sent the last ACK of the other's FIN.",
    pt_br: "Os dois lados: fecharam ao mesmo tempo, e cada um enviou o último ACK do FIN do outro.",
};
static NOBODY: Text = Text {
    en: "Nobody: a RST ended the connection, and leaves no TIME-WAIT.",
    pt_br: "Ninguém: um RST encerrou a conexão, e não deixa TIME-WAIT.",
};
