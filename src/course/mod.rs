//! A whole course: what a teacher asks of each of many captures, and what each of them shows.
//!
//! A [`Spec`](spec::Spec) says what is asked; a [`Watch`](watch::Watch) takes the frames of one
//! capture; [`judge`](judge::judge) says line by line what is shown, with its frames, or what is
//! missing, with the nearest thing that is there. Packets alone decide.

pub mod copies;
pub mod judge;
mod miss;
mod one;
mod pauses;
mod read;
mod shapes;
pub mod spec;
pub mod watch;
mod words;
