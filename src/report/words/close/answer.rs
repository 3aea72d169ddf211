//! What a lab sheet asks about a close.

use super::Frames;
use crate::analysis::lifecycle::close::{Close, Closer, Shape};
use crate::report::who::Who;
use crate::report::words::reset;
use crate::text::Lang;
use crate::text::phrase::phrase;
use crate::text::quantity;

/// An answer: which packets close the connection. `None` where there is no close.
pub(in crate::report) fn packets(close: &Close, who: &Who<'_>, lang: Lang) -> Option<String> {
    let first = close.started_by?;
    let it = Frames::of(close, first);
    let mut said = match close.shape {
        Shape::None => return None,
        Shape::FourSegments => four_answer(lang, it.fin, it.ack, it.fin2, it.ack2).to_string(),
        Shape::ThreeSegments => three_answer(lang, it.fin, it.fin2, it.ack2).to_string(),
        Shape::Crossing => crossing_answer(lang, it.fin, it.fin2, it.ack, it.ack2).to_string(),
        Shape::HalfClose { .. } => half_answer(lang, it.fin, it.ack, it.fin2, it.ack2).to_string(),
        Shape::OneSided { .. } if it.ack > 0 => one_answer(lang, it.fin, it.ack).to_string(),
        Shape::OneSided { .. } => one_unacked_answer(lang, it.fin).to_string(),
        Shape::Itself => itself_answer(lang, it.fin, it.ack).to_string(),
        Shape::Unfinished => unfinished_answer(close, who, lang),
        Shape::Reset => reset_answer(lang, close.cut()?.frame).to_string(),
    };
    if let Some(reset) = close.reset.filter(|it| !it.kind.cuts()) {
        said.push(' ');
        said.push_str(&reset::aside(&reset, lang));
    }
    Some(said)
}

/// The FINs of a close of which something is missing.
fn unfinished_answer(close: &Close, who: &Who<'_>, lang: Lang) -> String {
    let mut said = String::new();
    for side in who.sides() {
        let Some(fin) = close.fins[side.index()] else {
            continue;
        };
        let of = who.of(side);
        said.push_str(&match close.acks[side.index()] {
            Some(ack) => fin_acked(lang, of, fin, ack).to_string(),
            None => fin_unacked(lang, of, fin).to_string(),
        });
        said.push(' ');
    }
    said.push_str(&incomplete(lang).to_string());
    said
}

phrase! {
    four_answer(fin, ack, fin2, ack2):
        "Four: #{fin} (FIN), #{ack} (its ACK), #{fin2} (the other FIN), #{ack2} (its ACK).",
        "Quatro: #{fin} (FIN), #{ack} (o ACK dele), #{fin2} (o outro FIN), #{ack2} (o ACK dele).";
    three_answer(fin, fin2, ack2):
        "Three: #{fin} (FIN), #{fin2} (the other FIN, which also acknowledges the first), #{ack2} (its ACK). The second end closed before a separate ACK was sent.",
        "Três: #{fin} (FIN), #{fin2} (o outro FIN, que também reconhece o primeiro), #{ack2} (o ACK dele). O segundo lado fechou antes de um ACK separado ser enviado.";
    crossing_answer(fin, fin2, ack, ack2):
        "#{fin} and #{fin2} (both FINs, neither of which acknowledges the other), #{ack} and #{ack2} (their ACKs): both ends closed at once.",
        "#{fin} e #{fin2} (os dois FINs, nenhum dos quais reconhece o outro), #{ack} e #{ack2} (os ACKs deles): os dois lados fecharam ao mesmo tempo.";
    half_answer(fin, ack, fin2, ack2):
        "#{fin} (FIN), #{ack} (its ACK), then data of the other end, #{fin2} (the other FIN), #{ack2} (its ACK).",
        "#{fin} (FIN), #{ack} (o ACK dele), depois dados do outro lado, #{fin2} (o outro FIN), #{ack2} (o ACK dele).";
    one_answer(fin, ack):
        "Only one direction is closed in this capture: #{fin} (FIN) and #{ack} (its ACK).",
        "Só um sentido é encerrado nesta captura: #{fin} (FIN) e #{ack} (o ACK dele).";
    one_unacked_answer(fin): "This capture holds one FIN (#{fin}), without an ACK of it.",
        "Esta captura tem um FIN (#{fin}), sem ACK dele.";
    itself_answer(fin, ack):
        "Two: #{fin} (FIN) and #{ack} (its ACK). One socket is both ends, so one FIN closes both directions.",
        "Dois: #{fin} (FIN) e #{ack} (o ACK dele). Um só socket é as duas pontas; por isso um só FIN fecha os dois sentidos.";
    reset_answer(rst): "#{rst} (RST): no orderly close.",
        "#{rst} (RST): não é um encerramento ordenado.";
    fin_acked(of, fin, ack): "The FIN {of} is #{fin}, its ACK #{ack}.",
        "O FIN {of} é #{fin}, o ACK dele, #{ack}.";
    fin_unacked(of, fin): "The FIN {of} is #{fin}.", "O FIN {of} é #{fin}.";
    incomplete(): "The capture does not show the whole close.",
        "A captura não mostra o encerramento inteiro.";
}

