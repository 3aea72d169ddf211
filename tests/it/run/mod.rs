//! `netlab run` with programs of every kind, as root and as a plain user.

mod conclusions;
mod failures;
mod kinds;
mod pair;
mod stage;
