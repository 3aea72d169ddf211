//! Meaning to words: the only layer that chooses a language.

pub mod coloring;
pub mod columns;
pub mod conversations;
pub mod info;
pub mod ladder;
pub mod phase;
pub mod plots;
pub mod record;
mod sender;
pub mod summary;
pub mod text_address;
