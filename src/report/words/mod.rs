//! The words of facts: one file for each fact, in the lengths that its readers need, both languages
//! side by side.

pub(in crate::report) mod ack;
pub(in crate::report) mod again;
pub mod close;
pub(in crate::report) mod data;
pub(in crate::report) mod http;
pub(in crate::report) mod numbers;
pub mod opening;
pub mod reset;
pub(in crate::report) mod silence;
pub mod states;
pub mod time_wait;
pub(in crate::report) mod transfer;
pub(in crate::report) mod trips;
pub(in crate::report) mod udp;
pub(in crate::report) mod window;
