//! Why there is a RST, as a lab sheet asks it.

use super::silence;
use crate::analysis::lifecycle::reset::{Fit, Reset, ResetKind};
use crate::report::who::Who;
use crate::text::Lang;
use crate::text::phrase::phrase;

/// An answer: why there is a RST.
pub(in crate::report) fn cause(reset: &Reset, who: &Who<'_>, lang: Lang) -> String {
    let (the, other, frame) = (
        who.the(reset.side),
        who.the(reset.side.other()),
        reset.frame,
    );
    let answers = reset.answers.unwrap_or_default();
    match (reset.kind, reset.fit) {
        (ResetKind::Refused, _) => refused(lang, frame).to_string(),
        (ResetKind::ClosedPort, _) => closed_port(lang, frame, answers).to_string(),
        (ResetKind::NoConnection, _) => no_connection(lang, frame, answers, the).to_string(),
        (ResetKind::RefusesStray, _) => refuses_stray(lang, the, frame, answers).to_string(),
        (ResetKind::RefusesSynAck, _) => {
            refuses_syn_ack(lang, the, frame, answers, other).to_string()
        }
        (ResetKind::DuringHandshake, _) => during_handshake(lang, the, frame).to_string(),
        (ResetKind::BeforeData, _) if !reset.ack => before_data_bare(lang, the, frame).to_string(),
        (ResetKind::BeforeData, _) => before_data(lang, the, frame).to_string(),
        (ResetKind::AfterData, _) if !reset.ack => after_data_bare(lang, the, frame).to_string(),
        (ResetKind::AfterData, _) => after_data(lang, the, frame).to_string(),
        (ResetKind::DuringClose, _) => during_close(lang, the, frame).to_string(),
        (ResetKind::LateData, _) => late_data(lang, the, other, frame).to_string(),
        (ResetKind::GaveUp, _) => {
            let silence = silence(&reset.silence, lang);
            match reset.silence.probes {
                0 => gave_up_copies(lang, the, frame, silence).to_string(),
                _ => gave_up_probes(lang, the, frame, silence).to_string(),
            }
        }
        (ResetKind::AfterClose, _) => after_close(lang, frame).to_string(),
        (ResetKind::NotNext, Fit::InWindow) => {
            in_window(lang, frame, who.of(reset.side.other()), other).to_string()
        }
        (ResetKind::NotNext, Fit::NotNext) => not_next(lang, frame, other).to_string(),
        (ResetKind::NotNext, _) => outside(lang, frame, other).to_string(),
        (ResetKind::NotTheEnd, _) => not_the_end(lang, the, frame).to_string(),
        (ResetKind::MidStream, _) => mid_stream(lang, the, frame).to_string(),
    }
}