/// An answer: who started the close, and how one can tell.
pub(in crate::report) fn closer(close: &Close, who: &Who<'_>, lang: Lang) -> Option<String> {
    let first = close.started_by?;
    let it = Frames::of(close, first);
    let (the, of) = (who.the(first), who.of(first.other()));
    Some(match close.closer()? {
        Closer::Both => by_both(lang, it.fin, it.fin2).to_string(),
        Closer::One(_) if it.fin == 0 => {
            let reset = close.cut().filter(|it| !it.kind.refuses())?;
            by_reset(lang, the, reset.frame).to_string()
        }
        Closer::One(_) if close.shape == Shape::Itself => by_itself(lang, the, it.fin).to_string(),
        Closer::One(_) if it.fin2 == 0 => by_only(lang, the, it.fin).to_string(),
        Closer::One(_) if close.disordered && it.ack > 0 => {
            by_disordered(lang, the, it.fin, it.ack).to_string()
        }
        Closer::One(_) => by_first(lang, the, it.fin, of, it.fin2).to_string(),
    })
}

phrase! {
    by_first(the, fin, other, fin2):
        "{the}: its FIN (#{fin}) comes before the one {other} (#{fin2}).",
        "{the}: seu FIN (#{fin}) vem antes do FIN {other} (#{fin2}).";
    by_disordered(the, fin, ack):
        "{the}: #{ack} acknowledges its FIN (#{fin}), whatever their order in this capture, which is not the order of sending.",
        "{the}: #{ack} reconhece seu FIN (#{fin}), seja qual for a ordem deles nesta captura, que não é a ordem de envio.";
    by_only(the, fin): "{the}: its FIN (#{fin}) is the only one in this capture.",
        "{the}: seu FIN (#{fin}) é o único nesta captura.";
    by_itself(the, fin): "{the}, which is both ends: its FIN is #{fin}.",
        "{the}, que é as duas pontas: seu FIN é #{fin}.";
    by_both(fin, fin2): "Both: neither FIN (#{fin}, #{fin2}) acknowledges the other.",
        "Os dois: nenhum dos FINs (#{fin}, #{fin2}) reconhece o outro.";
    by_reset(the, frame): "{the}, with a RST (#{frame}) and not with a FIN.",
        "{the}, com um RST (#{frame}), e não com um FIN.";
}

/// An answer: why both sides must close.
pub(in crate::report) fn both_close(close: &Close, who: &Who<'_>, lang: Lang) -> Option<String> {
    let first = close.started_by?;
    let it = Frames::of(close, first);
    let (of, other) = (who.of(first), who.the(first.other()));
    match close.shape {
        Shape::HalfClose { bytes } => Some(
            half_closed(
                lang,
                of,
                it.fin,
                other,
                quantity::bytes(lang, bytes.into()),
                it.fin2,
            )
            .to_string(),
        ),
        Shape::OneSided { bytes } if bytes > 0 => Some(
            half_open(lang, of, it.fin, other, quantity::bytes(lang, bytes.into())).to_string(),
        ),
        _ => None,
    }
}

phrase! {
    half_closed(of, fin, other, bytes, fin2):
        "A FIN closes one direction. After the FIN {of} (#{fin}), {other} still sends {bytes}, and closes its own direction in #{fin2}.",
        "Um FIN fecha um só sentido. Depois do FIN {of} (#{fin}), {other} ainda envia {bytes}, e fecha o seu sentido em #{fin2}.";
    half_open(of, fin, other, bytes):
        "A FIN closes one direction. After the FIN {of} (#{fin}), {other} still sends {bytes}; its own FIN is not in this capture.",
        "Um FIN fecha um só sentido. Depois do FIN {of} (#{fin}), {other} ainda envia {bytes}; o FIN dele não está nesta captura.";
}
