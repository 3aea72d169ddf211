//! Plots as pictures: SVG, and characters for a terminal.
//!
//! Axes, ticks and the way from values to points are plotters' work; where its points land is
//! decided here, by one drawing backend for SVG and one for characters.

mod canvas;
mod chart;
mod look;
mod page;
mod paper;
mod text;

pub use page::{document, svg};
pub use text::text;
