//! Many captures at once: check, compare, collect.

mod build;
mod check;
mod copies;
mod diff;
mod formats;
mod near;
mod steps;
