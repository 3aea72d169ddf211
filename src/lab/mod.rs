//! Experiments: an exercise beside a capture, and the answer to a question.
