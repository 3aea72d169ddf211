//! Options that several verbs share, as typed.

pub(super) mod exercise;
pub(super) mod picture;
pub(super) mod report;
pub(super) mod rows;
pub(super) mod select;
pub(super) mod stop;
pub(super) mod table;
pub(super) mod write;
