//! One test binary, so that it links once.

mod exercises;
mod lab;
mod live_capture;
mod needs;
