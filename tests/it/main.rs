//! One test binary, so that it links once.

mod live_capture;
mod needs;
