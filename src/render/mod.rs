//! Documents to bytes, one format a file.
