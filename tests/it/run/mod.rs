//! `netlab run` with programs of every kind, as root and as a plain user.

mod agreement;
mod conclusions;
mod doctor;
mod document;
mod ends;
mod failures;
mod file;
mod identity;
mod kinds;
mod labs;
mod lines;
mod order;
mod pair;
mod shells;
mod stage;
mod states;
