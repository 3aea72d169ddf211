//! One test binary, so that it links once. Each file tests one matter.

mod cli;
mod decode;
mod exercises;
mod lab;
mod layering;
mod live_capture;
mod needs;
mod registry;
mod scenarios;
mod support;
mod tidy;
