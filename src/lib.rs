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
//!
//! # Use it from a program
//!
//! Read a capture, say one sentence about each packet, and how each conversation ended:
//!
//! ```
//! use netlab::analysis::AnalyzerOptions;
//! use netlab::model::dialect::Dialect;
//! use netlab::analysis::lifecycle::close::Shape;
//! use netlab::pipeline::Pipeline;
//! use netlab::report::explain::Explainer;
//! use netlab::source::file::FileSource;
//! use netlab::text::Lang;
//!
//! # fn main() -> Result<(), netlab::source::error::SourceError> {
//! let mut file = FileSource::open("captures/echo-log.pcap")?;
//! let mut pipeline = Pipeline::new(AnalyzerOptions {
//!     summaries: 1000,
//!     dialect: Dialect::V4_6,
//!     ..AnalyzerOptions::default()
//! });
//! let explainer = Explainer::new(Lang::En);
//! let mut sentences = Vec::new();
//! while let Some(frame) = file.next_frame()? {
//!     let row = pipeline.push(&frame);
//!     sentences.push(explainer.row(&row).sentence);
//! }
//! assert_eq!(sentences.len(), 11);
//! assert!(sentences[4].starts_with("The server acknowledges bytes 1–55 of the client, sent in #4"));
//!
//! let conversation = &pipeline.analyzer().conversations()[0];
//! assert_eq!(conversation.lifecycle.close().shape, Shape::FourSegments);
//! # Ok(())
//! # }
//! ```
//!
//! `examples/` has three small programs. Lists of kinds that will grow are `#[non_exhaustive]`. What is not documented here as a way in ([`cli`], [`lab`],
//! [`exercises`], [`sandbox`]) serves the program of the same name, and may change at any release.

pub mod analysis;
pub mod cli;
pub mod course;
pub mod decode;
pub mod exercises;
#[cfg(target_os = "linux")]
pub mod kernel;
pub mod lab;
pub mod model;
pub mod pipeline;
pub mod render;
pub mod report;
#[cfg(target_os = "linux")]
pub mod run;
pub mod sandbox;
pub mod source;
pub mod text;
pub mod trace;
pub mod view;
