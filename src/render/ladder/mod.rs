//! Ladders as pictures: lines of text for a terminal, and SVG.

mod svg;
mod text;

pub use svg::{document, pages, svg};
pub use text::{TextOptions, large_parts, parts, text};
