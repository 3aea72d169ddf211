//! One test binary, so that it links once. Each file tests one matter.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what a helper of a test finds wrong fails the test"
)]

mod cases;
mod clean_clone;
mod cli;
mod conversations;
mod corpus_life;
mod course;
mod decode;
mod dialects;
mod dialects_rows;
mod display_filter;
mod docs;
mod examples;
mod exercises;
mod explain;
mod export;
mod file;
mod follow;
mod headers;
mod hostile;
mod lab;
mod lab_answers;
mod lab_calls;
mod lab_captures;
mod lab_matrix;
mod lab_recorded;
mod layering;
mod live_capture;
mod live_program;
mod manual;
mod marks;
mod matched;
mod needs;
mod one_story;
mod pictures;
mod questions;
mod readme;
mod registry;
mod replay;
mod report;
mod robust;
mod rows;
mod run;
mod scenarios;
mod sources;
mod support;
mod sweep;
mod sweep_raw;
mod tcp_states;
mod terminal;
mod tidy;
mod traces;
mod view;
mod widths;
mod zeek;
