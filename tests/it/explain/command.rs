//! `netlab explain` as it is called.
