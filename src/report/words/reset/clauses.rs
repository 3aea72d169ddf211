//! The clauses of the explanation of a RST.

use super::silence;
use crate::analysis::lifecycle::reset::{Fit, Reset, ResetKind};
use crate::model::frame::FrameNo;
use crate::report::who::Who;
use crate::text::Lang;
use crate::text::phrase::phrase;

/// What a RST refers to besides itself.
pub(in crate::report) struct Around {
    /// The port that it comes from.
    pub(in crate::report) port: u16,
    /// Its number and the next one, as they are shown.
    pub(in crate::report) numbers: [u32; 2],
    /// The first FIN before it, and the first FIN of its sender; 0 for none.
    pub(in crate::report) fins: [FrameNo; 2],
}

/// What it does, and what stood before it.
pub(in crate::report) fn of(
    reset: &Reset,
    around: &Around,
    who: &Who<'_>,
    lang: Lang,
) -> Vec<String> {
    let (the, other) = (who.the(reset.side), who.the(reset.side.other()));
    let answers = reset.answers.unwrap_or_default();
    let [fin, own_fin] = around.fins;
    let [number, next] = around.numbers;
    let mut said = Vec::new();
    match reset.kind {
        ResetKind::Refused => said.push(refuses(lang, &the, answers, around.port).to_string()),
        ResetKind::ClosedPort => {
            said.push(closed_port(lang, &the, answers, around.port).to_string());
        }
        ResetKind::NoConnection => said.push(no_connection(lang, &the, answers).to_string()),
        ResetKind::RefusesStray => said.push(refuses_stray(lang, &the, answers).to_string()),
        _ => said.push(resets(lang, &the, &other).to_string()),
    }
    let cause = match (reset.kind, reset.fit) {
        (ResetKind::RefusesSynAck, _) => {
            Some(refuses_syn_ack(lang, answers, &the, &other).to_string())
        }
        (ResetKind::DuringHandshake, _) => Some(during_handshake(lang).to_string()),
        (ResetKind::BeforeData, _) if !reset.ack => {
            Some(format!("{}; {}", before_data(lang), who_knows(lang)))
        }
        (ResetKind::BeforeData, _) => Some(before_data(lang).to_string()),
        (ResetKind::AfterData, _) if !reset.ack => {
            Some(format!("{}; {}", after_data(lang), who_knows(lang)))
        }
        (ResetKind::AfterData, _) => Some(after_data(lang).to_string()),
        (ResetKind::DuringClose, _) if fin > 0 => Some(during_close(lang, fin).to_string()),
        (ResetKind::LateData, _) if own_fin > 0 => Some(late_data(lang, own_fin).to_string()),
        (ResetKind::GaveUp, _) => Some(match reset.silence.probes {
            0 => gave_up_copies(lang, silence(&reset.silence, lang)).to_string(),
            _ => gave_up_probes(lang, silence(&reset.silence, lang)).to_string(),
        }),
        (ResetKind::AfterClose, _) => Some(after_close(lang).to_string()),
        (ResetKind::NotNext, Fit::InWindow) => {
            let of = who.of(reset.side.other());
            Some(in_window(lang, number, of, next, &other).to_string())
        }
        (ResetKind::NotNext, Fit::NotNext) => {
            Some(not_next(lang, number, &other, next).to_string())
        }
        (ResetKind::NotNext, _) => Some(outside(lang, &other).to_string()),
        (ResetKind::MidStream, _) => Some(mid_stream(lang).to_string()),
        _ => None,
    };
    said.extend(cause);
    said
}

