//! Frames from outside: capture files and live captures. The only module that names `pcap`.

pub mod damage;
pub mod devices;
pub mod error;
pub mod file;
pub mod filter;
pub mod live;
pub mod path;
mod rows;
pub mod save;

/// The path that means standard input.
pub const STANDARD_INPUT: &str = "-";
