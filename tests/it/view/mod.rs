//! `netlab view`, and the rows that it makes again.

mod again;
mod pty;
mod screens;
mod steps;
mod walk;
