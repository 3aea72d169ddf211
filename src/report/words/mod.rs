//! The words of facts: one file for each fact, in the lengths that its readers need, both languages
//! side by side.

pub(in crate::report) mod ack;
pub(in crate::report) mod again;
pub(in crate::report) mod arithmetic;
pub(in crate::report) mod beside;
pub mod checksum;
pub mod close;
pub(in crate::report) mod conversation;
pub(in crate::report) mod data;
pub(in crate::report) mod fin;
pub(in crate::report) mod groups;
pub(in crate::report) mod http;
pub(in crate::report) mod icmp;
pub(in crate::report) mod numbers;
pub mod opening;
pub(in crate::report) mod other;
pub mod reset;
pub(in crate::report) mod segment;
pub(in crate::report) mod silence;
pub mod states;
pub(in crate::report) mod syn;
pub mod time_wait;
pub(in crate::report) mod transfer;
pub(in crate::report) mod trips;
pub(in crate::report) mod udp;
pub(in crate::report) mod window;
