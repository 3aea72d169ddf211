//! Words of the page itself.

use crate::text::Text;

pub(super) static CONTENTS: Text = Text {
    en: "Contents",
    pt_br: "Conteúdo",
};
pub(super) static ANSWERS: Text = Text {
    en: "what a lab sheet asks",
    pt_br: "o que um roteiro pergunta",
};
pub(super) static FILTER: Text = Text {
    en: "Filter",
    pt_br: "Filtrar",
};
pub(super) static FOUND: Text = Text {
    en: "{shown} of {all} rows",
    pt_br: "{shown} de {all} linhas",
};
pub(super) static OPEN_ALL: Text = Text {
    en: "Show all explanations",
    pt_br: "Mostrar todas as explicações",
};
pub(super) static CLOSE_ALL: Text = Text {
    en: "Hide all explanations",
    pt_br: "Ocultar todas as explicações",
};
pub(super) static HINT: Text = Text {
    en: "Click a packet for its explanation and header fields.",
    pt_br: "Clique em um pacote para ver sua explicação e os campos do cabeçalho.",
};
pub(super) static HINT_SORT: Text = Text {
    en: "Click a heading to sort.",
    pt_br: "Clique em um título de coluna para ordenar.",
};
pub(super) static SORT: Text = Text {
    en: "Sort",
    pt_br: "Ordenar",
};
pub(super) static WHY: Text = Text {
    en: "Why",
    pt_br: "Por quê",
};
pub(super) static FIELDS: Text = Text {
    en: "Fields",
    pt_br: "Campos",
};
