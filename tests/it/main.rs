//! One test binary, so that it links once. Each file tests one matter.

mod cli;
mod corpus_life;
mod exercises;
mod file;
mod lab;
mod lab_answers;
mod layering;
mod live_capture;
mod needs;
mod registry;
mod replay;
mod scenarios;
mod support;
mod tcp_states;
mod tidy;
mod traces;
