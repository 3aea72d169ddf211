//! What the view itself says.

use crate::text::Text;
use crate::text::phrase::phrase;

phrase! {
    pub(super) ALL: "all", "tudo";
    pub(super) ALL_TALKS: "all conversations", "todas as conversas";
    pub(super) LIVE: "live", "ao vivo";
    pub(super) FOLLOWING: "following", "acompanhando";
    pub(super) PLAYING: "playing", "reproduzindo";
    pub(super) NOTHING: "no packet is shown", "nenhum pacote é mostrado";
    pub(super) WAITING: "no packet yet", "nenhum pacote ainda";
    pub(super) KERNEL: "kernel", "kernel";
    pub(super) EXPLANATION: "What it does", "O que ele faz";
    pub(super) FIELDS: "Header fields", "Campos dos cabeçalhos";
    pub(super) BYTES: "Bytes", "Bytes";
    pub(super) TALKS: "Conversations", "Conversas";
    pub(super) KEYS: "Keys", "Teclas";
    pub(super) FLAGS: "flags", "flags";
    pub(super) PHASE: "phase", "fase";
    pub(super) SEARCH: "search", "procurar";
    pub(super) FILTER: "filter", "filtro";
    pub(super) EXPORT: "write to (.html .md .tex .csv .json .svg)",
        "gravar em (.html .md .tex .csv .json .svg)";
    pub(super) NO_TROUBLE: "no retransmission, zero window, reset or ICMP error behind this packet",
        "nenhuma retransmissão, janela zero, RST ou erro ICMP depois deste pacote";
    pub(super) NO_TROUBLE_BEFORE: "no retransmission, zero window, reset or ICMP error before this packet",
        "nenhuma retransmissão, janela zero, RST ou erro ICMP antes deste pacote";
    pub(super) NO_CALL: "no socket call there", "nenhuma chamada de socket ali";
    pub(super) LAST: "this is the last packet", "este é o último pacote";
    pub(super) RIGHT: "Right", "Certo";
    pub(super) WRONG: "Not quite", "Não exatamente";
    pub(super) NEXT_QUESTION: "Enter: next question", "Enter: próxima pergunta";
    pub(super) ENDED: "the capture has ended", "a captura terminou";
    pub(super) TOO_SMALL: "the terminal is too small: 80 columns and 24 lines are needed",
        "o terminal é pequeno demais: são necessárias 80 colunas e 24 linhas";
    pub(super) HINT: "↑↓ step  Tab table  n trouble  / find  f filter  p predict  ? keys  q end",
        "↑↓ passo  Tab tabela  n problema  / buscar  f filtro  p prever  ? teclas  q fim";

    pub(super) not_found(text): "{text} is not found", "{text} não foi encontrado";
    pub(super) expect(no, way, question):
        "packet {no} ({way}): which {question}?",
        "pacote {no} ({way}): {question}?";
    pub(super) score(right, asked): "{right} of {asked} right", "{right} de {asked} certas";
    pub(super) written(path): "written: {path}", "gravado: {path}";
    pub(super) paused(count;):
        "1 new packet below" | "{count} new packets below",
        "1 pacote novo abaixo" | "{count} pacotes novos abaixo";
    pub(super) troubles(count;): "1 trouble" | "{count} troubles", "1 problema" | "{count} problemas";
}

macro_rules! keys {
    ($($key:literal: $en:literal, $pt:literal;)*) => {
        /// Every key, and what it does.
        pub(super) static KEY_LIST: &[(&str, Text)] = &[$(($key, Text::new($en, $pt))),*];
    };
}

keys! {
    "↑ ↓  k j": "the packet or call before, the next one", "o pacote ou a chamada anterior, o seguinte";
    "← →  h l": "the socket call before, the next one", "a chamada de socket anterior, a seguinte";
    "PgUp PgDn": "a screen back, forward", "uma tela para trás, para a frente";
    "Home End  g G": "the first, the last; End follows a live capture", "o primeiro, o último; End acompanha uma captura ao vivo";
    "Space": "plays at the pace of the capture; again stops", "reproduz no ritmo da captura; de novo para";
    "Tab": "ladder or table", "diagrama ou tabela";
    "c": "chooses a conversation", "escolhe uma conversa";
    "n N": "the next trouble, the one before", "o próximo problema, o anterior";
    "/": "searches in rows and payloads", "procura nas linhas e nos dados";
    "f": "filters, as -Y or -f do; empty shows all", "filtra, como -Y ou -f; vazio mostra tudo";
    "p": "predict: the next packet is hidden until you say what you expect", "prever: o próximo pacote fica escondido até você dizer o que espera";
    "x": "header fields or bytes", "campos dos cabeçalhos ou bytes";
    "[ ]": "scrolls what the packet does", "rola o que o pacote faz";
    "{ }": "scrolls fields and bytes", "rola campos e bytes";
    "e": "writes what is shown: a report or an SVG", "grava o que é mostrado: um relatório ou um SVG";
    "L": "big letters, for the back row", "letras grandes, para a última fileira";
    "Ctrl-Z": "back to the shell; fg returns", "volta ao shell; fg retorna";
    "q  Ctrl-C": "ends", "termina";
}
