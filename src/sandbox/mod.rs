//! A network namespace of our own, so that a plain user can capture.
