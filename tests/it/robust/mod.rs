//! What must not happen whatever is asked for: a file that is lost, a program that hangs or
//! panics, a character that acts on its reader, a packet that waits for another one.

mod files;
mod hidden;
mod limits;
mod many;
mod rights;
mod slow;
mod streams;
