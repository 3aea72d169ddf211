//! What the exercises share. Nothing in here hides a socket call: [`tcp`] has one method for
//! each, of the same name.

pub mod address;
pub mod context;
pub mod error;
pub mod http;
pub mod journal;
pub mod options;
pub mod owner;
pub mod readable;
pub mod stop;
pub mod tcp;
pub mod udp;

pub(in crate::exercises) mod lines;
pub(in crate::exercises) mod loss;
pub(in crate::exercises) mod messages;
pub(in crate::exercises) mod tcp_server;
pub(in crate::exercises) mod threads;
pub(in crate::exercises) mod udp_server;
pub(in crate::exercises) mod words;

mod error_text;
mod tcp_filter;
