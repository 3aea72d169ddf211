//! Meaning to words: the only layer that chooses a language.

pub mod annotation;
pub mod call;
pub mod coloring;
pub mod columns;
pub mod comparison;
pub mod conversations;
pub mod display_filter;
pub mod document;
pub mod explain;
pub mod follow;
pub mod grades;
pub mod info;
pub mod ladder;
pub mod moment;
pub mod payload;
pub mod phase;
pub mod plots;
pub mod record;
pub mod socket;
pub mod summary;
pub mod tables;
pub mod text_address;
pub mod traced;
mod who;
pub mod words;
pub mod zeek;