phrase! {
    refused(frame):
        "#{frame} answers a SYN: refused. Nobody listens on that port, or a firewall says so; connect() fails with ECONNREFUSED.",
        "#{frame} responde a um SYN: recusada. Ninguém escuta nessa porta, ou um firewall responde por ela; connect() falha com ECONNREFUSED.";
    closed_port(frame, answers):
        "#{frame} answers #{answers}, which has neither SYN nor ACK: so does a closed port, and an open one would drop it (RFC 9293, 3.10.7.1 and 3.10.7.2).",
        "#{frame} responde a #{answers}, que não tem SYN nem ACK: é o que faz uma porta fechada; uma aberta o descartaria (RFC 9293, 3.10.7.1 e 3.10.7.2).";
    no_connection(frame, answers, the):
        "#{frame} answers #{answers}: {the} knows no such connection (RFC 9293, 3.10.7.1 and 3.10.7.2).",
        "#{frame} responde a #{answers}: {the} não conhece essa conexão (RFC 9293, 3.10.7.1 e 3.10.7.2).";
    refuses_stray(the, frame, answers):
        "{the} refuses #{answers} with #{frame}: that acknowledges what {the} has not sent in this connection, so it belongs to another one between the same ports (RFC 9293, 3.5.1).",
        "{the} recusa #{answers} com #{frame}: ele reconhece o que {the} não enviou nesta conexão; por isso é de outra entre as mesmas portas (RFC 9293, 3.5.1).";
    refuses_syn_ack(the, frame, answers, other):
        "{the} refuses the SYN, ACK (#{answers}) with #{frame}, so for {other} the connection never was ESTABLISHED: a half-open port scan looks like this, and so does a program that is gone.",
        "{the} recusa o SYN, ACK (#{answers}) com #{frame}; por isso, para {other}, a conexão nunca esteve em ESTABLISHED: é o que se vê em uma varredura de portas semiaberta (half-open), e também quando o programa já terminou.";
    during_handshake(the, frame): "{the} sends it (#{frame}) before the handshake is complete.",
        "{the} o envia (#{frame}) antes de a apresentação se completar.";
    before_data(the, frame):
        "{the} aborts (#{frame}): no data had reached it, so nothing was left unread.",
        "{the} aborta (#{frame}): nenhum dado tinha chegado, então nada ficou sem ler.";
    before_data_bare(the, frame):
        "{the} sends it (#{frame}) when no data had reached it, so nothing was left unread. Two causes, which the packets do not tell apart: it aborted (SO_LINGER 0), or, since the RST has no ACK, it does not know the connection.",
        "{the} o envia (#{frame}) sem que nenhum dado tivesse chegado, então nada ficou sem ler. Duas causas, que os pacotes não distinguem: abortou (SO_LINGER 0) ou, como o RST não tem ACK, não conhece a conexão.";
    after_data_bare(the, frame):
        "{the} sends it (#{frame}) after data had reached it. Three causes, which the packets do not tell apart: it closed with data unread, it aborted (SO_LINGER 0), or, since the RST has no ACK, it does not know the connection.",
        "{the} o envia (#{frame}) depois de receber dados. Três causas, que os pacotes não distinguem: fechou com dados não lidos, abortou (SO_LINGER 0) ou, como o RST não tem ACK, não conhece a conexão.";
    after_data(the, frame):
        "{the} sends it (#{frame}) after data had reached it. Two causes, which the packets do not tell apart: it closed with data unread, or it aborted (SO_LINGER 0).",
        "{the} o envia (#{frame}) depois de receber dados. Duas causas, que os pacotes não distinguem: fechou com dados não lidos, ou abortou (SO_LINGER 0).";
    during_close(the, frame):
        "{the} sends it (#{frame}) during the close, after a FIN. The packets do not show why: perhaps data left unread, an abort, or a process that is gone.",
        "{the} o envia (#{frame}) durante o encerramento, depois de um FIN. Os pacotes não mostram por quê: talvez dados não lidos, um término abrupto, ou um processo que já terminou.";
    late_data(the, other, frame):
        "{the} had sent its FIN, then {other} sent data; #{frame} says that nobody reads it.",
        "{the} já tinha enviado seu FIN, depois {other} enviou dados; #{frame} diz que ninguém os lê.";
    gave_up_probes(the, frame, silence):
        "{the} sends it (#{frame}) after {silence}: TCP gave the connection up (RFC 9293, 3.8.4).",
        "{the} o envia (#{frame}) depois de {silence}: o TCP desistiu da conexão (RFC 9293, 3.8.4).";
    gave_up_copies(the, frame, silence):
        "{the} sends it (#{frame}) after {silence}: TCP, or its program, gave the connection up (RFC 9293, 3.8.3).",
        "{the} o envia (#{frame}) depois de {silence}: o TCP, ou o seu programa, desistiu da conexão (RFC 9293, 3.8.3).";
    after_close(frame):
        "Both FINs were acknowledged before #{frame}: the connection was closed already.",
        "Os dois FINs já estavam reconhecidos antes de #{frame}: a conexão já estava encerrada.";
    in_window(frame, of, other):
        "The number of #{frame} lies in the window {of}, but is not the next one: {other} answers with a challenge ACK, and the connection lives on (RFC 9293, 3.10.7.4).",
        "O número de #{frame} está na janela {of}, mas não é o próximo: {other} responde com um challenge ACK, e a conexão continua (RFC 9293, 3.10.7.4).";
    not_next(frame, other):
        "The number of #{frame} is not the one that {other} expects next, as far as this capture shows: by RFC 9293, 3.10.7.4, it ends nothing.",
        "O número de #{frame} não é o que {other} espera a seguir, até onde esta captura mostra: pela RFC 9293, 3.10.7.4, não encerra nada.";
    outside(frame, other):
        "The numbers of #{frame} do not fit: {other} has to ignore it (RFC 9293, 3.10.7.4).",
        "Os números de #{frame} não se encaixam: {other} deve ignorá-lo (RFC 9293, 3.10.7.4).";
    not_the_end(the, frame):
        "{the} sends on after #{frame}: it did not end the connection there, or someone else sent it.",
        "{the} continua enviando depois de #{frame}: ele não encerrou a conexão ali, ou foi outro que o enviou.";
    mid_stream(the, frame):
        "{the} sends it (#{frame}); what came before it, and so the cause, is not in this capture.",
        "{the} o envia (#{frame}); o que veio antes, e portanto a causa, não está nesta captura.";
}
