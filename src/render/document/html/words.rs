//! Words of the page itself.

use crate::text::phrase::phrase;

phrase! {
    pub(super) CONTENTS: "Contents", "Conteúdo";
    pub(super) ANSWERS: "what a lab sheet asks", "o que um roteiro pergunta";
    pub(super) FILTER: "Filter", "Filtrar";
    pub(super) found(shown, all): "{shown} of {all} rows", "{shown} de {all} linhas";
    pub(super) OPEN_ALL: "Show all explanations", "Mostrar todas as explicações";
    pub(super) CLOSE_ALL: "Hide all explanations", "Ocultar todas as explicações";
    pub(super) HINT: "Click a packet for its explanation and header fields.",
        "Clique em um pacote para ver sua explicação e os campos do cabeçalho.";
    pub(super) HINT_SORT: "Click a heading to sort.", "Clique em um título de coluna para ordenar.";
    pub(super) SORT: "Sort", "Ordenar";
    pub(super) WHY: "Why", "Por quê";
    pub(super) FIELDS: "Fields", "Campos";
}