phrase! {
    refuses(the, frame, port):
        "{the} refuses the connection (RST): it answers the SYN of #{frame}, so no program accepts connections on port {port} there, or something on the way answers in its place",
        "{the} recusa a conexão (RST): responde ao SYN de #{frame}; nenhum programa aceita conexões na porta {port} ali, ou algo no caminho responde no seu lugar";
    closed_port(the, frame, port):
        "{the} refuses the segment of #{frame} (RST): it acknowledges exactly that, as a closed port does (RFC 9293, 3.10.7.1), so no program listens on port {port} there, or something on the way answers in its place",
        "{the} recusa o segmento de #{frame} (RST): reconhece exatamente esse segmento, como faz uma porta fechada (RFC 9293, 3.10.7.1); nenhum programa escuta na porta {port} ali, ou algo no caminho responde no seu lugar";
    no_connection(the, frame):
        "{the} refuses the segment of #{frame} (RST): its number is the one that this acknowledges, as from an end that knows no such connection (RFC 9293, 3.10.7.1)",
        "{the} recusa o segmento de #{frame} (RST): seu número é o que esse segmento reconhece, como faz uma ponta que não conhece essa conexão (RFC 9293, 3.10.7.1)";
    refuses_stray(the, frame):
        "{the} refuses the segment of #{frame} (RST): its number is the one that this acknowledges; that connection is not known there, and the one being opened goes on (RFC 9293, 3.5.1)",
        "{the} recusa o segmento de #{frame} (RST): seu número é o que esse segmento reconhece; aquela conexão não é conhecida ali, e a que está sendo aberta continua (RFC 9293, 3.5.1)";
    resets(the, other): "{the} tells {other} to drop the connection at once (RST)",
        "{the} manda {other} abandonar a conexão imediatamente (RST)";
    refuses_syn_ack(frame, the, other):
        "it refuses the SYN, ACK of #{frame}, before any ACK of it was captured: {the} opens no connection, and for {other} it never was in ESTABLISHED, as in a half-open port scan",
        "recusa o SYN, ACK de #{frame}, antes que qualquer ACK dele fosse capturado: {the} não abre conexão, e para {other} nunca esteve em ESTABLISHED, como em uma varredura de portas semiaberta (half-open)";
    during_handshake(): "the handshake was not complete",
        "a apresentação de três vias não estava completa";
    before_data(): "no data had been sent to it before, so none was left unread there",
        "nenhum dado tinha sido enviado a ele antes, então nada ficou sem ler ali";
    after_data():
        "data had been sent to it: closing with data unread looks like this, and so does an abort; the packets do not tell them apart",
        "dados tinham sido enviados a ele: é o que se vê quando um lado fecha com dados não lidos, e também quando aborta; os pacotes não distinguem os dois casos";
    who_knows(): "without ACK it can also come from an end that does not know the connection",
        "sem ACK, também pode vir de uma ponta que não conhece a conexão";
    during_close(frame): "the close that began with the FIN of #{frame} was not complete",
        "o encerramento iniciado com o FIN de #{frame} não estava completo";
    late_data(frame):
        "it had sent its FIN in #{frame}, and data came to it after that, which nobody will read",
        "tinha enviado o seu FIN em #{frame}, e depois disso recebeu dados, que ninguém vai ler";
    gave_up_probes(silence):
        "before it stand {silence}: TCP gave the connection up (RFC 9293, 3.8.4)",
        "antes dele há {silence}: o TCP desistiu da conexão (RFC 9293, 3.8.4)";
    gave_up_copies(silence):
        "before it stand {silence}: TCP, or the program, gave the connection up (RFC 9293, 3.8.3)",
        "antes dele há {silence}: o TCP, ou o programa, desistiu da conexão (RFC 9293, 3.8.3)";
    after_close(): "both FINs were acknowledged already, so there was nothing left to end",
        "os dois FIN já tinham sido reconhecidos; não havia mais nada a encerrar";
    in_window(number, of, next, other):
        "its number {number} lies in the window {of}, but number {next} comes next: {other} answers with a challenge ACK, and the connection lives on (RFC 9293, 3.10.7.4)",
        "seu número {number} está na janela {of}, mas o próximo é o número {next}: {other} responde com um challenge ACK, e a conexão continua (RFC 9293, 3.10.7.4)";
    not_next(number, other, next):
        "its number is {number}, and {other} expects {next} next, as far as this capture shows: such a RST ends nothing (RFC 9293, 3.10.7.4)",
        "seu número é {number}, e {other} espera {next} a seguir, até onde esta captura mostra: um RST assim não encerra nada (RFC 9293, 3.10.7.4)";
    outside(other): "its numbers do not fit what came before, so {other} has to ignore it",
        "seus números não correspondem ao que veio antes; por isso {other} deve ignorá-lo";
    mid_stream(): "this capture does not show why", "esta captura não mostra o motivo";
    pub(in crate::report) again(frame): "it had done so before, in #{frame}",
        "já tinha feito isso antes, em #{frame}";
    pub(in crate::report) before(frame): "the connection had been reset before, in #{frame}",
        "a conexão já tinha sido abortada antes, em #{frame}";
}
