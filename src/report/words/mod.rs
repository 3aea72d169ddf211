//! The words of facts: one file for each, in the lengths that are needed, both languages side by
//! side.

pub(in crate::report) mod http;
pub(in crate::report) mod udp;
