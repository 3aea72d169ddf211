//! The life of a conversation: roles, states of both ends, phases, the shape of the close.

pub mod phase;

/// What is known of a conversation's life.
#[derive(Debug, Default)]
pub struct Lifecycle {}
