//! What each verb does: its arguments as typed, and its run.

pub(super) mod annotate;
pub(super) mod capture;
pub(super) mod check;
pub(super) mod client;
pub(super) mod columns;
pub(super) mod completions;
pub(super) mod conversations;
pub(super) mod copies;
pub(super) mod diff;
pub(super) mod doctor;
pub(super) mod explain;
pub(super) mod export;
pub(super) mod follow;
pub(super) mod interfaces;
pub(super) mod lab;
pub(super) mod ladder;
pub(super) mod man;
pub(super) mod plot;
pub(super) mod replay;
pub(super) mod report;
pub(super) mod run;
pub(super) mod serve;
pub(super) mod shell;
pub(super) mod states;
pub(super) mod view;
