//! What the labs share.

pub(super) mod error;
pub(super) mod filter;
pub(super) mod run;
pub(super) mod stage;

mod closed;
