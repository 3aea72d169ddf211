//! Many captures at once: check, compare, collect.

mod build;
mod check;
mod diff;
mod formats;
