//! The words of ICMP messages.

use crate::text::phrase::phrase;

phrase! {
    pub(in crate::report) error(from, to, error): "{from} reports to {to}: {error}", "{from} avisa {to}: {error}";
    pub(in crate::report) quotes_frame(frame, of, port): "it quotes #{frame}, a packet {of} to port {port}",
        "cita #{frame}, um pacote {of} para a porta {port}";
    pub(in crate::report) quotes(of, port):
        "it quotes a packet {of} to port {port}; which one of those captured cannot be told",
        "cita um pacote {of} para a porta {port}; não dá para saber qual dos capturados";
    pub(in crate::report) NOBODY_LISTENS:
        "the packet was refused, not lost: no program there uses that port, or a filter answers so",
        "o pacote foi recusado, não perdido: nenhum programa ali usa essa porta, ou um filtro responde assim";
    pub(in crate::report) request(from, to): "{from} asks {to} to send back an echo (ping)",
        "{from} pede um eco a {to} (ping)";
    pub(in crate::report) reply(from, to): "{from} sends {to} an echo (ping reply)",
        "{from} envia um eco a {to} (resposta ao ping)";
    pub(in crate::report) of_request(frame): "it answers the request of #{frame}", "responde ao pedido de #{frame}";
}
