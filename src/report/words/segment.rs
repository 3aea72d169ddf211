//! The words of segments that cannot be put into the story of a conversation.

use crate::text::phrase::phrase;

phrase! {
    pub(in crate::report) CUT: "a TCP segment whose header is cut short, so that this capture does not show what it says",
        "um segmento TCP cujo cabeçalho está cortado; por isso esta captura não mostra o que ele diz";
    pub(in crate::report) FRAGMENT:
        "the first fragment of a TCP segment whose other fragments are not put together here, so that its length is not known",
        "o primeiro fragmento de um segmento TCP cujos outros fragmentos não são reunidos aqui; por isso seu tamanho não é conhecido";
    pub(in crate::report) BROKEN:
        "a TCP segment whose header claims a length that cannot be, so that nothing it says can be believed",
        "um segmento TCP cujo cabeçalho indica um tamanho impossível; por isso nada do que ele diz é confiável";
    pub(in crate::report) strange(the):
        "{the} sends a segment whose numbers are too far from those before it to belong to them: another connection between the same ports, a second copy of this one, or a made-up segment; the capture does not show which",
        "{the} envia um segmento cujos números estão longe demais dos anteriores para fazer parte deles: outra conexão entre as mesmas portas, uma segunda cópia desta ou um segmento forjado; a captura não mostra qual";
    pub(in crate::report) no_ack(the, other):
        "{the} sends a segment without SYN, RST and ACK, which no connection uses: if the port is closed, {other} answers with a RST, and otherwise drops it",
        "{the} envia um segmento sem SYN, RST nem ACK, o que nenhuma conexão usa: se a porta estiver fechada, {other} responde com um RST; senão, descarta o segmento";
    pub(in crate::report) NOT_KEPT: "a TCP segment of a conversation that is not followed, as there are too many",
        "um segmento TCP de uma conversa que não é acompanhada, pois há conversas demais";
}
