//! What the web exercise needs of HTTP/1.1 (RFC 9110, RFC 9112). httparse reads the messages.

pub mod error;

pub(in crate::exercises) mod answer;
pub(in crate::exercises) mod body;
pub(in crate::exercises) mod reader;
pub(in crate::exercises) mod request;
pub(in crate::exercises) mod site;
pub(in crate::exercises) mod status;
pub(in crate::exercises) mod target;

mod date;
mod media;
