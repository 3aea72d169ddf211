//! The words of a FIN in the sentence of its segment.

use crate::text::phrase::phrase;

phrase! {
    pub(in crate::report) fin_only(the): "{the} says that it has no more to send (FIN)",
        "{the} diz que não tem mais nada a enviar (FIN)";
    pub(in crate::report) fin_again(the, frame): "{the} repeats the FIN of #{frame}", "{the} repete o FIN de #{frame}";
    pub(in crate::report) fin_again_later(the, frame, time): "{the} repeats the FIN of #{frame}, {time} later",
        "{the} repete o FIN de #{frame}, {time} depois";
    pub(in crate::report) FIN_TOO: "after that it has no more to send (FIN)",
        "depois disso não tem mais nada a enviar (FIN)";
    pub(in crate::report) number(number): "the FIN takes number {number}", "o FIN ocupa o número {number}";
    pub(in crate::report) first(the): "{the} is the first to close so far", "{the} é o primeiro a encerrar até aqui";
    pub(in crate::report) second(other, frame): "{other} had sent its FIN in #{frame}",
        "{other} já tinha enviado o seu FIN em #{frame}";
    pub(in crate::report) crosses(frame): "it does not acknowledge the FIN of #{frame}: the two FINs cross",
        "não reconhece o FIN de #{frame}: os dois FIN se cruzam";
    pub(in crate::report) early(frame):
        "#{frame}, captured before it, acknowledges it already: the order of this capture is not the order of sending",
        "#{frame}, capturado antes, já o reconhece: a ordem desta captura não é a ordem de envio";
    pub(in crate::report) waits(the, frame):
        "{the} stays in TIME-WAIT, because its FIN (#{frame}) came first: if this ACK is lost, it can still answer the FIN when it comes again",
        "{the} permanece em TIME-WAIT, porque o seu FIN (#{frame}) veio primeiro: se este ACK se perder, ainda pode responder ao FIN quando ele vier de novo";
    pub(in crate::report) WAIT_BOTH: "both ends stay in TIME-WAIT, because their FINs crossed",
        "as duas pontas permanecem em TIME-WAIT, porque os seus FIN se cruzaram";
}
