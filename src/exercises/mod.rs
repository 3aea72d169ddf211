//! Servers and clients, one exercise a file: what a student reads.
