//! Sentences about packets: exact ones for known captures, and claims that are checked against
//! every packet of the corpus.

mod claims;
mod command;
mod corpus;
mod heeded;
mod packets;
