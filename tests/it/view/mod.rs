//! `netlab view`, and the rows that it makes again.

mod again;
