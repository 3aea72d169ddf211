//! Documents to bytes, one format a file.
//!
//! Nothing in here writes to a file or a terminal: bytes are appended to a buffer that the caller
//! owns. Text that came from a packet is escaped here, by each format for itself.

pub mod ascii;
pub mod details;
pub mod document;
pub mod escape;
pub mod explanation;
pub mod follow;
pub mod grades;
pub mod hex;
pub mod ladder;
pub mod list;
pub mod parquet;
pub mod plots;
pub mod rows;
pub mod svg;
mod terminal;
pub mod wrap;
pub mod xml;
