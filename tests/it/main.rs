//! One test binary, so that it links once.

mod tcp_states;
mod traces;
