//! Words that belong to no single feature.

use super::Text;

/// The end that opened the conversation.
pub static CLIENT: Text = Text {
    en: "client",
    pt_br: "cliente",
};
/// The end that was called.
pub static SERVER: Text = Text {
    en: "server",
    pt_br: "servidor",
};
/// A program that runs alone.
pub static PROGRAM: Text = Text {
    en: "program",
    pt_br: "programa",
};
/// Heads an error message.
pub static ERROR: Text = Text {
    en: "error",
    pt_br: "erro",
};
/// Heads a warning.
pub static WARNING: Text = Text {
    en: "warning",
    pt_br: "aviso",
};
