//! What the labs share.

pub(super) mod answer;
pub(super) mod closing;
pub(super) mod collect;
pub(super) mod error;
pub(super) mod evidence;
pub(super) mod run;
pub(super) mod stage;
pub(super) mod timeline;
