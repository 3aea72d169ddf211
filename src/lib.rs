//! netlab turns a socket-programming exercise into an explained packet capture.
//!
//! ```text
//!  edges (I/O)          pure: no I/O, no clock                          edges
//! source ──────▶ decode ──────▶ analysis ──────▶ report ──────▶ render ──────▶ cli
//! Frame          Packet         Row              words          bytes          exit code
//!   ▲                                                                          │
//!   └── lab (exercises beside a capture) ◀─────────────────────────────────────┘
//! ```
//!
//! Data moves to the right and nothing moves to the left; `tests/it/layering.rs` holds the table
//! of who may import whom. Start reading at [`pipeline`], then follow one packet: [`decode`],
//! [`analysis`], [`report`].

pub mod analysis;
pub mod cli;
pub mod decode;
pub mod exercises;
pub mod lab;
pub mod model;
pub mod pipeline;
pub mod render;
pub mod report;
pub mod sandbox;
pub mod source;
pub mod text;
