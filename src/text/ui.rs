//! Words that belong to no single feature.

use crate::text::phrase::phrase;

phrase! {
    /// The end that opened the conversation.
    pub CLIENT: "client", "cliente";
    /// The end that was called.
    pub SERVER: "server", "servidor";
    /// A program that runs alone.
    pub PROGRAM: "program", "programa";
    /// Heads an error message.
    pub ERROR: "error", "erro";
    /// Heads a warning.
    pub WARNING: "warning", "aviso";
}
