//! Plain data that every layer shares. Arithmetic only: no input, no output, no clock.

pub mod address;
pub mod call;
pub mod call_comment;
pub mod call_entry;
pub mod dialect;
pub mod filter;
pub mod frame;
pub mod interface_counts;
pub mod ip;
pub mod kernel;
pub mod missing;
pub mod names;
pub mod packet;
pub mod prefetch;
pub mod seq;
pub mod side;
pub mod tcp;
pub mod tcp_options;
pub mod time;
pub mod transport;
pub mod udp;
